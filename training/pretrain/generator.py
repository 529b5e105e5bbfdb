"""Train the generator: rectified flow over latents, each condition dropped at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import REFERENCE_FRAMES, Given, VisioSonic
from engine.codecs.autoencoder import LATENT_RATE
from engine.conditioning.events import curve
from engine.conditioning.sentence import SentenceEncoder
from engine.layers.attention import Recall
from engine.spec import SAMPLE_RATE, Event
from training.pretrain.checkpoint import Run, best_device, swift
from training.pretrain.dataset import Scenes
from training.pretrain.words import said

DROP_TEXT, DROP_PICTURE, DROP_SEEN, DROP_EVENTS, DROP_REFERENCE = 0.15, 0.3, 0.5, 0.12, 0.6
WORDS_ALONE = 0.4
"""How often words and events are all that is given, so that nothing else can be asked what sounds."""
SWAP_PICTURE = 0.15
"""How often the picture is another scene's, so that the event curve is believed over the picture."""
MISTAKEN = 0.25
"""How often what is seen is something else than what sounds, where words say what does: words are believed."""
FROM_ITSELF = 0.5
"""How often the reference is a stretch of the sound itself: what is like it in timbre and take, not in kind alone."""
SHORTEST_REFERENCE = 8
LIKENESS = 0.7
"""How often the thing's likeness stands in the place of a reference that is not given, as it does when words that name
a thing are all that a designer gives; with words and without, since guidance weighs the two with it on both sides."""
JITTER_S = 0.015
BLUR = 0.02
"""Deviation of what is added to a seen vector of length 1, in each of its 384 places."""
AVERAGE, AVERAGED_EVERY = 0.996, 4
TOKENS = 2064
"""Latent frames in a batch: 12 whole scenes or 24 halves."""
EARLY = 0.3
"""How often a step is taken from the noisier half of the way, where it is decided what sounds."""
OPEN = 0.3
"""How far `opened` opens gates."""
FASTER = {
    "text_global.weight": 20.0, "seen_global.weight": 20.0, "seen_token.weight": 20.0,
    ".words.gate": 10.0, ".words.kv.weight": 3.0, ".words.kv.bias": 3.0,
}
"""How much faster parameters learn, by the end of their name. A sentence's vector has length 1 over 384 places, a
twentieth of what other layers are given: at one rate for all, what is said moved the sound a twentieth as much. Gates
start shut, and at one rate for all they stayed so."""


@dataclass(frozen=True)
class Batch:
    """latent: (b, n, 32) float32; given: what it goes with."""

    latent: Tensor
    given: Given

    def to(self, device: torch.device) -> Batch:
        moved = {field.name: getattr(self.given, field.name).to(device) for field in fields(Given)}
        return Batch(self.latent.to(device), Given(**moved))


@dataclass(frozen=True)
class Chosen:
    """Which soundings (b,), from which frame on (b,), and how many frames of each."""

    rows: np.ndarray
    starts: np.ndarray
    frames: int


def draw(seed: int, scenes: Scenes, words: SentenceEncoder, tokens: int = TOKENS) -> Batch:
    """A batch of the seed: whole scenes or parts of them, from 2 s on; `tokens` latent frames in all."""
    rng = np.random.default_rng(seed)
    whole = scenes.latents.shape[1]
    frames = int(rng.choice([whole, 129, 86, 43], p=[0.4, 0.25, 0.25, 0.1]))
    size = tokens // frames
    chosen = Chosen(rng.integers(0, len(scenes.things), size), rng.integers(0, whole - frames + 1, size), frames)
    alone = rng.random(size) < WORDS_ALONE
    has_text = alone | (rng.random(size) >= DROP_TEXT)
    has_picture, has_seen, has_reference = (~alone & (rng.random(size) >= drop)
                                            for drop in (DROP_PICTURE, DROP_SEEN, DROP_REFERENCE))
    things = [scenes.things[i] for i in chosen.rows]
    prompts = [said(rng, _caption(rng, scenes, thing)) if there else ""
               for thing, there in zip(things, has_text, strict=True)]
    spoken = words(prompts)
    features, events = _picture(rng, scenes, chosen)
    references, heard = _references(rng, scenes, chosen, has_reference)
    alike = torch.from_numpy(~has_reference & (rng.random(size) < LIKENESS))
    references = torch.where(alike[:, None, None], _likenesses(rng, scenes, things), references)
    heard = heard | alike[:, None]
    given = Given(
        spoken.words, spoken.heard, spoken.whole,
        features, torch.from_numpy(has_picture),
        _seen(rng, scenes, things, has_text, words), torch.from_numpy(has_seen),
        events, torch.from_numpy(rng.random(size) >= DROP_EVENTS),
        references, heard,
    )
    return Batch(_cut(scenes.latents, chosen.rows, chosen.starts, frames), given)


def _caption(rng: np.random.Generator, scenes: Scenes, thing: str) -> str:
    captions = scenes.captions[thing]
    return captions[int(rng.integers(len(captions)))]


def _cut(table: Tensor, rows: np.ndarray, starts: np.ndarray, frames: int) -> Tensor:
    """(b, frames, channels) float32 out of (s, n, channels)."""
    places = torch.from_numpy(starts)[:, None] + torch.arange(frames)
    return table[torch.from_numpy(rows)[:, None], places].float()


def jittered(rng: np.random.Generator, events: list[tuple[float, float]]) -> list[Event]:
    """The events as a spotter or a hand would mark them: a little off in time and strength."""
    return [Event(round((at + rng.normal(0, JITTER_S)) * SAMPLE_RATE), float(np.clip(s + rng.normal(0, 0.08), 0.1, 1)))
            for at, s in events]


def _picture(rng: np.random.Generator, scenes: Scenes, chosen: Chosen) -> tuple[Tensor, Tensor]:
    """Features (b, n, 32), now and then of another picture, and curves (b, n) of the sounding's own."""
    own = scenes.pictures.numpy()[chosen.rows]
    swapped = rng.random(len(own)) < SWAP_PICTURE
    shown = np.where(swapped, rng.integers(0, len(scenes.events), len(own)), own)
    curves = [curve(jittered(rng, scenes.events[i]), round(start / LATENT_RATE * SAMPLE_RATE), chosen.frames,
                    LATENT_RATE) for i, start in zip(own, chosen.starts, strict=True)]
    return _cut(scenes.features, shown, chosen.starts, chosen.frames), torch.from_numpy(np.stack(curves))


def _seen(rng: np.random.Generator, scenes: Scenes, things: Sequence[str], has_text: np.ndarray,
          words: SentenceEncoder) -> Tensor:
    """(b, 384): other words for the same thing, unsure; where words are given it may be mistaken."""
    everything = sorted(scenes.captions)
    wrong = (rng.random(len(things)) < MISTAKEN) & has_text
    others = [everything[int(i)] for i in rng.integers(0, len(everything), len(things))]
    shown = [other if mistaken else thing for thing, other, mistaken in zip(things, others, wrong, strict=True)]
    right = words([_caption(rng, scenes, thing) for thing in shown]).whole
    beside = words([_caption(rng, scenes, other) for other in others]).whole
    doubt = torch.from_numpy(np.where(rng.random(len(things)) < 0.5, 0, rng.uniform(0, 0.5, len(things))))
    blurred = torch.from_numpy(rng.normal(0, BLUR, right.shape))
    return ((1 - doubt[:, None]) * right.cpu() + doubt[:, None] * beside.cpu() + blurred).float()


def _references(rng: np.random.Generator, scenes: Scenes, chosen: Chosen,
                given: np.ndarray) -> tuple[Tensor, Tensor]:
    """(b, 64, 32) and which of the frames are there (b, 64): another sound of the thing, or a stretch of this one."""
    size = len(chosen.rows)
    rows = torch.from_numpy(chosen.rows)
    lengths = np.minimum(scenes.reference_frames.numpy()[chosen.rows], REFERENCE_FRAMES)
    itself = rng.random(size) < FROM_ITSELF
    lengths = np.where(itself, rng.integers(SHORTEST_REFERENCE, REFERENCE_FRAMES + 1, size), lengths)
    starts = rng.integers(0, scenes.latents.shape[1] - REFERENCE_FRAMES + 1, size)
    own = _cut(scenes.latents, chosen.rows, starts, REFERENCE_FRAMES)
    found = torch.where(torch.from_numpy(itself)[:, None, None], own, scenes.references[rows].float())
    lengths = np.where(given, lengths, 0)
    heard = torch.arange(REFERENCE_FRAMES) < torch.from_numpy(lengths)[:, None]
    return torch.where(heard[..., None], found, 0.0), heard


def _likenesses(rng: np.random.Generator, scenes: Scenes, things: Sequence[str]) -> Tensor:
    """(b, 64, 32): one of the takes that stand for each thing."""
    row = {thing: i for i, thing in enumerate(sorted(scenes.captions))}
    take = torch.from_numpy(rng.integers(0, scenes.likenesses.shape[1], len(things)))
    return scenes.likenesses[torch.tensor([row[thing] for thing in things]), take].float()


def flow_loss(net: torch.nn.Module, batch: Batch) -> Tensor:
    """Mean squared error of the velocity, E ‖v(a_t, t, C) − (a_1 − a_0)‖² (VisioSonic, L_RFM)."""
    size = len(batch.latent)
    noise = torch.randn_like(batch.latent)
    device = noise.device
    t = torch.sigmoid(torch.randn(size, device=device)) if torch.rand(()) < 0.5 else torch.rand(size, device=device)
    t = torch.where(torch.rand(size, device=device) < EARLY, 0.5 * torch.rand(size, device=device), t)
    x = t[:, None, None] * batch.latent + (1 - t[:, None, None]) * noise
    velocity: Tensor = net(x, t, net.prepare(batch.given))  # type: ignore[operator]
    return (velocity.float() - (batch.latent - noise)).square().mean()


def train(work: Path, scenes: Scenes, words: SentenceEncoder, config: VisioSonicConfig, steps: int = 5000,
          rate: float = 8e-4, piece_s: float = 600.0, name: str = "generator", tokens: int = TOKENS) -> Run:
    """Into `work/NAME.pt`, with a running average of the weights; `tokens` latent frames a step."""
    torch.manual_seed(4)
    device = best_device()
    net, average = VisioSonic(config).to(device), VisioSonic(config).to(device)
    average.load_state_dict(net.state_dict())
    optimiser = torch.optim.AdamW(groups(net), lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    run, state = Run(work / f"{name}.pt", steps, piece_s), {"net": net, "average": average, "optimiser": optimiser}
    run.start(state)
    seen = 0.0
    while run.going():
        batch = draw(6_000_000 + run.step, scenes, words, tokens).to(device)
        with swift(device):
            loss = flow_loss(net, batch)
        run.descend(optimiser, loss, rate)
        if run.step % AVERAGED_EVERY == 0:
            _follow(average, net, min(AVERAGE**AVERAGED_EVERY, (1 + run.step) / (10 + run.step)))
        seen = loss.item() if seen == 0 else 0.98 * seen + 0.02 * loss.item()
        run.advance(state, loss=seen)
    run.save(state)
    return run


def groups(net: torch.nn.Module) -> list[dict[str, Any]]:
    """The parameters for an optimiser, those that learn equally fast together."""
    by: dict[float, list[torch.nn.Parameter]] = {}
    for name, parameter in net.named_parameters():
        times = next((factor for end, factor in FASTER.items() if name.endswith(end)), 1.0)
        by.setdefault(times, []).append(parameter)
    return [{"params": parameters, "times": times} for times, parameters in by.items()]


@torch.no_grad()
def opened(net: VisioSonic, gate: float = OPEN) -> None:
    """Open the gates of words, and shrink what comes through them as much: the same sound, but values behind a gate
    that is nearly shut can hardly learn."""
    for name, layer in net.named_modules():
        if isinstance(layer, Recall) and name.endswith("words"):
            value = slice(len(layer.gate), 2 * len(layer.gate))
            layer.kv.weight[value] *= (layer.gate / gate)[:, None]
            layer.kv.bias[value] *= layer.gate / gate
            layer.gate.fill_(gate)


@torch.no_grad()
def _follow(average: VisioSonic, net: VisioSonic, keep: float) -> None:
    for kept, now in zip(average.parameters(), net.parameters(), strict=True):
        kept.lerp_(now, 1 - keep)
