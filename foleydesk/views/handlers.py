"""What each action of the window does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from engine.spec import Refused
from foleydesk.document.edits import SetTrack
from foleydesk.studio.abilities import abilities_of
from foleydesk.studio.opening import SUFFIX, demo_target
from foleydesk.views.handling.clips import ClipHandling
from foleydesk.views.handling.comparing import CompareHandling
from foleydesk.views.handling.lanes import LaneHandling
from foleydesk.views.handling.lists import ListHandling
from foleydesk.views.handling.playing import PlayHandling
from foleydesk.views.wording import edit_words, tr, words_of

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow

FILMS = "Videos and projects (*.mp4 *.mov *.mkv *.webm *.avi *.m4v *.mpg *.mxf project.json);;All files (*)"
SOUNDS = "Sounds (*.wav *.flac *.aif *.aiff *.mp3 *.ogg *.opus *.m4a *.bwf);;All files (*)"
ZOOM = 1.5
NEED_PROJECT = (
    "save", "export_mix", "export_video", "mark_in", "mark_out", "generate", "train", "zoom_in", "zoom_out", "fit_all",
    "prompt",
)  # fmt: skip
NEED_CUE = ("remove_cue", "find_events", "events_auto", "fit_cue", "select_in", "select_out")
NEED_REFERENCE = ("reference_hear", "reference_clear")


class Handlers(ClipHandling, LaneHandling, PlayHandling, CompareHandling, ListHandling):
    """One method an action, of the action's name; `do` calls it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.studio = window.studio

    def do(self, action_id: str) -> None:
        """Candidates are numbered, everything else has a method."""
        name, _, last = action_id.rpartition("_")
        if name == "candidate":
            self.hear_number(int(last))
        else:
            getattr(self, action_id)()
        self.window.menus.refresh()

    def can(self, action_id: str) -> bool:
        """Whether it would do anything now."""
        asked = (self.can_clips, self.can_lanes, self.can_play, self.can_compare)
        for can in asked:
            if (found := can(action_id)) is not None:
                return found
        if (answer := self.can_lists(action_id)) is not None:
            return answer
        studio = self.studio
        if action_id in NEED_PROJECT:
            return studio.project is not None
        if action_id in NEED_CUE:
            return studio.cue is not None
        if action_id == "remove":
            timeline = self.window.timeline
            return bool(self._clips()) or timeline.events.chosen is not None or timeline.ruler.chosen is not None
        if action_id in ("undo", "redo"):
            return bool(studio.desk and getattr(studio.desk, f"can_{action_id}"))
        if action_id in NEED_REFERENCE:
            return studio.cue is not None and studio.cue.reference is not None
        if action_id in ("reference", "reference_take", "vary", "anew"):
            return self._can_begin(action_id)
        if action_id in ("mark_clear", "add_cue"):
            marked = studio.project is not None and studio.project.marks is not None
            return marked or (action_id == "mark_clear" and studio.region is not None)
        if action_id in ("next_cue", "previous_cue"):
            return bool(studio.project and studio.project.cues)
        return True

    def _can_begin(self, action_id: str) -> bool:
        """Whether there is something to be like, or to begin with."""
        studio = self.studio
        if studio.project is None or studio.cue is None:
            return False
        follows = abilities_of(studio.project.model).reference
        there = self.window.choosing.base() is not None
        return {
            "reference": follows,
            "reference_take": follows and there,
            "vary": there,
            "anew": there and studio.region is not None,
        }[action_id]

    def undo_words(self) -> tuple[str, str]:
        """What undo and redo would take back or bring back."""
        desk = self.studio.desk
        undo, redo = (edit_words(desk.undo_text), edit_words(desk.redo_text)) if desk else ("", "")
        return f"{words_of('undo')} {undo}".strip(), f"{words_of('redo')} {redo}".strip()

    # File

    def open(self) -> None:
        start = str(self.studio.folder.path.parent) if self.studio.folder else ""
        path, _ = QFileDialog.getOpenFileName(self.window, tr("Handlers", "Open a video or project"), start, FILMS)
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> None:
        self.studio.open_soon(path)

    def open_demo(self) -> None:
        try:
            target = demo_target()
        except Refused as refusal:
            self.window.message.refuse(str(refusal))
            return
        if self.window.open(target):
            self.window.hints.show()

    def save(self) -> None:
        self.studio.save(aloud=True)

    def export_mix(self) -> None:
        self._export(tr("Handlers", "Export the mix"), "WAV (*.wav)", ".wav")

    def export_video(self) -> None:
        self._export(tr("Handlers", "Export the video"), "MP4 (*.mp4);;QuickTime (*.mov)", ".mp4")

    def _export(self, title: str, kinds: str, suffix: str) -> None:
        folder, project = self.studio.folder, self.studio.project
        if folder is None or project is None:
            return
        suggestion = str(folder.path.parent / f"{folder.path.name.removesuffix(SUFFIX)} sounded{suffix}")
        path, _ = QFileDialog.getSaveFileName(self.window, title, suggestion, kinds)
        if path:
            out = Path(path) if Path(path).suffix else Path(path + suffix)
            export = self.studio.delivering.mix if suffix == ".wav" else self.studio.delivering.video
            export(project, folder.path, out)

    def quit(self) -> None:
        self.window.close()

    # Edit

    def undo(self) -> None:
        self.window.choosing.undo()

    def redo(self) -> None:
        self.window.choosing.redo()

    def remove(self) -> None:
        timeline = self.window.timeline
        if timeline.events.chosen is not None:
            timeline.events.remove()
        elif timeline.ruler.chosen is not None:
            self.remove_marker()
        else:
            self.remove_clips()

    def set_track(self, track: str, gain_db: float, mute: bool, solo: bool) -> None:
        self.studio.do(SetTrack(track, gain_db=gain_db, mute=mute, solo=solo))

    def preferences(self) -> None:
        self.window.settling.open_preferences()

    def shortcuts(self) -> None:
        self.window.settling.open_shortcuts()

    # Cue

    def mark_in(self) -> None:
        at, marks, media = self.studio.listening.position(), self.studio.span, self.studio.project.media
        self.studio.mark(at, marks.end if marks and marks.end > at else media.length)

    def mark_out(self) -> None:
        at, marks = self.studio.listening.position(), self.studio.span
        self.studio.mark(marks.start if marks and marks.start <= at else 0, at + 1)

    def mark_clear(self) -> None:
        self.studio.clear_marks()

    def select_in(self) -> None:
        at, region, cue = self.studio.listening.position(), self.studio.region, self.studio.cue
        if cue is not None:
            self.studio.select(at, region.end if region and region.end > at else cue.end)

    def select_out(self) -> None:
        at, region, cue = self.studio.listening.position(), self.studio.region, self.studio.cue
        if cue is not None:
            self.studio.select(region.start if region and region.start < at else cue.start, at)

    def add_cue(self) -> None:
        self.studio.add_cue()
        self.prompt()

    def next_cue(self) -> None:
        self.studio.step_cue(1)

    def previous_cue(self) -> None:
        self.studio.step_cue(-1)

    def remove_cue(self) -> None:
        self.studio.remove_cue()

    def find_events(self) -> None:
        self.studio.find_events()

    def events_auto(self) -> None:
        self.studio.set_events(None)

    def reference(self) -> None:
        start = str(self.studio.folder.path.parent) if self.studio.folder else ""
        title = tr("Handlers", "Choose a sound to be like")
        path, _ = QFileDialog.getOpenFileName(self.window, title, start, SOUNDS)
        if path:
            self.studio.referring.choose(Path(path))

    def reference_take(self) -> None:
        candidate = self.window.choosing.base()
        if candidate is not None:
            self.studio.referring.choose_take(candidate)

    def reference_hear(self) -> None:
        cue = self.studio.cue
        if cue is not None and cue.reference is not None:
            self.studio.listening.hear_file(cue.reference.path)

    def reference_clear(self) -> None:
        self.studio.referring.clear()

    # Generate

    def prompt(self) -> None:
        self.window.prompt.prompt.setFocus()
        self.window.prompt.prompt.selectAll()

    def generate(self) -> None:
        self.window.choosing.generate()

    def vary(self) -> None:
        self.window.open_variation()

    def anew(self) -> None:
        self.window.choosing.make_anew()

    def cancel(self) -> None:
        studio = self.studio
        if not any(part.cancel() for part in (studio.learning, studio.delivering, studio.making, studio.stocking)):
            self.window.message.hide()

    def models(self) -> None:
        self.window.fetching.open()

    # Train, view, help

    def train(self) -> None:
        self.studio.train()
        self.window.show_work()

    def zoom_in(self) -> None:
        self.window.timeline.zoom(ZOOM)

    def zoom_out(self) -> None:
        self.window.timeline.zoom(1 / ZOOM)

    def fit_cue(self) -> None:
        self.window.timeline.axis.fit(self.studio.span)

    def fit_all(self) -> None:
        self.window.timeline.axis.fit()

    def full_screen(self) -> None:
        full = not self.window.isFullScreen()
        self.window.showFullScreen() if full else self.window.showNormal()
        self.window.menus.check("full_screen", full)

    def theme(self) -> None:
        self.window.settling.turn_theme()

    def palette(self) -> None:
        self.window.settling.open_palette()

    def hints(self) -> None:
        self.window.hints.setVisible(not self.window.hints.isVisible())

    def about(self) -> None:
        self.window.message.say("Foleydesk sounds silent film on your own machine; its code is Apache-2.0.")
