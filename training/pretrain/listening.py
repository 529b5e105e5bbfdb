"""Train the embedding that words and sounds share, and measure its scale."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from engine.audio.mel import HOP, SAMPLE_RATE
from engine.conditioning.sentence import SentenceEncoder
from engine.ranking.semantic import Scale
from engine.ranking.text_audio import TextAudioNet
from training.pretrain import hearing
from training.pretrain.checkpoint import Run, best_device, swift
from training.pretrain.hearing import LONGEST_S, SHORTEST_S, Heard
from training.pretrain.sounding import Shelf
from training.pretrain.words import UNSAID, reader, said

TRAIN_SEED, TEST_SEED = 7_000_000, 8_000_000
SOUNDS, TEST_SOUNDS = 2500, 600
KIN = 0.6
"""Things whose words are nearer than this (cosine) are not wholly wrong for each other."""
KINSHIP = 0.5
"""What two things of the same words would count, where a thing itself counts 1."""


class Things:
    """Every thing's words as sentence vectors, and how much each counts as right for every other."""

    def __init__(self, shelf: Shelf, encoder: SentenceEncoder, device: torch.device | str = "cpu") -> None:
        self.captions, self.encoder, self.device = shelf.captions, encoder, device
        self.names = sorted(shelf.takes)
        self.number = {name: i for i, name in enumerate(self.names)}
        middle = torch.stack([F.normalize(self.whole(self.captions[name]).mean(0), dim=0) for name in self.names])
        near = KINSHIP * ((middle @ middle.T - KIN) / (1 - KIN)).clamp(min=0)
        self.right = near.fill_diagonal_(1.0)

    def whole(self, captions: Sequence[str]) -> Tensor:
        return self.encoder(captions).whole.to(self.device)


def agreement(net: TextAudioNet, mel: Tensor, whole: Tensor, right: Tensor) -> Tensor:
    """Cross-entropy both ways over the batch. right: (batch, batch), what each sound's words count for each sound."""
    logits = net.temperature.exp() * net.hear(mel) @ net.read(whole).T
    wanted = right / right.sum(1, keepdim=True)
    return -0.5 * ((wanted * logits.log_softmax(1)).sum(1) + (wanted * logits.T.log_softmax(1)).sum(1)).mean()


def train(work: Path, shelf: Shelf, steps: int = 800, size: int = 48, rate: float = 1.5e-3, piece_s: float = 600.0,
          sounds: int = SOUNDS) -> Run:
    """Into `work/text_audio.pt`."""
    torch.manual_seed(5)
    device = best_device()
    net, things = TextAudioNet().to(device), Things(shelf, reader(), device)
    pool = hearing.build(work, shelf, sounds, "train", TRAIN_SEED)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.05)
    run, state = Run(work / "text_audio.pt", steps, piece_s), {"net": net, "optimiser": optimiser}
    run.start(state)
    while run.going():
        rng = np.random.default_rng(TRAIN_SEED + run.step)
        chosen = [pool[i] for i in rng.choice(len(pool), size, replace=len(pool) < size)]
        seconds = np.exp(rng.uniform(np.log(SHORTEST_S), np.log(LONGEST_S)))
        mel = hearing.masked(rng, hearing.batch(rng, chosen, int(seconds * SAMPLE_RATE / HOP))).to(device)
        whole = things.whole([said(rng, str(rng.choice(things.captions[heard.thing]))) for heard in chosen])
        rows = torch.tensor([things.number[heard.thing] for heard in chosen], device=device)
        with swift(device):
            loss = agreement(net.train(), mel, whole + 0.01 * torch.randn_like(whole), things.right[rows][:, rows])
        run.descend(optimiser, loss, rate)
        run.advance(state, loss=loss.item())
    run.save(state)
    return run


def vectors(net: TextAudioNet, pool: Sequence[Heard]) -> Tensor:
    """(sounds, embedding): each sound whole, as the engine hears it."""
    return torch.cat([net.hear(torch.from_numpy(heard.mel.astype(np.float32)).T[None]) for heard in pool])


@torch.no_grad()
def measure(net: TextAudioNet, shelf: Shelf, work: Path) -> dict[str, float]:
    """On sounds of recordings held out (`shelf`: the test part), each with every caption of every thing.

    related, unrelated: the scale, see `scale`; first, among_three: how often its own thing's captions are the nearest
    of all, among the nearest three; own_high, others_low: how often, on that scale, an own caption's level is at
    least 0.65, another's at most 0.35; unsaid: with words that no caption says, how often a sound that is meant is
    nearer than one that is not.
    """
    net.eval()
    pool, things = hearing.build(work, shelf, TEST_SOUNDS, "test", TEST_SEED), Things(shelf, reader())
    heard = vectors(net, pool)
    right = torch.tensor([things.number[sound.thing] for sound in pool])
    means, own, others = [], [], []
    for number, name in enumerate(things.names):
        said_of = heard @ net.read(things.whole(things.captions[name])).T
        means.append(said_of.mean(1))
        own.append(said_of[right == number].flatten())
        others.append(said_of[right != number].flatten())
    nearest = torch.stack(means, 1).argsort(dim=1, descending=True)
    mine, theirs = torch.cat(own), torch.cat(others)
    found = scale(mine, theirs)
    return {
        "related": found.related,
        "unrelated": found.unrelated,
        "first": (nearest[:, 0] == right).float().mean().item(),
        "among_three": (nearest[:, :3] == right[:, None]).any(1).float().mean().item(),
        "own_high": float(np.mean([found.level(cosine) >= 0.65 for cosine in mine.tolist()])),
        "others_low": float(np.mean([found.level(cosine) <= 0.35 for cosine in theirs.tolist()])),
        "unsaid": unsaid(net, heard, right, things),
    }


def scale(own: Tensor, others: Tensor) -> Scale:
    """Cosines of sounds with their own words and with others' → the scale: its middle is where as many of the one lie
    below as of the other above, its reach half the distance of their means."""
    low, high = own.sort().values, others.sort(descending=True).values
    shares = torch.linspace(0, 0.5, 501)
    gap = low[(shares * (len(low) - 1)).long()] - high[(shares * (len(high) - 1)).long()]
    share = shares[int(gap.abs().argmin())]
    middle = float(low[int(share * (len(low) - 1))])
    reach = float(own.mean() - others.mean()) / 2
    return Scale(middle - reach, middle + reach)


def unsaid(net: TextAudioNet, heard: Tensor, right: Tensor, things: Things) -> float:
    """The mean over the prompts of the chance that a sound meant is nearer than one not meant."""
    chances = []
    for prompt, thing in UNSAID.items():
        meant = right == things.number.get(thing, -1)
        if meant.any() and not meant.all():
            cosine = heard @ net.read(things.whole([prompt]))[0]
            chances.append((cosine[meant][:, None] > cosine[~meant]).float().mean().item())
    return float(np.mean(chances)) if chances else 0.0
