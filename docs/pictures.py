"""`python docs/pictures.py`: take the README's pictures from the real window, so that they stay true.

Needs a display (`xvfb-run -s "-screen 0 1680x1060x24" python docs/pictures.py` where there is none).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow

DOCS = Path(__file__).resolve().parent
PATIENCE_S = 300.0


def wait(until: Callable[[], bool], least_s: float = 0.5) -> None:
    """Let the window work until something holds."""
    from PySide6.QtWidgets import QApplication

    began = time.monotonic()
    while time.monotonic() - began < least_s or not until():
        QApplication.processEvents()
        time.sleep(0.01)
        if time.monotonic() - began > PATIENCE_S:
            raise TimeoutError("the window did not get there")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["FOLEYDESK_HOME"] = home
        take(Path(home))


def take(home: Path) -> None:
    """First start, four new candidates, blind, one refined, the models, and the command line's overview."""
    from engine.spec import SAMPLE_RATE, Span
    from foleydesk.app import open_window
    from foleydesk.document.edits import AddCue
    from foleydesk.document.ids import new_id
    from foleydesk.document.project import Cue
    from foleydesk.studio.demo import events

    window = open_window(None)
    window.resize(1680, 1060)
    studio = window.studio
    wait(lambda: studio.project is not None and len(window.candidates.cards) == 4, least_s=8)
    window.grab().save(str(DOCS / "first-start.png"))
    span = Span(round(1.2 * SAMPLE_RATE), round(5.2 * SAMPLE_RATE))
    cue = Cue(new_id(), span.start, span.end, prompt="boots in snow", events=events())
    studio.do(AddCue(cue))
    studio.choose_cue(cue.id)
    window.choosing.generate()
    wait(lambda: studio.going() is None and len(window.candidates.cards) == 4, least_s=3)
    window.handlers.hear_number(2)
    wait(lambda: studio.listening.playing, least_s=0.8)
    window.grab().save(str(DOCS / "window.png"))
    window.handlers.blind()
    wait(lambda: True, least_s=0.5)
    window.grab().save(str(DOCS / "blind.png"))
    window.handlers.blind()
    refined(window)
    models(window)
    window.close()
    overview(home)


def refined(window: MainWindow) -> None:
    """Variations of B, and of the first of them a part made anew."""
    studio, choosing = window.studio, window.choosing
    choosing.vary(0.5, "B")
    wait(lambda: studio.going() is None, least_s=3)
    span = studio.span
    assert span is not None
    studio.select(span.start + span.length // 3, span.start + 2 * span.length // 3)
    choosing.make_anew("A")
    wait(lambda: studio.going() is None, least_s=3)
    window.grab().save(str(DOCS / "refined.png"))


def models(window: MainWindow) -> None:
    """The published models, with the terms of one before its eyes."""
    window.handlers.do("models")
    dialog = window.fetching.dialog
    window.fetching.get("mmaudio-large-44k-v2")
    wait(lambda: dialog.isVisible(), least_s=0.5)
    dialog.grab().save(str(DOCS / "models.png"))
    dialog.rows["mmaudio-large-44k-v2"].terms.no.click()
    dialog.close()


def overview(home: Path) -> None:
    from foleydesk.cli import main as command

    clip = DOCS.parent / "resources" / "demo" / "bunny.mp4"
    command(["generate", str(clip), "--prompt", "footsteps on grass", "--seed", "3", "--out", str(home / "made")])
    shutil.copyfile(home / "made" / "overview.png", DOCS / "overview.png")


if __name__ == "__main__":
    main()
