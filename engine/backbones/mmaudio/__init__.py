"""MMAudio (Cheng et al. 2024): sound from picture and words, with the published checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

    from engine.backbones.mmaudio.backbone import MMAudioBackbone
    from engine.registry import ModelCard


def load(card: ModelCard, device: torch.device | str = "cpu") -> MMAudioBackbone:
    """The backbone that a card describes. Imported only now: those who ask for sizes alone need no torch."""
    from engine.backbones.mmaudio import backbone

    return backbone.load(card, device)
