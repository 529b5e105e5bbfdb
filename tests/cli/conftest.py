"""Clips as people have them, made on the spot, and a way to run a command."""

from __future__ import annotations

import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from foleydesk.cli import main


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code, what it printed, and what it said on stderr."""

    code: int
    out: str
    err: str

    def refused(self) -> str:
        """The one sentence, after checking that it is one and that nothing else was printed."""
        sentence = self.err.strip()
        assert (self.code, self.out) == (2, ""), (self.code, self.out, self.err)
        assert sentence and "\n" not in sentence and "Traceback" not in sentence, sentence
        assert sentence[-1] in ".?", sentence
        return sentence


Command = Callable[..., Ended]


@pytest.fixture
def foleydesk(capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: object) -> Ended:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return run


def film(
    path: Path,
    seconds: float = 2.0,
    rate: Fraction | int = 25,
    starts_ms: Sequence[int] | None = None,
    turned: int = 0,
    with_sound: bool = False,
) -> Path:
    """A ball that falls and bounces once a second. `starts_ms`: time stamps for a variable rate."""
    frames = len(starts_ms) if starts_ms is not None else max(1, round(seconds * rate))
    with av.open(str(path), "w") as target:
        stream = target.add_stream("libx264", rate=Fraction(rate))
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        clock = Fraction(1, 1000) if starts_ms is not None else 1 / Fraction(rate)
        stream.codec_context.time_base = stream.time_base = clock
        if turned:
            stream.set_display_rotation(turned)
        sound = target.add_stream("aac", rate=48000, layout="mono") if with_sound else None
        for i in range(frames):
            pts = i if starts_ms is None else starts_ms[i]
            frame = av.VideoFrame.from_ndarray(_ball(float(pts * clock)), format="rgb24")
            frame.pts, frame.time_base = pts, clock
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
        if sound is not None:
            tone = av.AudioFrame.from_ndarray(np.zeros((1, 48000), np.float32), format="fltp", layout="mono")
            tone.sample_rate, tone.pts = 48000, 0
            target.mux(sound.encode(tone))
            target.mux(sound.encode(None))
    return path


def _ball(at: float) -> np.ndarray:
    picture = np.full((96, 160, 3), 40, np.uint8)
    y = 8 + int(72 * abs(np.cos(np.pi * at)))
    picture[y : y + 16, 72:88] = 230
    return picture


def clicks(path: Path, seconds: float = 2.0, hits: Sequence[float] = (0.5, 1.5)) -> Path:
    """Clicks with a short tail at `hits` seconds: 48 kHz, 16 bit, mono."""
    sound = np.zeros(round(seconds * 48000))
    for hit in hits:
        tail = sound[round(hit * 48000) :]
        tail += 0.5 * np.exp(-np.arange(len(tail)) / 2000) * np.sin(np.arange(len(tail)) * 0.2)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48000, 0, "NONE", ""))
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


@pytest.fixture
def make_clip() -> Callable[..., Path]:
    """`film`."""
    return film


@pytest.fixture
def make_wav() -> Callable[..., Path]:
    """`clicks`."""
    return clicks
