"""For each thing of the bank, the stretches of sound that stand for it where words ask for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional as F

from engine.backbones.visiosonic.network import REFERENCE_FRAMES
from engine.codecs.autoencoder import STRIDE
from engine.codecs.texture import Texture
from engine.conditioning.likeness import FINE_STEP
from engine.conditioning.reference import LONGEST_S, levelled
from engine.conditioning.sentence import SentenceEncoder
from engine.media.atomic import replacing
from engine.packing import from_bytes, to_bytes, to_nibbles
from engine.ranking.text_audio import TextAudioNet
from training.pretrain.bank import RATE
from training.pretrain.dataset import LIKENESSES, Senses, load_state, senses, whole_frames
from training.pretrain.evaluate.spectral import colour, distance
from training.pretrain.hearing import played
from training.pretrain.sounding import Shelf
from training.pretrain.words import reader

ROLE = "likenesses"
TRIES, CLEAR, KEPT = 16, 8, 4
"""Stretches of a thing that are made; of those that the ear takes most clearly for it, the most unlike stay."""
SEED = 54_000_000


@torch.no_grad()
def make(shelf: Shelf, own: Senses, texture: Texture, words: SentenceEncoder, ear: TextAudioNet) -> dict[str, Tensor]:
    """What `engine.conditioning.likeness.read_likenesses` reads; from the shelf's sounds alone."""
    things = sorted(shelf.takes)
    captions = [words(shelf.captions[thing]).whole.cpu() for thing in things]
    said = F.normalize(torch.stack([ear.eval().read(one).mean(0) for one in captions]), dim=1)
    sounds, steps, fine = [], [], []
    for number, thing in enumerate(things):
        tried = [_stretch(np.random.default_rng([SEED, number, i]), shelf, thing) for i in range(TRIES)]
        latents = [torch.from_numpy(own.latent(one)[:REFERENCE_FRAMES]) for one in tried]
        clear = np.argsort([_clearness(ear, own, said, number, one) for one in latents])[::-1][:CLEAR]
        for i in (int(clear[k]) for k in apart([colour(tried[i], RATE) for i in clear], KEPT)):
            rounded, step = to_bytes(latents[i], latents[i].shape[1])
            sounds.append(rounded)
            steps.append(step)
            fine.append(to_nibbles(_lost(tried[i], from_bytes(rounded, step), own, texture), FINE_STEP))
    of = torch.tensor([number for number, one in enumerate(captions) for _ in one], dtype=torch.int32)
    rest = {name: torch.stack(made).unflatten(0, (len(things), KEPT)).contiguous()
            for name, made in (("sounds", sounds), ("steps", steps), ("fine", fine))}
    return {"captions": torch.cat(captions).half(), "of": of, **rest}


def _stretch(rng: np.random.Generator, shelf: Shelf, thing: str) -> NDArray[np.float32]:
    """(samples,): three seconds of a thing, a blow as a few blows of several takes."""
    return levelled(played(rng, shelf, thing, LONGEST_S))


def _lost(wave: NDArray[np.float32], latent: Tensor, own: Senses, texture: Texture) -> Tensor:
    """(128, 4m): a sound's mel without what its latent (m, 32) gives of it."""
    mel = own.mel(torch.from_numpy(whole_frames(wave))[None])[..., : STRIDE * len(latent)]
    middle = texture.spread(latent[None], own.autoencoder.decode(latent[None]))[0]
    return (mel - middle)[0]


def apart(colours: Sequence[NDArray[np.float64]], count: int) -> list[int]:
    """Which `count` of several to take: the first, and then always the one furthest from the nearest taken."""
    taken = [0]
    while len(taken) < count:
        gaps = [-1.0 if i in taken else min(distance(one, colours[k]) for k in taken)
                for i, one in enumerate(colours)]
        taken.append(int(np.argmax(gaps)))
    return taken


def _clearness(ear: TextAudioNet, own: Senses, said: Tensor, number: int, latent: Tensor) -> float:
    """How much nearer (cosine) the ear finds a stretch to its own words than to the next nearest."""
    near = said @ ear.hear(own.autoencoder.decode(latent.float()[None]))[0]
    others = torch.cat([near[:number], near[number + 1 :]])
    return float(near[number] - (others.max() if len(others) else 0.0))


def write(work: Path, shelf: Shelf, out: Path) -> dict[str, Any]:
    """Into the folder of a model or of the work, from the stages' states; returns the file's entry for a card."""
    ear, texture = TextAudioNet(), Texture()
    load_state(ear, work / "text_audio.pt")
    load_state(texture, work / "texture.pt")
    with replacing(out / LIKENESSES) as part:
        save_file(make(shelf, senses(work), texture, reader(), ear), part)
    content = (out / LIKENESSES).read_bytes()
    return {ROLE: {"path": LIKENESSES, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}}


def add_to_card(folder: Path, entry: dict[str, Any]) -> None:
    """Name the file in the model card that lies beside it."""
    path = folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["files"] |= entry
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
