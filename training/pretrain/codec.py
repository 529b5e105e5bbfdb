"""Train the autoencoder (mel ↔ latent) and its texture (what a mel flickers like) on pieces of sound."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.audio.mel import FLOOR, HOP, Mel
from engine.codecs.autoencoder import Autoencoder
from engine.codecs.texture import Texture
from training.pretrain.checkpoint import Run, best_device, swift
from training.pretrain.dataset import load_state
from training.pretrain.material import crops
from training.pretrain.sounding import Shelf

KL_WEIGHT = 1e-4
CROP_FRAMES = 172
"""Mel frames of a training crop: 2 s."""


POOLS = ((1, 1, 0.5), (8, 1, 1.0), (1, 8, 1.0), (4, 4, 1.0))
"""Bands and frames that are averaged before they are compared, and how much that counts: what noise happened to do in
one band of one frame cannot be kept; when it rose (8, 1), where its tones lie (1, 8) and its colour (4, 4) can."""


def audible(level: Tensor) -> Tensor:
    """How much an error counts: 1 down to 35 dB below a sound's strongest band, falling to 0.2 at 76 dB below."""
    return ((level - level.amax(dim=(1, 2), keepdim=True) + 10) / 6).clamp(0.2, 1)


def mel_distance(made: Tensor, mel: Tensor) -> Tensor:
    """Mean absolute difference of two log mels (batch, 128, frames) in nepers, where it is audible, at four sizes."""
    total = torch.zeros((), device=mel.device)
    for bands, frames, counts in POOLS:
        a, b = (F.avg_pool2d(x.exp(), (bands, frames)).clamp(min=FLOOR / 2).log() for x in (made.clamp(max=8), mel))
        total = total + counts * (audible(b) * (a - b).abs()).mean()
    return total / sum(counts for *_, counts in POOLS)


def autoencoder_loss(net: Autoencoder, mel: Tensor) -> tuple[Tensor, Tensor]:
    """How far the mel is from what comes back, and the KL divergence a latent value."""
    mean, log_variance = net.distribution(mel)
    latent = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
    error = mel_distance(net.reconstruct(latent).float(), mel)
    kl = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).float().mean()
    return error / net.config.mel_scale, kl


def train_autoencoder(work: Path, shelf: Shelf, steps: int = 3800, size: int = 16, rate: float = 1.5e-3,
                      piece_s: float = 600.0) -> Run:
    """Into `work/autoencoder.pt`; when done, the latent's mean and scale are measured and set."""
    torch.manual_seed(2)
    device = best_device()
    net, mel = Autoencoder().to(device), Mel().to(device)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    run, state = Run(work / "autoencoder.pt", steps, piece_s), {"net": net, "optimiser": optimiser}
    run.start(state)
    while run.going():
        with torch.no_grad():
            seen = mel(crops(2_000_000 + run.step, shelf, size, CROP_FRAMES).to(device))
        with swift(device):
            error, kl = autoencoder_loss(net, seen)
        run.descend(optimiser, error + KL_WEIGHT * kl, rate)
        run.advance(state, error=error.item(), kl=kl.item())
    if run.done():
        measure_scale(net, mel, shelf)
    run.save(state)
    return run


@torch.no_grad()
def measure_scale(net: Autoencoder, mel: Mel, shelf: Shelf) -> None:
    """Set shift and scale so that latents have mean 0 and variance 1 in each channel."""
    net.shift.zero_()
    net.scale.fill_(1)
    device = net.shift.device
    latents = torch.cat([net.encode(mel(crops(3_000_000 + i, shelf, 32, CROP_FRAMES).to(device))) for i in range(8)])
    net.shift.copy_(latents.mean(dim=(0, 1)))
    net.scale.copy_(latents.std(dim=(0, 1)).clamp(min=1e-3))


PATCHES = ((1, 1), (4, 4), (16, 4), (4, 16), (16, 32))
"""Bands and frames of the patches whose joint distribution is compared."""


def patch_distance(a: Tensor, b: Tensor, weight: Tensor) -> Tensor:
    """Root mean square difference of log mels (batch, 128, frames) in each patch, in nepers, averaged over patches."""
    squared, total = weight * (a - b).square(), torch.zeros((), device=a.device)
    for bands, frames in PATCHES:
        stride = (max(1, bands // 2), max(1, frames // 2))
        total = total + (F.avg_pool2d(squared, (bands, frames), stride) + 1e-6).sqrt().mean()
    return total / len(PATCHES)


def texture_loss(net: Texture, latent: Tensor, middle: Tensor, mel: Tensor) -> tuple[Tensor, Tensor]:
    """Energy score of mels drawn, 2 d(real, drawn) − d(drawn, drawn'), over patches.

    It is least when the draws are spread as the truth is (Gneiting & Raftery 2007, "Strictly proper scoring rules").
    Returns it and d(real, drawn).
    """
    likely, share = net.spread(latent, middle)
    white = torch.randn(2, len(mel), HOP * mel.shape[-1], device=mel.device)
    one, two = (likely + share * net.flicker(noise) for noise in white)
    weight = audible(mel)
    near = 0.5 * (patch_distance(one, mel, weight) + patch_distance(two, mel, weight))
    return 2 * near - patch_distance(one, two, weight), near


def train_texture(work: Path, shelf: Shelf, steps: int = 500, size: int = 12, rate: float = 1e-3,
                  piece_s: float = 600.0) -> Run:
    """Into `work/texture.pt`; needs the autoencoder."""
    torch.manual_seed(4)
    device = best_device()
    net, mel, autoencoder = Texture().to(device), Mel().to(device), Autoencoder()
    load_state(autoencoder, work / "autoencoder.pt")
    autoencoder.to(device)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    run, state = Run(work / "texture.pt", steps, piece_s), {"net": net, "optimiser": optimiser}
    run.start(state)
    while run.going():
        with torch.no_grad():
            seen = mel(crops(6_000_000 + run.step, shelf, size, CROP_FRAMES).to(device))
            with swift(device):
                latent = autoencoder.encode(seen)
                middle = autoencoder.decode(latent).float()
        with swift(device):
            loss, near = texture_loss(net, latent.float(), middle, seen)
        run.descend(optimiser, loss, rate)
        run.advance(state, loss=loss.item(), near=near.item())
    run.save(state)
    return run
