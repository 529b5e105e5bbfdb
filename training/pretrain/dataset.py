"""Scenes as the generator sees them: latents, picture features, events and captions, made once and kept on disk."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.audio.mel import HOP, Mel
from engine.codecs.autoencoder import LATENT_RATE, STRIDE, Autoencoder
from engine.conditioning.events import at_times, frame_times
from engine.conditioning.spotter import FPS, Spotter, SpotterNet
from training.pretrain.scenes import scene
from training.pretrain.sounding import Shelf, sound

SECONDS = 8.0
FRAMES = int(SECONDS * LATENT_RATE)
"""Whole latent frames in a scene: 172."""
PART = 250
"""Scenes in one file."""


@dataclass(frozen=True)
class Scenes:
    """latents, features: (scenes, 172, 32) float16; events: [(s, strength), …] a scene; things: what sounds."""

    latents: Tensor
    features: Tensor
    events: list[list[tuple[float, float]]]
    things: list[str]
    captions: dict[str, list[str]]


def example(seed: int, shelf: Shelf, autoencoder: Autoencoder, mel: Mel, spotter: Spotter) -> dict[str, Any]:
    """One scene: its latent, its features at the latent rate, its events and what it is of."""
    made = scene(seed, SECONDS)
    rng = np.random.default_rng(seed + 77)
    heard = sound(rng, shelf, made.motion, SECONDS)
    with torch.inference_mode():
        wave = torch.from_numpy(heard.wave[: FRAMES * STRIDE * HOP])[None]
        latent = autoencoder.encode(mel(wave))[0].numpy()
    _, features = spotter.look(made.frames)
    return {
        "latent": latent.astype(np.float16),
        "features": at_times(features, FPS, frame_times(FRAMES, LATENT_RATE)).astype(np.float16),
        "events": [(float(a), float(b)) for a, b in made.events],
        "thing": heard.thing,
    }


def load_state(net: torch.nn.Module, path: Path) -> torch.nn.Module:
    """The network as a training stage left it."""
    saved = torch.load(path, weights_only=True, map_location="cpu")["state"]
    net.load_state_dict(saved["average"] if "average" in saved else saved["net"])
    return net.eval()


def build(work: Path, shelf: Shelf, scenes: int, first: int = 5_000_000, share: int = 0, of: int = 1) -> None:
    """Write `work/scenes/NNN.npz` until there are enough; what is there already is kept.

    Several processes can divide the files among them: this one makes every `of`-th, from `share` on.
    """
    autoencoder, mel = Autoencoder(), Mel()
    load_state(autoencoder, work / "autoencoder.pt")
    net = SpotterNet()
    load_state(net, work / "spotter.pt")
    spotter, folder = Spotter(net), work / "scenes"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "captions.json").write_text(json.dumps(shelf.captions), encoding="utf-8")
    for part in range(share, -(-scenes // PART), of):
        path = folder / f"{part:03d}.npz"
        if path.exists():
            continue
        made = [example(first + part * PART + i, shelf, autoencoder, mel, spotter) for i in range(PART)]
        facts = json.dumps([{"events": m["events"], "thing": m["thing"]} for m in made])
        with open(path.with_suffix(".part"), "wb") as file:
            np.savez(file, latents=np.stack([m["latent"] for m in made]),
                     features=np.stack([m["features"] for m in made]), facts=np.array(facts))
        os.replace(path.with_suffix(".part"), path)
        print(f"scenes {(part + 1) * PART}/{scenes}", flush=True)


def read(work: Path) -> Scenes:
    """Every scene that `build` wrote."""
    latents, features, facts = [], [], []
    for path in sorted((work / "scenes").glob("*.npz")):
        with np.load(path) as part:
            latents.append(torch.from_numpy(part["latents"]))
            features.append(torch.from_numpy(part["features"]))
            facts += json.loads(str(part["facts"]))
    captions = json.loads((work / "scenes" / "captions.json").read_text(encoding="utf-8"))
    return Scenes(torch.cat(latents), torch.cat(features), [f["events"] for f in facts], [f["thing"] for f in facts],
                  captions)
