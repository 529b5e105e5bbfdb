"""kill -9 at the worst moments: at the next start the project opens with everything that was done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.registry import model_folders
from foleydesk.views.main_window import MainWindow

sys.path.insert(0, str(Path(__file__).parent))

from killing import run  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SEED = 0
"""A seed that a failure has printed, to see it again; 0 draws one."""
FEW, MANY = 3, 50
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from foleydesk.app import application
from foleydesk.views.main_window import MainWindow
app = application()
window = MainWindow()
window.show()
assert window.open(Path(sys.argv[1]))
window.studio.mark(60_000, 100_000)
window.studio.say_prompt("a stick on a rail")
window.studio.add_cue()
def lay_candidates(window):
    import numpy as np
    from engine.audio.pyramid import mel_levels, pyramid, save
    from engine.media.audio_file import write_wav
    from engine.spec import Candidate
    from foleydesk.document.edits import AddTakes
    from foleydesk.document.ids import new_id
    from foleydesk.document.project import Take
    from foleydesk.studio.recipes import recipe_for
    from dataclasses import replace
    cue, folder = window.studio.cue, window.studio.folder
    recipe = recipe_for(window.studio.project, cue, window.choosing.settings)
    for seed in (1, 2):
        wave = np.random.default_rng(seed).normal(0, 0.1, recipe.span.length).astype(np.float32)
        wav, mel = folder.takes / f"{seed}.wav", folder.takes / f"{seed}.mel.npz"
        write_wav(wav, wave)
        save(mel, pyramid(mel_levels(wave)))
        made = Candidate(str(seed), replace(recipe, seed=seed), str(wav), str(mel), recipe.span.length)
        window.studio.do(AddTakes((Take(new_id(), cue.id, made),)))
def ready():
    print("ready", flush=True)
if sys.argv[2] == "saving":
    def save_for_ever():
        window.studio.save()
        QTimer.singleShot(0, save_for_ever)
    QTimer.singleShot(0, save_for_ever)
    QTimer.singleShot(150, ready)
elif sys.argv[2] == "generating":
    from dataclasses import replace
    window.choosing.settings = replace(window.choosing.settings, candidates=2, steps=200)
    window.studio.making._engine.progressed.connect(lambda job, at: at.step > 2 and ready())
    window.choosing.generate()
elif sys.argv[2] == "picking":
    lay_candidates(window)
    window.choosing.pick("B")
    ready()
else:
    ready()
app.exec()
"""


def killed_while(film: Path, home: Path, doing: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "FOLEYDESK_HOME": str(home), "PYTHONPATH": str(ROOT)}
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(film), doing], stdout=subprocess.PIPE, env=environment, cwd=film.parent
    )
    assert program.stdout is not None
    assert program.stdout.readline().strip() == b"ready"
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()


@pytest.mark.parametrize("doing", ("resting", "saving"))
def test_nothing_is_lost(make_window: Callable[[], MainWindow], film: Path, home: Path, doing: str) -> None:
    killed_while(film, home, doing)
    window = make_window()
    assert window.open(film), window.message.text
    assert window.studio.project is not None
    (cue,) = window.studio.project.cues
    assert cue.prompt == "a stick on a rail"


def test_a_pick_is_kept_and_lies_on_its_track(make_window: Callable[[], MainWindow], film: Path, home: Path) -> None:
    killed_while(film, home, "picking")
    window = make_window()
    assert window.open(film), window.message.text
    assert window.studio.project is not None and window.studio.folder is not None
    assert len(window.studio.project.takes) == 2
    (clip,) = window.studio.project.clips
    (event,) = window.studio.folder.picks.events()
    assert event.winner == window.studio.project.take(clip.take).candidate.id
    assert "without saving" in window.message.text


@pytest.mark.skipif(not model_folders(), reason="no model is installed")
def test_a_generation_that_was_cut_short_goes_on(make_window: Callable[[], MainWindow], film: Path, home: Path) -> None:
    killed_while(film, home, "generating")
    window = make_window()
    assert window.open(film), window.message.text
    (cue,) = window.studio.project.cues  # type: ignore[union-attr]
    assert window.studio.making.busy_cues() == {cue.id}
    assert window.handlers.can("cancel")
    window.handlers.do("cancel")


@pytest.mark.timeout(1000)
def test_moments_of_work_chosen_by_chance(tmp_path: Path) -> None:
    seed = SEED or random.SystemRandom().randrange(2**31)
    print(f"seed {seed}")
    assert run(tmp_path, FEW, seed) > 0


@pytest.mark.slow
@pytest.mark.timeout(6000)
def test_fifty_moments_of_work(tmp_path: Path) -> None:
    seed = SEED or random.SystemRandom().randrange(2**31)
    print(f"seed {seed}")
    assert run(tmp_path, MANY, seed) > MANY
