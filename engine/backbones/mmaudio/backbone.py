"""MMAudio as a backbone, loaded in stages: encoders, which leave, then the network, then what decodes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, TypeVar

import torch
from torch import Tensor

from engine import memory
from engine.backbones.base import Conditions, Prepared
from engine.backbones.mmaudio import lengths
from engine.backbones.mmaudio.codec import Codec
from engine.backbones.mmaudio.config import LONGEST_S
from engine.backbones.mmaudio.encoders import EncoderShelf
from engine.backbones.mmaudio.needs import needed, quickened, row_bytes
from engine.backbones.mmaudio.network import MMAudio
from engine.backbones.mmaudio.parts import Parts, parts_of
from engine.conditioning.precision import of_pictures as precision_of_pictures
from engine.conditioning.scene import Scene
from engine.conditioning.watching import Encoders, Watched, watch
from engine.exactly import exactly
from engine.registry import ModelCard
from engine.spec import FAST

T = TypeVar("T")

EYES = {"clip": "picture", "sync": "events"}
"""Which condition each encoder of the picture serves: what is seen, and when it moves."""


class MMAudioBackbone:
    """`Backbone` of engine.backbones.base; the latent is normalised, (frames at 31.25 or 43.07 a second, 20 or 40).

    On a GPU the network computes in bfloat16, but for the embedding of time; noise, steps and codec are float32.
    """

    parametrisation: Literal["velocity"] = "velocity"
    fills_up = False

    def __init__(self, card: ModelCard, parts: Parts, device: torch.device | str = "cpu") -> None:
        self.card = card
        self.parts = parts
        self.device = torch.device(device)
        self.config = parts.sizes.network
        self.sample_rate = self.config.sample_rate
        self.row_bytes = row_bytes(self.config)
        self.encoders = EncoderShelf(parts, self.device)
        self.codec = Codec(parts, self.device)
        self._network: MMAudio | None = None
        self._mean, self._deviation = torch.zeros(()), torch.ones(())
        self._away = self._quick = False

    @property
    def module(self) -> MMAudio:
        if self._network is None:
            network = self.parts.network()
            # In a shorter type these would be rounded too.
            self._mean, self._deviation = network.latent_mean.float().clone(), network.latent_std.float().clone()
            self._network = self._placed(network)
        elif self._away:
            self._network, self._away = self._placed(self._network), False
        elif self._quick and not self._network.quickened:  # putting an adapter on moves it, which undoes that
            self._network.quicken()
        return self._network

    def _placed(self, network: MMAudio) -> MMAudio:
        kind = torch.bfloat16 if self.device.type == "cuda" else torch.float32
        try:
            network = network.to(self.device, kind)
        except torch.cuda.OutOfMemoryError:
            self.codec.offload()
            memory.release()
            network = network.to(self.device, kind)
        self._quick = quickened(self.parts, self.device.type)
        return network.quicken() if self._quick else network

    def latent_shape(self, seconds: float) -> tuple[int, int]:
        return lengths.latent_frames(self.config, seconds), self.config.latent_dim

    def made_s(self, seconds: float) -> float:
        return lengths.made_s(seconds)

    def needs(self, seconds: float, rows: int, precision: str = FAST) -> int:
        of_pictures = precision_of_pictures(precision, self.device)
        least, with_reader = (
            needed(self.parts, self.made_s(seconds), rows, self.device.type, of_pictures, reader)
            for reader in (False, True)
        )
        return with_reader if self._to_spare(with_reader) else least

    def _to_spare(self, needed: int) -> bool:
        return memory.estimate(needed, self.device).free > needed

    def conditions(self, scene: Scene) -> Conditions:
        """What CLIP and Synchformer see, from the cache where they have looked before, and the words.

        The picture is not looked at where neither what it shows nor when it moves is given weight. A picture that ends
        before the sound does stays on its last frame.
        """
        prompt, negative = scene.recipe.prompt.strip(), scene.recipe.negative.strip()
        self.encoders.compute(scene.recipe.precision)
        if "text" not in scene.left_out:
            said = [words for words in (prompt, negative) if words]
            self._or_on_cpu(partial(self.encoders.read, said, scene.cache, self._spare_for_reader))
        clip = sync = None
        looked_for = [name for name, condition in EYES.items() if condition not in scene.left_out]
        if scene.media.has_picture and looked_for:
            watched = self._or_on_cpu(partial(self._watch, scene, looked_for))
            if len(watched.clip):
                count = lengths.clip_frames(self.config, scene.seconds)
                clip = lengths.taken(watched.clip[None].to(self.device), 0, count)
            if len(watched.sync):
                count = lengths.sync_segments(self.config, scene.seconds)
                sync = lengths.taken(watched.sync[None].to(self.device), 0, count)
        return Conditions(scene.seconds, (prompt,) if prompt else None, clip=clip, sync=sync)

    def _spare_for_reader(self) -> bool:
        """Whether what reads words, now loaded, may stay beside all that is still to come."""
        how = self.encoders.of_pictures
        return self._to_spare(needed(self.parts, LONGEST_S, 1, self.device.type, how, reader=False))

    def _or_on_cpu(self, work: Callable[[], T]) -> T:
        """What the encoders are asked for, there if the GPU's memory does not hold them."""
        with exactly():
            with contextlib.suppress(torch.cuda.OutOfMemoryError):
                return work()
            # Only now, when nothing of what was tried is held any more.
            self.encoders.to_cpu()
            return work()

    def _watch(self, scene: Scene, looked_for: Sequence[str]) -> Watched:
        encoders = Encoders(
            clip=self.encoders.clip_vision,
            clip_hash=self.parts.clip_hash,
            synchformer=self.encoders.synchformer,
            synchformer_hash=self.parts.synchformer_hash,
            clip_precision=self.encoders.of_pictures,
            synchformer_precision=self.encoders.in_floats,
        )
        span, seconds = scene.recipe.span, scene.seconds
        return watch(scene.media, span, seconds, encoders, scene.cache, scene.on_piece, looked_for)

    def prepare(self, conditions: Conditions) -> Prepared:
        """Raises ValueError when the conditions' batches or lengths do not agree."""
        given = [part for part in (conditions.clip, conditions.sync, conditions.text) if part is not None]
        batches = {len(part) for part in given} - {1} or {1}
        if len(batches) > 1:
            raise ValueError(f"the conditions' batches differ: {sorted(batches)}")
        pictures = lengths.clip_frames(self.config, conditions.seconds)
        segments = lengths.sync_segments(self.config, conditions.seconds)
        for name, part, count in (("clip", conditions.clip, pictures), ("sync", conditions.sync, segments)):
            if part is not None and part.shape[1] != count:
                raise ValueError(f"{name} has {part.shape[1]} rows, {conditions.seconds:g} s are {count}")
        frames = self.latent_shape(conditions.seconds)[0]
        words = None if conditions.text is None else torch.cat([self._words(prompt) for prompt in conditions.text])
        return Prepared(
            self.module.prepare(conditions.clip, conditions.sync, words, frames, batches.pop(), pictures, segments)
        )

    def _words(self, prompt: str) -> Tensor:
        if not prompt.strip():
            return self.module.empty_string_feat[None].to(self.device)
        return self.encoders.words(prompt.strip()).to(self.device)

    def predict(self, x: Tensor, t: Tensor, prepared: Prepared) -> Tensor:
        """x: (batch, frames, channels), t: (batch,) → velocity, like x."""
        velocity: Tensor = self.module(x, t, prepared.tensors)
        return velocity

    def aligned(self, frame: int) -> int:
        return lengths.aligned(self.config, frame)

    def part(self, conditions: Conditions, place: slice) -> Conditions:
        frames = place.stop - place.start
        seconds = min(conditions.seconds, frames / self.config.latent_rate)
        first = lengths.segment_of(self.config, place.start)
        clip, sync = conditions.clip, conditions.sync
        if clip is not None:
            clip = lengths.taken(clip, lengths.clip_frame_of(first), lengths.clip_frames(self.config, seconds))
        if sync is not None:
            sync = lengths.taken(sync, first, lengths.sync_segments(self.config, seconds))
        return Conditions(seconds, conditions.text, clip=clip, sync=sync)

    def grain(self, latent: Tensor, conditions: Conditions, sound: Tensor | None = None) -> Tensor | None:
        return None

    def decode(self, latent: Tensor, seed: int = 0, start: int = 0, grain: Tensor | None = None) -> Tensor:
        """(batch, frames, channels) → (batch, samples) at the model's rate. Nothing is drawn."""
        if self._network is None:
            _ = self.module
        return self.codec.decode(latent.float() * self._deviation.to(latent.device) + self._mean.to(latent.device))

    def encode(self, waveform: Tensor) -> Tensor:
        """(batch, samples) at the model's rate → (batch, frames, channels)."""
        _ = self.module
        latent = self.codec.encode(waveform)
        return ((latent - self._mean.to(latent.device)) / self._deviation.to(latent.device)).to(self.device)

    def settle(self) -> None:
        self.encoders.leave()

    def offload(self, sampling: bool) -> bool:
        encoders = self.encoders.clear()
        if sampling:
            return self.codec.offload() or encoders
        if self._network is None or self._away or self.device.type == "cpu":
            return self.codec.offload() or encoders
        self._network, self._away = self._network.to("cpu"), True
        return True


def load(card: ModelCard, device: torch.device | str = "cpu") -> MMAudioBackbone:
    """The backbone that a card describes. Reads no weights yet. Raises Refused for a card that names no known sizes."""
    return MMAudioBackbone(card, parts_of(card), device)


