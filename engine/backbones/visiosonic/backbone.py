"""VisioSonic as a backbone: the transformer with its mel autoencoder and vocoder."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import Literal

import torch
from safetensors.torch import load_file
from torch import Tensor

from engine import memory
from engine.audio.mel import HOP, SAMPLE_RATE, Mel
from engine.backbones.base import Conditions, Prepared
from engine.backbones.framewise import Framewise
from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import REFERENCE_FRAMES, Given, VisioSonic
from engine.codecs.autoencoder import LATENT_RATE, STRIDE, Autoencoder, AutoencoderConfig
from engine.codecs.grain import Example, followed, grained
from engine.codecs.texture import Texture, TextureConfig
from engine.codecs.vocoder import Vocoder, VocoderConfig
from engine.conditioning.likeness import Likenesses, load_likenesses
from engine.conditioning.scene import Scene
from engine.conditioning.sentence import SentenceEncoder, load_sentence
from engine.layers.undrawn import Undrawn
from engine.registry import ModelCard

LONGEST_EXAMPLE_S = 60.0
"""Every frame of a longer sound against every frame of another takes too much memory."""


class VisioSonicBackbone(Framewise):
    """`Backbone` of engine.backbones.base; the latent is (frames at 21.53 a second, 32)."""

    parametrisation: Literal["velocity"] = "velocity"
    sample_rate = SAMPLE_RATE

    def __init__(self, card: ModelCard, module: VisioSonic, autoencoder: Autoencoder, vocoder: Vocoder,
                 sentence: SentenceEncoder, device: torch.device | str = "cpu", texture: Texture | None = None,
                 likenesses: Likenesses | None = None) -> None:
        self.card = card
        self.device = torch.device(device)
        self.module = module.eval().to(self.device)
        self.autoencoder = autoencoder.eval().to(self.device)
        self.texture = texture.eval().to(self.device) if texture is not None else None
        self.vocoder = vocoder.eval().to(self.device)
        self.mel = Mel().to(self.device)
        self.sentence = sentence
        self.likenesses = likenesses.to(self.device) if likenesses is not None else None
        self.channels = module.config.channels

    def latent_shape(self, seconds: float) -> tuple[int, int]:
        """Enough whole latent frames to cover the sound, at least two."""
        return max(2, math.ceil(seconds * LATENT_RATE - 1e-6)), self.channels

    def conditions(self, scene: Scene) -> Conditions:
        """Where the designer gives no reference, the likeness of what the words name stands in its place.

        It stays when guidance weighs the words against none: made louder by guidance too, it overshoots, and one hit
        drowns the others. What its latent has lost comes beside it.
        """
        given = super().conditions(scene)
        if self.likenesses is None or given.text is None or given.reference is not None or "text" in scene.left_out:
            return given
        things, found = self.likenesses.like(self.sentence(given.text).whole.to(self.device))
        if not found.all():
            return given
        return replace(given, likeness=self.likenesses.sounds[things], fine=self.likenesses.fine(things))

    def prepare(self, conditions: Conditions) -> Prepared:
        """Raises ValueError when the conditions' batches or lengths do not agree."""
        return self.module.prepare(self._given(conditions))

    def _given(self, conditions: Conditions) -> Given:
        """The conditions as tensors with masks; zeros stand where there is nothing."""
        frames, _ = self.latent_shape(conditions.seconds)
        parts = [getattr(conditions, field.name) for field in fields(conditions) if field.name != "seconds"]
        sizes = {len(part) for part in parts if part is not None}
        if len(sizes) > 1:
            raise ValueError(f"the conditions' batches differ: {sorted(sizes)}")
        batch = sizes.pop() if sizes else 1
        for name in ("picture", "events"):
            tensor = getattr(conditions, name)
            if tensor is not None and tensor.shape[1] != frames:
                raise ValueError(f"{name} has {tensor.shape[1]} frames, {conditions.seconds:g} s are {frames}")
        said = self.sentence(conditions.text if conditions.text is not None else ("",) * batch)
        picture = self._or_zeros(conditions.picture, batch, frames, self.module.config.picture)
        events = self._or_zeros(conditions.events, batch, frames)
        seen = self._or_zeros(conditions.seen, batch, self.module.config.sentence)
        like = conditions.reference
        if like is None and conditions.likeness is not None:
            like = conditions.likeness[:, 0]
        reference = self._or_zeros(like, batch, 0, self.channels)[:, :REFERENCE_FRAMES]
        has = {name: torch.full((batch,), getattr(conditions, name) is not None, device=self.device)
               for name in ("picture", "seen", "events")}
        heard = torch.ones(reference.shape[:2], dtype=torch.bool, device=self.device)
        return Given(said.words.to(self.device), said.heard.to(self.device), said.whole.to(self.device), picture,
                     has["picture"], seen, has["seen"], events, has["events"], reference, heard)

    def _or_zeros(self, tensor: Tensor | None, *shape: int) -> Tensor:
        return torch.zeros(*shape, device=self.device) if tensor is None else tensor

    def predict(self, x: Tensor, t: Tensor, prepared: Prepared) -> Tensor:
        """x: (batch, frames, 32), t: (batch,) → velocity (batch, frames, 32).

        In inference mode, products are taken in bfloat16 where the CPU has instructions for it; training stays exact.
        """
        swift = torch.is_inference_mode_enabled() and self.device.type == "cpu" and memory.swift_in_bfloat16()
        with torch.autocast("cpu", torch.bfloat16, enabled=swift):
            velocity: Tensor = self.module(x, t, prepared)
        return velocity

    def middle(self, latent: Tensor) -> Tensor:
        """(batch, frames, 32) → the mel (batch, 128, 4 · frames) that is likely in the middle."""
        mel = self.autoencoder.decode(latent)
        return mel if self.texture is None else self.texture.spread(latent, mel)[0]

    def grain(self, latent: Tensor, conditions: Conditions, sound: Tensor | None = None) -> Tensor | None:
        """(frames, 32) → its mel, (frames, 128, 4). A sound longer than a minute is passed over for the likeness."""
        example = self._example(conditions, sound)
        if example is None:
            return None
        middle = self.middle(latent[None])[0]
        return grained(middle, example, followed(middle, example)).unflatten(1, (-1, STRIDE)).transpose(0, 1)

    def _example(self, conditions: Conditions, sound: Tensor | None) -> Example | None:
        if sound is not None and len(sound) <= LONGEST_EXAMPLE_S * self.sample_rate:
            mel = self._mel(sound[None])
            return Example(mel[0], self.middle(self.autoencoder.encode(mel))[0])
        if conditions.likeness is None or conditions.fine is None:
            return None
        middle = self.middle(conditions.likeness[:, 0])[0]
        return Example(middle + conditions.fine[0, 0], middle)

    def decode(self, latent: Tensor, seed: int = 0, start: int = 0, grain: Tensor | None = None) -> Tensor:
        """(batch, frames, 32) → (batch, 2048 · frames) at 44.1 kHz; `start` in latent frames.

        Where there is no sound to take the grain from, the texture makes one up.
        """
        latent = latent.to(self.device)
        if grain is not None:
            mel = grain.transpose(1, 2).flatten(2)
        else:
            mel = self.autoencoder.decode(latent)
            mel = mel if self.texture is None else self.texture(latent, mel, seed, start)
        wave: Tensor = self.vocoder(mel, seed, start * STRIDE)
        return wave

    def encode(self, waveform: Tensor) -> Tensor:
        """(batch, samples) at 44.1 kHz → (batch, frames, 32); the end is padded to a whole latent frame."""
        latent: Tensor = self.autoencoder.encode(self._mel(waveform))
        return latent

    def _mel(self, waveform: Tensor) -> Tensor:
        short = -waveform.shape[-1] % (STRIDE * HOP)
        mel: Tensor = self.mel(torch.nn.functional.pad(waveform.to(self.device), (0, short)))
        return mel


def load(card: ModelCard, device: torch.device | str = "cpu") -> VisioSonicBackbone:
    """Build the backbone that a card describes; weights are kept in half precision on disk, in single here."""

    def weights(role: str) -> dict[str, Tensor]:
        return {name: tensor.float() for name, tensor in load_file(card.path(role)).items()}

    with Undrawn():
        module = VisioSonic(VisioSonicConfig(**card.config.get("generator", {})))
        autoencoder = Autoencoder(AutoencoderConfig(**card.config.get("autoencoder", {})))
        vocoder = Vocoder(VocoderConfig(**card.config.get("vocoder", {})))
        texture = Texture(TextureConfig(**card.config.get("texture", {}))) if "texture" in card.files else None
    module.load_state_dict(weights("generator"))
    autoencoder.load_state_dict(weights("autoencoder"))
    vocoder.load_state_dict(weights("vocoder"))
    if texture is not None:
        texture.load_state_dict(weights("texture"))
    return VisioSonicBackbone(card, module, autoencoder, vocoder, load_sentence(card, device), device, texture,
                              load_likenesses(card, device))
