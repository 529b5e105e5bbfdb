"""The project as sound: every clip at its place, to the sample, whatever the size of the blocks that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np

from foleydesk.document.crossing import crossed

if TYPE_CHECKING:
    from foleydesk.document.project import Clip, Project, Track

ReadTake = Callable[[str], np.ndarray]
"""The id of a take, or of a sound, to what it holds: float32 (samples,) or (samples, channels) at 48 kHz."""

CHANNELS = 2


def mix(project: Project, read_take: ReadTake, start: int, n: int) -> np.ndarray:
    """Samples `start` to `start + n` of the project, float32 (n, 2). A mono take is equally loud on both sides.

    Blocks laid end to end are the same, to the last bit, as one block.
    """
    return mix_clips(audible_clips(project), read_take, start, n)


def mix_clips(clips: Iterable[tuple[Clip, float]], read_take: ReadTake, start: int, n: int) -> np.ndarray:
    """The same of what `audible_clips` gave, for those who ask for many blocks."""
    out = np.zeros((n, CHANNELS), np.float32)
    for clip, gain in clips:
        if clip.start < start + n and start < clip.end:
            _add(out, clip, gain, read_take, start)
    return out


def audible_clips(project: Project) -> list[tuple[Clip, float]]:
    """The clips that can be heard, with fades as they sound where clips cross, and the gain of their tracks."""
    gains = {track.id: linear(track.gain_db) for track in audible_tracks(project.tracks)}
    clips = tuple(clip for clip in project.clips if clip.track in gains)
    return [(clip, gains[clip.track]) for clip in (crossed(clips) if project.crosses else clips)]


def audible_tracks(tracks: Iterable[Track]) -> list[Track]:
    """Those not muted; if any track is solo, only those that are solo."""
    tracks = list(tracks)
    some_solo = any(track.solo for track in tracks)
    return [track for track in tracks if not track.mute and (track.solo or not some_solo)]


def envelope(clip: Clip, first: int, last: int) -> np.ndarray:
    """Gain of a clip's samples `first` to `last` (counted from its own start): quarter-sine fades, so that two clips
    that cross keep their power."""
    at = np.arange(first, last)
    gain = np.full(len(at), linear(clip.gain_db))
    if clip.fade_in > 0:
        gain *= np.sin(np.pi / 2 * np.clip((at + 0.5) / clip.fade_in, 0, 1))
    if clip.fade_out > 0:
        gain *= np.sin(np.pi / 2 * np.clip((clip.length - at - 0.5) / clip.fade_out, 0, 1))
    return gain.astype(np.float32)


def linear(gain_db: float) -> float:
    return float(10 ** (gain_db / 20))


def stereo(samples: np.ndarray) -> np.ndarray:
    """(samples,) or (samples, channels) as float32 (samples, 2); beyond two channels, the first two."""
    samples = np.asarray(samples, np.float32)
    if samples.ndim == 1:
        samples = samples[:, None]
    if samples.shape[1] == 1:
        return np.broadcast_to(samples, (len(samples), CHANNELS))
    return samples[:, :CHANNELS]


def _add(out: np.ndarray, clip: Clip, track_gain: float, read_take: ReadTake, start: int) -> None:
    """The part of a clip that falls into the block that begins at `start`; where the take has ended, silence."""
    first = max(0, start - clip.start)
    last = min(clip.length, start + len(out) - clip.start)
    sound = stereo(read_take(clip.source))
    last = min(last, len(sound) - clip.offset)
    first = max(first, -clip.offset)
    if last <= first:
        return
    gain = envelope(clip, first, last) * np.float32(track_gain)
    place = clip.start + first - start
    out[place : place + last - first] += sound[clip.offset + first : clip.offset + last] * gain[:, None]
