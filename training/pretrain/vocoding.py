"""Train the vocoder (mel → waveform): first by distances between spectra, then against judges."""

from __future__ import annotations

import copy
from pathlib import Path

import torch
from torch import Tensor

from engine.audio.mel import Mel
from engine.codecs.autoencoder import Autoencoder
from engine.codecs.texture import Texture
from engine.codecs.vocoder import Vocoder
from training.pretrain.adversary import Judges, feature_distance, fooling_loss, judging_loss
from training.pretrain.checkpoint import Run, best_device, swift
from training.pretrain.dataset import load_state
from training.pretrain.material import crops
from training.pretrain.sounding import Shelf
from training.pretrain.spotting import follow

FRAMES = 64
"""Mel frames of a training crop: 0.74 s."""
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


def train_spectral(work: Path, shelf: Shelf, steps: int = 2200, size: int = 12, rate: float = 1e-3,
                   piece_s: float = 600.0) -> Run:
    """The first phase, into `work/vocoder-spectral.pt`."""
    torch.manual_seed(3)
    device = best_device()
    net, mel = Vocoder().to(device), Mel().to(device)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    run, state = Run(work / "vocoder-spectral.pt", steps, piece_s), {"net": net, "optimiser": optimiser}
    run.start(state)
    while run.going():
        wave = crops(4_000_000 + run.step, shelf, size, FRAMES).to(device)
        with torch.no_grad():
            seen = mel(wave)
        with swift(device):
            loss, near = vocoder_loss(net, seen, wave)
        run.descend(optimiser, loss, rate)
        run.advance(state, loss=loss.item(), near=near.item())
    run.save(state)
    return run


AGREEING = 2
"""Steps of agreement in training: phases are learned for what is played, not for what comes before them."""
ALONE = 0.02
"""Share of the steps, at the beginning, in which only the judges learn."""
SPECTRAL, FEATURES, FOOLING = 1.0, 1.0, 1.0
"""What the spectral energy distance, the judges' features and their verdict count."""
JUDGES_LEARN = 6.0
"""How much faster the judges learn: they begin from nothing, the vocoder from its first phase."""
KEEPS = 0.995


class Heard:
    """Mels as the vocoder is given them: half those of recordings, half drawn through the autoencoder."""

    def __init__(self, work: Path, device: torch.device) -> None:
        self.mel, self.autoencoder, self.texture = Mel().to(device), Autoencoder(), Texture()
        load_state(self.autoencoder, work / "autoencoder.pt").to(device)
        load_state(self.texture, work / "texture.pt").to(device)

    @torch.no_grad()
    def __call__(self, wave: Tensor, seed: int) -> Tensor:
        """(batch, 512 n) → (batch, 128, n), the second half of the batch through the autoencoder."""
        mel = self.mel(wave)
        latent = self.autoencoder.encode(mel[len(mel) // 2 :])
        return torch.cat([mel[: len(mel) // 2], self.texture(latent, self.autoencoder.decode(latent), seed)])


def agreed(net: Vocoder, wave: Tensor, mel: Tensor) -> Tensor:
    for _ in range(AGREEING):
        wave = net.agreement(wave, mel)
    return wave


def train_vocoder(work: Path, shelf: Shelf, steps: int = 900, size: int = 4, rate: float = 4e-4,
                  piece_s: float = 600.0) -> Run:
    """The second phase, from `work/vocoder-spectral.pt` into `work/vocoder.pt`, with a running average."""
    torch.manual_seed(6)
    device = best_device()
    net, judges, heard = Vocoder().to(device), Judges().to(device), Heard(work, device)
    load_state(net, work / "vocoder-spectral.pt")
    average = copy.deepcopy(net)
    of_net = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.8, 0.98), weight_decay=0.01)
    of_judges = torch.optim.AdamW(judges.parameters(), lr=rate, betas=(0.8, 0.98), weight_decay=0.01)
    run = Run(work / "vocoder.pt", steps, piece_s)
    state = {"net": net, "average": average, "judges": judges, "of_net": of_net, "of_judges": of_judges}
    run.start(state)
    while run.going():
        wave = crops(9_000_000 + run.step, shelf, size, FRAMES).to(device)
        given = heard(wave, run.step)
        with swift(device):
            ringing, gain = net.spectra(given)
        one, two = (agreed(net, net.sound(ringing, gain, torch.randn_like(wave)), given) for _ in range(2))
        with swift(device):
            judged = judging_loss(judges(wave), judges(one.detach()))
        run.descend(of_judges, judged, JUDGES_LEARN * rate)
        if run.share() >= ALONE:
            loss = maker_loss(judges, wave, one, two)
            run.descend(of_net, loss, rate)
            follow(average, net, KEEPS)
            run.advance(state, judged=judged.item(), loss=loss.item())
        else:
            run.advance(state, judged=judged.item())
    run.save(state)
    return run


def maker_loss(judges: Judges, wave: Tensor, one: Tensor, two: Tensor) -> Tensor:
    """Fooling the judges everywhere; nearness to the recording where the mel was its own, in the first half."""
    own = len(wave) // 2
    real, first, second = (spectra(x[:own]) for x in (wave, one, two))
    near = 0.5 * (distance(first, real) + distance(second, real))
    judges.requires_grad_(False)
    with swift(wave.device):
        with torch.no_grad():
            of_real = judges(wave[:own])
        of_made = judges(one)
        features = feature_distance(of_real, of_made)
        fooling = fooling_loss(of_made)
    judges.requires_grad_(True)
    return SPECTRAL * (2 * near - distance(first, second)) + FEATURES * features + FOOLING * fooling
