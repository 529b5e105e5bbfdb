"""For each thing of the bank, the stretches of sound that stand for it where words ask for it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional as F

from engine.backbones.visiosonic.network import REFERENCE_FRAMES
from engine.conditioning.reference import LONGEST_S, levelled
from engine.conditioning.sentence import SentenceEncoder
from engine.media.atomic import replacing
from engine.ranking.text_audio import TextAudioNet
from training.pretrain.dataset import LIKENESSES, Senses, load_state, senses
from training.pretrain.hearing import played
from training.pretrain.sounding import Shelf
from training.pretrain.words import reader

ROLE = "likenesses"
TRIES, KEPT = 16, 2
"""Stretches of a thing that are made; those that the ear takes most clearly for it stay."""
SEED = 54_000_000


@torch.no_grad()
def make(shelf: Shelf, own: Senses, words: SentenceEncoder, ear: TextAudioNet) -> dict[str, Tensor]:
    """The tensors of `engine.conditioning.likeness.Likenesses`, half precision; from the shelf's sounds alone."""
    things = sorted(shelf.takes)
    captions = [words(shelf.captions[thing]).whole.cpu() for thing in things]
    said = F.normalize(torch.stack([ear.eval().read(one).mean(0) for one in captions]), dim=1)
    sounds = []
    for number, thing in enumerate(things):
        tried = [_stretch(np.random.default_rng([SEED, number, i]), shelf, thing, own) for i in range(TRIES)]
        clear = [_clearness(ear, own, said, number, one) for one in tried]
        sounds.append(torch.stack([tried[i] for i in np.argsort(clear)[::-1][:KEPT]]))
    of = torch.tensor([number for number, one in enumerate(captions) for _ in one], dtype=torch.int32)
    return {"captions": torch.cat(captions).half(), "of": of, "sounds": torch.stack(sounds)}


def _stretch(rng: np.random.Generator, shelf: Shelf, thing: str, own: Senses) -> Tensor:
    """(64, 32) float16: three seconds of a thing, a blow as a few blows of several takes."""
    return torch.from_numpy(own.latent(levelled(played(rng, shelf, thing, LONGEST_S)))[:REFERENCE_FRAMES])


def _clearness(ear: TextAudioNet, own: Senses, said: Tensor, number: int, latent: Tensor) -> float:
    """How much nearer (cosine) the ear finds a stretch to its own words than to the next nearest."""
    near = said @ ear.hear(own.autoencoder.decode(latent.float()[None]))[0]
    others = torch.cat([near[:number], near[number + 1 :]])
    return float(near[number] - (others.max() if len(others) else 0.0))


def write(work: Path, shelf: Shelf, out: Path) -> dict[str, Any]:
    """Into the folder of a model or of the work, from the stages' states; returns the file's entry for a card."""
    ear = TextAudioNet()
    load_state(ear, work / "text_audio.pt")
    with replacing(out / LIKENESSES) as part:
        save_file(make(shelf, senses(work), reader(), ear), part)
    content = (out / LIKENESSES).read_bytes()
    return {ROLE: {"path": LIKENESSES, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}}


def add_to_card(folder: Path, entry: dict[str, Any]) -> None:
    """Name the file in the model card that lies beside it."""
    path = folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["files"] |= entry
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
