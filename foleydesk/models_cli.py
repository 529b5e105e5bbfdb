"""`foleydesk models`: which models there are, and how they come here and go again."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.hub import catalogue as published
from engine.hub.catalogue import Published, in_bytes
from engine.spec import OnProgress, Progress, Refused, to_json
from foleydesk.console import time_to_go
from foleydesk.tables import table

models_app = typer.Typer(help="The models and adapters on this machine, and those that can be fetched.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="As `foleydesk models list` names it.")]
Accept = Annotated[bool, typer.Option("--accept-licence", help="Accept the terms that are shown, without being asked.")]
Offline = Annotated[bool, typer.Option("--offline", help="Fetch nothing; say what is missing.")]
TENTH = 10
"""Per cent of the whole between two lines of progress where there is no terminal."""


@models_app.command("list")
def models_list(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """List what is installed, what can be fetched, and the adapters: size, memory, licence, and what each is for."""
    from engine.adapters import adapters
    from engine.hub.standing import State, standing
    from engine.registry import models

    cards, trained = models(), adapters()
    stands = [standing(model, published.CATALOGUE) for model in published.CATALOGUE.models]
    away = [one for one in stands if one.state != State.INSTALLED]
    if as_json:
        fetchable = [
            {
                "name": one.model.name, "title": one.model.title, "about": one.model.about, "state": one.state.value,
                "bytes": one.whole, "to_come": one.to_come, "memory_bytes": one.model.memory_bytes,
                "licence": _licences(one.model), "says": one.says,
            }
            for one in away
        ]  # fmt: skip
        said = {
            "models": [to_json(c) for c in cards],
            "available": fetchable,
            "adapters": [to_json(c) for c in trained],
        }
        print(json.dumps(said, indent=2))
        return
    rows = [(card.name, f"{card.parameters / 1e6:.1f} M", card.licence, card.about) for card in cards]
    table(("Model", "Size", "Licence", "About"), rows, nothing="No model is installed.")
    if away:
        rows = [
            (one.model.name, _to_fetch(one), _memory(one.model), _licences(one.model), one.model.about) for one in away
        ]
        table(("Not installed", "To fetch", "Memory", "Licence", "About"), rows)
        print("`foleydesk models pull NAME` fetches one; what several share is fetched once.")
    if trained:
        table(("Adapter", "For", "Pairs"), [(card.name, card.model, str(card.pairs)) for card in trained])


@models_app.command("pull")
def models_pull(name: Name, accept_licence: Accept = False, offline: Offline = False) -> None:
    """Fetch a published model. Interrupted, the same command goes on from where it was.

    HF_ENDPOINT names a mirror of Hugging Face, HF_HUB_OFFLINE=1 keeps the program off the net, and the usual proxy
    variables are followed.
    """
    from engine.hub.pull import needs, pull

    model = published.CATALOGUE.model(name)
    missing = needs(model, published.CATALOGUE)
    _agree([model], accept_licence)
    with progress_of(f"Getting {model.title}") as on_progress:
        card = pull(name, on_progress, offline, published.CATALOGUE)
    if missing:
        print(f"{card.title} is installed; choose it in the window, or with --model {card.name}.")
    else:
        print(f"{card.title} is here already, whole.")


@models_app.command("import")
def models_import(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where model files lie, at any depth.")],
    accept_licence: Accept = False,
) -> None:
    """Install models from files that you have: a checkout of MMAudio, ComfyUI's folder, the hub's cache.

    Files are recognised by what is in them, linked where the disk allows it, and never moved or changed.
    """
    from engine.hub.importing import install, look_through

    with progress_of("Looking at the files") as on_progress:
        look = look_through(folder, on_progress, published.CATALOGUE)
    _agree(look.models(published.CATALOGUE), accept_licence)
    with progress_of("Taking the files") as on_progress:
        done = install(look, on_progress, published.CATALOGUE)
    for sentence in done.complaints[:TENTH]:
        print(sentence, file=sys.stderr)
    if len(done.complaints) > TENTH:
        print(f"{len(done.complaints) - TENTH} more files are no part of a model.", file=sys.stderr)
    for part in done.taken:
        print(f"Took {part.title} ({part.name}).")
    for card in done.installed:
        print(f"{card.title} is installed; choose it in the window, or with --model {card.name}.")
    for model, parts in done.lacking:
        print(lacking(model, parts))
    if not done.installed and not done.lacking:
        print("No network of a model was among them; `foleydesk models list` names what can be fetched.")


@models_app.command("verify")
def models_verify(name: Annotated[str | None, typer.Argument(metavar="[NAME]")] = None) -> None:
    """Read every byte of a model, or of all of them, and say what is damaged and how to mend it."""
    from engine.hub.verify import verify
    from engine.registry import model, models

    cards = [model(name)] if name else models()
    with progress_of("Reading") as on_progress:
        verdicts = verify(cards, on_progress)
    bad = list({verdict.path: verdict for verdict in verdicts if not verdict.fine}.values())
    if len(bad) == 1:
        raise Refused(bad[0].says)
    if bad:
        names = ", ".join(verdict.path.name for verdict in bad)
        again = ", ".join(dict.fromkeys(f"`foleydesk models pull {verdict.model}`" for verdict in bad))
        raise Refused(f"{len(bad)} files are damaged or missing: {names}; {again} gets them again.")
    for card in cards:
        files = [verdict for verdict in verdicts if verdict.model == card.name]
        print(f"{card.title}: {len(files)} files, {in_bytes(sum(one.bytes for one in files))}, all as they should be.")


@models_app.command("remove")
def models_remove(name: Name) -> None:
    """Take a fetched or imported model off the disk. Parts that another model uses stay."""
    from engine.hub.remove import remove

    gone = remove(name, published.CATALOGUE)
    kept = "; ".join(f"{part.title} stays for {user}" for part, user in gone.kept)
    print(f"Removed {name}: {in_bytes(gone.freed)} are free again{f'; {kept}' if kept else ''}.")


def lacking(model: Published, parts: Sequence[Any]) -> str:
    """What a model still needs, and the command that gets it."""
    left = in_bytes(sum(part.about_bytes for part in parts))
    titles = ", ".join(part.title for part in parts)
    return f"{model.title} still lacks {titles} ({left}); `foleydesk models pull {model.name}` gets the rest."


@contextlib.contextmanager
def progress_of(title: str) -> Iterator[OnProgress]:
    """A bar on a terminal, a line for every tenth elsewhere, on stderr. Being told to end is like Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _bar(title) if sys.stderr.isatty() else contextlib.nullcontext(_Lines()) as on_progress:
            yield on_progress
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _bar(title: str) -> Iterator[OnProgress]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[figures]}"))
    with Bars(*columns, console=Console(stderr=True), transient=True, refresh_per_second=5) as bars:
        task = bars.add_task(title, total=None, figures="")

        def show(progress: Progress) -> None:
            bars.update(
                task,
                description=progress.stage,
                completed=progress.step,
                total=progress.steps or None,
                figures=figures(progress),
            )

        yield show


class _Lines:
    """Progress for a file or a pipe: a line when the stage changes, and one for every tenth of the whole."""

    def __init__(self) -> None:
        self._said = ("", -1)

    def __call__(self, progress: Progress) -> None:
        words = figures(progress)
        tenth = TENTH * progress.step // max(1, progress.steps) if words else 0
        if (progress.stage, tenth) != self._said:
            self._said = (progress.stage, tenth)
            print(f"{progress.stage}{f' · {words}' if words else ''}", file=sys.stderr, flush=True)


def figures(progress: Progress) -> str:
    """How much of how much, and the time to go; small counts are of files, not bytes."""
    if progress.steps < 1024:
        return ""
    parts = [f"{in_bytes(progress.step)} of {in_bytes(progress.steps)}", time_to_go(progress.seconds_left)]
    return " · ".join(part for part in parts if part)


def _agree(models: Sequence[Published], given: bool) -> None:
    """Show the terms that have not been accepted, and have them accepted. Raises Refused; nothing is installed then."""
    from engine.hub.acceptance import accept, accepted

    asked = [model for model in models if not accepted(model, published.CATALOGUE)]
    if not asked:
        return
    titles = ", ".join(model.title for model in asked)
    if not given and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused(
            f"{titles} comes under {_not_free(asked)}, not free for every use; run it on a terminal to read the "
            "terms and accept them, or add --accept-licence."
        )
    print(f"{titles} comes under these terms:\n", file=sys.stderr)
    for licence in _terms(asked):
        print(f"  {licence.name}: {licence.says}\n  {licence.url}\n", file=sys.stderr)
    if not given and input("Accept them? [y/N] ").strip().lower() not in ("y", "yes"):
        raise Refused(f"The terms of {titles} were not accepted; nothing was installed.")
    for model in asked:
        accept(model, published.CATALOGUE)


def _terms(models: Sequence[Published]) -> list[Any]:
    from engine.hub.acceptance import terms

    return list(dict.fromkeys(licence for model in models for licence in terms(model, published.CATALOGUE)))


def _not_free(models: Sequence[Published]) -> str:
    return " and ".join(licence.name for licence in _terms(models))


def _licences(model: Published) -> str:
    return ", ".join(licence.name for licence in published.CATALOGUE.licences_of(model))


def _memory(model: Published) -> str:
    return f"about {in_bytes(model.memory_bytes)}"


def _to_fetch(one: Any) -> str:
    state = "" if one.state == "not installed" else f" ({one.state.value})"
    return f"{in_bytes(one.to_come)}{state}"
