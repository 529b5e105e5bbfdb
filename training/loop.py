"""From pairs to an adapter: the training itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import torch
from peft import PeftModel
from torch import Tensor

from engine.adapters import AdapterCard
from engine.backbones.base import Backbone
from engine.spec import Cancelled, OnProgress, Progress, Refused, ignore, to_json
from training.adapters import attach, detach, model_sha256, restore, save, state
from training.checkpoints import Checkpoint, Shelf, pairs_hash, shelf
from training.config import DPOConfig, check
from training.curriculum import HUMAN_MARGIN, stage_at, stage_of
from training.examples import ConditionsOf, Encoded, Group, Skipped, encode_pairs, group
from training.gate import ENOUGH_PAIRS, Verdict, judge
from training.objectives import OBJECTIVES
from training.objectives.errors import gap, implicit_accuracy
from training.preferences.pairs import Pair, held_out
from training.steps import draw, errors

SMOOTHING = 0.9
"""Share of the old value in running means; figures of one step are mostly chance."""
GUARD_FROM_STEP = 20


@dataclass(frozen=True)
class Report:
    """What one step measured. `accuracy` is the share of its pairs that the adapter already orders right."""

    step: int
    loss: float
    accuracy: float
    margin: float
    winner_growth: float

    def smoothed(self, before: Report | None) -> Report:
        if before is None:
            return self
        mixed = {k: SMOOTHING * getattr(before, k) + (1 - SMOOTHING) * v for k, v in vars(self).items() if k != "step"}
        return Report(self.step, **mixed)


OnReport = Callable[[Report], None]


def unwatched(report: Report) -> None:
    """The callback of someone who does not read the figures."""


@dataclass
class Run:
    """One training under way: the network with its adapter, the optimiser, and how far it has come."""

    backbone: Backbone
    adapter: PeftModel
    config: DPOConfig
    stages: Mapping[int, Sequence[Group]]
    easy_share: float
    shelf: Shelf
    step: int = 0
    running: Report | None = None
    ended_early: bool = False

    def __post_init__(self) -> None:
        self.weights = [p for p in self.adapter.parameters() if p.requires_grad]
        self.optimiser = torch.optim.AdamW(self.weights, lr=self.config.learning_rate, weight_decay=0.0)
        self.history: list[dict[str, float]] = []

    def resume(self) -> None:
        """Go on from the last checkpoint, if it belongs to this very training."""
        kept = self.shelf.take()
        if kept is None:
            return
        restore(self.adapter, kept.adapter)
        self.optimiser.load_state_dict(kept.optimiser)
        self.step, self.history = kept.step, kept.history
        if self.history:
            last = self.history[-1]
            self.running = Report(
                int(last["step"]), *(last[k] for k in ("loss", "accuracy", "margin", "winner_growth"))
            )

    def keep(self) -> None:
        if self.running:
            self.history.append(dict(vars(self.running)))
        self.shelf.put(Checkpoint(self.step, state(self.adapter), self.optimiser.state_dict(), self.history))

    def advance(self) -> Report:
        """One optimiser step."""
        stage = self.stages[stage_at(self.step, self.config.steps, self.easy_share)]
        winner, loser = errors(self.backbone, self.adapter, draw(stage, self.config, self.step))
        objective = OBJECTIVES[self.config.objective]
        loss = objective(winner, loser, self.config.beta, self.config.rfm_weight).mean()
        if not torch.isfinite(loss):
            raise Refused("The training came apart (its loss is no number); lower the learning rate or beta.")
        self._descend(loss)
        self.step += 1
        now = Report(
            step=self.step,
            loss=float(loss.detach()),
            accuracy=float(implicit_accuracy(winner, loser)),
            margin=float(-gap(winner, loser).detach().mean()),
            winner_growth=float(winner.model.detach().mean() / winner.reference.mean()) - 1,
        )
        self.running = now.smoothed(self.running)
        self.ended_early = self.step >= GUARD_FROM_STEP and self.running.winner_growth > self.config.guard
        return self.running

    def _descend(self, loss: Tensor) -> None:
        rise = min(1.0, (self.step + 1) / max(1, self.config.warm_up))
        for settings in self.optimiser.param_groups:
            settings["lr"] = self.config.learning_rate * rise
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, self.config.clip_norm)
        self.optimiser.step()

    @property
    def done(self) -> bool:
        return self.ended_early or self.step >= self.config.steps


def train(
    pairs: Sequence[Pair],
    backbone: Backbone,
    conditions_of: ConditionsOf,
    config: DPOConfig,
    out: Path,
    on_progress: OnProgress = ignore,
    *,
    margins: Mapping[str, float] | None = None,
    on_report: OnReport = unwatched,
) -> AdapterCard:
    """Train a LoRA adapter from `pairs` and write it to the folder `out`, whole or not at all.

    `margins` (by pair id) says how clear a pair is, for the curriculum; a designer's pick has none. Started again after
    a kill with the same pairs, settings and weights, it goes on from its last checkpoint and comes to the same
    adapter. `on_progress` may raise Cancelled: within one step all is as it was before. The module of `backbone` is
    left without an adapter. Raises Refused when there is nothing to learn from.
    """
    _refuse(pairs, backbone, check(config))
    on_shelf = shelf(out, pairs, config, model_sha256(backbone.card))
    learned, aside = _split(pairs, config.held_out)
    seen, skipped = encode_pairs([*learned, *aside], backbone, conditions_of, on_progress)
    kept_aside = {pair.id for pair in aside}
    examples = [one for one in seen if one.pair.id not in kept_aside]
    if not examples:
        raise Refused(
            f"None of the {len(pairs)} pairs can be learned from. {skipped[0].says if skipped else ''}".strip()
        )
    stages, easy_share = _stages(examples, margins or {}, backbone, config)
    backbone.settle()
    was_training, had_gradients = backbone.module.training, _freeze(backbone.module)
    adapter = attach(backbone.module, config)
    try:
        adapter.eval()
        run = Run(backbone, adapter, config, stages, easy_share, on_shelf)
        run.resume()
        _steps(run, on_progress, on_report)
        on_progress(Progress("Judging cues kept aside", 0, 1))
        verdict = judge(
            group([o for o in seen if o.pair.id in kept_aside], backbone, config.longest_s), backbone, adapter, config
        )
        card = _card(pairs, len(examples), run, verdict, skipped, out.name)
        save(adapter, card, out)
    finally:
        detach(adapter)
        _thaw(backbone.module, was_training, had_gradients)
    on_shelf.clear()
    return card


def _split(pairs: Sequence[Pair], share: float) -> tuple[list[Pair], list[Pair]]:
    """Pairs to learn from, and pairs to judge by; where the latter would be too few to tell, all are learned from."""
    learned, aside = held_out(list(pairs), share)
    return (list(learned), list(aside)) if len(aside) >= ENOUGH_PAIRS else (list(pairs), [])


def _refuse(pairs: Sequence[Pair], backbone: Backbone, config: DPOConfig) -> None:
    if not pairs:
        raise Refused("There are no pairs to learn from; pick between heard candidates first.")
    if backbone.parametrisation != "velocity":
        raise Refused(f"{backbone.card.title} cannot be trained from picks yet; choose a flow-matching model.")


def _steps(run: Run, on_progress: OnProgress, on_report: OnReport) -> None:
    began, first = time.monotonic(), run.step
    on_progress(Progress("Learning", run.step, run.config.steps))
    while not run.done:
        report = run.advance()
        if run.step % run.config.checkpoint_every == 0:
            run.keep()
        a_step = (time.monotonic() - began) / (run.step - first)
        try:
            on_progress(Progress("Learning", run.step, run.config.steps, a_step * (run.config.steps - run.step)))
        except Cancelled:
            run.keep()
            raise
        on_report(report)


def _stages(
    examples: Sequence[Encoded], margins: Mapping[str, float], backbone: Backbone, config: DPOConfig
) -> tuple[dict[int, list[Group]], float]:
    """Groups of both stages, and the share of the pairs (by weight) that is in the first."""
    members: dict[int, list[Encoded]] = {1: [], 2: []}
    for one in examples:
        members[stage_of(margins.get(one.pair.id, HUMAN_MARGIN), config.easy_above)].append(one)
    weight = {stage: sum(one.pair.weight for one in ones) for stage, ones in members.items()}
    groups = {stage: group(ones, backbone, config.longest_s) for stage, ones in members.items()}
    return groups, weight[1] / (weight[1] + weight[2])


def _card(
    pairs: Sequence[Pair], learned: int, run: Run, verdict: Verdict, skipped: Sequence[Skipped], name: str
) -> AdapterCard:
    says = verdict.says
    if run.ended_early:
        says = f"Ended after {run.step} steps, before the sound came apart. {says}"
    figures = {k: round(v, 5) for k, v in vars(run.running).items() if k != "step"} if run.running else {}
    metrics = {
        **figures,
        "held_out_pairs": verdict.pairs,
        "held_out_accuracy": verdict.accuracy,
        "held_out_winner_growth": verdict.winner_growth,
        "skipped": [to_json(one) for one in skipped],
        "config": to_json(run.config),
    }
    card = run.backbone.card
    return AdapterCard(
        name=name,
        model=card.name,
        model_sha256=model_sha256(card),
        pairs=learned,
        pairs_hash=pairs_hash(pairs),
        steps=run.step,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        says=says,
        passed=verdict.passed,
        metrics=metrics,
    )


def _freeze(module: torch.nn.Module) -> dict[str, bool]:
    had = {name: p.requires_grad for name, p in module.named_parameters()}
    module.requires_grad_(False)
    return had


def _thaw(module: torch.nn.Module, was_training: bool, had_gradients: Mapping[str, bool]) -> None:
    for name, parameter in module.named_parameters():
        parameter.requires_grad_(had_gradients.get(name, False))
    module.train(was_training)
