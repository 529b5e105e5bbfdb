"""The demo journey for a machine without a display: the bundled clip, sounded, ranked, the best one laid under it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from engine.media.probe import MediaInfo
from engine.registry import data_home
from engine.spec import Candidate, OnProgress, Recipe, ignore
from foleydesk.delivery import deliver, picture, span_of
from foleydesk.document.edits import AddCue, AddTakes, OpenMedia, PlaceTake
from foleydesk.document.ids import new_id
from foleydesk.document.project import Cue, Media, Project, Take
from foleydesk.storage.folder import ProjectFolder
from foleydesk.studio.curves import write_curves
from foleydesk.workplace import workplace

PROMPT = "footsteps on dry leaves and grass"
CANDIDATES = 4
CLIP, PROJECT = "bunny.mp4", "Bunny.foley"


def demo(out: Path, on_progress: OnProgress = ignore) -> Iterator[str]:
    """Write candidates, candidates.json, best.mp4, overview.png, a project and timeline.png to `out`.

    Gives one line for each step done. torch enters here, and Qt for the timeline alone.
    """
    with workplace(out) as work, _new(out.absolute() / CLIP, out.absolute() / PROJECT) as (clip, project):
        from engine.service import Engine

        shutil.copyfile(Path(str(files("resources"))) / "demo" / CLIP, clip)
        info = picture(clip)
        recipe = Recipe(str(clip), info.hash, span_of(info), PROMPT)
        yield f"{CLIP}: {recipe.span.seconds:.2f} s, “{PROMPT}”, {CANDIDATES} candidates."
        engine = Engine(cache=data_home() / "cache")
        spotted = engine.spot(clip)
        with ProjectFolder.create(project, Project(name=project.stem)) as folder:
            cue = Cue(new_id(), recipe.span.start, recipe.span.end, prompt=PROMPT)
            made = engine.generate(recipe, CANDIDATES, folder.takes_of(cue.id), on_progress)
            _lay(folder, info, cue, made)
            write_curves(folder.cache, {cue.id: spotted})
        for rank, candidate in enumerate(deliver(info, made, spotted.events, work, out), start=1):
            yield f"{rank}. {Path(candidate.wav).name}  {candidate.card.total:.2f}  {candidate.card.says}"
    yield f"The best one under the picture: {out / 'best.mp4'}"
    yield f"Frames over mel-spectrograms: {out / 'overview.png'}"
    yield _timeline(out)


@contextlib.contextmanager
def _new(clip: Path, project: Path) -> Iterator[tuple[Path, Path]]:
    """Room for the clip and its project, without an earlier one; if the block fails, neither is left."""
    shutil.rmtree(project, ignore_errors=True)
    try:
        yield clip, project
    except BaseException:
        shutil.rmtree(project, ignore_errors=True)
        clip.unlink(missing_ok=True)
        raise


def _lay(folder: ProjectFolder, info: MediaInfo, cue: Cue, made: Sequence[Candidate]) -> None:
    """The edits of a designer who marks the clip, and picks what the ranker put first."""
    media = Media(new_id(), info.path, info.hash, info.length, info.rate, info.width, info.height, info.has_audio)
    takes = tuple(Take(new_id(), cue.id, candidate) for candidate in made)
    desk = folder.desk()
    track = desk.project.tracks[0].id
    for edit in (OpenMedia(media), AddCue(cue), AddTakes(takes), PlaceTake(cue.id, takes[0].id, track)):
        desk.do(edit)
    folder.save(desk.project)


def _timeline(out: Path) -> str:
    """The window's own timeline, drawn without a display; a machine that lacks Qt's libraries goes without."""
    try:
        from foleydesk.snapshot import timeline
    except ImportError as error:
        return f"The window's timeline was not drawn: Qt cannot start ({error}); see `foleydesk doctor`."
    timeline(out / PROJECT, out / "timeline.png")
    return f"The timeline as the window shows it: {out / 'timeline.png'}"
