"""Train the generator: rectified flow over latents, each condition dropped at random."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import VisioSonic
from engine.codecs.autoencoder import LATENT_RATE
from engine.conditioning.events import curve
from engine.spec import SAMPLE_RATE, Event
from training.pretrain.checkpoint import Run, best_device
from training.pretrain.dataset import Scenes

DROP_TEXT, DROP_PICTURE, DROP_EVENTS = 0.15, 0.3, 0.12
SWAP_PICTURE = 0.15
"""How often the picture is another scene's, so that the event curve is believed over the picture."""
JITTER_S = 0.015
AVERAGE = 0.998
TOKENS = 2064
"""Latent frames in a batch: 12 whole scenes or 24 halves."""


@dataclass(frozen=True)
class Batch:
    """latent (b, n, 32), picture (b, n, 32), curves (b, n), with masks (b,) of what is given; prompts."""

    latent: Tensor
    picture: Tensor
    curves: Tensor
    has_picture: Tensor
    has_events: Tensor
    prompts: tuple[str, ...]

    def to(self, device: torch.device) -> Batch:
        return Batch(self.latent.to(device), self.picture.to(device), self.curves.to(device),
                     self.has_picture.to(device), self.has_events.to(device), self.prompts)


def jittered(rng: np.random.Generator, events: list[tuple[float, float]]) -> list[Event]:
    """The events as a spotter or a hand would mark them: a little off in time and strength."""
    return [Event(round((at + rng.normal(0, JITTER_S)) * SAMPLE_RATE), float(np.clip(s + rng.normal(0, 0.08), 0.1, 1)))
            for at, s in events]


def draw(seed: int, scenes: Scenes) -> Batch:
    """A batch of the seed: whole scenes or parts of them, from 2 s on."""
    rng = np.random.default_rng(seed)
    whole = scenes.latents.shape[1]
    frames = int(rng.choice([whole, 129, 86, 43], p=[0.35, 0.25, 0.3, 0.1]))
    size = TOKENS // frames
    chosen = rng.integers(0, len(scenes.things), size)
    starts = rng.integers(0, whole - frames + 1, size)
    swapped = rng.random(size) < SWAP_PICTURE
    pictured = np.where(swapped, rng.integers(0, len(scenes.things), size), chosen)
    curves = [curve(jittered(rng, scenes.events[i]), round(start / LATENT_RATE * SAMPLE_RATE), frames, LATENT_RATE)
              for i, start in zip(chosen, starts, strict=True)]
    prompts = ["" if rng.random() < DROP_TEXT else str(rng.choice(scenes.captions[scenes.things[i]])) for i in chosen]
    return Batch(
        torch.stack([scenes.latents[i, s : s + frames] for i, s in zip(chosen, starts, strict=True)]).float(),
        torch.stack([scenes.features[i, s : s + frames] for i, s in zip(pictured, starts, strict=True)]).float(),
        torch.from_numpy(np.stack(curves)),
        torch.from_numpy(rng.random(size) >= DROP_PICTURE),
        torch.from_numpy(rng.random(size) >= DROP_EVENTS),
        tuple(prompts),
    )


def flow_loss(net: VisioSonic, batch: Batch) -> Tensor:
    """Mean squared error of the velocity, E ‖v(a_t, t, C) − (a_1 − a_0)‖² (VisioSonic, L_RFM)."""
    size, frames = batch.latent.shape[:2]
    noise = torch.randn_like(batch.latent)
    device = noise.device
    t = torch.sigmoid(torch.randn(size, device=device)) if torch.rand(()) < 0.5 else torch.rand(size, device=device)
    x = t[:, None, None] * batch.latent + (1 - t[:, None, None]) * noise
    picture = torch.where(batch.has_picture[:, None, None], batch.picture, net.no_picture)
    known = batch.has_events[:, None].float().expand(size, frames)
    words, heard = net.words(batch.prompts)
    prepared = net.joined(words, heard, picture, batch.curves * known, known)
    return (net(x, t, prepared).float() - (batch.latent - noise)).square().mean()


def train(work: Path, scenes: Scenes, config: VisioSonicConfig, steps: int = 2500, rate: float = 8e-4,
          piece_s: float = 600.0) -> Run:
    """Into `work/generator.pt`, with a running average of the weights."""
    torch.manual_seed(4)
    device = best_device()
    net, average = VisioSonic(config).to(device), VisioSonic(config).to(device)
    average.load_state_dict(net.state_dict())
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    run, state = Run(work / "generator.pt", steps, piece_s), {"net": net, "average": average, "optimiser": optimiser}
    run.start(state)
    seen = 0.0
    while run.going():
        batch = draw(6_000_000 + run.step, scenes).to(device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            loss = flow_loss(net, batch)
        run.descend(optimiser, loss, rate)
        with torch.no_grad():
            keep = min(AVERAGE, (1 + run.step) / (10 + run.step))
            for kept, now in zip(average.parameters(), net.parameters(), strict=True):
                kept.lerp_(now, 1 - keep)
        seen = loss.item() if seen == 0 else 0.95 * seen + 0.05 * loss.item()
        run.advance(state, loss=seen)
    run.save(state)
    return run
