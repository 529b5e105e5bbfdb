"""CLIP and Synchformer, there only while somebody needs them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

from engine import memory
from engine.backbones.mmaudio.parts import Parts
from engine.conditioning.cache import Cache
from engine.conditioning.clip import ClipText, ClipVision, tokens
from engine.conditioning.synchformer import SynchformerVision

VERSION = 1
"""Raise it when the same words would give other vectors; old cache entries are then passed over."""

REMEMBERED = 64
"""Prompts whose vectors are kept in memory; one takes 315 kB."""


class EncoderShelf:
    """Loads an encoder when it is first asked for and holds it until `clear`; what words were read as stays longer."""

    def __init__(self, parts: Parts, device: torch.device) -> None:
        self.parts = parts
        self.device = device
        self._held: dict[str, Any] = {}
        self._read: OrderedDict[str, Tensor] = OrderedDict()

    def clip_vision(self) -> ClipVision:
        net: ClipVision = self._kept("clip_vision", self.parts.clip_vision)
        return net

    def clip_text(self) -> ClipText:
        net: ClipText = self._kept("clip_text", self.parts.clip_text)
        return net

    def synchformer(self) -> SynchformerVision:
        net: SynchformerVision = self._kept("synchformer", self.parts.synchformer)
        return net

    def read(self, prompts: Iterable[str], cache: Cache) -> None:
        """Have the vectors of these prompts at hand, from the cache or from the encoder, which then leaves."""
        for prompt in prompts:
            key = {"what": "clip text", "version": VERSION, "encoder": self.parts.clip_hash, "prompt": prompt,
                   "precision": self.device.type}
            found = cache.get(key, lambda prompt=prompt: {"text": self._encoded(prompt).numpy()})  # type: ignore[misc]
            self._remember(prompt, torch.from_numpy(found["text"]))
        self._held.pop("clip_text", None)

    def words(self, prompt: str) -> Tensor:
        """(1, 77, 1024) float32 on the CPU."""
        if prompt not in self._read:
            self._remember(prompt, self._encoded(prompt))
        return self._read[prompt][None]

    def clear(self) -> bool:
        """Let go of the encoders; False where there was none."""
        held = bool(self._held)
        self._held.clear()
        if held:
            memory.release()
        return held

    def to_cpu(self) -> None:
        """From now on they work there."""
        self.clear()
        self.device = torch.device("cpu")

    def _encoded(self, prompt: str) -> Tensor:
        # Outside inference mode, so that training may use what was read for sampling.
        return self.clip_text()(tokens([prompt]))[0].cpu().clone()

    def _remember(self, prompt: str, words: Tensor) -> None:
        self._read[prompt] = words
        self._read.move_to_end(prompt)
        while len(self._read) > REMEMBERED:
            self._read.popitem(last=False)

    def _kept(self, name: str, load: Callable[[torch.device], Any]) -> Any:
        if name not in self._held:
            self._held[name] = load(self.device)
        return self._held[name]
