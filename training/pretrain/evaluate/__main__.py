"""`python -m training.pretrain.evaluate [FIGURE …]`: what the model reaches, as tables and as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from engine.spec import Refused, to_json
from training.pretrain.evaluate import (
    ablations,
    clean,
    codec,
    cost,
    diversity,
    footage,
    novelty,
    prompts,
    reference,
    timing,
)
from training.pretrain.evaluate.bench import Bench, Setting
from training.pretrain.evaluate.figure import Figure, markdown, table

FIGURES: dict[str, Callable[[Bench], Figure]] = {
    "timing": timing.measure,
    "footage": footage.measure,
    "prompts": prompts.measure,
    "codec": codec.measure,
    "diversity": diversity.measure,
    "reference": reference.measure,
    "cost": cost.measure,
    "clean": clean.measure,
    "novelty": novelty.measure,
    "ablations": ablations.measure,
}
"""Every figure, in the order in which all are measured."""
COMMAND = "python -m training.pretrain.evaluate"


def main(
    which: Annotated[list[str] | None, typer.Argument(help=f"Any of {', '.join(FIGURES)}; all where none is named.",
                                                      show_default=False)] = None,
    work: Annotated[Path, typer.Option(help="Where training left the bank and its states; sounds and results are "
                                            "kept there, and what was interrupted goes on.")] = Path("work/pretrain"),
    model: Annotated[str, typer.Option(help="See `foleydesk models list`.")] = "visiosonic-mini",
    adapter: Annotated[str | None, typer.Option(help="Name or folder of an adapter.")] = None,
    clips: Annotated[Path | None, typer.Option(help="Folder of filmed clips with sound, for the figure "
                                                        "footage.")] = None,
    against: Annotated[list[str] | None, typer.Option(help="NAME=STATE[,setting=value…]: the generator's state of "
                                                           "another training, and how its network differs; for the "
                                                           "figure ablations. Repeatable.")] = None,
    pictures: Annotated[Path | None, typer.Option(help="Where pictures are written; beside the results if left "
                                                       "out.")] = None,
    scenes: Annotated[int, typer.Option(help="Held-out scenes for timing and reference.")] = 100,
    seeds: Annotated[int, typer.Option(help="Sounds a prompt.")] = 4,
    trials: Annotated[int, typer.Option(help="Trials with and without a reference.")] = 40,
    sounds: Annotated[int, typer.Option(help="Sounds that are searched for faults.")] = 200,
    recordings: Annotated[int, typer.Option(help="Recordings sent through the codec.")] = 60,
    steps: Annotated[int, typer.Option(help="Steps of the sampler: fewer are quicker, and not what ships.")] = 25,
    guidance: Annotated[float, typer.Option(help="How strictly conditions are followed.")] = 4.5,
    device: str = "auto",
    fresh: Annotated[bool, typer.Option(help="Measure again what was measured already.")] = False,
    to_file: Annotated[Path | None, typer.Option("--json", help="Write the figures here too.")] = None,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print one Markdown table instead.")] = False,
) -> None:
    """Measure the model. Each figure is kept with what it was measured on; the exit is 1 where one is not met."""
    unknown = sorted(set(which or ()) - set(FIGURES))
    if unknown:
        raise typer.BadParameter(f"There is no figure {', '.join(unknown)}; choose of {', '.join(FIGURES)}.")
    bench = Bench(Setting(work, model, adapter, clips, tuple(against or ()), scenes, seeds, trials, sounds, recordings,
                          steps, guidance, device, pictures))
    found = []
    for name in which or FIGURES:
        found.append(measured(bench, name, fresh))
        if not as_markdown:
            print(table(found[-1]), end="\n\n", flush=True)
        if to_file:
            to_file.write_text(json.dumps(to_json(found), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if as_markdown:
        print(markdown(found, COMMAND))
    missed = [f"{figure.name}: {row.name}" for figure in found for row in figure.rows if row.met is False]
    if missed:
        print("Not met:", *missed, sep="\n  ", file=sys.stderr)
        raise typer.Exit(1)


def measured(bench: Bench, name: str, fresh: bool) -> Figure:
    """The figure, or why it cannot be had."""
    try:
        return bench.kept(name, FIGURES[name], fresh)
    except (Refused, FileNotFoundError, RuntimeError, ImportError) as error:
        return Figure(name, (FIGURES[name].__doc__ or "").strip(), "", missing=str(error))


if __name__ == "__main__":
    typer.run(main)
