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
from engine.conditioning.precision import Precision, in_floats, of_pictures
from engine.conditioning.synchformer import SynchformerVision
from engine.spec import FAST

VERSION = 1
"""Raise it when the same words would give other vectors; old cache entries are then passed over."""

REMEMBERED = 64
"""Prompts whose vectors are kept in memory; one takes 315 kB."""

READER = "clip_text"


class EncoderShelf:
    """Loads an encoder when it is first asked for and holds it until `clear`; what words were read as stays longer."""

    def __init__(self, parts: Parts, device: torch.device) -> None:
        self.parts = parts
        self.device = device
        self.precision = FAST
        self._held: dict[str, Any] = {}
        self._read: OrderedDict[tuple[str, Precision], Tensor] = OrderedDict()
        self._cache = Cache()

    @property
    def of_pictures(self) -> Precision:
        """How CLIP looks at frames."""
        return of_pictures(self.precision, self.device)

    @property
    def in_floats(self) -> Precision:
        """How Synchformer and what reads words compute."""
        return in_floats(self.precision, self.device)

    def compute(self, precision: str) -> None:
        """"fast" or "exact", from now on."""
        if precision != self.precision:
            self.clear()
            self.precision = precision

    def clip_vision(self) -> ClipVision:
        net: ClipVision = self._kept("clip_vision", self.parts.clip_vision, self.of_pictures)
        return net

    def clip_text(self) -> ClipText:
        net: ClipText = self._kept(READER, self.parts.clip_text, self.in_floats)
        return net

    def synchformer(self) -> SynchformerVision:
        net: SynchformerVision = self._kept("synchformer", self.parts.synchformer, self.in_floats)
        return net

    def read(self, prompts: Iterable[str], cache: Cache, spare: Callable[[], bool]) -> None:
        """Have the vectors of these prompts at hand, from the cache or from the encoder.

        Where that had to be loaded it stays for other words, if there is memory to spare.
        """
        self._cache, here = cache, READER in self._held
        for prompt in prompts:
            self.words(prompt)
        if READER in self._held and not here and not spare():
            del self._held[READER]
            memory.release()

    def words(self, prompt: str) -> Tensor:
        """(1, 77, 1024) float32 on the CPU."""
        precision = self.in_floats
        if (prompt, precision) not in self._read:
            key = {"what": "clip text", "version": VERSION, "encoder": self.parts.clip_hash, "prompt": prompt,
                   "precision": precision}
            found = self._cache.get(key, lambda: {"text": self._encoded(prompt).numpy()})
            self._remember((prompt, precision), torch.from_numpy(found["text"]))
        return self._read[prompt, precision][None]

    def leave(self) -> None:
        """The picture was seen: what looked at it goes, and what reads words may stay."""
        watching = [name for name in self._held if name != READER]
        for name in watching:
            del self._held[name]
        if watching:
            memory.release()

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

    def _remember(self, prompt: tuple[str, Precision], words: Tensor) -> None:
        self._read[prompt] = words
        self._read.move_to_end(prompt)
        while len(self._read) > REMEMBERED:
            self._read.popitem(last=False)

    def _kept(self, name: str, load: Callable[[torch.device, Precision], Any], precision: Precision) -> Any:
        if name not in self._held:
            self._held[name] = load(self.device, precision)
        return self._held[name]
