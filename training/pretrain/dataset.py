"""Scenes as the generator sees them: pictures with several soundings each, made once and kept on disk."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.audio.mel import HOP, Mel
from engine.backbones.visiosonic.network import REFERENCE_FRAMES
from engine.codecs.autoencoder import LATENT_RATE, STRIDE, Autoencoder
from engine.conditioning.events import at_times, frame_times
from engine.conditioning.likeness import read_likenesses
from engine.conditioning.reference import levelled
from engine.conditioning.spotter import FPS, Spotter, SpotterNet, config_of
from engine.spec import Refused
from training.pretrain.scenes import scene
from training.pretrain.sounding import Shelf, sound

SECONDS = 8.0
FRAMES = int(SECONDS * LATENT_RATE)
"""Whole latent frames in a scene: 172."""
SOUNDINGS = 6
"""Things that one picture is given the sound of, one after the other: a picture costs more to draw than a sound."""
PART = 100
"""Pictures in one file."""


@dataclass(frozen=True)
class Scenes:
    """p pictures, s soundings. latents: (s, 172, 32) float16; references: (s, 64, 32) float16, another sound of the
    same thing, of which reference_frames (s,) count; pictures: (s,), which one a sounding belongs to; things: what
    sounds; features: (p, 172, 32) float16; events: [(s, strength), …] a picture; captions: of each thing; likenesses:
    (things, takes, 64, 32) float16, what stands for each thing by its name in order.
    """

    latents: Tensor
    references: Tensor
    reference_frames: Tensor
    pictures: Tensor
    things: list[str]
    features: Tensor
    events: list[list[tuple[float, float]]]
    captions: dict[str, list[str]]
    likenesses: Tensor


@dataclass(frozen=True)
class Senses:
    """The trained parts that turn pictures and sounds into what the generator sees."""

    autoencoder: Autoencoder
    mel: Mel
    spotter: Spotter

    @torch.inference_mode()
    def latent(self, wave: np.ndarray) -> np.ndarray:
        """(samples,) → (frames, 32) float16; the end is padded to a whole frame."""
        latent: np.ndarray = self.autoencoder.encode(self.mel(torch.from_numpy(whole_frames(wave))[None]))[0].numpy()
        return latent.astype(np.float16)


def whole_frames(wave: np.ndarray) -> np.ndarray:
    """(samples,) float32, silent at the end up to a whole latent frame."""
    return np.pad(wave, (0, -len(wave) % (STRIDE * HOP))).astype(np.float32)


MOTION = "motion.pt"
"""The spotter as it was when the scenes were begun. The generator knows its features, and the spotter may learn on."""


LIKENESSES = "likenesses.safetensors"
"""What `training.pretrain.likenesses` writes, into the work folder as into a model's."""


def senses(work: Path) -> Senses:
    """Features are those of the work folder's scenes, where it has any."""
    autoencoder = Autoencoder()
    load_state(autoencoder, work / "autoencoder.pt")
    held = work / MOTION
    return Senses(autoencoder, Mel(), Spotter(spotter_net(held if held.exists() else work / "spotter.pt")))


def spotter_net(path: Path) -> SpotterNet:
    """A spotter as a training stage left it, of however many layers."""
    net = SpotterNet(config_of(_weights(path)))
    load_state(net, path)
    return net


def load_state(net: torch.nn.Module, path: Path) -> torch.nn.Module:
    """The network as a training stage left it."""
    net.load_state_dict(_weights(path))
    return net.eval()


def _weights(path: Path) -> dict[str, Tensor]:
    saved: dict[str, dict[str, Tensor]] = torch.load(path, weights_only=True, map_location="cpu")["state"]
    return saved["average"] if "average" in saved else saved["net"]


def example(seed: int, shelf: Shelf, own: Senses) -> dict[str, Any]:
    """One picture: its features at the latent rate, its events, and its soundings."""
    made = scene(seed, SECONDS)
    _, features = own.spotter.look(made.frames)
    return {
        "features": at_times(features, FPS, frame_times(FRAMES, LATENT_RATE)).astype(np.float16),
        "events": [(float(a), float(b)) for a, b in made.events],
        "soundings": list(_soundings(np.random.default_rng(seed + 77), shelf, made.motion, own)),
    }


def _soundings(rng: np.random.Generator, shelf: Shelf, motion: Any, own: Senses) -> Iterator[dict[str, Any]]:
    for _ in range(SOUNDINGS):
        heard = sound(rng, shelf, motion, SECONDS)
        reference = np.zeros((REFERENCE_FRAMES, 32), np.float16)
        like = _reference(rng, shelf, heard.thing, own)
        reference[: len(like)] = like
        latent = own.latent(heard.wave[: FRAMES * STRIDE * HOP])
        yield {"latent": latent, "thing": heard.thing, "reference": reference, "frames": len(like)}


def _reference(rng: np.random.Generator, shelf: Shelf, thing: str, own: Senses) -> np.ndarray:
    try:
        return own.latent(levelled(shelf.reference(rng, thing)))[:REFERENCE_FRAMES]
    except Refused:
        return np.zeros((0, 32), np.float16)


def build(work: Path, shelf: Shelf, pictures: int, first: int = 5_000_000, share: int = 0, of: int = 1) -> None:
    """Write `work/scenes/NNN.npz` until there are enough pictures; what is there already is kept.

    Several processes can divide the files among them: this one makes every `of`-th, from `share` on.
    """
    if not (work / MOTION).exists():
        shutil.copyfile(work / "spotter.pt", work / MOTION)
    own, folder = senses(work), work / "scenes"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "captions.json").write_text(json.dumps(shelf.captions), encoding="utf-8")
    for part in range(share, -(-pictures // PART), of):
        path = folder / f"{part:03d}.npz"
        if path.exists():
            continue
        _write(path, [example(first + part * PART + i, shelf, own) for i in range(PART)])
        print(f"pictures {(part + 1) * PART}/{pictures}", flush=True)


def _write(path: Path, made: list[dict[str, Any]]) -> None:
    soundings = [sounding for one in made for sounding in one["soundings"]]
    facts = {
        "events": [one["events"] for one in made],
        "pictures": [i for i, one in enumerate(made) for _ in one["soundings"]],
        "things": [sounding["thing"] for sounding in soundings],
        "frames": [sounding["frames"] for sounding in soundings],
    }
    with open(path.with_suffix(".part"), "wb") as file:
        np.savez(file, latents=np.stack([s["latent"] for s in soundings]),
                 references=np.stack([s["reference"] for s in soundings]),
                 features=np.stack([one["features"] for one in made]), facts=np.array(json.dumps(facts)))
    os.replace(path.with_suffix(".part"), path)


def read(work: Path) -> Scenes:
    """Every scene that `build` wrote, and the things' likenesses. Raises Refused where those are missing."""
    latents, references, features = [], [], []
    pictures: list[int] = []
    facts: dict[str, list[Any]] = {"events": [], "things": [], "frames": []}
    for path in sorted((work / "scenes").glob("*.npz")):
        with np.load(path) as part:
            latents.append(torch.from_numpy(part["latents"]))
            references.append(torch.from_numpy(part["references"]))
            told = json.loads(str(part["facts"]))
            pictures += [len(facts["events"]) + i for i in told["pictures"]]
            features.append(torch.from_numpy(part["features"]))
        for name, values in facts.items():
            values += told[name]
    captions = json.loads((work / "scenes" / "captions.json").read_text(encoding="utf-8"))
    return Scenes(torch.cat(latents), torch.cat(references), torch.tensor(facts["frames"]), torch.tensor(pictures),
                  facts["things"], torch.cat(features), facts["events"], captions, likenesses(work))


def likenesses(work: Path) -> Tensor:
    """(things, takes, 64, 32) float16 of the work folder. Raises Refused where they are missing."""
    path = work / LIKENESSES
    if not path.is_file():
        raise Refused(f"There is no {path}; `python -m training.pretrain scenes --work {work}` writes it.")
    return read_likenesses(path).sounds.half()
