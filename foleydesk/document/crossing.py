"""Where clips of one track overlap: the earlier one goes as the later one comes, with equal power.

Two clips cross when one both starts and ends before the other. They cross over all of their overlap, however long it
is, and there the crossing takes the place of their own fades. A clip that lies within another is a layer: both sound.
Only how the clips lie decides, never which was laid first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.spec import Span
from foleydesk.document.project import Clip


@dataclass(frozen=True)
class Crossing:
    """`earlier` goes and `later` comes within `span`."""

    earlier: Clip
    later: Clip

    @property
    def span(self) -> Span:
        return Span(self.later.start, self.earlier.end)


def crossings(clips: Iterable[Clip]) -> Iterator[Crossing]:
    """Every pair that crosses, by track, in order of time."""
    tracks: dict[str, list[Clip]] = {}
    for clip in clips:
        tracks.setdefault(clip.track, []).append(clip)
    for lane in tracks.values():
        sounding: list[Clip] = []
        for later in sorted(lane, key=lambda clip: (clip.start, clip.end)):
            sounding = [clip for clip in sounding if clip.end > later.start]
            for earlier in sounding:
                if earlier.start < later.start and earlier.end < later.end:
                    yield Crossing(earlier, later)
            sounding.append(later)


def crossed(clips: tuple[Clip, ...]) -> tuple[Clip, ...]:
    """The clips as they sound: fades as long as the crossing where they cross.

    The two fades of a clip that crosses at both ends may then be longer together than the clip.
    """
    into: dict[str, int] = {}
    out: dict[str, int] = {}
    for crossing in crossings(clips):
        earlier, later, length = crossing.earlier.id, crossing.later.id, crossing.span.length
        out[earlier] = max(out.get(earlier, 0), length)
        into[later] = max(into.get(later, 0), length)
    if not into:
        return clips
    return tuple(
        replace(clip, fade_in=into.get(clip.id, clip.fade_in), fade_out=out.get(clip.id, clip.fade_out))
        for clip in clips
    )
