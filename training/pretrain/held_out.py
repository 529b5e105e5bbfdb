"""Scenes that training never saw, as video files: what figures of timing are measured on."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count as counted
from pathlib import Path

import av
import numpy as np

from training.pretrain.scenes import FPS, Scene, scene

FIRST_SEED = 42_000_000
"""Far from every seed that a training stage draws from."""
PROMPTS = {
    "strike": (("hitting a metal bar", "hit/bar"), ("hammering wood", "hit/wood"), ("chopping wood", "chop/wood"),
               ("sword on sword", "hit/sword")),
    "bounce": (("a ball bouncing", "bounce/rubber"),),
    "step": (("footsteps on gravel", "steps/gravel"), ("footsteps on wood", "steps/wood"),
             ("footsteps in snow", "steps/snow")),
    "drop": (("a stone falling", "hit/stone"), ("hitting wood", "hit/wood"), ("breaking glass", "break/glass")),
    "shake": (("shaking a box", "rattle/box"), ("rustling leaves", "rustle/leaves")),
    "door": (("a wooden door slams", "door/wood"),),
    "chop": (("knife chopping vegetables on a board", "chop/vegetables"), ("chopping wood", "chop/wood")),
    "tap": (("typing on a keyboard", "tap/keyboard"), ("fingers tapping on a table", "tap/table"),
            ("playing hand drums", "drum/tabla")),
    "call": (("a dog barks", "animal/dog"), ("a cow mooing", "animal/cow")),
}
"""What is asked for of each motion that has events of its own, and the thing that it is."""


@dataclass(frozen=True)
class HeldOut:
    """A scene on disk: its video, its true events (s, strength), what to ask for, and which thing that is."""

    video: Path
    events: tuple[tuple[float, float], ...]
    prompt: str
    thing: str
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


def on_disk(made: Scene, seed: int, folder: Path) -> Path:
    """The scene's video in `folder`, written where it is not there yet; another drawing has another name."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"scene-{seed}-{zlib.crc32(made.frames.tobytes()):08x}.mp4"
    if not path.exists():
        part = path.with_suffix(".part.mp4")
        write_video(made, part)
        part.replace(path)
    return path


def wanted(seconds: float, first: int, fits: Callable[[Scene], bool]) -> Iterator[tuple[int, Scene]]:
    """Scenes from the seed `first` on that `fits` agrees to, with their seeds."""
    drawn = ((seed, scene(seed, seconds)) for seed in counted(first))
    return ((seed, made) for seed, made in drawn if fits(made))


def held_out(count: int, folder: Path, seconds: float = 8.0, first: int = FIRST_SEED) -> list[HeldOut]:
    """`count` scenes with at least two events, drawn into `folder` (what lies there is used again)."""
    found = wanted(seconds, first, lambda made: made.motion.kind in PROMPTS and len(made.events) >= 2)
    scenes = []
    for (seed, made), _ in zip(found, range(count), strict=False):
        prompts = PROMPTS[made.motion.kind]
        prompt, thing = prompts[seed % len(prompts)]
        scenes.append(HeldOut(on_disk(made, seed, folder), made.events, prompt, thing, made.motion.kind, seconds))
    return scenes


def of_motion(kind: str, folder: Path, seconds: float = 8.0, first: int = FIRST_SEED) -> HeldOut:
    """The first scene of a motion: with at least three events, or, where the motion has none, going on for a while."""
    def fits(made: Scene) -> bool:
        lasting = sum(end - start for start, end in made.motion.spans) >= seconds / 3
        return made.motion.kind == kind and (len(made.events) >= 3 or lasting or not made.events)

    seed, made = next(wanted(seconds, first, fits))
    return HeldOut(on_disk(made, seed, folder), made.events, "", "", kind, seconds)
