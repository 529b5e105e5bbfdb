"""Train the embedding that words and sounds share, and measure its scale."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.audio.mel import HOP, Mel
from engine.codecs.autoencoder import Autoencoder
from engine.ranking.text_audio import TextAudioNet
from training.pretrain.checkpoint import Run, best_device
from training.pretrain.dataset import load_state
from training.pretrain.motions import any_motion
from training.pretrain.sounding import Shelf, Sound, sound

CROP = 258 * HOP
"""Samples of a training sound: 3 s."""


def heard(seed: int, shelf: Shelf, count: int) -> list[Sound]:
    """Sounds of scenes, cut to 3 s that are not silent."""
    rng = np.random.default_rng(seed)
    found: list[Sound] = []
    while len(found) < count:
        made = sound(rng, shelf, any_motion(rng, np.arange(100) / 25), 4.0)
        start = int(rng.integers(0, len(made.wave) - CROP))
        piece = made.wave[start : start + CROP]
        if np.abs(piece).max() > 0.05:
            found.append(Sound(piece, made.thing, made.caption))
    return found


def agreement(net: TextAudioNet, mel: Tensor, made: list[Sound]) -> Tensor:
    """Cross-entropy both ways over the batch; every sound of the same thing counts as right."""
    logits = net.temperature.exp() * net.hear(mel) @ net.read([s.caption for s in made]).T
    things = [s.thing for s in made]
    same = torch.tensor([[a == b for b in things] for a in things], dtype=torch.float32, device=logits.device)
    right = same / same.sum(1, keepdim=True)
    return -0.5 * ((right * logits.log_softmax(1)).sum(1) + (right * logits.T.log_softmax(1)).sum(1)).mean()


def train(work: Path, shelf: Shelf, steps: int = 600, size: int = 32, rate: float = 1e-3,
          piece_s: float = 600.0) -> Run:
    """Into `work/text_audio.pt`. Half of the sounds go through the autoencoder, as generated ones do."""
    torch.manual_seed(5)
    device = best_device()
    net, mel, autoencoder = TextAudioNet().to(device), Mel().to(device), Autoencoder()
    load_state(autoencoder, work / "autoencoder.pt")
    autoencoder.to(device)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    run, state = Run(work / "text_audio.pt", steps, piece_s), {"net": net, "optimiser": optimiser}
    run.start(state)
    while run.going():
        made = heard(7_000_000 + run.step, shelf, size)
        with torch.no_grad():
            seen = mel(torch.from_numpy(np.stack([s.wave for s in made])).to(device))
            through = autoencoder.decode(autoencoder.encode(seen))[..., : seen.shape[-1]]
            seen = torch.where(torch.rand(size, 1, 1, device=device) < 0.5, through, seen)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            loss = agreement(net, seen, made)
        run.descend(optimiser, loss, rate)
        run.advance(state, loss=loss.item())
    run.save(state)
    return run


@torch.no_grad()
def measure(net: TextAudioNet, shelf: Shelf, count: int = 400) -> dict[str, float]:
    """On sounds held out: mean cosine with the words of something else and with their own, and how often their own
    thing is the nearest of all (top 1, top 3)."""
    mel, made = Mel(), heard(8_000_000, shelf, count)
    vectors = torch.cat([net.hear(mel(torch.from_numpy(np.stack([s.wave for s in made[i : i + 40]]))))
                         for i in range(0, count, 40)])
    things = sorted(shelf.captions)
    words = torch.stack([net.read(shelf.captions[thing]).mean(0) for thing in things])
    cosine_of = vectors @ torch.nn.functional.normalize(words, dim=-1).T
    right = torch.tensor([things.index(s.thing) for s in made])
    order = cosine_of.argsort(dim=1, descending=True)
    own = cosine_of[torch.arange(count), right]
    others = (cosine_of.sum(1) - own) / (len(things) - 1)
    return {
        "related": own.mean().item(),
        "unrelated": others.mean().item(),
        "first": (order[:, 0] == right).float().mean().item(),
        "among_three": (order[:, :3] == right[:, None]).any(1).float().mean().item(),
    }
