"""`python -m training.run`: training as a process of its own.

With --json each line on standard output is one object: {"kind": "progress", "stage", "step", "steps",
"seconds_left"}, {"kind": "report", …figures of the step}, {"kind": "done", "adapter", "card"} or {"kind": "refused",
"says"}. Exit: 0 done, 2 refused, 130 cancelled (by the signals TERM or INT, within one step). After a cancel or a
kill the same command goes on from the last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from engine.spec import Cancelled, Progress, Refused, to_json
from training.config import DPOConfig, check, read_config
from training.preferences.pairs import Pair, pairs
from training.preferences.store import PickStore

EXIT_REFUSED = 2
EXIT_CANCELLED = 130
PICKS = "picks.sqlite"


class Ending:
    """Whether someone has asked this process to end. As a context, it listens for the signals that ask."""

    def __init__(self) -> None:
        self.asked = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Ending:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                self._before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *raised: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


class Speaker:
    """Tells whoever started the process where it stands; the callbacks of the trainer."""

    def __init__(self, as_json: bool, ending: Ending) -> None:
        self.as_json, self.ending = as_json, ending
        self.stage = ""

    def progress(self, progress: Progress) -> None:
        if self.ending.asked:
            raise Cancelled
        if self.as_json:
            self.line("progress", **to_json(progress))
        elif progress.stage != self.stage:
            self.stage = progress.stage
            print(f"{progress.stage} …", flush=True)

    def report(self, report: Any) -> None:
        if self.as_json:
            self.line("report", **vars(report))
        elif report.step % 20 == 0:
            print(f"  step {report.step}: loss {report.loss:.3f}, {report.accuracy:.0%} ordered as picked", flush=True)

    def refused(self, says: str) -> None:
        if self.as_json:
            self.line("refused", says=says)
        else:
            print(says, file=sys.stderr)

    def line(self, kind: str, **data: Any) -> None:
        print(json.dumps({"kind": kind, **data}), flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    with Ending() as ending:
        speaker = Speaker(options.json, ending)
        try:
            _train(options, speaker)
        except Refused as refusal:
            speaker.refused(str(refusal))
            return EXIT_REFUSED
        except Cancelled:
            return EXIT_CANCELLED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.run", description="Train an adapter from the picks of a project."
    )
    parser.add_argument("--project", type=Path, required=True, help="the project's folder (Name.foley)")
    parser.add_argument(
        "--out", type=Path, required=True, help="the folder of the new adapter; its name is the adapter's"
    )
    parser.add_argument("--steps", type=int, help="optimiser steps (default: as in the settings)")
    parser.add_argument("--model", help="the model to train (default: the one most picks were made with)")
    parser.add_argument("--config", type=Path, help="training settings as JSON; only what differs")
    parser.add_argument("--seed", type=int, help="the same seed gives the same adapter")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--json", action="store_true", help="report as JSON lines")
    return parser


def _train(options: argparse.Namespace, speaker: Speaker) -> None:
    config = _config(options)
    chosen = project_pairs(options.project)
    if not chosen:
        raise Refused(f"There are no pairs in {options.project} to learn from; pick between heard candidates first.")
    model = options.model or Counter(pair.model for pair in chosen).most_common(1)[0][0]
    chosen = [pair for pair in chosen if pair.model == model]
    if not chosen:
        raise Refused(f"No pick in {options.project} was made with the model {model}; choose another model.")
    speaker.progress(Progress("Loading the model", 0, 1))
    card = train_on(chosen, model, options.project / "cache", config, options.out, options.device, speaker)
    if speaker.as_json:
        speaker.line("done", adapter=str(options.out), card=card)
    else:
        print(f"{options.out}: {card['pairs']} pairs, {card['steps']} steps. {card['says']}")


def project_pairs(project: Path) -> list[Pair]:
    """The pairs of a project's picks. Raises Refused when it has none."""
    if not (project / PICKS).is_file():
        raise Refused(f"There are no picks in {project}; open the project and pick between candidates first.")
    store = PickStore(project / PICKS)
    try:
        return pairs(store, project)
    finally:
        store.close()


def train_on(
    chosen: Sequence[Pair], model: str, cache: Path, config: DPOConfig, out: Path, device: str, speaker: Speaker
) -> dict[str, Any]:
    """Load the model and train. torch enters the process here."""
    from engine.service import Engine
    from training.loop import train

    engine = Engine(cache, device)
    card = train(
        chosen,
        engine.backbone(model),
        lambda recipe: engine.conditions(replace(recipe, adapter=None)),
        config,
        out,
        speaker.progress,
        on_report=speaker.report,
    )
    return to_json(card)


def _config(options: argparse.Namespace) -> DPOConfig:
    config = read_config(options.config) if options.config else DPOConfig()
    given = {name: getattr(options, name) for name in ("steps", "seed") if getattr(options, name) is not None}
    return check(replace(config, **given))


if __name__ == "__main__":
    sys.exit(main())
