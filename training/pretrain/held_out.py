"""Scenes that training never saw, as video files: what figures of timing are measured on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from training.pretrain.scenes import FPS, Scene, scene
from training.pretrain.sounding import FITS

FIRST_SEED = 42_000_000
"""Far from every seed that a training stage draws from."""
PROMPTS = {
    "strike": ("hitting a metal bar", "hammering wood", "chopping wood", "sword on sword"),
    "bounce": ("a ball bouncing",),
    "step": ("footsteps on gravel", "footsteps on wood", "footsteps in snow"),
    "drop": ("a stone falling", "hitting wood", "breaking glass"),
    "shake": ("shaking a box", "rustling leaves"),
}
"""What is asked for of each motion that has events of its own."""


@dataclass(frozen=True)
class HeldOut:
    """A scene on disk: its video, its true events (s, strength), and what to ask for."""

    video: Path
    events: tuple[tuple[float, float], ...]
    prompt: str
    motion: str
    seconds: float


def write_video(made: Scene, path: Path, side: int = 192) -> None:
    """H.264 at 25 fps, `side` pixels square."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"crf": "20", "preset": "veryfast"})
        stream.width = stream.height = side
        stream.pix_fmt = "yuv420p"
        times = side // made.frames.shape[1]
        for image in made.frames:
            large = np.repeat(np.repeat(image, times, 0), times, 1)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(large), format="gray")
            container.mux(stream.encode(frame.reformat(format="yuv420p")))
        container.mux(stream.encode(None))


def held_out(count: int, folder: Path, seconds: float = 8.0, first: int = FIRST_SEED) -> list[HeldOut]:
    """`count` scenes with at least two events, drawn into `folder` (what lies there is used again)."""
    assert set(PROMPTS) <= set(FITS)
    folder.mkdir(parents=True, exist_ok=True)
    found: list[HeldOut] = []
    seed = first
    while len(found) < count:
        made = scene(seed, seconds)
        if made.motion.kind in PROMPTS and len(made.events) >= 2:
            path = folder / f"scene-{seed}.mp4"
            if not path.exists():
                write_video(made, path)
            prompts = PROMPTS[made.motion.kind]
            found.append(HeldOut(path, made.events, prompts[seed % len(prompts)], made.motion.kind, seconds))
        seed += 1
    return found
