"""`python -m engine.bench SYSTEM`: how fast a system is here, beside the published program."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from engine.spec import FAST

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)

DEMO, SMALLEST = Path("resources/demo/bunny.mp4"), "small_16k"


@app.callback()
def systems() -> None:
    """Measures ours and the published program on the same drawn weights, each in a process of its own."""


@app.command()
def mmaudio(
    reference: Annotated[Path, typer.Option(help="A checkout of hkchengrex/MMAudio that Python can import.")],
    variant: Annotated[str, typer.Option(help="small_16k, small_44k, medium_44k, large_44k, large_44k_v2.")] = SMALLEST,
    video: Annotated[Path, typer.Option(help="The clip to score.")] = DEMO,
    seconds: Annotated[float, typer.Option(help="Of it, from its start; no more than it has.")] = 5.0,
    candidates: Annotated[int, typer.Option(help="How many sounds.")] = 1,
    steps: Annotated[int, typer.Option(help="Euler steps.")] = 25,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
    threads: Annotated[int, typer.Option(help="CPU threads, on both sides.")] = 2,
    precision: Annotated[str, typer.Option(help="Of our encoders: fast or exact.")] = FAST,
    work: Annotated[Path | None, typer.Option(help="Keeps weights and sounds here; else they are deleted.")] = None,
) -> None:
    """MMAudio against its published program: seconds a stage, ratios, highest memory, difference of the sounds.

    Where our encoders compute faster than exactly, a sound with exact ones is made too, untimed, for the difference.
    """
    from engine.bench.mmaudio import Request, compare, report
    from engine.bench.published import find
    from engine.spec import Refused

    try:
        find(reference)
    except Refused as refused:
        typer.echo(refused, err=True)
        raise typer.Exit(2) from refused
    with tempfile.TemporaryDirectory() as own:
        clip = str(video.resolve())
        request = Request(variant, clip, seconds, candidates, steps, device, threads, precision=precision)
        found = compare(request, reference.resolve(), (work or Path(own)).resolve())
    for line in report(found):
        typer.echo(line)


if __name__ == "__main__":
    app()
