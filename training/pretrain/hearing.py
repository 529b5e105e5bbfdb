"""What the ear learns from: sounds as scenes make them and as takes are, half of them as the codec gives them back.

Made once into a folder, as mel frames, since making a sound takes longer than learning from it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.audio.mel import FLOOR, HOP, Mel
from engine.codecs.autoencoder import STRIDE, Autoencoder
from engine.codecs.vocoder import Vocoder
from training.pretrain.bank import RATE
from training.pretrain.checkpoint import swift
from training.pretrain.dataset import load_state
from training.pretrain.motions import any_motion
from training.pretrain.sounding import Shelf, lay, sound, varied
from training.pretrain.things import THINGS

SHORTEST_S, LONGEST_S = 0.7, 8.0
PART = 250
"""Sounds in one file."""
SILENCE = float(np.log(FLOOR))


@dataclass(frozen=True)
class Heard:
    """mel: (frames, 128) float16, natural log; what it is of."""

    mel: NDArray[np.float16]
    thing: str


class Codec:
    """What a generated sound has gone through."""

    def __init__(self, work: Path) -> None:
        self.mel, self.autoencoder, self.vocoder = Mel(), Autoencoder(), Vocoder()
        load_state(self.autoencoder, work / "autoencoder.pt")
        load_state(self.vocoder, work / "vocoder.pt")

    @torch.inference_mode()
    def hear(self, wave: NDArray[np.float32], through: str) -> NDArray[np.float16]:
        """wave: (samples,) → mel (frames, 128) of it ("itself"), through the autoencoder ("mel"), and through the
        vocoder too ("wave")."""
        whole = np.pad(wave, (0, -len(wave) % (STRIDE * HOP)))
        mel = self.mel(torch.from_numpy(whole)[None])
        with swift(mel.device):
            if through != "itself":
                mel = self.autoencoder.decode(self.autoencoder.encode(mel)).float()
            made = self.vocoder(mel).float() if through == "wave" else None
        mel = mel if made is None else self.mel(made)
        heard: NDArray[np.float16] = mel[0].T.numpy().astype(np.float16)
        return heard


def played(rng: np.random.Generator, shelf: Shelf, thing: str, seconds: float) -> NDArray[np.float32]:
    """(samples,): a thing by itself, every thing as often as every other; peak 0.7."""
    n = int(seconds * RATE)
    out = np.zeros(n + 1, np.float32)
    kind = THINGS[thing].kind if thing in THINGS else "blow"
    if kind == "bed":
        lay(out, rng, shelf.draw(rng, thing)[0], 0.0, seconds)
    else:
        few = shelf.draw(rng, thing, 3)
        most = int(2 + 2 * seconds if kind == "blow" else 1 + seconds / 3)
        for _ in range(int(rng.integers(1, most + 1))):
            begin, blow = int(rng.uniform(0, 0.8) * n), varied(rng, few[rng.integers(len(few))])
            piece = blow[: n - begin]
            out[begin : begin + len(piece)] += rng.uniform(0.3, 1) * piece
    loudest = float(np.abs(out[:n]).max())
    return (out[:n] * (0.7 / max(loudest, 1e-3)) + rng.normal(0, 10 ** rng.uniform(-5, -3.7), n)).astype(np.float32)


def stretch(rng: np.random.Generator, wave: NDArray[np.float32], seconds: float) -> NDArray[np.float32] | None:
    """So many seconds of a sound; None where they are nearly silent."""
    n = min(len(wave), int(seconds * RATE))
    start = int(rng.integers(0, len(wave) - n + 1))
    piece = wave[start : start + n]
    return piece if np.abs(piece).max() > 0.05 else None


def one(seed: int, shelf: Shelf, codec: Codec) -> Heard:
    """One sound: from a scene or by itself, 0.7 to 8 s long."""
    rng = np.random.default_rng(seed)
    things = sorted(shelf.takes)
    while True:
        seconds = float(np.exp(rng.uniform(np.log(SHORTEST_S), np.log(LONGEST_S))))
        if rng.random() < 0.35:
            made = sound(rng, shelf, any_motion(rng, np.arange(200) / 25), LONGEST_S)
            wave, thing = made.wave, made.thing
        else:
            thing = str(rng.choice(things))
            wave = played(rng, shelf, thing, seconds)
        piece = stretch(rng, wave, seconds)
        if piece is not None:
            through = str(rng.choice(["itself", "mel", "wave"], p=[0.5, 0.25, 0.25]))
            return Heard(codec.hear(piece, through), thing)


def build(work: Path, shelf: Shelf, count: int, part: str, first: int) -> list[Heard]:
    """Sounds made from the seeds from `first` on, kept in `work/ear-pool`; what is there already is not made again."""
    folder = work / "ear-pool"
    folder.mkdir(parents=True, exist_ok=True)
    codec: Codec | None = None
    found: list[Heard] = []
    for begin in range(0, count, PART):
        path = folder / f"{part}-{begin // PART:03d}.npz"
        if not path.exists():
            codec = codec or Codec(work)
            write(path, [one(first + i, shelf, codec) for i in range(begin, min(begin + PART, count))])
            print(f"{part} sounds for the ear {min(begin + PART, count)}/{count}", flush=True)
        found += read(path)
    return found


def write(path: Path, made: list[Heard]) -> None:
    facts = json.dumps([{"thing": heard.thing, "frames": len(heard.mel)} for heard in made])
    with open(path.with_suffix(".part"), "wb") as file:
        np.savez(file, mel=np.concatenate([heard.mel for heard in made]), facts=np.array(facts))
    os.replace(path.with_suffix(".part"), path)


def read(path: Path) -> list[Heard]:
    with np.load(path) as part:
        mel, facts = part["mel"], json.loads(str(part["facts"]))
    ends = np.cumsum([fact["frames"] for fact in facts])
    return [Heard(mel[end - fact["frames"] : end], fact["thing"]) for end, fact in zip(ends, facts, strict=True)]


def batch(rng: np.random.Generator, chosen: list[Heard], frames: int) -> torch.Tensor:
    """(sounds, 128, frames) float32: each cut to a stretch with sound in it, or followed by silence."""
    mel = np.full((len(chosen), frames, chosen[0].mel.shape[1]), SILENCE, np.float32)
    for row, heard in zip(mel, chosen, strict=True):
        start = int(rng.integers(0, max(1, len(heard.mel) - frames + 1)))
        level = heard.mel.max(1)
        if level[start : start + frames].max() < level.max() - 3:
            start = int(np.clip(level.argmax() - rng.integers(frames), 0, max(0, len(heard.mel) - frames)))
        piece = heard.mel[start : start + frames]
        row[: len(piece)] = piece
    return torch.from_numpy(mel).transpose(1, 2)


def masked(rng: np.random.Generator, mel: torch.Tensor) -> torch.Tensor:
    """With a stretch of time and some bands silenced, and tilted: what is heard through a wall or half of the time."""
    mel = mel.clone()
    for row in mel:
        length = int(rng.integers(0, mel.shape[2] // 4 + 1))
        start = int(rng.integers(0, mel.shape[2] - length + 1))
        row[:, start : start + length] = SILENCE
        bands = int(rng.integers(0, 20))
        low = int(rng.integers(0, mel.shape[1] - bands + 1))
        row[low : low + bands] = SILENCE
        row += float(rng.normal(0, 0.5)) * torch.linspace(-1, 1, mel.shape[1])[:, None]
    return mel
