"""`python -m foleydesk.studio.demo FOLDER`: make the demo project that ships, with one cue ready to audition.

FOLDER holds bunny.mp4; the project is written beside it, in place of an earlier one. Run it when the model changes.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, Event, Recipe, Span
from foleydesk.document.edits import AddCue, AddTakes
from foleydesk.document.ids import new_id
from foleydesk.document.project import Cue, Media, Project, Take
from foleydesk.storage.folder import CACHE, PROJECT, TAKES, ProjectFolder
from foleydesk.studio.curves import FILE, write_curves
from foleydesk.studio.opening import DEMO, SUFFIX

PROMPT = "footsteps on grass"
SPAN_S = (1.0, 5.2)
EVENTS_S = ((1.60, 0.9), (1.88, 0.7), (4.28, 1.0), (4.92, 0.8))
"""Where something lands, set by hand: in drawn films the spotter misses what is soft, and a curve may be edited."""
SEED = 1
CANDIDATES = 4


def make(home: Path) -> Path:
    """Write the demo project below `home`; gives its folder."""
    from engine.service import Engine

    engine = Engine()

    path = home / f"{DEMO}{SUFFIX}"
    shutil.rmtree(path, ignore_errors=True)
    video = home / "bunny.mp4"
    info = probe(video)
    media = Media(
        new_id(), str(video.absolute()), info.hash, info.length, info.rate, info.width, info.height, info.has_audio
    )
    cue = Cue(new_id(), *(round(second * SAMPLE_RATE) for second in SPAN_S), prompt=PROMPT, events=events())
    recipe = Recipe(media.path, media.hash, Span(cue.start, cue.end), PROMPT, events=cue.events, seed=SEED)
    with ProjectFolder.create(path, Project(name=DEMO, media=media)) as folder:
        desk = folder.desk()
        desk.do(AddCue(cue))
        found = engine.generate(recipe, CANDIDATES, folder.takes_of(cue.id))
        desk.do(AddTakes(tuple(Take(new_id(), cue.id, candidate) for candidate in found)))
        folder.save(desk.project)
        write_curves(folder.cache, {cue.id: engine.spot(media.path, cue.span)})
    _strip(path)
    return path


def events() -> tuple[Event, ...]:
    """The cue's events, drawn by hand."""
    return tuple(Event(round(at * SAMPLE_RATE), strength) for at, strength in EVENTS_S)


def _strip(path: Path) -> None:
    """Leave what a project needs to be opened, and nothing that names the machine it was made on."""
    kept = {PROJECT, TAKES, CACHE}
    for leftover in [*path.iterdir(), *(path / CACHE).iterdir()]:
        if leftover.name not in {*kept, FILE}:
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    for file in path.rglob("*.json"):
        file.write_text(file.read_text(encoding="utf-8").replace(f"{path.parent.absolute()}/", ""), encoding="utf-8")


if __name__ == "__main__":
    print(make(Path(sys.argv[1])))
