"""Run as a program: one candidate for a long cue, and what it took.

`python long_cue.py FOLDER SECONDS STEPS SIZE` with SIZE "tiny" or a variant such as "small_16k" (network, autoencoder
and vocoder of the published sizes; the encoders stay tiny) prints JSON: samples, peak bytes, of these what no file on
disk backs, what the estimate said, seconds, the WAV. Models and videos are made in FOLDER where they are not yet.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

import av
import numpy as np

RATE, SIDE = 25, 64


def video(path: Path, seconds: float) -> Path:
    """A bright square that hops about on grey noise."""
    if path.is_file():
        return path
    chance = np.random.default_rng(0)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=RATE)
        stream.width = stream.height = SIDE
        stream.pix_fmt = "yuv420p"
        for i in range(round(seconds * RATE)):
            picture = chance.integers(90, 110, (SIDE, SIDE, 3), dtype=np.uint8)
            x, y = (7 * i) % (SIDE - 16), (i // RATE * 13) % (SIDE - 16)
            picture[y : y + 16, x : x + 16] = 230
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())
    return path


def install(home: Path, size: str) -> str:
    import tiny_mmaudio

    name = f"mmaudio-{size.replace('_', '-')}"
    if (home / "models" / name / "card.json").is_file():
        return name
    sizes = tiny_mmaudio.TINY
    if size != "tiny":
        from engine.backbones.mmaudio.config import VARIANTS
        from engine.backbones.mmaudio.parts import Sizes
        from engine.codecs import bigvgan, magnitude_autoencoder
        from engine.conditioning.clip import ClipConfig
        from engine.conditioning.synchformer import SynchformerConfig

        clip = ClipConfig(size=28, shown=28, vision_width=32, vision_layers=1, vision_heads=2, text_layers=1)
        low = "16k" in size
        sizes = Sizes(VARIANTS[size], magnitude_autoencoder.CONFIG_16K if low else magnitude_autoencoder.CONFIG_44K,
                      bigvgan.CONFIG_16K if low else bigvgan.CONFIG_44K, clip, SynchformerConfig(size=32, depth=1))
    return str(tiny_mmaudio.install(home, name, sizes=sizes))


def anonymous() -> int:
    """Bytes in memory now that the system could not drop and read again from a file; 0 where it does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.is_file() else []
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("RssAnon")), 0)


def main(folder: Path, seconds: float, steps: int, size: str) -> None:
    os.environ["FOLEYDESK_HOME"] = str(folder / "home")
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from engine.service import Engine
    from engine.spec import SAMPLE_RATE, Recipe, Span

    model = install(folder / "home", size)
    media = video(folder / f"{seconds:g}.mp4", seconds)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    recipe = Recipe(str(media), "", Span(0, round(seconds * SAMPLE_RATE)), "rain", "music", model=model, steps=steps)
    began, engine, unbacked = time.monotonic(), Engine(device="cpu"), [0]
    estimated = engine.estimate(recipe, 1).needed
    (made,) = engine.generate(recipe, 1, folder / "out", lambda progress: unbacked.append(anonymous()))
    took = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"samples": made.length, "peak": peak << 10, "before": before << 10, "unbacked": max(unbacked),
                      "estimated": estimated, "seconds": round(took, 1),
                      "wav": made.wav}))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
