"""Train the autoencoder (mel ↔ latent) and the vocoder (mel → waveform) on the sounds of scenes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.audio.mel import HOP, Mel
from engine.codecs.autoencoder import Autoencoder
from engine.codecs.vocoder import Vocoder
from training.pretrain.checkpoint import Run, best_device
from training.pretrain.motions import any_motion
from training.pretrain.sounding import Shelf, sound

KL_WEIGHT = 2e-4
CROP_FRAMES = 172
"""Mel frames of a training crop: 2 s."""


def crops(seed: int, shelf: Shelf, count: int, frames: int) -> Tensor:
    """(count, frames · 512) of scene sound at many levels; crops without sound are drawn again."""
    rng = np.random.default_rng(seed)
    n = frames * HOP
    found: list[np.ndarray] = []
    while len(found) < count:
        made = sound(rng, shelf, any_motion(rng, np.arange(200) / 25), 8.0).wave
        made = made * 10 ** rng.uniform(-1.0, 0.1)
        for _ in range(4):
            start = int(rng.integers(0, len(made) - n))
            piece = made[start : start + n]
            if np.abs(piece).max() > 0.01 or rng.random() < 0.1:
                found.append(np.clip(piece, -1, 1))
    return torch.from_numpy(np.stack(found[:count]).astype(np.float32))


def autoencoder_loss(net: Autoencoder, mel: Tensor) -> tuple[Tensor, Tensor]:
    """Mean absolute error of the normalised mel, sharper on what changes; and the KL divergence a latent value."""
    mean, log_variance = net.distribution(mel)
    latent = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
    made = net.reconstruct(latent).float()
    error = (made - mel).abs().mean() + 0.5 * ((made - mel).diff(dim=-1)).abs().mean()
    kl = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).float().mean()
    return error / net.config.mel_scale, kl


def train_autoencoder(work: Path, shelf: Shelf, steps: int = 1500, size: int = 16, rate: float = 1.5e-3,
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
        with torch.autocast(device.type, dtype=torch.bfloat16):
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


SCALES = (256, 512, 1024, 2048)


def spectra(wave: Tensor) -> list[Tensor]:
    """Magnitudes of four resolutions, (batch, bins, frames) each."""
    made = []
    for n in SCALES:
        window = torch.hann_window(n, device=wave.device)
        made.append(torch.stft(wave, n, n // 4, window=window, return_complex=True).abs() + 1e-5)
    return made


def distance(a: list[Tensor], b: list[Tensor]) -> Tensor:
    """How far two sounds' spectra are apart: magnitudes relative to the second's size, and their logarithms."""
    total = torch.zeros((), device=a[0].device)
    for x, y in zip(a, b, strict=True):
        size = y.detach().square().mean(dim=(1, 2)).sqrt() + 1e-3
        total = total + ((x - y).abs().mean(dim=(1, 2)) / size).mean() + 0.5 * (x.log() - y.log()).abs().mean()
    return total / len(a)


def vocoder_loss(net: Vocoder, mel: Tensor, wave: Tensor) -> tuple[Tensor, Tensor]:
    """Spectral energy distance, 2 d(real, made) − d(made, made'): two draws of noise keep noise noisy.

    Source: Gritsenko et al. 2020, "A spectral energy distance for parallel speech synthesis", eq. 4.
    Returns the loss and d(real, made) for the log.
    """
    ringing, gain = net.spectra(mel)
    first, second = (spectra(net.sound(ringing, gain, torch.randn_like(wave))) for _ in range(2))
    real = spectra(wave)
    near = 0.5 * (distance(first, real) + distance(second, real))
    return 2 * near - distance(first, second), near


def train_vocoder(work: Path, shelf: Shelf, steps: int = 3000, size: int = 12, rate: float = 1e-3,
                  piece_s: float = 600.0) -> Run:
    """Into `work/vocoder.pt`."""
    torch.manual_seed(3)
    device = best_device()
    net, mel = Vocoder().to(device), Mel().to(device)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    run, state = Run(work / "vocoder.pt", steps, piece_s), {"net": net, "optimiser": optimiser}
    run.start(state)
    while run.going():
        wave = crops(4_000_000 + run.step, shelf, size, 64).to(device)
        with torch.no_grad():
            seen = mel(wave)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            loss, near = vocoder_loss(net, seen, wave)
        run.descend(optimiser, loss, rate)
        run.advance(state, loss=loss.item(), near=near.item())
    run.save(state)
    return run


