"""Training in pieces: state on disk, written whole, picked up after any interruption."""

from __future__ import annotations

import math
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from engine.memory import swift_in_bfloat16


def best_device() -> torch.device:
    """The GPU where there is one. Scenes and sounds are always drawn on the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


WARMED = 50
"""Steps over which an optimiser that begins in the middle is warmed up."""


@dataclass
class Run:
    """One training stage: where its state lies, how far it is, how long it took.

    Saves every `save_s` seconds, and stops after `piece_s` seconds so that long training can be had in pieces.
    """

    path: Path
    steps: int
    piece_s: float = 600.0
    save_s: float = 60.0
    step: int = 0
    spent_s: float = 0.0
    log: list[dict[str, float]] = field(default_factory=list)
    anew: int | None = None
    """The step from which an optimiser that begins in the middle of a training is warmed up."""

    def start(self, state: dict[str, Any]) -> None:
        """Load what an earlier piece left into `state` (things with load_state_dict); what it did not leave, such as
        the optimiser of a model that ships, starts anew."""
        self._began = self._saved = time.monotonic()
        if self.path.exists():
            saved = torch.load(self.path, weights_only=True, map_location="cpu")
            for name, part in state.items():
                if name in saved["state"]:
                    part.load_state_dict(saved["state"][name])
            self.step, self.spent_s, self.log = saved["step"], saved["spent_s"], saved["log"]
            self.anew = saved.get("anew") if set(state) <= set(saved["state"]) else self.step
            torch.manual_seed(self.step)

    def going(self) -> bool:
        return self.step < self.steps and time.monotonic() - self._began < self.piece_s

    def done(self) -> bool:
        return self.step >= self.steps

    def share(self) -> float:
        """How much of the training is done, 0 to 1."""
        return self.step / self.steps

    def descend(self, optimiser: torch.optim.Optimizer, loss: torch.Tensor, rate: float) -> None:
        """One step down, gradients clipped to length 1, at `rate` times where the schedule stands, and `times` faster
        where a group of parameters says so."""
        for group in optimiser.param_groups:
            group["lr"] = rate * group.get("times", 1.0) * cosine(self.share()) * self._warmth()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for group in optimiser.param_groups for p in group["params"]], 1.0)
        optimiser.step()

    def _warmth(self) -> float:
        """0 to 1 over the first steps of an optimiser that knows nothing yet of weights that know a lot."""
        return 1.0 if self.anew is None else min(1.0, (self.step - self.anew + 1) / WARMED)

    def advance(self, state: dict[str, Any], **figures: float) -> None:
        """One step is made; `figures` are kept (every 50th) and printed."""
        self.step += 1
        if self.step % 50 == 0:
            self.log.append({"step": self.step, **{k: round(float(v), 5) for k, v in figures.items()}})
            spent = self.spent_s + time.monotonic() - self._began
            print(f"{self.path.stem} {self.step}/{self.steps} {spent:.0f} s "
                  + " ".join(f"{k} {float(v):.4f}" for k, v in figures.items()), flush=True)
        if time.monotonic() - self._saved > self.save_s:
            self.save(state)

    def save(self, state: dict[str, Any]) -> None:
        now = time.monotonic()
        self.spent_s += now - self._began
        self._began, self._saved, gone = now, now, now - self._began
        self.piece_s -= gone
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_suffix(".part")
        torch.save({"state": {name: thing.state_dict() for name, thing in state.items()}, "step": self.step,
                    "spent_s": self.spent_s, "log": self.log, "anew": self.anew}, part)
        os.replace(part, self.path)


def swift(device: torch.device) -> torch.autocast:
    """Products in bfloat16 where the device multiplies it in hardware; in single precision where that is faster."""
    return torch.autocast(device.type, torch.bfloat16, enabled=device.type != "cpu" or swift_in_bfloat16())


def cosine(share: float, warm: float = 0.03, least: float = 0.02) -> float:
    """Learning-rate factor: linear warm-up, then half a cosine down to `least`."""
    if share < warm:
        return max(share / warm, 1e-3)
    return least + (1 - least) * 0.5 * (1 + math.cos(math.pi * (share - warm) / (1 - warm)))
