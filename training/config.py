"""The dials of preference training, each with what it does and what the papers chose."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.spec import Refused, from_json
from training.curriculum import EASY_ABOVE


def dial(default: Any, tip: str, low: float | None = None, high: float | None = None, paper: str = "") -> Any:
    """A field with its help text, the range it may take, and what was published."""
    return field(default=default, metadata={"help": tip, "low": low, "high": high, "paper": paper})


@dataclass(frozen=True)
class DPOConfig:
    """What a training run depends on besides its pairs and its model."""

    objective: str = dial(
        "flow-dpo", "The formula: flow-dpo or star-dpo.", paper="V2A-DPO: flow-dpo; VisioSonic: star-dpo"
    )
    beta: float = dial(
        600.0,
        "How sharply a pair counts. Too high breaks the sound instead of holding it.",
        1.0,
        10_000.0,
        "V2A-DPO 600 (200 to 600 alike, 1000 harmful), Flow-DPO 100, TangoFlux and Tango 2 2000",
    )
    rfm_weight: float = dial(
        1.0,
        "Weight of the flow-matching error on the winner, which holds the sound together.",
        0.0,
        100.0,
        "V2A-DPO 0, TangoFlux and STAR-DPO 1",
    )
    steps: int = dial(160, "Optimiser steps.", 1, 1_000_000, "V2A-DPO 12 000, STAR-DPO 5 000, both with ~10⁴ pairs")
    batch: int = dial(4, "Pairs a step.", 1, 1024, "V2A-DPO 8")
    learning_rate: float = dial(
        1e-4,
        "Step size of AdamW. An adapter needs far more than a whole network.",
        1e-8,
        1e-1,
        "Whole network: V2A-DPO 5e-6, STAR-DPO 2e-6",
    )
    warm_up: int = dial(20, "Steps until the learning rate is reached, rising evenly.", 0, 100_000, "V2A-DPO 1 000")
    clip_norm: float = dial(1.0, "Longest gradient that is let through.", 1e-3, 1e3)
    rank: int = dial(16, "Rank of the adapter: how much it can say.", 1, 256)
    alpha: float = dial(16.0, "Strength of the adapter; it acts as alpha ÷ rank.", 0.1, 1024.0)
    targets: str = dial("", "Regular expression of the linear layers that get an adapter; empty takes all of them.")
    times: str = dial(
        "uniform",
        "How the moment t of the flow is drawn: uniform or logit-normal.",
        paper="V2A-DPO uniform, Flow-DPO and TangoFlux logit-normal",
    )
    drop_conditions: float = dial(
        0.0,
        "Share of steps that train the branch without conditions, which guidance subtracts.",
        0.0,
        1.0,
        "0.1 in VisioSonic's pre-training",
    )
    longest_s: float = dial(
        4.0, "Longest stretch of a sound seen in one step; longer sounds are seen in pieces.", 0.25, 30.0
    )
    easy_above: float = dial(
        EASY_ABOVE, "Margin above which a pair is learned in the first stage.", -1.0, 1.0, "V2A-DPO 0.7"
    )
    held_out: float = dial(0.15, "Share of the cues kept aside to see whether the taste carries over.", 0.0, 0.5)
    guard: float = dial(
        0.25, "Training ends early when the winner's error has grown by this share over the reference's.", 0.0, 10.0
    )
    checkpoint_every: int = dial(20, "Steps between two checkpoints.", 1, 100_000)
    seed: int = dial(0, "Everything random follows from it.", 0, 2**31 - 1)


def check(config: DPOConfig) -> DPOConfig:
    """The same config. Raises Refused when a dial is out of its range or names nothing known."""
    for dial_field in dataclasses.fields(config):
        value, low, high = getattr(config, dial_field.name), dial_field.metadata["low"], dial_field.metadata["high"]
        if low is not None and not low <= value <= high:
            raise Refused(f"The training setting {dial_field.name} is {value}; choose {low:g} to {high:g}.")
    if config.objective not in ("flow-dpo", "star-dpo"):
        raise Refused(f"There is no objective named {config.objective}; choose flow-dpo or star-dpo.")
    if config.times not in ("uniform", "logit-normal"):
        raise Refused(f"There is no way {config.times} to draw t; choose uniform or logit-normal.")
    return config


def read_config(path: Path) -> DPOConfig:
    """A config from a JSON file that names only what differs. Raises Refused."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"The training settings {path} cannot be read ({error}); check the file.") from error
    known = {dial_field.name for dial_field in dataclasses.fields(DPOConfig)}
    unknown = sorted(set(data) - known) if isinstance(data, dict) else ["(not an object)"]
    if unknown:
        raise Refused(f"The training settings {path} name what is not a setting: {', '.join(unknown)}.")
    return check(from_json(DPOConfig, data))
