"""A backbone of a few hundred weights through the real protocol, and picks over sounds whose rule is known.

Run as a script it trains from such picks: `python tests/training/tiny_backbone.py FOLDER OUT STEPS`.
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from engine.backbones.base import Conditions, Prepared
from engine.backbones.framewise import Framewise
from engine.media.audio_file import write_wav
from engine.registry import ModelCard
from engine.spec import SAMPLE_RATE, Recipe, Span
from training.config import DPOConfig
from training.loop import train
from training.preferences.pairs import Pair

RATE = 8000
HOP = 400
CHANNELS = 4


class TinyNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.given = nn.Linear(3, 16)
        self.into = nn.Linear(CHANNELS + 1, 16)
        self.out = nn.Linear(16, CHANNELS)

    def forward(self, x, t, given):
        moment = t[:, None, None].expand(*x.shape[:2], 1)
        return self.out(torch.tanh(self.into(torch.cat([x, moment], -1)) + given))


class TinyBackbone(Framewise):
    """Latents are the levels of four bands in frames of 50 ms."""

    sample_rate = RATE
    parametrisation = "velocity"
    device = torch.device("cpu")

    def __init__(self, seed=0):
        torch.manual_seed(seed)
        self.module = TinyNet()
        data = {"path": "generator.safetensors", "sha256": f"tiny-{seed}", "bytes": 1}
        self.card = ModelCard("tiny", "Tiny", "", "tiny", "", 1, RATE, 8.0, files={"generator": data})

    def latent_shape(self, seconds):
        return round(seconds * RATE / HOP), CHANNELS

    def prepare(self, conditions):
        frames = self.latent_shape(conditions.seconds)[0]
        zero = torch.zeros(1, frames, 1)
        words = zero if conditions.text is None else zero + len(conditions.text[0]) / 10
        picture = zero if conditions.picture is None else conditions.picture
        events = zero if conditions.events is None else conditions.events[..., None]
        return Prepared({"given": self.module.given(torch.cat([words, picture, events], -1))})

    def predict(self, x, t, prepared):
        return self.module(x, t, prepared.tensors["given"])

    def encode(self, waveform):
        frames = waveform.shape[-1] // HOP
        spectrum = torch.fft.rfft(waveform[:, : frames * HOP].reshape(-1, frames, HOP)).abs()[..., 1:]
        return (spectrum.reshape(len(waveform), frames, CHANNELS, -1).mean(-1) + 1e-3).log() / 3

    def decode(self, latent, seed=0, start=0, grain=None):
        return torch.zeros(latent.shape[0], latent.shape[1] * HOP)


def conditions_of(recipe):
    frames = round(recipe.span.seconds * RATE / HOP)
    chance = torch.Generator().manual_seed(recipe.span.start)
    return Conditions(
        seconds=recipe.span.seconds,
        text=(recipe.prompt,) if recipe.prompt else None,
        picture=torch.randn(1, frames, 1, generator=chance),
        events=torch.rand(1, frames, generator=chance),
    )


def noise_wav(path, seconds, bright, seed):
    """Noise that is smooth (dull) or differenced (bright)."""
    wave = np.random.default_rng(seed).normal(0, 0.1, round(seconds * SAMPLE_RATE)).astype(np.float32)
    dull = np.convolve(wave, np.ones(32) / 8, "same")
    write_wav(path, (wave if bright else dull).astype(np.float32))
    return str(path)


def bright_picks(folder, count, seconds=(1.0, 1.3, 2.5)):
    """Pairs in which the brighter of two sounds was picked; each of another cue."""
    found = []
    for i in range(count):
        length = round(seconds[i % len(seconds)] * SAMPLE_RATE)
        span = Span(10 * i * SAMPLE_RATE, 10 * i * SAMPLE_RATE + length)
        recipe = Recipe("clip.mp4", "hash", span, prompt="steps" if i % 2 else "", model="tiny")
        winner = noise_wav(folder / f"{i}-w.wav", span.seconds, True, 2 * i)
        loser = noise_wav(folder / f"{i}-l.wav", span.seconds, False, 2 * i + 1)
        found.append(Pair(f"pair{i}", recipe, winner, loser, 1, 2, 1.0, "human", f"event{i}", "tiny"))
    return found


QUICK = DPOConfig(
    steps=60,
    batch=4,
    learning_rate=1e-2,
    warm_up=2,
    rank=4,
    beta=20.0,
    rfm_weight=0.0,
    checkpoint_every=5,
    guard=10.0,
    held_out=0.4,
)


def learn(folder, out, steps=QUICK.steps, **more):
    folder.mkdir(parents=True, exist_ok=True)
    pairs = bright_picks(folder, 12)
    return train(pairs, TinyBackbone(), conditions_of, replace(QUICK, steps=steps), out, **more)


def main():
    torch.set_num_threads(1)
    learn(
        Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), on_report=lambda report: print(report.step, flush=True)
    )


if __name__ == "__main__":
    main()
