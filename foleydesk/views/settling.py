"""What the user has chosen for every project is put in force: at the start, and whenever it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from engine.audio.pyramid import STEPS_PER_DB, TOP
from engine.spec import Refused
from foleydesk.document.edits import ChangeProject
from foleydesk.document.timebase import Unit
from foleydesk.playback.outputs import OutputDevice
from foleydesk.settings import Settings, write_settings
from foleydesk.shortcuts import keys_in_force
from foleydesk.studio.player import SoundSettings
from foleydesk.views.look import dress, meant, theme_in_force
from foleydesk.views.palette import Palette
from foleydesk.views.preferences import PreferencesDialog
from foleydesk.views.shortcut_editor import ShortcutEditor
from foleydesk.views.teaching import use_keys
from foleydesk.views.timeline import colours
from foleydesk.workers.output_thread import OutputThread

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow

AGAIN = ("language", "scale")
"""What holds from the next start on."""


class Settling(QObject):
    """Dialogs are made when they are first wanted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self._preferences: PreferencesDialog | None = None
        self._shortcuts: ShortcutEditor | None = None
        self._palette: Palette | None = None
        self._was_making = False
        self.began = window.kept
        """What was in force when the window began."""
        self.anew = False
        """Whether the program shall begin anew when the window has closed, and on which project."""
        self.anew_on: Path | None = None
        self._outputs = OutputThread(self)
        self._outputs.found.connect(lambda _, devices: self._outputs_found(devices))
        window.closing.connect(self._outputs.shutdown)
        window.studio.work_changed.connect(self._work_changed)
        self._autosave = QTimer(self)
        self._autosave.timeout.connect(self.autosave)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def begin(self) -> None:
        """Put everything in force as it was kept."""
        self._put_in_force(self.window.kept, None)

    def change(self, **said: Any) -> None:
        """Keep these settings and put them in force at once."""
        before = self.window.kept
        self.window.kept = replace(before, **said)
        try:
            write_settings(self.window.kept)
        except Refused as refusal:
            self.window.message.refuse(str(refusal))
        self._put_in_force(self.window.kept, before)
        if self._preferences is not None:
            self._preferences.show_waiting(self.waits)

    @property
    def waits(self) -> bool:
        """Whether something was chosen that holds from the next start on."""
        return any(getattr(self.window.kept, name) != getattr(self.began, name) for name in AGAIN)

    def restart(self) -> None:
        """Save, close, and let the program begin anew on the same project."""
        studio = self.window.studio
        if studio.folder is not None:
            if studio.desk is not None and studio.desk.dirty:
                studio.save()
            self.anew_on = studio.folder.path
        self.anew = True
        self.window.close()

    def open_preferences(self) -> None:
        if self._preferences is None:
            self._preferences = PreferencesDialog(self.window)
            self._preferences.said.connect(lambda name, value: self.change(**{name: value}))
            self._preferences.restart_wanted.connect(self.restart)
            self._preferences.shortcuts_wanted.connect(self.open_shortcuts)
            self._preferences.memory_wanted.connect(self.window.studio.making.unload)
            self._preferences.time_chosen.connect(lambda unit: self.window.studio.do(ChangeProject(unit=Unit(unit))))
        self._preferences.show_settings(self.window.kept)
        self._preferences.show_waiting(self.waits)
        self._show_time()
        self._outputs.look()
        self._preferences.show_outputs([device.name for device in self.window.studio.listening.outputs()])
        _to_front(self._preferences)

    def _show_time(self) -> None:
        project = self.window.studio.project
        if self._preferences is not None:
            units = [(unit, self._preferences.unit_words(unit)) for unit in Unit] if project is not None else []
            self._preferences.show_time(units, project.unit if project is not None else None)

    def _outputs_found(self, devices: Sequence[OutputDevice]) -> None:
        if self._preferences is not None:
            self._preferences.show_outputs([device.name for device in devices])

    def open_shortcuts(self) -> None:
        if self._shortcuts is None:
            self._shortcuts = ShortcutEditor(self.window)
            self._shortcuts.said.connect(lambda preset, own: self.change(preset=preset, keys=own))
        self._shortcuts.show_keys(self.window.kept.preset, self.window.kept.keys)
        _to_front(self._shortcuts)

    def open_palette(self) -> None:
        if self._palette is None:
            self._palette = Palette(self.window)
            self._palette.chosen.connect(self.window.handlers.do)
        self._palette.open_over(self.window, self.window.handlers)

    def forget_recent(self) -> None:
        self.change(recent=())
        self.window.menus.show_recent(())

    def turn_theme(self) -> None:
        """From dark to light, and back."""
        self.change(theme="light" if theme_in_force() == "dark" else "dark")

    def autosave(self) -> None:
        """Write the project whole when it is not; every single edit is in its journal already."""
        studio = self.window.studio
        if studio.desk is not None and studio.desk.dirty and not studio.saver.busy:
            studio.save()

    def _work_changed(self) -> None:
        """A job has ended: the memory is wanted back where models are not to stay in it."""
        making = bool(self.window.studio.making.busy_cues())
        if self._was_making and not making and not self.window.kept.keep_models:
            self.window.studio.making.unload()
        self._was_making = making

    def _put_in_force(self, now: Settings, before: Settings | None) -> None:
        def new(*names: str) -> bool:
            return before is None or any(getattr(now, name) != getattr(before, name) for name in names)

        window = self.window
        if new("theme"):
            self._dress(now.theme)
        if new("preset", "keys"):
            keys = keys_in_force(now.preset, now.keys)
            window.menus.use_keys(keys)
            use_keys(keys, [window, *QApplication.allWidgets()])
            window.show_keys()
        if new("colours", "floor_db", "ceiling_db"):
            colours.use(now.colours)
            window.timeline.sound.levels = (level(now.floor_db), level(now.ceiling_db))
            window.timeline.canvas.again()
            window.show_candidates()
        if new("autosave_s"):
            self._autosave.start(1000 * max(10, now.autosave_s))
        self._serve(now, new)

    def _serve(self, now: Settings, new: Any) -> None:
        """What the services behind the window are told."""
        if new("audio_output", "audio_late_ms", "preroll_s"):
            sound = SoundSettings(now.audio_output, now.audio_late_ms, now.preroll_s)
            self.window.studio.listening.use(sound)
        if new("precision"):
            choosing = self.window.choosing
            choosing.settings = replace(choosing.settings, precision=now.precision)
        if new("device"):
            self.window.studio.making.use(now.device)

    def _dress(self, theme: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and meant(theme) != theme_in_force():
            dress(app, theme)
            self.window.timeline.canvas.again()

    def _system_changed(self) -> None:
        if self.window.kept.theme == "system":
            self._dress("system")


def level(db: int) -> int:
    """A level of a mel pyramid, of decibels below full scale."""
    return max(0, min(TOP, TOP + STEPS_PER_DB * db))


def _to_front(dialog: Any) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
