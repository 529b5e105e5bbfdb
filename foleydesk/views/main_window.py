"""The window on a studio: what the studio says is shown, what the hand does is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, QTimer

from engine.spec import Refused
from foleydesk.document.edits import ChooseModel
from foleydesk.document.project import DEFAULT_MODEL, Project
from foleydesk.settings import read_settings, write_settings
from foleydesk.studio.choosing import Choosing
from foleydesk.studio.learning import installed_models, trained_adapters
from foleydesk.studio.recipes import Settings
from foleydesk.studio.sights import Sights
from foleydesk.studio.studio import Studio
from foleydesk.views import showing
from foleydesk.views.candidate_wiring import CandidateWiring
from foleydesk.views.carrying import Carrying
from foleydesk.views.cue_wiring import CueWiring
from foleydesk.views.fetching import Fetching
from foleydesk.views.handlers import Handlers
from foleydesk.views.list_wiring import ListWiring
from foleydesk.views.menus import Menus
from foleydesk.views.play_wiring import PlayWiring
from foleydesk.views.settling import Settling
from foleydesk.views.sounding_wiring import SoundingWiring
from foleydesk.views.teaching import with_keys
from foleydesk.views.timecode import code
from foleydesk.views.timeline.wiring import TimelineWiring
from foleydesk.views.window import Window

QUIET_MS = 3000
"""Settings are written when opening is over: the disk may be slow."""


class MainWindow(Window):
    """Owns the studio, and ends it when it closes."""

    def __init__(self, studio: Studio | None = None) -> None:
        super().__init__()
        self.studio = studio or Studio()
        self.choosing = Choosing(self.studio)
        self.kept = read_settings()
        self.choosing.settings = Settings(
            steps=self.kept.steps,
            guidance=self.kept.guidance,
            guidances=self.kept.guidances,
            candidates=self.kept.candidates,
        )
        self.choosing.blind = self.kept.blind
        self.sights = Sights(Path())
        self._offered = ""
        """The adapter that the message bar offers."""
        self.fetching = Fetching(self)
        self.handlers = Handlers(self)
        self.menus = Menus(self, self.handlers)
        self.menus.show_recent(self.kept.recent)
        self.lanes = TimelineWiring(self)
        self.lists = ListWiring(self)
        self.sounding = SoundingWiring(self)
        self.cards = CandidateWiring(self)
        self.spotted = CueWiring(self)
        self.playing = PlayWiring(self)
        self.settling = Settling(self)
        self.carrying = Carrying(self)
        self._join_studio()
        self._join_views()
        self.show_models()
        self.show_all()
        self.settling.begin()

    def open(self, target: Path) -> bool:
        """Open a project or a video; False, with a sentence in the message bar, when that is refused."""
        return bool(self.studio.open(target))

    def _join_studio(self) -> None:
        studio, listening = self.studio, self.studio.listening
        studio.opened.connect(self._opened)
        studio.missing.connect(self._picture_missing)
        studio.changed.connect(self._changed)
        studio.said.connect(self.message.say)
        studio.refused.connect(self.message.refuse)
        studio.work_changed.connect(self.show_work)
        studio.pictures.frame.connect(lambda image, at: self.viewer.show_frame(image))
        studio.making.device.connect(self.status.show_device)
        self.choosing.picked.connect(self.show_picks)
        listening.moved.connect(self._moved)
        listening.playing_changed.connect(self._playing_changed)
        for part in (studio.learning, studio.delivering):
            part.progressed.connect(self.show_work)
        studio.learning.finished.connect(self._trained)
        studio.learning.ended.connect(self.show_work)
        studio.delivering.finished.connect(self.message.say)
        studio.delivering.ended.connect(self.show_work)

    def _join_views(self) -> None:
        wishes = self.timeline.wishes
        wishes.seek.connect(self.studio.listening.seek)
        wishes.mark.connect(self.studio.mark)
        wishes.reshape.connect(self.studio.reshape)
        wishes.chosen.connect(self.menus.refresh)
        wishes.events.connect(self.studio.set_events)
        self.cues.inspector.settings_changed.connect(self._settings_said)
        self.viewer.resized.connect(self._viewer_resized)
        self.prompt.asked.connect(self.handlers.do)
        self.prompt.count_chosen.connect(self._count_said)
        self.header.model_chosen.connect(self._model_said)
        self.header.missing_chosen.connect(self.fetching.offer)
        self.header.models_wanted.connect(self.fetching.open)
        self.status.cancel.connect(self.handlers.cancel)
        self.status.train.connect(self.handlers.train)
        self.dropped.connect(lambda path: self.studio.open_soon(Path(path)))
        self.message.acted.connect(self._use_offered)
        self.message.wished.connect(self.handlers.do)
        self.closing.connect(self._keep_settings)
        self.closing.connect(self.studio.shutdown)

    def show_all(self) -> None:
        """Everything anew, from the studio as it is."""
        self.show_time()
        self.sounding.show_strip()
        self.sounding.show_sound()
        self.spotted.show_cues()
        self.lanes.show_all()
        self.show_candidates()
        self.show_work()
        self.show_picks()
        self._settings_shown()
        self._moved(self.studio.listening.position())

    def show_keys(self) -> None:
        """The keys have changed: what names them is said again."""
        self.candidates.show_keys()
        self.show_candidates()
        self.show_work()
        if self.studio.project is None:
            self.viewer.show_note(*self.viewer.invitation())

    def show_time(self) -> None:
        """The picture's length, how its frames are called, and the markers."""
        project = self.studio.project
        media = project.media if project else None
        start = (project.start,) if project else ()
        self.timeline.show_rate(self.studio.rate, media.length if media else 1, *start)
        self.timeline.show_markers(project.markers if project else ())

    def _opened(self) -> None:
        folder = self.studio.folder
        assert folder is not None
        self.sights = Sights(folder.path)
        self.sounding.begin()
        self.viewer.show_frame(None)
        self.viewer.show_note(self.tr("Reading the picture …"))
        self.message.hide()
        self.show_models()
        self.show_all()
        self.spotted.cue_changed()
        self.fetching.check_project()
        self.timeline.axis.fit()
        self._remember(folder.path)
        self.timeline.canvas.setFocus()

    def _picture_missing(self, path: str) -> None:
        self.viewer.show_note(self.tr("The picture is not there"), self.tr("drop it here from where it is now"))
        self.sounding.note_came(self.tr("missing"))

    def _changed(self, project: Project, earlier: Project) -> None:
        """Show what is different, and only that."""
        with self.menus.at_the_end():
            self._show_changes(project, earlier)

    def _show_changes(self, project: Project, earlier: Project) -> None:
        if project.cues != earlier.cues or project.takes != earlier.takes or project.clips != earlier.clips:
            self.spotted.show_cues()
        self.lanes.changed(project, earlier)
        if project.takes != earlier.takes:
            self.choosing.show()
        if (project.start, project.drop) != (earlier.start, earlier.drop):
            self.show_all()
        if project.markers != earlier.markers:
            self.timeline.show_markers(project.markers)
        if (project.model, project.adapter) != (earlier.model, earlier.adapter):
            self.show_models()
            self.spotted.show_reference()
        self.spotted.show_span()
        self.show_header()

    def show_candidates(self) -> None:
        self.cards.show_candidates()

    def open_variation(self) -> None:
        """How far from the candidate that is meant, or from the one that was picked."""
        self.cards.open_variation()

    def show_work(self, progress: object = None) -> None:
        going = self.studio.going()
        if going is None:
            self.status.rest(self.lanes.words() or self.studio.listening.says)
        else:
            self.status.work(going.title, going.step, going.steps, going.seconds_left, going.waiting, going.counted)
        self.prompt.buttons["generate"].setEnabled(self.studio.project is not None and not self.studio.learning.running)
        busy = tuple(self.studio.making.busy_cues())
        if busy != getattr(self, "_busy", ()):
            self._busy = busy
            self.spotted.show_cues()
            self.show_candidates()
        self.cards.say_why_none()

    def show_picks(self) -> None:
        trainable = self.studio.fresh_picks(of_all=True) > 0 and not self.studio.learning.running
        self.status.show_picks(self.studio.fresh_picks(), trainable)

    def show_models(self) -> None:
        project = self.studio.project
        now = (project.model, project.adapter or "") if project else (DEFAULT_MODEL, "")
        self.header.show_models(installed_models(), trained_adapters(), now, self.studio.stocking.missing())

    def show_header(self) -> None:
        studio = self.studio
        name = studio.folder.path.name if studio.folder else ""
        dirty = bool(studio.desk and studio.desk.dirty)
        media = studio.project.media if studio.project else None
        self.header.show_project(name, dirty, showing.format_in_words(media.rate) if media else "")
        self.setWindowTitle(f"{name} – Foleydesk" if name else "Foleydesk")

    def _moved(self, at: int) -> None:
        listening, rate = self.studio.listening, self.studio.rate
        self.timeline.move_to(at, follow=listening.playing)
        if rate is None:
            return
        project = self.studio.project
        words = rate.say(at, project.unit, project.start) if project else code(rate, at)
        self.prompt.show_code(words)
        self.viewer.show_code(words)
        self.studio.pictures.show(at)
        if listening.letter is not None and listening.span is not None:
            share = (at - listening.span.start) / max(1, listening.span.length)
            self.candidates.show_lit(listening.letter, listening.playing, share)

    def _playing_changed(self, playing: bool) -> None:
        self.prompt.show_playing(playing)
        self.cards.letter_changed()
        if playing:
            self.show_work()

    def _viewer_resized(self, pixels: QSize) -> None:
        self.studio.pictures.resize(pixels)

    def _remember(self, project: Path) -> None:
        """First among the recent projects."""
        self.kept = self.kept.with_recent(project)
        self.menus.show_recent(self.kept.recent)
        QTimer.singleShot(QUIET_MS, self, self._keep_settings)

    def _keep_settings(self) -> None:
        now = self.choosing.settings
        self.kept = replace(
            self.kept,
            candidates=now.candidates,
            steps=now.steps,
            guidance=now.guidance,
            guidances=now.guidances,
            blind=self.choosing.blind,
        )
        try:
            write_settings(self.kept)
        except Refused as refusal:
            self.message.refuse(str(refusal))

    def _settings_said(self, said: Settings) -> None:
        self.choosing.settings = said

    def _count_said(self, count: int) -> None:
        self.choosing.settings = replace(self.choosing.settings, candidates=count)
        self._settings_shown()

    def _settings_shown(self) -> None:
        self.cues.inspector.show_settings(self.choosing.settings)
        self.prompt.show_count(self.choosing.settings.candidates)

    def _model_said(self, model: str, adapter: str) -> None:
        if self.studio.project is not None:
            self.studio.do(ChooseModel(model, adapter or None))

    def _trained(self, adapter: str) -> None:
        self.show_models()
        self.show_picks()
        name, says = adapter.replace("-", " ").capitalize(), self.studio.learning.says
        self._offered = adapter
        self.fetching.forget_offer()
        words = with_keys(self.tr("{name} is trained; use it, then press {generate}.").replace("{name}", name))
        self.message.say(f"{words} {says}".strip(), action=self.tr("Use {name}").format(name=name))

    def _use_offered(self) -> None:
        project = self.studio.project
        if self.fetching.use_offered():
            return
        if self._offered and project is not None:
            model = next((model for model, name, _ in trained_adapters() if name == self._offered), project.model)
            self._model_said(model, self._offered)
            self.message.hide()
