"""Systems whose conditions have one row for each latent frame, and which are loaded whole."""

from __future__ import annotations

from typing import cast

from torch import Tensor

from engine import memory
from engine.backbones.base import Backbone, Conditions
from engine.conditioning.conditions import assembled, cut
from engine.conditioning.scene import Scene
from engine.spec import FAST

SHORTEST_S = 2.0
"""A shorter cue is generated this long and cut: models have not heard sounds of a third of a second."""

BYTES_A_NUMBER = 4
PROGRAM_BYTES = 500 << 20
"""torch itself, and what is done around a sound."""


class Framewise:
    """The part of the protocol that such systems share: any frame may begin a window, nothing is loaded in stages."""

    row_bytes = memory.BYTES_A_ROW
    fills_up = True

    def made_s(self, seconds: float) -> float:
        return max(SHORTEST_S, seconds)

    def conditions(self, scene: Scene) -> Conditions:
        return assembled(scene, cast(Backbone, self))

    def aligned(self, frame: int) -> int:
        return frame

    def part(self, conditions: Conditions, place: slice) -> Conditions:
        return cut(conditions, place, cast(Backbone, self))

    def settle(self) -> None:
        """Nothing here is needed for conditions alone."""

    def offload(self, sampling: bool) -> bool:
        return False

    def grain(self, latent: Tensor, conditions: Conditions, sound: Tensor | None = None) -> Tensor | None:
        return None

    def needs(self, seconds: float, rows: int, precision: str = FAST) -> int:
        weights = BYTES_A_NUMBER * cast(Backbone, self).card.parameters
        return weights + memory.PASSES * rows * self.row_bytes + PROGRAM_BYTES
