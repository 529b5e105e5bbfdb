"""What is chosen holds at once, is kept, and comes back with the next window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QSpinBox

from foleydesk.document.timebase import Unit
from foleydesk.restarting import command, surroundings
from foleydesk.settings import Settings, read_settings
from foleydesk.storage.snapshot import read_snapshot
from foleydesk.views.look import TONES, theme_in_force
from foleydesk.views.main_window import MainWindow
from foleydesk.views.preferences import PreferencesDialog
from foleydesk.views.themes import THEMES
from foleydesk.views.timeline import colours


@pytest.fixture
def dialog(window: MainWindow):
    window.handlers.do("preferences")
    made = window.settling._preferences
    assert made is not None and made.isVisible()
    yield made
    window.settling.change(theme="dark", colours="inferno")


def choose(dialog: PreferencesDialog, name: str, value: object) -> None:
    box = dialog.controls[name]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_the_theme_turns_at_once_and_stays(dialog: PreferencesDialog) -> None:
    choose(dialog, "theme", "light")
    assert theme_in_force() == "light" and THEMES["light"]["panel"] == TONES["panel"]
    assert read_settings().theme == "light"
    choose(dialog, "theme", "dark")
    assert TONES["panel"] == THEMES["dark"]["panel"]


def test_spectrograms_change_colours_and_range(window: MainWindow, dialog: PreferencesDialog) -> None:
    choose(dialog, "colours", "cividis")
    spin = dialog.controls["floor_db"]
    assert isinstance(spin, QSpinBox)
    spin.setValue(-60)
    assert colours.in_force() == "cividis"
    assert window.timeline.sound.levels == (255 - 120, 225)
    assert (read_settings().colours, read_settings().floor_db) == ("cividis", -60)


def test_every_map_rises_in_lightness() -> None:
    for name in colours.MAPS:
        table = colours.coloured(0, 255, name)
        light = [0.2126 * (c >> 16 & 255) + 0.7152 * (c >> 8 & 255) + 0.0722 * (c & 255) for c in table]
        assert all(b >= a - 0.8 for a, b in zip(light, light[1:], strict=False)), name
        assert light[0] < 12 and light[-1] > 190


def test_every_control_shows_what_is_kept(dialog: PreferencesDialog) -> None:
    kept = Settings(theme="light", language="de", scale=150, device="cpu", keep_models=False, autosave_s=60)
    dialog.show_settings(kept)
    for name, control in dialog.controls.items():
        said = control.currentData() if isinstance(control, QComboBox) else None
        assert said is None or said == getattr(kept, name), name
    assert read_settings() == Settings() or read_settings().theme == "dark", "showing keeps nothing"


def test_a_device_that_is_not_there_stays_chosen(dialog: PreferencesDialog) -> None:
    dialog.show_settings(Settings(audio_output="Headphones"))
    dialog.show_outputs(["Speakers"])
    box = dialog.controls["audio_output"]
    assert isinstance(box, QComboBox)
    assert box.currentData() == "Headphones" and "not there" in box.currentText()


def test_the_next_window_is_as_the_last_was_left(make_window: Callable[[], MainWindow]) -> None:
    first = make_window()
    first.settling.change(autosave_s=30, colours="grey")
    first.close()
    second = make_window()
    assert second.kept.autosave_s == 30 and colours.in_force() == "grey"
    second.settling.change(colours="inferno")


def test_a_changed_project_is_saved_by_itself(window: MainWindow, film, qtbot) -> None:
    assert window.open(film)
    window.studio.mark(60_000, 100_000)
    window.studio.add_cue()
    assert window.studio.desk is not None and window.studio.desk.dirty
    window.settling.autosave()
    qtbot.waitUntil(lambda: not window.studio.desk.dirty, timeout=60_000)
    assert window.studio.folder is not None
    assert read_snapshot(window.studio.folder.path / "project.json").project.cues


def test_time_is_written_as_the_project_says(window: MainWindow, film) -> None:
    window.handlers.do("preferences")
    dialog = window.settling._preferences
    assert dialog is not None and not dialog.time.isEnabled()
    assert window.open(film)
    window.handlers.do("preferences")
    assert dialog.time.isEnabled() and dialog.time.currentData() == Unit.TIME_CODE
    dialog.time.setCurrentIndex(dialog.time.findData(Unit.FRAMES))
    dialog.time.activated.emit(dialog.time.currentIndex())
    assert window.studio.project is not None and window.studio.project.unit is Unit.FRAMES


def test_devices_are_looked_for_beside_the_window(window: MainWindow, qtbot) -> None:
    window.handlers.do("preferences")
    with qtbot.waitSignal(window.settling._outputs.found, timeout=60_000):
        window.settling._outputs.look()


def test_the_run_up_and_the_lateness_are_heard_at_once(window: MainWindow) -> None:
    window.settling.change(audio_late_ms=120, preroll_s=0.5)
    assert window.studio.listening.settings.late_ms == 120
    assert window.studio.listening.settings.preroll_s == 0.5


def test_precision_is_asked_for_from_the_next_sound_on(window: MainWindow) -> None:
    assert window.choosing.settings.precision == "fast"
    window.handlers.do("preferences")
    choose(window.settling._preferences, "precision", "exact")
    assert window.choosing.settings.precision == "exact"
    assert read_settings().precision == "exact"


def test_what_holds_from_the_next_start_on_offers_to_begin_anew(window: MainWindow, film: Path) -> None:
    assert window.open(film)
    window.studio.mark(60_000, 100_000)
    window.studio.add_cue()
    folder = window.studio.folder.path
    window.handlers.do("preferences")
    dialog = window.settling._preferences
    choose(dialog, "theme", "dark")
    assert not dialog.restart.isVisible()
    choose(dialog, "scale", 150)
    assert dialog.restart.isVisible()
    choose(dialog, "scale", 100)
    assert not dialog.restart.isVisible(), "nothing waits any more"
    choose(dialog, "language", "de")
    dialog.restart.click()
    assert not window.isVisible() and window.settling.anew and window.settling.anew_on == folder
    assert read_snapshot(folder / "project.json").project.cues, "it was saved"
    assert read_settings().language == "de"


def test_the_next_start_has_the_project_and_not_the_size_of_this_one() -> None:
    assert command(Path("A film.foley"))[1:] == ["-m", "foleydesk", "A film.foley"] and len(command(None)) == 3
    assert surroundings({"QT_SCALE_FACTOR": "1.5", "HOME": "/h"}, 150) == {"HOME": "/h"}
    assert surroundings({"QT_SCALE_FACTOR": "1.2"}, 150) == {"QT_SCALE_FACTOR": "1.2"}, "the user's own stays"
