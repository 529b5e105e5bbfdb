"""Generator networks, one folder for each system, behind the one protocol of `base`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

from engine.spec import Refused

if TYPE_CHECKING:
    import torch

    from engine.backbones.base import Backbone
    from engine.registry import ModelCard


def load(card: ModelCard, device: torch.device | str = "cpu") -> Backbone:
    """Build the backbone that the card names. Raises Refused for a system that this version does not have."""
    name = f"engine.backbones.{card.backbone}"
    try:
        system = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise Refused(f"The model {card.name} needs the system {card.backbone}; install a newer version.") from error
    return cast("Backbone", system.load(card, device))
