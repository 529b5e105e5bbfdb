"""The command line. torch enters only where sounds are made; Qt only where a window opens."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from engine.spec import SAMPLE_RATE, Refused, to_json
from foleydesk.console import INTERRUPTED, aside, ending, watched
from foleydesk.export_cli import export
from foleydesk.models_cli import models_app
from foleydesk.tables import table

EXAMPLES = """Examples:

- `foleydesk clip.mp4` opens a video in the desktop.

- `foleydesk generate clip.mp4 --prompt "steps on gravel" --out out/steps` makes four sounds and ranks them.

- `foleydesk generate clip.mp4 --base out/steps/candidate-2.wav --out out/more` makes four more like the second.

- `foleydesk suggest clip.mp4` says what might be heard in it.

- `foleydesk rank clip.mp4 out/steps/*.wav` compares sounds, wherever they come from.

- `foleydesk export Rail.foley --format all --out out/delivery` delivers a project to other programs.

- `foleydesk models list` names the models that are here and those that can be fetched.

- `foleydesk doctor` says what this machine can do, and what to do about what is missing."""

BARS = (("What", "semantic"), ("When", "temporal"), ("Clean", "perceptual"))
"""What a table shows of a score card: the heading, and the score's name."""
STRENGTH = "How far to go from --base: 0 is the base itself, 1 starts anew (0.5 if left out)."
REGION = "Make only this part of --base anew, as times in the video: 1.5-2.25, or two time codes."
MUTED = "Let the prompt alone say what is heard, and the picture only when: --guidance-picture 0."
PRECISION = "How large models look at the picture: fast (the default), or exact, which may take twice as long."
UNSEEN = "Make the sound from the prompt alone: --guidance-picture 0 and --guidance-events 0."


class Commands(TyperGroup):
    """A first word that is no command is what to open: `foleydesk clip.mp4` is `foleydesk open clip.mp4`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or not (args[0] in self.commands or args[0].startswith("-")):
            if args and not Path(args[0]).exists():
                near = get_close_matches(args[0], self.commands, n=1)
                hint = f"did you mean the command {near[0]}?" if near else "check the name."
                raise Refused(f"There is no file or command {args[0]}; {hint}")
            args = ["open", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog=EXAMPLES,
)
picks_app = typer.Typer(help="What was picked in a project: the labels that training learns from.")
app.add_typer(picks_app, name="picks")
app.add_typer(models_app, name="models")

Video = Annotated[Path, typer.Argument(metavar="VIDEO", help="The video to make sounds for.")]
Project = Annotated[Path, typer.Argument(metavar="PROJECT", help="A project folder, Name.foley.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Precision = Annotated[str, typer.Option(help=PRECISION)]
Device = Annotated[str, typer.Option(help="Where to compute: auto, cpu, cuda or cuda:1.")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 done, 2 refused with one sentence on stderr, 130 interrupted."""
    return ending(lambda: _run(sys.argv[1:] if arguments is None else arguments))


def _run(arguments: Sequence[str]) -> int:
    try:
        code = int(app(list(arguments), prog_name="foleydesk", standalone_mode=False) or 0)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "foleydesk"
        raise Refused(f"{error.format_message().rstrip('.')}; see `{command} --help`.") from error
    if code == INTERRUPTED:  # typer turns an interrupt into this code
        raise KeyboardInterrupt
    return code


def _version(asked: bool) -> None:
    if asked:
        print(f"foleydesk {version_of('foleydesk')}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version and stop.")
]


@app.callback()
def about(version: Version = False) -> None:
    """Score a silent clip: generate sounds for it on this machine, rank them, pick one, and learn from the pick.

    Without a command it opens the desktop: foleydesk [PROJECT | VIDEO].
    """


@app.command("open")
def open_desktop(
    target: Annotated[Path | None, typer.Argument(metavar="[PROJECT | VIDEO]", help="What to open.")] = None,
) -> int:
    """Open the desktop, on a project or a video (the word `open` may be left out)."""
    from foleydesk.desktop import start

    if target is not None and not target.exists():
        raise Refused(f"There is no file {target}; check the name.")
    return start(target)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Where to write when there is no display.")] = Path("out/demo"),
) -> int:
    """Open the demo project; with no display, do the same journey without a window and write it to a folder."""
    from foleydesk import headless
    from foleydesk.desktop import start
    from foleydesk.display import has_display

    if has_display():
        from foleydesk.studio.opening import demo_target

        return start(demo_target())
    print(f"No display: doing the demo without a window, into {out}.", flush=True)
    with watched("Demo") as on_progress:
        for line in headless.demo(out, on_progress):
            print(line, flush=True)
    return 0


@app.command()
def generate(
    video: Video,
    out: Annotated[Path, typer.Option(help="The folder to write; made if missing.")],
    prompt: Annotated[str, typer.Option(help="What should be heard: “a stick hits a metal rail, close, dry”.")] = "",
    negative: Annotated[str, typer.Option(help="What should not be heard: “music, voices”.")] = "",
    start: Annotated[float, typer.Option(metavar="S", help="First second of the cue.")] = 0.0,
    duration: Annotated[float | None, typer.Option(metavar="S", help="Its length; to the end if left out.")] = None,
    reference: Annotated[Path | None, typer.Option(help="A sound file that the candidates should sound like.")] = None,
    base: Annotated[Path | None, typer.Option(help="A candidate's WAV to vary, or to make a part of anew.")] = None,
    strength: Annotated[float | None, typer.Option(help=STRENGTH)] = None,
    region: Annotated[str, typer.Option(metavar="IN-OUT", help=REGION)] = "",
    candidates: Annotated[int, typer.Option(help="How many sounds to make.")] = 4,
    seed: Annotated[int, typer.Option(help="The same seed gives the same sounds; each candidate adds one.")] = 0,
    model: Annotated[str, typer.Option(help="See `foleydesk models list`.")] = "visiosonic-mini",
    adapter: Annotated[str | None, typer.Option(help="Name or folder of an adapter that was trained.")] = None,
    steps: Annotated[int, typer.Option(help="Steps of the sampler: more is slower and finer.")] = 25,
    guidance: Annotated[float, typer.Option(help="How strictly to follow everything that is given.")] = 4.5,
    guidance_text: Annotated[float | None, typer.Option(metavar="X", help="The same for the prompt alone.")] = None,
    guidance_picture: Annotated[float | None, typer.Option(metavar="X", help="For the picture alone.")] = None,
    guidance_events: Annotated[float | None, typer.Option(metavar="X", help="For the visible events alone.")] = None,
    guidance_reference: Annotated[float | None, typer.Option(metavar="X", help="For the reference alone.")] = None,
    mute_picture: Annotated[bool, typer.Option(help=MUTED)] = False,
    no_picture: Annotated[bool, typer.Option(help=UNSEEN)] = False,
    precision: Precision = "fast",
    device: Device = "auto",
) -> None:
    """Make sounds for a video and rank them.

    Writes candidate-1.wav … in rank order (48 kHz, 24 bit), candidates.json (recipes and score cards), best.mp4 (the
    picture as it is, with the best sound) and overview.png (frames over mel-spectrograms). Without a prompt the
    picture alone says what is heard.
    """
    from engine.registry import model as read_model
    from engine.spec import Guidances, Recipe
    from foleydesk.delivery import answer, picture, span_of
    from foleydesk.sources import begun_from, sounding_like

    info = picture(video)
    guidance_picture = 0.0 if mute_picture or no_picture else guidance_picture
    guidance_events = 0.0 if no_picture else guidance_events
    recipe = Recipe(
        media=str(video), media_hash=info.hash, span=span_of(info, start, duration), prompt=prompt, negative=negative,
        model=model, adapter=adapter, steps=steps, guidance=guidance, seed=seed,
        guidances=Guidances(guidance_text, guidance_picture, guidance_events, guidance_reference), precision=precision,
    )  # fmt: skip
    recipe = begun_from(sounding_like(recipe, reference), base, strength, region, info)
    read_model(model)  # before anything slow: a model that is missing is said at once
    with watched("Starting") as on_progress:
        made = answer(recipe, candidates, out, device, on_progress, say=aside)
    _scores([(Path(candidate.wav).name, candidate.card) for candidate in made])
    print(f"Wrote {len(made)} candidates, candidates.json, best.mp4 and overview.png to {out}.")
    if not prompt.strip():
        _hint(recipe, device)


@app.command()
def suggest(
    video: Video,
    begin: Annotated[str, typer.Option("--in", metavar="TIME", help="Where to begin: 1.5 or 00:00:01:12.")] = "",
    end: Annotated[str, typer.Option("--out", metavar="TIME", help="Where to end; at the end if left out.")] = "",
    model: Annotated[str, typer.Option(help="See `foleydesk models list`.")] = "visiosonic-mini",
    as_json: AsJson = False,
    device: Device = "auto",
) -> None:
    """Suggest prompts for what is seen in a video, the surest first."""
    from foleydesk.delivery import picture
    from foleydesk.sources import between

    span = between(picture(video), begin, end)
    with watched("Looking"):
        found = _engine(device).suggest(str(video), span, model=model)
    if as_json:
        print(json.dumps({"video": str(video), "suggestions": [to_json(one) for one in found]}, indent=2))
        return
    rows = [(one.prompt, f"{one.confidence:.2f}") for one in found]
    table(("Prompt", "Sure"), rows, nothing=f"Nothing that is known to sound was recognised in {video}.")


@app.command()
def rank(
    video: Video,
    audio: Annotated[list[Path], typer.Argument(metavar="AUDIO…", help="The sounds to compare.")],
    prompt: Annotated[str, typer.Option(help="What should be heard; left out, it is not judged.")] = "",
    as_json: AsJson = False,
    device: Device = "auto",
) -> None:
    """Order sounds by how well they fit a video: what is heard, when, and how clean."""
    from foleydesk.delivery import picture

    picture(video)
    with watched("Ranking") as on_progress:
        ranked = _engine(device).rank(str(video), None, [str(path) for path in audio], prompt, on_progress)
    if as_json:
        print(json.dumps([{"file": path, "score": to_json(card)} for path, card in ranked], indent=2))
    else:
        _scores(ranked)


@app.command()
def spot(video: Video, as_json: AsJson = False, device: Device = "auto") -> None:
    """List the visible moments that should sound, with their time (seconds) and strength (0 to 1)."""
    from foleydesk.delivery import picture

    picture(video)
    with watched("Looking"):
        events = _engine(device).spot(str(video)).events
    if as_json:
        found = [{"time": round(event.at / SAMPLE_RATE, 4), "strength": round(event.strength, 4)} for event in events]
        print(json.dumps({"video": str(video), "events": found}, indent=2))
        return
    rows = [(f"{event.at / SAMPLE_RATE:.2f} s", f"{event.strength:.2f}") for event in events]
    table(("Time", "Strength"), rows, nothing=f"No visible event found in {video}.")


@app.command()
def train(
    project: Project,
    out: Annotated[str, typer.Option(metavar="ADAPTER", help="Name of the adapter, or a folder to write it into.")],
    steps: Annotated[int | None, typer.Option(help="Optimiser steps.")] = None,
    device: Device = "auto",
) -> int:
    """Learn from a project's picks: train an adapter that makes the next candidates better.

    A plain name goes where `generate --adapter NAME` and the desktop's model menu find it. Interrupted, the same
    command goes on from the last checkpoint.
    """
    from engine.registry import adapters_home
    from training.run import main as run

    _check_project(project)
    folder = Path(out) if Path(out).name != out else adapters_home() / out
    given = ["--steps", str(steps)] if steps is not None else []
    return run(["--project", str(project), "--out", str(folder), "--device", device, *given])


app.command()(export)


@picks_app.command("stats")
def picks_stats(project: Project, as_json: AsJson = False) -> None:
    """Count what was picked, and the pairs that training gets from it."""
    from foleydesk.picks import stats

    counts = stats(_check_project(project))
    if as_json:
        print(json.dumps(counts, indent=2))
    else:
        table(("What", "How many"), [(name, str(count)) for name, count in counts.items()])


@picks_app.command("export")
def picks_export(
    project: Project,
    out: Annotated[Path, typer.Option(help="The JSON lines file to write.")] = Path("pairs.jsonl"),
) -> None:
    """Write the preference pairs as JSON lines: conditions, winner, loser, weight, source."""
    from foleydesk.picks import export

    count = export(_check_project(project), out)
    print(f"Wrote {count} pair{'' if count == 1 else 's'} to {out}.")


@app.command()
def doctor() -> int:
    """Say what this machine can do, and what to do about what is missing."""
    from foleydesk.doctor import examine

    works = True
    for finding in examine():
        mark = "ok" if finding.fine else "missing" if finding.needed else "without"
        print(f"{mark:<8} {finding.name}: {finding.says}", flush=True)
        if finding.remedy:
            print(f"{'':<8} → {finding.remedy}", flush=True)
        works = works and (finding.fine or not finding.needed)
    return 0 if works else 1


def _hint(recipe: Any, device: str) -> None:
    """On stderr, what might have been said; where the model cannot tell, nothing."""
    with suppress(Refused):
        found = _engine(device).suggest(recipe.media, recipe.span, model=recipe.model)
        if found:
            words = ", ".join(f"“{one.prompt}” ({one.confidence:.2f})" for one in found)
            print(f"No prompt was given. The picture suggests {words}: say it with --prompt.", file=sys.stderr)


def _engine(device: str) -> Any:
    from engine.registry import data_home
    from engine.service import Engine

    return Engine(cache=data_home() / "cache", device=device)


def _check_project(project: Path) -> Path:
    """Raises Refused when it is none, is damaged, or is from a newer version."""
    from foleydesk.storage.folder import ProjectFolder

    ProjectFolder.read(project)
    return project


def _scores(ranked: Sequence[tuple[str, Any]]) -> None:
    """One line a sound, best first; the bars are those of the desktop's cards."""
    bars = [(title, name) for title, name in BARS if any(card.score(name) for _, card in ranked)]
    rows = [
        (str(place), file, f"{card.total:.2f}", *(_level(card, name) for _, name in bars), card.says)
        for place, (file, card) in enumerate(ranked, start=1)
    ]
    table(("", "Sound", "Score", *(title for title, _ in bars), "Why"), rows)


def _level(card: Any, name: str) -> str:
    score = card.score(name)
    return f"{score.level:.2f}" if score else "–"
