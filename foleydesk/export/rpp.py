"""A Reaper project: tracks, items, the cue's other takes, gains, fades, markers, regions; its sounds lie beside it.

The format is text without a published grammar; fields as in the community's "State Chunk Definitions" (ReaTeam/Doc) and
in projects that Reaper saved.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.media.audio_file import write_wav
from engine.spec import SAMPLE_RATE
from foleydesk.document.project import Kept, Take
from foleydesk.export.clock import seconds
from foleydesk.export.job import Job
from foleydesk.export.pieces import cue_of, cue_title, title_of
from foleydesk.export.render import lying
from foleydesk.export.request import Format, Written
from foleydesk.export.ucs import block, preview
from foleydesk.playback.mixer import linear

if TYPE_CHECKING:
    from foleydesk.document.project import Clip, Cue, Track

FADE_SHAPE = 1
"""“Fast start”, of Reaper's curves the one that comes nearest to our quarter sine."""
DROP, FRACTIONAL = 1, 2
"""How TIMEMODE says 29.97 drop-frame, and a rate a thousandth below its whole number."""
NAME_LENGTH = 60


def write(job: Job) -> list[Written]:
    """Write `NAME.rpp` and, below `NAME media/`, what its items play.

    Takes are copied byte for byte; a sound of the user's own becomes a WAV. What is muted is there, muted.
    """
    media = _Media(job)
    lines = list(_project(job, media))
    name = f"{job.name}.rpp"
    job.file(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [Written(Format.REAPER, name, says=media.says), *(Written(Format.REAPER, file) for file in media.files)]


class _Media:
    """The files that items play, each copied once, when it is first named."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._named: dict[str, str] = {}
        self.missing: list[str] = []

    @property
    def files(self) -> list[str]:
        return list(self._named.values())

    @property
    def says(self) -> str:
        if not self.missing:
            return ""
        return f"The Reaper project lacks what is not on disk any more: {', '.join(self.missing)}."

    def take(self, take: Take, track: str) -> str | None:
        """The path below the project of a take's copy; None when the take is gone."""
        source = Path(self._job.folder) / take.candidate.wav
        if take.id not in self._named:
            if not source.is_file():
                self.missing.append(source.name)
                return None
            name = self._name(self._job.project.cue(take.cue), track, source.suffix)
            shutil.copyfile(source, self._job.file(name))
            self._named[take.id] = name
        return self._named[take.id]

    def sound(self, clip: Clip) -> str:
        if clip.source not in self._named:
            title = block(title_of(self._job.project, clip))[:NAME_LENGTH]
            name = f"{self._job.name} media/{len(self._named) + 1:03d} {title}.wav"
            write_wav(self._job.file(name), self._job.plan.read_take(clip.source))
            self._named[clip.source] = name
        return self._named[clip.source]

    def _name(self, cue: Cue, track: str, ending: str) -> str:
        number, naming = f"{len(self._named) + 1:03d}", self._job.delivery.naming
        if naming is not None:
            return f"{self._job.name} media/{preview(cue, naming, track, number, ending).file}"
        title = block(cue_title(self._job.project, cue))[:NAME_LENGTH].strip(" .")
        return f"{self._job.name} media/{number} {title}{ending}"


def _project(job: Job, media: _Media) -> Iterator[str]:
    rate = job.clock.rate
    fractional = DROP if rate.drop and rate.nominal == 30 else FRACTIONAL if rate.fraction.denominator != 1 else 0
    yield f'<REAPER_PROJECT 0.1 "7.0/foleydesk" {int(job.delivery.made.timestamp())}'
    yield "  AUTOXFADE 1"
    yield "  PANLAW 1"
    yield f"  PROJOFFS {float(job.clock.offset_s):.10f} 0 0"
    yield f"  TIMEMODE 1 5 -1 {rate.nominal} {fractional} 0 -1"
    yield f"  SMPTESYNC 0 {rate.nominal} 100 40 1000 300 0 0 1 0 0"
    yield f"  SAMPLERATE {SAMPLE_RATE} 1 0"
    yield f"  MASTER_VOLUME {job.levelling.gain:.10f} 0 -1 -1 1"
    yield "  TEMPO 120 4 4"
    yield from _markers(job)
    if job.picture() is not None:
        yield from _picture(job)
    for track in job.project.tracks:
        yield from _track(job, track, media)
    yield ">"


def _markers(job: Job) -> Iterator[str]:
    """Markers, and each cue as a region; Reaper counts the two together here."""
    number = 0
    for marker in sorted(job.project.markers, key=lambda one: one.at):
        number += 1
        yield f"  MARKER {number} {seconds(marker.at)} {_quoted(marker.name)} 0"
    for cue in sorted(job.project.cues, key=lambda one: (one.start, one.end)):
        number += 1
        yield f"  MARKER {number} {seconds(cue.start)} {_quoted(cue_title(job.project, cue))} 1"
        yield f'  MARKER {number} {seconds(cue.end)} "" 1'


def _picture(job: Job) -> Iterator[str]:
    picture = job.picture()
    assert picture is not None
    yield from (f"  <TRACK {_guid(job, 'picture')}", '    NAME "Picture"', "    MUTESOLO 1 0 0", "    NCHAN 2")
    yield from (
        "    <ITEM", "      POSITION 0", f"      LENGTH {seconds(job.plan.length)}", "      LOOP 0", "      LOCK 1",
        f"      IGUID {_guid(job, 'picture item')}", f"      NAME {_quoted(picture.name)}", "      SOFFS 0",
        "      <SOURCE VIDEO", "        AUDIO 0", f"        FILE {_quoted(str(picture.absolute()))}", "      >",
        "    >", "  >",
    )  # fmt: skip


def _track(job: Job, track: Track, media: _Media) -> Iterator[str]:
    yield f"  <TRACK {_guid(job, 'track', track.id)}"
    yield f"    NAME {_quoted(track.name)}"
    yield f"    VOLPAN {linear(track.gain_db):.10f} 0 -1 -1 1"
    yield f"    MUTESOLO {int(track.mute)} {int(track.solo)} 0"
    yield "    NCHAN 2"
    clips = (clip for clip in lying(job.project) if clip.track == track.id)
    for clip in sorted(clips, key=lambda one: (one.start, one.end)):
        yield from _item(job, clip, track, media)
    yield "  >"


def _item(job: Job, clip: Clip, track: Track, media: _Media) -> Iterator[str]:
    takes = list(_takes(job, clip, track, media))
    if not takes:
        return
    yield "    <ITEM"
    yield f"      POSITION {seconds(clip.start)}"
    yield f"      LENGTH {seconds(clip.length)}"
    yield "      LOOP 0"
    yield "      ALLTAKES 0"
    yield f"      FADEIN {FADE_SHAPE} {seconds(clip.fade_in)} 0 {FADE_SHAPE} 0 0 0"
    yield f"      FADEOUT {FADE_SHAPE} {seconds(clip.fade_out)} 0 {FADE_SHAPE} 0 0 0"
    yield "      MUTE 0 0"
    yield "      SEL 0"
    yield f"      IGUID {_guid(job, 'item', clip.id)}"
    for i, (name, offset, file) in enumerate(takes):
        if i:
            yield "      TAKE"
        yield f"      NAME {_quoted(name)}"
        gain = f"{linear(clip.gain_db):.10f}"
        yield f"      VOLPAN {gain} 0 1 -1" if i == 0 else "      TAKEVOLPAN 0 1 -1"
        yield f"      SOFFS {seconds(offset)}"
        yield "      PLAYRATE 1 1 0 -1 0 0.0025"
        yield "      CHANMODE 0"
        yield f"      GUID {_guid(job, 'take', clip.id, str(i))}"
        yield "      <SOURCE WAVE"
        yield f"        FILE {_quoted(file)}"
        yield "      >"
    yield "    >"


def _takes(job: Job, clip: Clip, track: Track, media: _Media) -> Iterator[tuple[str, int, str]]:
    """What the item can play: its name, where it begins, its file. The first is what is heard; the cue's other takes
    follow as they were made, each at its own place in time."""
    cue, title = cue_of(job.project, clip), title_of(job.project, clip)
    if not clip.take:
        yield title, clip.offset, media.sound(clip)
        return
    heard = job.project.take(clip.take)
    file = media.take(heard, track.name)
    if file is None or cue is None:
        return
    yield title, clip.offset, file
    for take in job.project.takes_of(cue.id):
        if take.id == heard.id or take.kept == Kept.TRASHED:
            continue
        offset = clip.offset + heard.candidate.recipe.span.start - take.candidate.recipe.span.start
        if -clip.length < offset < take.candidate.length and (other := media.take(take, track.name)) is not None:
            yield f"{title} (take {job.project.takes_of(cue.id).index(take) + 1})", offset, other


def _guid(job: Job, *parts: str) -> str:
    """The same delivery gives the same file."""
    return "{" + str(uuid.uuid5(uuid.NAMESPACE_OID, "/".join((job.name, *parts)))).upper() + "}"


def _quoted(words: str) -> str:
    """Reaper knows three quotes and no escape; a name that holds them all loses the backticks."""
    words = " ".join(words.split())
    for quote in ('"', "'", "`"):
        if quote not in words:
            return f"{quote}{words}{quote}"
    return "`" + words.replace("`", "'") + "`"
