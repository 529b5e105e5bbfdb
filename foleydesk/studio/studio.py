"""The open project, and what can be done with it. Views ask here; every refusal comes back as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.media.probe import MediaInfo
from engine.spec import SAMPLE_RATE, Event, EventCurve, Refused, Span, Suggestion
from foleydesk.document.desk import Desk
from foleydesk.document.edits import AddCue, ChangeCue, Edit, OpenMedia, RemoveCue, SetEvents, SetMarks
from foleydesk.document.ids import new_id
from foleydesk.document.project import Cue, Project
from foleydesk.document.timebase import Rate
from foleydesk.storage.folder import PICKS, ProjectFolder
from foleydesk.studio.abilities import abilities_of
from foleydesk.studio.curves import read_curves, write_curves
from foleydesk.studio.delivering import Delivering
from foleydesk.studio.going import Going
from foleydesk.studio.learning import Learning, newest_adapter_time
from foleydesk.studio.listening import Listening
from foleydesk.studio.making import Making
from foleydesk.studio.opening import PROJECT_FILE, is_project, media_of, open_target
from foleydesk.studio.pictures import Pictures
from foleydesk.studio.queueing import Queueing
from foleydesk.studio.referring import Referring
from foleydesk.studio.relinking import Relinking
from foleydesk.studio.stocking import Stocking
from foleydesk.studio.suggesting import Suggesting
from foleydesk.workers.probe_thread import ProbeThread
from foleydesk.workers.save_thread import SaveThread

JOBS_FILE = "jobs.json"
WHOLE_S = 30.0
"""A picture no longer than this is scored as a whole when nothing is marked."""
SHORTEST_REGION = SAMPLE_RATE // 50
"""Less than 20 ms is a slip of the hand, not a part of a sound."""


def refusing(method: Callable[..., Any]) -> Callable[..., Any]:
    """What the method refuses is said in the message bar; it then gives None."""

    @wraps(method)
    def asked(self: Studio, *given: Any, **named: Any) -> Any:
        try:
            return method(self, *given, **named)
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return None

    return asked


class Studio(QObject):
    """One project at a time."""

    opened = Signal()
    missing = Signal(str)
    """The picture of the project that was just opened is not where it was."""
    changed = Signal(object, object)
    """The project, and what it was before."""
    cue_changed = Signal()
    region_changed = Signal()
    work_changed = Signal()
    curve_found = Signal(str)
    said = Signal(str)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.folder: ProjectFolder | None = None
        self.desk: Desk | None = None
        self.cue_id: str | None = None
        self.draft = ""
        """The prompt of a cue that is not there yet."""
        self.region: Span | None = None
        """The part of the chosen cue that is selected, in samples of the medium."""
        self.curves: dict[str, EventCurve] = {}
        self._training: tuple[Path, int | None] | None = None
        self.pictures = Pictures(self)
        self.making = Making(self)
        self.listening = Listening(self)
        self.learning = Learning(self)
        self.suggesting = Suggesting(self, self.making)
        self.referring = Referring(self)
        self.delivering = Delivering(self)
        self.stocking = Stocking(self)
        self.queueing = Queueing(self)
        self.relinking = Relinking(self)
        self.saver = SaveThread(self)
        self._aloud = False
        self.saver.saved.connect(self._saved)
        self.saver.failed.connect(self._not_saved)
        self.prober = ProbeThread(self)
        self.prober.probed.connect(self._probed)
        self.prober.failed.connect(lambda path, says: self.refused.emit(says))
        self.making.spotted.connect(self._spotted)
        self.making.changed.connect(self.work_changed)
        self.making.unloaded.connect(self._device_is_free)
        for part in (self.pictures, self.making, self.listening, self.delivering, self.learning):
            part.failed.connect(self.refused)

    @property
    def project(self) -> Project | None:
        return self.desk.project if self.desk else None

    @property
    def rate(self) -> Rate | None:
        project = self.project
        return project.rate if project and project.media and project.media.rate else None

    @property
    def cue(self) -> Cue | None:
        project = self.project
        return next((cue for cue in project.cues if cue.id == self.cue_id), None) if project else None

    @property
    def span(self) -> Span | None:
        """What is worked on: the chosen cue's span, or the marks."""
        cue = self.cue
        if cue is not None:
            return cue.span
        return self.project.marks if self.project else None

    @property
    def whole(self) -> Span | None:
        """All of a picture that is short enough to be scored at once."""
        media = self.project.media if self.project else None
        return Span(0, media.length) if media and media.length <= WHOLE_S * SAMPLE_RATE else None

    def number(self, cue_id: str) -> str:
        """Two figures by the cue's place in time."""
        cues = sorted(self.project.cues, key=lambda cue: (cue.start, cue.end)) if self.project else []
        return next((f"{i:02d}" for i, cue in enumerate(cues, 1) if cue.id == cue_id), "--")

    @refusing
    def open(self, target: Path, info: MediaInfo | None = None) -> bool:
        """Open a project or a video; the project before stays open when that is refused.

        `info`: what the video was found to be, where somebody has looked already.
        """
        if self._relinked(target, info):
            return True
        folder = open_target(target, info)
        self.close()
        self._take(folder)
        return True

    def open_soon(self, target: Path) -> None:
        """The same, with the look at the video on a thread of its own, so that the window goes on."""
        if is_project(target):
            self.open(target)
        else:
            self.prober.look(target)

    def _probed(self, path: str, info: MediaInfo) -> None:
        if path == self.prober.asked:
            self.open(Path(path), info)

    def _relinked(self, target: Path, info: MediaInfo | None) -> bool:
        """The picture that the open project misses has been found again."""
        media = self.project.media if self.project else None
        if media is None or Path(media.path).exists() or not target.is_file() or target.name == PROJECT_FILE:
            return False
        found = media_of(target, info)
        if found.hash != media.hash or self.folder is None:
            return False
        self.do(OpenMedia(replace(media, path=found.path)))
        self.pictures.open(Path(found.path), self.folder.cache)
        self.said.emit(f"The picture is here again: {found.path}.")
        return True

    def _take(self, folder: ProjectFolder) -> None:
        self.folder, self.desk = folder, folder.desk()
        self.desk.subscribe(self._project_changed)
        self.cue_id = folder.project.cues[0].id if folder.project.cues else None
        self.curves = read_curves(folder.cache, folder.project)
        self.making.open(folder.path / JOBS_FILE, folder.takes_of)
        media = folder.project.media
        self._hear()
        self.opened.emit()
        if media is not None and Path(media.path).exists():
            self.pictures.open(Path(media.path), folder.cache)
        elif media is not None:
            self.missing.emit(media.path)
        if folder.recovered:
            self.said.emit("The program ended without saving; everything up to its last moment is here again.")
        self.relinking.look()

    def close(self) -> None:
        """Let the project go. What is not saved stays in its journal."""
        if self.folder is None:
            return
        self.saver.finish()
        self.listening.pause()
        self.listening.compare("", None, None, self.folder.path)
        self.listening.seek(0)
        self.pictures.close()
        self.making.close()
        self.folder.close()
        self.folder = self.desk = self.cue_id = None
        self._set_region(None)

    @refusing
    def save(self, aloud: bool = False) -> bool:
        """Begin to write the project whole. `changed` follows when it is on the disk, or a refusal.

        `aloud`: a sentence says where.
        """
        folder, desk = self._open_project()
        desk.seal()
        self._aloud = self._aloud or aloud
        self.saver.save(folder.saving(desk.project))
        return True

    def _saved(self, job: str, project: Project) -> None:
        folder, desk = self._open_project()
        desk.saved(project)
        if self._aloud and job == self.saver.newest:
            self._aloud = False
            self.said.emit(f"Saved in {folder.path}.")
        self.changed.emit(desk.project, desk.project)

    def _not_saved(self, job: str, says: str) -> None:
        self._aloud = False
        self.refused.emit(says)

    @refusing
    def do(self, edit: Edit) -> bool:
        """Change the project; undoable."""
        self._open_project()[1].do(edit)
        return True

    def choose_cue(self, cue_id: str | None) -> None:
        if cue_id != self.cue_id:
            self.cue_id = cue_id
            self._set_region(None)
            self.cue_changed.emit()

    @refusing
    def select(self, start: int, end: int) -> None:
        """A part of the chosen cue, to make it anew; next to nothing selects nothing."""
        cue = self.cue
        if cue is None:
            raise Refused("Choose a cue first; the selection is a part of it.")
        region = Span(max(start, cue.start), min(end, cue.end))
        self._set_region(region if region.length >= SHORTEST_REGION else None)

    def _set_region(self, region: Span | None) -> None:
        if region != self.region:
            self.region = region
            self.region_changed.emit()

    def mark(self, start: int, end: int) -> None:
        """In and out, at whole frames; a cue begins to be when it is asked for."""
        span = self._whole_frames(start, end)
        if span is not None and self.do(SetMarks(span)):
            self.choose_cue(None)

    def reshape(self, start: int, end: int) -> None:
        """Other ends for the chosen cue, or else for the marks, at whole frames."""
        cue = self.cue
        span = self._whole_frames(start, end)
        if span is None:
            return
        if not (self.do(ChangeCue(cue.id, start=span.start, end=span.end)) if cue else self.do(SetMarks(span))):
            self.cue_changed.emit()
        elif cue is not None:
            self.curves.pop(cue.id, None)
            self.cue_changed.emit()

    def _whole_frames(self, start: int, end: int) -> Span | None:
        """From the frame under `start` to behind the frame under `end`, within the picture."""
        project, rate = self.project, self.rate
        if project is None or rate is None or project.media is None:
            return None
        first = rate.samples_at(rate.frame_at(max(0, start)))
        last = min(project.media.length, rate.samples_at(rate.frame_at(max(0, end - 1)) + 1))
        return Span(first, last) if last > first else None

    def clear_marks(self) -> None:
        """The selection first, then the marks."""
        if self.region is not None:
            self._set_region(None)
            return
        if self.project and self.project.marks is not None:
            self.do(SetMarks(None))

    def say_prompt(self, text: str) -> None:
        cue = self.cue
        if cue is None:
            self.draft = text
        elif cue.prompt != text:
            self.do(ChangeCue(cue.id, prompt=text))

    def take_prompt(self, text: str) -> None:
        """A suggestion that was taken: a step of its own on the way back."""
        if self.desk is not None:
            self.desk.seal()
            self.say_prompt(text)
            self.desk.seal()

    def suggestions(self, writing: bool) -> tuple[Suggestion, ...]:
        """What might be heard in what is marked, where nothing has been said yet; what is not known comes later.

        `writing`: a prompt is about to be written, so that a short picture counts as marked.
        """
        project, span = self.project, self.span or (self.whole if writing else None)
        silent = not (self.cue.prompt if self.cue else self.draft)
        if project is None or project.media is None or span is None or not silent:
            self.suggesting.leave()
            return ()
        if not abilities_of(project.model).suggestions:
            return ()
        return self.suggesting.of(project.media, span, project.model)

    def say_negative(self, text: str) -> None:
        cue = self.cue
        if cue is not None and cue.negative != text:
            self.do(ChangeCue(cue.id, negative=text))

    @refusing
    def add_cue(self) -> Cue | None:
        """A cue from the marks, with the prompt as it stands."""
        _, desk = self._open_project()
        marks = desk.project.marks
        if marks is None:
            raise Refused("Mark in and out first: press I and O, or drag over the picture.")
        cue = Cue(id=new_id(), start=marks.start, end=marks.end, prompt=self.draft)
        desk.do(AddCue(cue))
        self.draft = ""
        self.choose_cue(cue.id)
        return cue

    def remove_cue(self) -> None:
        cue = self.cue
        if cue is not None and self.do(RemoveCue(cue.id)):
            left = self.project.cues if self.project else ()
            self.choose_cue(left[0].id if left else None)

    def set_events(self, events: tuple[Event, ...] | None) -> None:
        """None leaves them to the program again."""
        cue = self.cue
        if cue is not None and cue.events != events:
            self.do(SetEvents(cue.id, events))

    @refusing
    def find_events(self) -> None:
        """Look for what should sound within the chosen cue."""
        _, desk = self._open_project()
        cue, media = self.cue, desk.project.media
        if cue is None or media is None:
            raise Refused("Choose a cue first; its events are found within its span.")
        self.making.spot(media.path, cue.span, cue.id)

    def step_cue(self, by: int) -> None:
        cues = self.project.cues if self.project else ()
        if not cues:
            return
        ids = [cue.id for cue in sorted(cues, key=lambda cue: cue.start)]
        at = ids.index(self.cue_id) + by if self.cue_id in ids else 0
        self.choose_cue(ids[at % len(ids)])

    def going(self) -> Going | None:
        """The work that the status row speaks of: training, then export, then generation, then what is fetched."""
        if self.learning.running and self.learning.progress is not None:
            at = self.learning.progress
            return Going(f"Training · {at.stage.lower()}", at.step, at.steps, at.seconds_left)
        if self.delivering.running and self.delivering.progress is not None:
            at = self.delivering.progress
            return Going(self.delivering.title, at.step, at.steps, at.seconds_left)
        return self.making.going() or self.stocking.going()

    @refusing
    def train(self, steps: int | None = None) -> bool:
        """Free the device, then teach an adapter from the picks of this project."""
        folder, _ = self._open_project()
        if self.learning.running:
            raise Refused("Training runs already; wait for it to end, or cancel it.")
        if self.making.going() is not None:
            raise Refused("Candidates are being made; train when they are done, or cancel them.")
        if not self.fresh_picks(of_all=True):
            raise Refused("There is nothing to learn from yet; compare some candidates and pick one with Enter first.")
        self._training = (folder.path, steps)
        self.making.unload()
        return True

    def _device_is_free(self) -> None:
        wanted, self._training = self._training, None
        if wanted is not None:
            try:
                self.learning.start(*wanted)
            except Refused as refusal:
                self.refused.emit(str(refusal))

    def fresh_picks(self, of_all: bool = False) -> int:
        """Picks since the newest adapter was trained."""
        if self.folder is None or not (self.folder.path / PICKS).exists():
            return 0
        since = "" if of_all else newest_adapter_time()
        return sum(1 for event in self.folder.picks.events() if event.at > since)

    def shutdown(self) -> None:
        """End every thread and process, and let the project go."""
        self.prober.shutdown()
        self.saver.shutdown()
        self.stocking.shutdown()
        self.referring.shutdown()
        self.relinking.shutdown()
        self.listening.shutdown()
        self.learning.shutdown()
        self.delivering.shutdown()
        self.making.shutdown()
        self.pictures.shutdown()
        if self.folder is not None:
            self.folder.close()

    def _open_project(self) -> tuple[ProjectFolder, Desk]:
        if self.folder is None or self.desk is None:
            raise Refused("There is no project open; open or drop a video first.")
        return self.folder, self.desk

    def _project_changed(self, project: Project, earlier: Project) -> None:
        cue = self.cue
        if self.cue_id is not None and cue is None:
            self.choose_cue(None)
        if cue is not None and self.region is not None:
            self.select(self.region.start, self.region.end)
        self._hear()
        self.changed.emit(project, earlier)

    def _hear(self) -> None:
        if self.folder is not None and self.project is not None:
            media = self.project.media
            ends = [clip.start + clip.length for clip in self.project.clips]
            self.listening.show_mix(self.project, self.folder.path, max([media.length if media else 0, *ends]))

    def _spotted(self, cue_id: str, curve: EventCurve) -> None:
        self.curves[cue_id] = curve
        if self.folder is not None:
            write_curves(self.folder.cache, self.curves)
        self.curve_found.emit(cue_id)
