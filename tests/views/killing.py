"""A window at work until it is killed: it edits, generates, picks and saves, and says each time what it has done.

`python -m tests.views.killing 50 [SEED [FOLDER]]` kills it at so many random moments. FOLDER keeps the project and what
is known of it, so that the same command goes on where it was stopped.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import soundfile

from engine.spec import to_json
from foleydesk.document.project import DEFAULT_MODEL, Project
from foleydesk.storage.folder import ProjectFolder
from training.preferences.events import PickEvent

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 2.5
"""How long it works, at the most, before it is killed."""
STARTED_S = 300.0
KNOWN = "known.json"
"""In the folder: what is known of the lives before."""
PROGRAM = """
import random, sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from foleydesk.app import application
from foleydesk.document.edits import AddCue, AddMarker, ChangeCue, LouderClips, MoveClip, RemoveMarker
from foleydesk.document.ids import new_id
from foleydesk.document.project import Cue, Marker
from foleydesk.views.main_window import MainWindow
from foleydesk.workers import engine_process
from tests.views.killing import digest

film, seed = Path(sys.argv[1]), int(sys.argv[2])
engine_process.MODULE = "tests.tiny_engine"
application()
window = MainWindow()
window.show()
window.choosing.settings = replace(window.choosing.settings, steps=2, candidates=2)
assert window.open(film), window.message.text
studio, chance = window.studio, random.Random(seed)


def say(*words):
    print(*words, flush=True)


def watch():
    # every change goes through the journal: what it will come to is said before, that it is there afterwards
    desk, record = studio.desk, studio.desk._journal

    def told(change):
        after = change.apply(desk.project) if hasattr(change, "apply") else change
        say("doing", digest(after))
        record(change)
        say("done", digest(after))
        say("ever", *(take.candidate.id for take in after.takes))

    desk._journal = told


watch()
picks = studio.folder.picks
add = picks.add


def picked(event, *rest):
    say("picking", event.id)
    add(event, *rest)
    say("picked", event.id)


picks.add = picked
studio.making.made.connect(lambda cue, made: say("made", *(one.id for one in made)))


def edit():
    project = studio.project
    kind = chance.randrange(6)
    if kind == 0 or not project.cues:
        start = chance.randrange(0, 150_000)
        studio.do(AddCue(Cue(new_id(), start, start + 24_000, f"a stick, {start}")))
        studio.choose_cue(studio.cue_id or studio.project.cues[-1].id)
    elif kind == 1:
        studio.do(AddMarker(Marker(new_id(), chance.randrange(0, 200_000))))
    elif kind == 2 and project.markers:
        studio.do(RemoveMarker(chance.choice(project.markers).id))
    elif kind == 3 and project.clips:
        clip = chance.choice(project.clips)
        studio.do(MoveClip(clip.id, clip.track, chance.randrange(0, 150_000)))
    elif kind == 4 and project.clips:
        studio.do(LouderClips((chance.choice(project.clips).id,), 1.0))
    else:
        studio.do(ChangeCue(chance.choice(project.cues).id, prompt=f"prompt {chance.random()}"))
    studio.desk.seal()


def work():
    kind = chance.random()
    if kind < 0.5:
        edit()
    elif kind < 0.6:
        studio.save()
        say("saved")
    elif kind < 0.64:
        window.choosing.undo()
    elif kind < 0.67:
        window.choosing.redo()
    elif kind < 0.82 and studio.listening.letters():
        window.choosing.pick(chance.choice(studio.listening.letters()))
    elif studio.cue is not None and studio.making.going() is None:
        window.choosing.generate()
    QTimer.singleShot(chance.randrange(0, 20), work)


edit()
window.choosing.generate()
studio.making.made.connect(lambda *_: begin())
begun = []


def begin():
    if not begun:
        begun.append(True)
        say("ready")
        work()


application().exec()
"""


@dataclass
class Said:
    """What the program said until it was gone."""

    done: str = ""
    """What the project came to by the last change that was answered."""
    doing: str = ""
    """And by the one that was under way; empty where none was."""
    picked: set[str] = field(default_factory=set)
    picking: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    ever: set[str] = field(default_factory=set)
    """Takes that were in the project at any time: those that are not now were taken out by hand."""
    changes: int = 0


def digest(project: Project) -> str:
    """The same for the same project, wherever its takes lie."""
    data = json.dumps(to_json(project), sort_keys=True, default=str)
    return hashlib.sha256(data.encode()).hexdigest()[:16]


def killed_at_work(film: Path, home: Path, seed: int, after_s: float) -> Said:
    """Start it on the film, and kill it so long after its first candidates have come."""
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "offscreen", "FOLEYDESK_HOME": str(home), "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
    }  # fmt: skip
    log = home / f"killed-{seed}.log"
    with log.open("wb") as errors:
        program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(film), str(seed)],
            stdout=subprocess.PIPE, stderr=errors, env=environment, cwd=film.parent, text=True,
        )  # fmt: skip
    assert program.stdout is not None
    overdue = threading.Timer(STARTED_S, program.kill)
    overdue.start()
    lines, ready = [], False
    while not ready and (line := program.stdout.readline()):
        lines.append(line)
        ready = line.strip() == "ready"
    overdue.cancel()
    assert ready, f"it did not start: {log.read_text(errors='replace')[-2000:]}"
    killer = threading.Timer(after_s, program.kill)
    killer.start()
    lines += program.stdout.readlines()
    killer.join()
    program.wait()
    program.stdout.close()
    assert program.returncode == -9, f"it ended by itself: {log.read_text(errors='replace')[-2000:]}"
    return understood(lines)


def understood(lines: list[str]) -> Said:
    said = Said()
    for line in lines:
        if not line.endswith("\n"):
            continue
        word, *rest = line.split()
        if word == "doing":
            said.doing = rest[0]
        elif word == "done":
            said.done, said.doing, said.changes = rest[0], "", said.changes + 1
        elif word in ("picking", "picked", "made", "ever"):
            getattr(said, word).update(rest)
    return said


@dataclass
class Known:
    """Of the lives before."""

    picks: set[str] = field(default_factory=set)
    takes: set[str] = field(default_factory=set)
    lives: int = 0
    changes: int = 0


def check(project: Path, said: Said, known: Known) -> None:
    """At most the command in flight is lost, and never a take or a pick."""
    # Before it is opened: an engine that outlives the window by a moment may still be writing, in hidden files.
    written = [path for path in (project / "takes").rglob("*.json") if not path.name.startswith(".")]
    on_disk = {path.stem: path.parent.name for path in written}
    found = ProjectFolder.read(project)
    with ProjectFolder.open(project) as folder:
        whole, history = folder.project, folder.picks.history()
    assert digest(found) in {said.done, said.doing} - {""}, "it is as after the last command, or the one in flight"
    takes = {take.candidate.id for take in whole.takes}
    for take in whole.takes:
        assert soundfile.info(take.candidate.wav).frames == take.candidate.length
    assert said.made | known.takes <= on_disk.keys(), "every take that was made is on the disk"
    cues = {cue.id for cue in whole.cues}
    lost = {name for name, cue in on_disk.items() if cue in cues} - takes - said.ever - known.takes
    assert not lost, "every take is in the project, unless it was taken out by hand"
    there = {event.id for event in history if isinstance(event, PickEvent)}
    assert known.picks | said.picked <= there, "every pick that was answered is there"
    assert there <= known.picks | said.picked | said.picking
    known.picks, known.takes = there, set(on_disk)


def small_model(home: Path) -> None:
    """A model of a few thousand random weights in place of the bundled one."""
    source = ROOT / "tests" / "engine" / "service" / "conftest.py"
    spec = importlib.util.spec_from_file_location("tiny_model", source)
    assert spec is not None and spec.loader is not None
    tiny = importlib.util.module_from_spec(spec)
    sys.modules["tiny_model"] = tiny
    spec.loader.exec_module(tiny)
    home.mkdir(parents=True)
    tiny.torch.manual_seed(0)
    tiny.save_file(tiny.TinyNet().state_dict(), home / "generator.safetensors")
    parts = {"generator": "generator.safetensors", "spotter": "s.bin", "text_audio": "e.bin", "vision": "v.bin"}
    for role in ("spotter", "text_audio", "vision"):
        (home / parts[role]).write_bytes(role.encode())
    card = {
        "name": DEFAULT_MODEL, "title": "Tiny", "about": "", "backbone": "tiny", "licence": "none", "parameters": 1,
        "sample_rate": 44_100, "longest_s": 8.0, "capabilities": ["text"],
        "files": {role: tiny._file(home / name) for role, name in parts.items()},
    }  # fmt: skip
    (home / "card.json").write_text(json.dumps(card))


def run(folder: Path, times: int, seed: int) -> int:
    """So many lives of one project, those before included; gives the number of changes that were made in them."""
    film, home = folder / "bunny.mp4", folder / "home"
    if not film.exists():
        small_model(home / "models" / DEFAULT_MODEL)
        shutil.copy(ROOT / "resources" / "demo" / "bunny.mp4", film)
    known = read_known(folder / KNOWN)
    for life in range(known.lives + 1, times + 1):
        chance = random.Random(f"{seed}-{life}")
        doing, after_s = chance.randrange(2**31), chance.uniform(0.0, LONGEST_S)
        since = time.monotonic()
        said = killed_at_work(film, home, doing, after_s)
        check(film.with_suffix(".foley"), said, known)
        known.lives, known.changes = life, known.changes + said.changes
        (folder / KNOWN).write_text(json.dumps(asdict(known), default=sorted))
        print(
            f"{life:3} killed after {after_s:4.2f} s: {said.changes:3} changes, {len(said.picked):2} picks, "
            f"{len(said.made):2} takes; all there ({time.monotonic() - since:.0f} s)",
            flush=True,
        )
    return known.changes


def read_known(path: Path) -> Known:
    if not path.exists():
        return Known()
    data = json.loads(path.read_text())
    return Known(set(data["picks"]), set(data["takes"]), data["lives"], data["changes"])


def main(times: int, seed: int, folder: str = "") -> None:
    print(f"seed {seed}")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        run(Path(folder), times, seed)
        return
    with tempfile.TemporaryDirectory() as made:
        run(Path(made), times, seed)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]), int(given[1]) if len(given) > 1 else random.SystemRandom().randrange(2**31), *given[2:3])
