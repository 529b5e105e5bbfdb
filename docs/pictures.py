"""`python docs/pictures.py`: take the pictures of README and guide from the real window, so that they stay true.

Needs a display (`xvfb-run -s "-screen 0 1680x1060x24" python docs/pictures.py` where there is none). A folder named
behind it is where the pictures go; without one they take the place of those beside this file.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageColor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from foleydesk.views.main_window import MainWindow

DOCS = Path(__file__).resolve().parent
OUT = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS
PATIENCE_S = 900.0
"""However busy the machine is."""
COLOURS = 216
"""So many of the picture's own are enough, with the window's tones, and make it a third as large."""
SIZE = (1680, 1060)
STEP_S = (4.1, 4.75)
"""Where a foot comes down in the film."""


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


def keep(widget: QWidget, name: str) -> None:
    path = OUT / f"{name}.png"
    widget.grab().save(str(path))
    slim(path)
    print(path.name, path.stat().st_size, flush=True)


def slim(path: Path) -> None:
    """The same picture in a small file."""
    from foleydesk.views.themes import THEMES, TRACKS

    tones = [theme[name] for theme in THEMES.values() for name in ("accent", "good", "fair", "poor", "text", "panel")]
    tones += [tone for theme in TRACKS.values() for pair in theme for tone in pair]
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    table = (picture.quantize(COLOURS).getpalette() or [])[: 3 * COLOURS]
    for tone in list(dict.fromkeys(tones))[: 256 - COLOURS]:
        table += ImageColor.getrgb(tone)
    few = Image.new("P", (1, 1))
    few.putpalette(table)
    picture.quantize(palette=few, dither=Image.Dither.NONE).save(path, optimize=True)


def take(home: Path) -> None:
    """Everything that the README and the guide show, in the order of a job."""
    from foleydesk.app import application, open_window
    from foleydesk.views.main_window import MainWindow

    application()
    empty = MainWindow()
    empty.resize(*SIZE)
    empty.show()
    wait(lambda: True, least_s=2)
    keep(empty, "empty")
    empty.close()
    window = open_window(None)
    window.resize(*SIZE)
    studio = window.studio
    wait(lambda: studio.project is not None and len(window.candidates.cards) == 4, least_s=8)
    keep(window, "first-start")
    window.hints.hide()
    compared(window)
    refined(window)
    spotting(window)
    picked(window)
    lit(window)
    delivering(window)
    models(window)
    training(window)
    trouble(window, home)
    window.close()
    overview(home)


def compared(window: MainWindow) -> None:
    """A cue, its candidates in the making, four of them, and the same blind."""
    from engine.spec import SAMPLE_RATE, Span
    from foleydesk.document.edits import AddCue
    from foleydesk.document.ids import new_id
    from foleydesk.document.project import Cue
    from foleydesk.studio.demo import events

    studio = window.studio
    span = Span(round(1.2 * SAMPLE_RATE), round(5.2 * SAMPLE_RATE))
    cue = Cue(new_id(), span.start, span.end, prompt="boots on gravel", events=events())
    studio.do(AddCue(cue))
    studio.choose_cue(cue.id)
    window.choosing.generate()
    wait(lambda: (going := studio.going()) is not None and going.step >= 3, least_s=0.2)
    keep(window, "generating")
    wait(lambda: studio.going() is None and len(window.candidates.cards) == 4, least_s=3)
    window.handlers.hear_number(2)
    wait(lambda: studio.listening.playing, least_s=0.8)
    keep(window, "window")
    window.handlers.blind()
    wait(lambda: True, least_s=0.5)
    keep(window, "blind")
    window.handlers.blind()


def spotting(window: MainWindow) -> None:
    """Every cue of the film in one list, and markers on the ruler."""
    from engine.spec import SAMPLE_RATE
    from foleydesk.document.edits import AddCue, AddMarker
    from foleydesk.document.ids import new_id
    from foleydesk.document.project import Cue, Marker

    for start, end, prompt, category, name in (
        (0.1, 0.9, "wind in dry leaves, wide", "AMBForest", "Burrow"),
        (0.4, 1.1, "fur against earth, soft", "CLOTHMvmt", "Turns over"),
        (2.0, 3.4, "a yawn, big and slow", "CRTRMisc", "Yawns"),
        (4.2, 5.2, "two steps on grass, bare feet", "FOLYFeet", "First steps"),
    ):
        at = round(start * SAMPLE_RATE), round(end * SAMPLE_RATE)
        window.studio.do(AddCue(Cue(new_id(), *at, prompt=prompt, category=category, name=name)))
    for at, name in ((0.4, "wakes"), (2.0, "yawn"), (4.2, "step")):
        window.studio.do(AddMarker(Marker(new_id(), round(at * SAMPLE_RATE), name)))
    window.handlers.do("fit_all")
    window.handlers.do("spotting")
    wait(lambda: True, least_s=1.5)
    keep(window, "spotting")
    window.handlers.do("spotting")


def picked(window: MainWindow) -> None:
    """All are heard, and the one that is best lies on its track."""
    for heard in range(1, 5):
        window.handlers.hear_number(heard)
        wait(lambda: True, least_s=1.2)
    window.choosing.pick("A")
    window.studio.listening.pause()
    wait(lambda: True)


def training(window: MainWindow) -> None:
    """An adapter in the making; it is not waited for."""
    learning = window.studio.learning
    window.handlers.do("train")
    wait(lambda: (at := learning.progress) is not None and at.stage == "Learning" and at.step > 0, least_s=2)
    wait(lambda: True)
    keep(window, "training")
    learning.cancel()
    wait(lambda: not learning.running, least_s=1)


def lit(window: MainWindow) -> None:
    """The same desk in daylight."""
    window.handlers.do("theme")
    wait(lambda: True, least_s=1)
    keep(window, "light")
    window.handlers.do("theme")


def delivering(window: MainWindow) -> None:
    """What is asked before files are written."""
    from foleydesk.export.request import Format

    window.handlers.do("deliver")
    dialog = window.lists._delivery
    assert dialog is not None
    for kind in (Format.STEMS, Format.MP4, Format.REAPER, Format.CSV):
        dialog.formats[kind].setChecked(True)
    dialog.ucs.setChecked(True)
    dialog.creator.setText("AB")
    dialog.source.setText("BBB")
    dialog.folder.setText("Bunny delivered")
    wait(lambda: True, least_s=1)
    keep(dialog, "deliver")
    dialog.close()


def trouble(window: MainWindow, home: Path) -> None:
    """The picture is not where it was: one sentence says so, and what to do."""
    from foleydesk.studio.opening import project_of

    film = home / "bunny.mp4"
    shutil.copyfile(DOCS.parent / "resources" / "demo" / "bunny.mp4", film)
    folder = project_of(film)
    folder.close()
    film.rename(home / "elsewhere.mp4")
    window.studio.listening.hear_mix()
    window.studio.listening.seek(0)
    window.open(folder.path)
    wait(lambda: True, least_s=1.5)
    keep(window, "trouble")


def refined(window: MainWindow) -> None:
    """Variations of B, and of the first of them the last steps made anew."""
    from engine.spec import SAMPLE_RATE

    studio, choosing = window.studio, window.choosing
    choosing.vary(0.5, "B")
    wait(lambda: studio.going() is None and choosing.place == (2, 2), least_s=3)
    studio.select(*(round(second * SAMPLE_RATE) for second in STEP_S))
    choosing.make_anew("A")
    wait(lambda: studio.going() is None and choosing.place == (3, 3), least_s=3)
    window.handlers.hear_number(1)
    wait(lambda: studio.listening.letter == "A", least_s=1)
    studio.listening.pause()
    studio.listening.seek(round(STEP_S[0] * SAMPLE_RATE))
    wait(lambda: True, least_s=1)
    keep(window, "refined")


def models(window: MainWindow) -> None:
    """The published models, with the terms of one before its eyes."""
    window.handlers.do("models")
    dialog = window.fetching.dialog
    window.fetching.get("mmaudio-large-44k-v2")
    wait(lambda: dialog.isVisible(), least_s=0.5)
    keep(dialog, "models")
    dialog.rows["mmaudio-large-44k-v2"].terms.no.click()
    dialog.close()


def overview(home: Path) -> None:
    from foleydesk.cli import main as command

    clip = DOCS.parent / "resources" / "demo" / "bunny.mp4"
    command(["generate", str(clip), "--prompt", "footsteps on grass", "--seed", "3", "--out", str(home / "made")])
    shutil.copyfile(home / "made" / "overview.png", OUT / "overview.png")
    slim(OUT / "overview.png")


if __name__ == "__main__":
    main()
