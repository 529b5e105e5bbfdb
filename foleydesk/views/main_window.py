"""The window on a studio: what the studio says is shown, what the hand does is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from engine.audio.pyramid import HOP
from engine.spec import Candidate, Refused
from foleydesk.document.edits import ChooseModel
from foleydesk.document.project import DEFAULT_MODEL, Project
from foleydesk.settings import read_settings, write_settings
from foleydesk.studio.abilities import abilities_of
from foleydesk.studio.choosing import Choosing
from foleydesk.studio.learning import installed_models, trained_adapters
from foleydesk.studio.recipes import Settings
from foleydesk.studio.sights import Sights
from foleydesk.studio.studio import Studio
from foleydesk.views import showing
from foleydesk.views.card import Beside
from foleydesk.views.carrying import Carrying
from foleydesk.views.fetching import Fetching
from foleydesk.views.handlers import Handlers
from foleydesk.views.list_wiring import ListWiring
from foleydesk.views.menus import Menus
from foleydesk.views.nothing_made import nothing_made
from foleydesk.views.play_wiring import PlayWiring
from foleydesk.views.settling import Settling
from foleydesk.views.teaching import with_keys
from foleydesk.views.timecode import code
from foleydesk.views.timeline.sound import Sounding
from foleydesk.views.timeline.wiring import TimelineWiring, wave_of_peaks
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
        self._strip: object | None = None
        self._strip_note = ""
        self._source: object | None = None
        self._mix: object | None = None
        self._offered = ""
        """The adapter that the message bar offers."""
        self.fetching = Fetching(self)
        self.handlers = Handlers(self)
        self.menus = Menus(self, self.handlers)
        self.menus.show_recent(self.kept.recent)
        self.lanes = TimelineWiring(self)
        self.lists = ListWiring(self)
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
        studio.cue_changed.connect(self._cue_changed)
        studio.region_changed.connect(self._region_changed)
        studio.suggesting.found.connect(self.show_suggestions)
        studio.curve_found.connect(self.show_events)
        studio.said.connect(self.message.say)
        studio.refused.connect(self.message.refuse)
        studio.work_changed.connect(self.show_work)
        studio.pictures.frame.connect(lambda image, at: self.viewer.show_frame(image))
        studio.pictures.strip.connect(self._strip_came)
        studio.pictures.note.connect(self._note_came)
        studio.pictures.sound.connect(self._source_came)
        studio.making.device.connect(self.status.show_device)
        self.choosing.changed.connect(self.show_candidates)
        self.choosing.picked.connect(self.show_picks)
        listening.mixed.connect(self._mix_came)
        listening.moved.connect(self._moved)
        listening.playing_changed.connect(self._playing_changed)
        listening.letter_changed.connect(self._letter_changed)
        listening.file_changed.connect(self._file_changed)
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
        wishes.select.connect(self._selected)
        wishes.chosen.connect(self.menus.refresh)
        wishes.events.connect(self.studio.set_events)
        self.cues.chosen.connect(self.studio.choose_cue)
        self.cues.activated.connect(lambda cue: self.handlers.fit_cue())
        self.cues.inspector.negative_said.connect(self.studio.say_negative)
        self.cues.inspector.settings_changed.connect(self._settings_said)
        reference = self.cues.inspector.reference
        reference.wanted.connect(self.handlers.reference)
        reference.heard.connect(self.handlers.reference_hear)
        reference.cleared.connect(self.handlers.reference_clear)
        reference.dropped.connect(lambda path: self.studio.referring.choose(Path(path)))
        self.viewer.resized.connect(self._viewer_resized)
        self.candidates.audition.connect(self.studio.listening.hear)
        self.candidates.pick.connect(self.choosing.pick)
        self.candidates.blind.connect(self.choosing.set_blind)
        self.candidates.turned.connect(self.choosing.turn)
        self.candidates.menu_wanted.connect(self._card_menu)
        self.variation.asked.connect(self._vary)
        self.prompt.prompt.taken.connect(self.studio.take_prompt)
        self.prompt.prompt.entered.connect(self.show_suggestions)
        self.prompt.asked.connect(self.handlers.do)
        self.prompt.said.connect(self.studio.say_prompt)
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
        self._show_strip()
        self._show_sound()
        self.show_cues()
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
        self._strip = self._source = self._mix = None
        self._strip_note = self.tr("reading …")
        self.viewer.show_frame(None)
        self.viewer.show_note(self.tr("Reading the picture …"))
        self.message.hide()
        self.show_models()
        self.show_all()
        self._cue_changed()
        self.fetching.check_project()
        self.timeline.axis.fit()
        self._remember(folder.path)
        self.timeline.canvas.setFocus()

    def _picture_missing(self, path: str) -> None:
        self.viewer.show_note(self.tr("The picture is not there"), self.tr("drop it here from where it is now"))
        self._note_came(self.tr("missing"))

    def _changed(self, project: Project, earlier: Project) -> None:
        """Show what is different, and only that."""
        if project.cues != earlier.cues or project.takes != earlier.takes or project.clips != earlier.clips:
            self.show_cues()
        self.lanes.changed(project, earlier)
        if project.takes != earlier.takes:
            self.choosing.show()
        if (project.start, project.drop) != (earlier.start, earlier.drop):
            self.show_all()
        if project.markers != earlier.markers:
            self.timeline.show_markers(project.markers)
        if (project.model, project.adapter) != (earlier.model, earlier.adapter):
            self.show_models()
            self._show_reference()
        self.show_span()
        self._show_header()
        self.menus.refresh()

    def _cue_changed(self) -> None:
        self.show_cues()
        span = self.studio.span
        if self.studio.cue is not None and span is not None and not self.studio.listening.playing:
            self.studio.listening.seek(span.start)

    def show_cues(self) -> None:
        project, rate, cue = self.studio.project, self.studio.rate, self.studio.cue
        rows = showing.cue_rows(project, rate, self.studio.making.busy_cues()) if project and rate else ()
        self.cues.show_cues(rows, cue.id if cue else None)
        title = self.tr("New cue") if self.studio.span else self.tr("No cue")
        if project and cue:
            title = self.tr("Cue {number}").format(number=self.studio.number(cue.id))
        curve = self.studio.curves.get(cue.id) if cue else None
        events = showing.events_in_words(cue, curve)
        self.cues.inspector.show_cue(title, cue.negative if cue else "", events, cue is not None)
        self.lanes.show_cues()
        self.prompt.show_prompt(cue.prompt if cue else self.studio.draft)
        self.candidates.heading.setText(self._candidates_title())
        self._show_reference()
        self.show_span()
        self.show_events()
        self._show_header()
        self.menus.refresh()

    def _show_reference(self) -> None:
        project, cue = self.studio.project, self.studio.cue
        why_not = abilities_of(project.model).no_reference if project else ""
        path = cue.reference.path if cue and cue.reference else ""
        cue_of_take = showing.cue_of_take(project, path) if project else None
        of_cue = self.tr("take of cue {number}")
        name = of_cue.format(number=self.studio.number(cue_of_take)) if cue_of_take else ""
        self.cues.inspector.reference.show_reference(path, why_not, cue is not None, name)

    def show_suggestions(self) -> None:
        field = self.prompt.prompt
        field.suggest(self.studio.suggestions(writing=field.hasFocus()))

    def _selected(self, start: int, end: int) -> None:
        self.studio.select(start, end)
        self._region_changed()

    def _region_changed(self) -> None:
        self.timeline.show_region(self.studio.region)
        self.studio.listening.set_span(self.studio.span, self.studio.region)
        self.menus.refresh()

    def show_span(self) -> None:
        span = self.studio.span
        self.timeline.show_span(span)
        self.studio.listening.set_span(span, self.studio.region)
        self.show_suggestions()

    def show_events(self, cue_id: str = "") -> None:
        cue = self.studio.cue
        if cue_id and (cue is None or cue.id != cue_id):
            return
        curve = self.studio.curves.get(cue.id) if cue else None
        span = cue.span if cue else None
        self.timeline.show_events(showing.events_of(cue, curve), curve, span)
        self.cues.inspector.events.setText(showing.events_in_words(cue, curve))

    def show_candidates(self) -> None:
        listening = self.studio.listening
        shown = []
        for letter in listening.letters():
            candidate = listening.candidate(letter)
            if candidate is not None:
                shown.append((letter, candidate, self.sights.levels(candidate)))
        hidden = self.choosing.hidden
        besides = {letter: self.beside(letter, candidate, hidden) for letter, candidate, _ in shown}
        self.candidates.show_candidates(self._candidates_title(), shown, self.choosing.blind, hidden, besides)
        self.candidates.show_place(*self.choosing.place)
        self._say_why_none()
        self.menus.check("blind", self.choosing.blind)
        self._letter_changed()

    def _candidates_title(self) -> str:
        cue = self.studio.cue
        if cue is None:
            return self.tr("Candidates")
        return self.tr("Candidates · cue {number}").format(number=self.studio.number(cue.id))

    def beside(self, letter: str, candidate: Candidate, hidden: bool) -> Beside:
        """What a card says besides its scores."""
        kept, note = self.choosing.said_of(letter)
        origin = "" if hidden else self.choosing.origin(candidate)
        words = " · ".join(part for part in (self.choosing.revealed(letter), origin) if part)
        return Beside(words, kept, note, self.studio.listening.missing.get(candidate.id, ""))

    def show_work(self, progress: object = None) -> None:
        going = self.studio.going()
        if going is None:
            self.status.rest(self.lanes.words() or self.studio.listening.says or "Ready")
        else:
            self.status.work(going.title, going.step, going.steps, going.seconds_left, going.waiting, going.counted)
        self.prompt.buttons["generate"].setEnabled(self.studio.project is not None and not self.studio.learning.running)
        busy = tuple(self.studio.making.busy_cues())
        if busy != getattr(self, "_busy", ()):
            self._busy = busy
            self.show_cues()
            self.show_candidates()
        self._say_why_none()

    def _say_why_none(self) -> None:
        making, trashed = self.studio.cue_id in self.studio.making.busy_cues(), bool(self.choosing.candidates())
        self.candidates.say_nothing(nothing_made(self.studio.project, self.studio.span, making, trashed))

    def show_picks(self) -> None:
        trainable = self.studio.fresh_picks(of_all=True) > 0 and not self.studio.learning.running
        self.status.show_picks(self.studio.fresh_picks(), trainable)

    def show_models(self) -> None:
        project = self.studio.project
        now = (project.model, project.adapter or "") if project else (DEFAULT_MODEL, "")
        self.header.show_models(installed_models(), trained_adapters(), now, self.studio.stocking.missing())

    def _show_header(self) -> None:
        studio = self.studio
        name = studio.folder.path.name if studio.folder else ""
        dirty = bool(studio.desk and studio.desk.dirty)
        media = studio.project.media if studio.project else None
        self.header.show_project(name, dirty, showing.format_in_words(media.rate) if media else "")
        self.setWindowTitle(f"{name} – Foleydesk" if name else "Foleydesk")

    def _strip_came(self, strip: object) -> None:
        self._strip = strip
        self._show_strip()

    def _note_came(self, note: str) -> None:
        self._strip_note = note
        self._show_strip()

    def _show_strip(self) -> None:
        media = self.studio.project.media if self.studio.project else None
        if media is None:
            self.timeline.show_picture([], [], 0, 16 / 9, "")
            return
        strip = self._strip
        images = showing.images(strip.pictures) if strip else []  # type: ignore[attr-defined]
        times = list(strip.times) if strip else []  # type: ignore[attr-defined]
        note = f"{Path(media.path).name} · {self._strip_note}" if self._strip_note else Path(media.path).name
        self.timeline.show_picture(images, times, media.length, media.width / max(1, media.height), note)

    def _source_came(self, sound: object) -> None:
        self._source = sound
        self._show_sound()

    def _mix_came(self, sight: object) -> None:
        self._mix = sight
        clips = self.studio.project.clips if self.studio.project else ()
        self.status.show_loudness(sight.loudness.says if clips else "")  # type: ignore[attr-defined]
        self._show_sound()

    def _show_sound(self) -> None:
        """What plays: the mix, or where a candidate is chosen, the candidate within its cue."""
        listening, project = self.studio.listening, self.studio.project
        soundings: list[Sounding] = []
        if project is not None and project.clips and self._mix is not None:
            mel, wave = self._mix.mel, wave_of_peaks(self._mix.peaks)  # type: ignore[attr-defined]
            soundings.append(Sounding(0, mel[0].shape[1] * HOP, mel, wave=wave))
        candidate = listening.candidate(listening.letter) if listening.letter else None
        if candidate is not None and listening.span is not None:
            levels = self.sights.levels(candidate)
            if levels:
                soundings.append(
                    Sounding(
                        listening.span.start,
                        candidate.length,
                        levels,
                        lone=True,
                        region=candidate.recipe.region,
                        wave=self.lanes.wave_of(candidate),
                    )
                )
        self.timeline.show_sound(soundings)
        note = self.tr("mix") if soundings else self.tr("mel, 20 Hz – 20 kHz")
        if candidate:
            note = self.tr("candidate {letter}").format(letter=listening.letter)
        if not soundings and project is not None and self._source is not None:
            mel, wave = self._source.mel, wave_of_peaks(self._source.peaks)  # type: ignore[attr-defined]
            soundings.append(Sounding(0, mel[0].shape[1] * HOP, mel, wave=wave))
            note = self.tr("the film's own, muted")
        self.timeline.heads.heads[self.timeline.sound].say(note)

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
        self._letter_changed()
        if playing:
            self.show_work()

    def _letter_changed(self) -> None:
        listening = self.studio.listening
        self.candidates.show_lit(listening.letter, listening.playing, None)
        self.prompt.show_picking(listening.letter, len(listening.letters()) > 1)
        self._show_sound()
        self.menus.refresh()

    def _file_changed(self) -> None:
        cue, playing = self.studio.cue, self.studio.listening.file
        self.cues.inspector.reference.show_playing(
            bool(playing) and cue is not None and cue.reference is not None and cue.reference.path == playing
        )

    def _card_menu(self, letter: str, where: QPoint) -> None:
        """The same actions as in the menus, for the candidate that the menu was opened on."""
        self.studio.listening.choose(letter)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("pick", "keep", "note", "vary", "anew", "reference_take", "trash"):
            menu.addAction(self.menus.actions[name])
        menu.popup(where)

    def open_variation(self) -> None:
        """How far from the candidate that is meant, or from the one that was picked."""
        why_not = abilities_of(self.studio.project.model).no_variation if self.studio.project else ""
        if why_not:
            self.message.refuse(why_not)
            return
        letter = self.studio.listening.letter
        card = next((card for card in self.candidates.cards if card.letter == letter), None)
        beside: QWidget = card or self.candidates
        what = f"{letter}" if letter else self.tr("the one picked")
        self.variation.open_at(beside.mapToGlobal(QPoint(-8, 0)), what, self.kept.variation)

    def _vary(self, strength: float) -> None:
        self.kept = replace(self.kept, variation=strength)
        self.choosing.vary(strength)

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
