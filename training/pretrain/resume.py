"""From a model that ships back to the states of its training stages, so that any stage can be gone on with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from engine.backbones.visiosonic.config import VisioSonicConfig
from engine.backbones.visiosonic.network import VisioSonic
from engine.registry import ModelCard, read_card
from training.pretrain.export import STAGES
from training.pretrain.generator import opened

FIRST_PHASES = {"vocoder-spectral": "vocoder"}
"""What an earlier phase of a part left is no longer there; its last phase stands for it, since that began from it."""


def resume(model: Path, work: Path) -> list[Path]:
    """Write `work/STAGE.pt` for each stage from the weights in the folder of a model; returns what was written.

    Weights come back as they ship, rounded to half precision, but for the generator's gates on words, which are opened
    (`generator.opened`: the same function, learning faster); optimisers and judges start anew. Steps and seconds are
    the card's, so a stage asked for as many steps as it has made is done. What the work folder holds already stays.
    """
    card = read_card(model)
    work.mkdir(parents=True, exist_ok=True)
    made = []
    for stage in STAGES:
        path = work / f"{stage}.pt"
        if path.exists() or FIRST_PHASES.get(stage, stage) not in card.files:
            continue
        part = path.with_suffix(".part")
        torch.save(state_of(card, stage), part)
        os.replace(part, path)
        made.append(path)
    return made


def state_of(card: ModelCard, stage: str) -> dict[str, Any]:
    """What `checkpoint.Run` would have saved, but for optimisers."""
    weights = {name: tensor.float() for name, tensor in load_file(card.path(FIRST_PHASES.get(stage, stage))).items()}
    if stage == "generator":
        net = VisioSonic(VisioSonicConfig(**card.config.get("generator", {})))
        net.load_state_dict(weights)
        opened(net)
        weights = net.state_dict()
    told = card.training.get("stages", {}).get(stage, {})
    last = told.get("last")
    return {"state": {"net": weights, "average": weights}, "step": told.get("steps", 0),
            "spent_s": float(told.get("seconds", 0)), "log": [last] if last else []}
