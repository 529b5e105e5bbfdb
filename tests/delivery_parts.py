"""A project that has everything that a delivery carries, at every rate, and a picture for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from math import floor
from pathlib import Path

import av
import numpy as np

from engine.media.audio_file import write_wav
from engine.spec import SAMPLE_RATE, Candidate, Recipe, Span
from foleydesk.document.project import Clip, Cue, Marker, Media, Project, Sound, Take
from foleydesk.export.request import Delivered

HOUR = 3600 * SAMPLE_RATE
MADE = datetime(2026, 5, 1, 12, 30, 15)
RATES = {
    "23.976": (Fraction(24_000, 1001), False),
    "25": (Fraction(25), False),
    "29.97 DF": (Fraction(30_000, 1001), True),
    "59.94": (Fraction(60_000, 1001), False),
}
FRAMES = {"23.976": 96, "25": 100, "29.97 DF": 121, "59.94": 239}
Deliver = Callable[..., Delivered]


def project_at(folder: Path, rate_name: str = "25", picture: str = "film.mp4") -> Project:
    """Two takes that cross over on Feet, one alone and faded on Props, a stereo sound of the user's own on Ambience, a
    muted take on Cloth; two cues, two markers; nothing lies on a frame."""
    fraction, drop = RATES[rate_name]
    length = floor(FRAMES[rate_name] * SAMPLE_RATE / fraction)  # as a film's is told
    rng = np.random.default_rng(7)
    takes = []
    for i, cue in enumerate(("c1", "c1", "c1", "c2")):
        wav = folder / f"take{i}.wav"
        write_wav(wav, rng.uniform(-0.2, 0.2, SAMPLE_RATE).astype(np.float32))
        recipe = Recipe("film.mp4", "", Span(24_000, 72_000) if i < 3 else Span(96_001, 144_001), "steps", seed=i)
        takes.append(Take(f"t{i}", cue, Candidate(f"t{i}", recipe, str(wav), "", SAMPLE_RATE)))
    write_wav(folder / "wind.wav", rng.uniform(-0.1, 0.1, (2 * SAMPLE_RATE, 2)).astype(np.float32))
    project = Project(
        name="Bunny",
        media=Media("m", str(folder / picture), "", length, fraction, 160, 96, False),
        cues=(
            Cue("c1", 24_000, 72_000, "a boot steps on dry leaves, close", category="FEETHmn", notes="close, dry"),
            Cue("c2", 96_001, 144_001, 'a "heavy" door | slams', status="picked"),
        ),
        takes=tuple(takes),
        sounds=(Sound("s1", str(folder / "wind.wav"), "hash", 2 * SAMPLE_RATE, "Wind in a hedge"),),
        clips=(
            Clip("k1", "feet", "t0", 24_123, 100, 30_000, -3.0, 480, 960),
            Clip("k2", "feet", "t1", 50_001, 0, 20_000, 2.0, 0, 333),
            Clip("k3", "props", "t3", 96_001, 4_801, 40_000, 0.0, 0, 0),
            Clip("k4", "ambience", "", 1_001, 2_000, 90_000, -6.0, 4_800, 0, "s1"),
            Clip("k5", "cloth", "t2", 30_000, 0, 10_000),
        ),
        markers=(Marker("m1", 12_345, "Jump"), Marker("m2", 150_000, "Lands: right foot")),
        start=HOUR,
        drop=drop,
    )
    tracks = {track.id: track for track in project.tracks}
    project = project.with_track(replace(tracks["feet"], gain_db=-2.0))
    return project.with_track(replace(tracks["cloth"], mute=True))


def film(path: Path, rate_name: str) -> Path:
    """A grey picture that changes, so long as the project says."""
    fraction, _ = RATES[rate_name]
    with av.open(str(path), "w") as target:
        stream = target.add_stream("libx264", rate=fraction)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for i in range(FRAMES[rate_name]):
            shown = av.VideoFrame.from_ndarray(np.full((96, 160, 3), i % 250, np.uint8), format="rgb24")
            target.mux(stream.encode(shown))
        target.mux(stream.encode(None))
    return path
