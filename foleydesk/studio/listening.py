"""Hearing: the mix, or a cue's candidates one against the other at the same playhead, level-matched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.spec import SAMPLE_RATE, Candidate, Span
from foleydesk.document.comparison import Comparison
from foleydesk.document.project import Project
from foleydesk.playback.outputs import OutputDevice, output_devices
from foleydesk.playback.speeds import HALF, NORMAL, next_speed
from foleydesk.playback.transport import Transport
from foleydesk.playback.voices import MixVoice, Outside, SoundVoice
from foleydesk.workers.mailbox import Mailbox
from foleydesk.workers.sound_thread import Audition, File, SoundThread

TICK_MS = 16


@dataclass(frozen=True)
class SoundSettings:
    """`output`: a device by its name, "" for the system's own. `late_ms`: how much later than it says it is heard.

    `preroll_s`: what is played before a cue that is played as a whole or over and over.
    """

    output: str = ""
    late_ms: float = 0.0
    preroll_s: float = 1.0


class Listening(QObject):
    """Owns the transport. `moved` follows the device's clock while it plays, and every seek."""

    moved = Signal(int)
    playing_changed = Signal(bool)
    letter_changed = Signal()
    speed_changed = Signal()
    mixed = Signal(object)
    """foleydesk.workers.sound_thread.MixSight of the newest mix."""
    file_changed = Signal()
    """A file is played by itself now, or no longer."""
    missing_changed = Signal()
    """Other candidates than before have no sound file."""
    output_changed = Signal(str)
    """A sentence: sound goes another way than before."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, transport: Transport | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        post = self._mailbox.post
        self.transport = transport or Transport(tell=lambda says: post("output_changed", says))
        self.settings = SoundSettings()
        self.comparison: Comparison | None = None
        self.span: Span | None = None
        self.region: Span | None = None
        """The part of the span that is selected: what is played over and over, where there is one."""
        self.letter: str | None = None
        """The candidate that is chosen to be heard; None when the mix is."""
        self.missing: dict[str, str] = {}
        """Candidates, by id, whose sound cannot be read, each with a sentence."""
        self.looping = False
        self.file = ""
        """The file that is played by itself, with the playhead where it was."""
        self._pace = NORMAL
        """How fast it plays when it is simply played."""
        self._shown_speed = NORMAL
        self._back_to: int | None = None
        """Where the playhead goes when the end of what is played has been reached."""
        self._resumes: bool | None = None
        """Whether playing goes on when the hand lets go of the playhead; None while it does not hold it."""
        self._file_wanted = ""
        self._stood_at = 0
        self._cue = ""
        self._left_out: frozenset[str] = frozenset()
        self._ready: Audition | None = None
        self._loaded = False
        self._around: Outside | None = None
        """What is heard before and after the candidates."""
        self._noted: dict[str, int] = {}
        """Samples of each letter that the comparison was told of."""
        self._length = 0
        self._when_ready: Callable[[], None] | None = None
        self._was_playing = False
        self._sounds = SoundThread(self)
        self._sounds.audition.connect(self._audition_ready)
        self._sounds.mixed.connect(self.mixed)
        self._sounds.file.connect(self._file_ready)
        self._sounds.failed.connect(self.failed)
        self._tick = QTimer(self)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._follow)

    @property
    def playing(self) -> bool:
        return bool(self.transport.playing)

    @property
    def says(self) -> str:
        """Where the sound goes, when that is worth saying."""
        return self.transport.says

    @property
    def speed(self) -> Fraction:
        """How fast the playhead goes, or would when it is played."""
        return self.transport.speed if self.playing else self._pace

    @property
    def halved(self) -> bool:
        return self._pace == HALF

    def use(self, settings: SoundSettings) -> None:
        """From now on; a device is opened when another one is named than before."""
        before, self.settings = self.settings, settings
        self.transport.set_latency(settings.late_ms)
        if settings.output != before.output:
            self.transport.choose_output(settings.output)
        self._set_loop()

    @staticmethod
    def outputs() -> tuple[OutputDevice, ...]:
        """The devices that sound can go to. May take a moment."""
        return output_devices()

    def position(self) -> int:
        return self._stood_at if self.file else int(self.transport.position())

    def show_mix(self, project: Project, folder: Path, length: int) -> None:
        """The project has changed: hear and draw it as it is now."""
        self._length = length
        self._project, self._folder = project, folder
        self._sounds.see_mix(project, folder)
        if self._around is not None:
            self._around.voice = self._mix()
        if self.letter is None and not self.file:
            self.transport.set_mix(project, self._sounds.takes(folder), length)

    def _mix(self) -> MixVoice:
        return MixVoice(self._project, self._sounds.takes(self._folder).of(self._project), self._length)

    def compare(
        self,
        cue: str,
        span: Span | None,
        comparison: Comparison | None,
        folder: Path,
        left_out: frozenset[str] = frozenset(),
    ) -> None:
        """These candidates are on the panel now; the first is chosen, nothing is played yet.

        `left_out`: ids of those that are in the trash; the others keep their letters.
        """
        if comparison is self.comparison and cue == self._cue:
            self._leave_out(left_out)
            return
        self._end_file()
        self.note_heard()
        self._cue, self.span, self.comparison, self._left_out = cue, span, comparison, left_out
        self._loaded, self._around, self._when_ready = False, None, None
        known, self._ready = self._ready, None
        if comparison is None or not self.letters():
            self._miss({})
            self.hear_mix()
            return
        wanted = {one.id for one in comparison.candidates}
        if known is not None and known.cue == cue and {*known.sounds, *known.missing} == wanted:
            self._audition_ready(known)  # the same in another light: nothing is read or measured again
        else:
            self._miss({})
            self._sounds.load(cue, comparison.candidates, folder)
        self._choose(self.letters()[0])

    def _leave_out(self, left_out: frozenset[str]) -> None:
        """Who is heard while it goes to the trash gives way to the next."""
        if left_out == self._left_out:
            return
        self._left_out = left_out
        letters = self.letters()
        if self.letter is not None and self.letter not in letters:
            later = [letter for letter in letters if letter > self.letter]
            if not letters:
                self.hear_mix()
            else:
                self.choose((later or list(letters)[-1:])[0])
        elif self.letter is None and letters and not self.playing:
            self._choose(letters[0])

    def letters(self) -> Sequence[str]:
        if self.comparison is None:
            return ()
        shown = zip(self.comparison.letters, self.comparison.shown, strict=True)
        return tuple(letter for letter, one in shown if one.id not in self._left_out)

    def candidate(self, letter: str) -> Candidate | None:
        if self.comparison is None or letter not in self.letters():
            return None
        return self.comparison.candidate(letter)

    def hear(self, letter: str) -> None:
        """Switch to this candidate at the same playhead; begin at the cue when nothing plays. The ear comes first:
        what the eye is told takes many blocks of sound."""
        if letter not in self.letters() or self.span is None:
            return
        self._end_file()
        self.note_heard()
        self._mean(letter)
        read = self._load()
        silent = self._why_silent(letter) if read else ""
        if read and not silent:
            self.transport.switch(letter)
            self._begin(self.span)
        self.letter_changed.emit()
        if not read:
            self._when_ready = lambda: self.hear(letter)
        elif silent:
            self.failed.emit(silent)
        else:
            self._watch()

    def _why_silent(self, letter: str) -> str:
        """Why a candidate cannot be heard; empty where it can."""
        candidate = self.candidate(letter)
        return self.missing.get(candidate.id, "") if candidate else ""

    def choose(self, letter: str) -> None:
        """This candidate is meant from now on; it is heard only where something is heard already."""
        if self.playing and not self.file:
            self.hear(letter)
        elif letter in self.letters():
            self._choose(letter)

    def hear_file(self, path: str) -> None:
        """Play a file by itself; asked again while it plays, stop it."""
        if self.file == path:
            self._end_file()
            return
        self._file_wanted = path
        self._sounds.read_file(path)

    def hear_mix(self) -> None:
        """The tracks as they lie."""
        self._end_file()
        self.note_heard()
        self.letter, self._loaded, self._when_ready = None, False, None
        if self._length:
            self.transport.set_mix(self._project, self._sounds.takes(self._folder), self._length)
        self._set_loop()
        if self.playing and self._back_to is not None:
            self._back_to = None
            self.transport.play(self.transport.speed)
        self.letter_changed.emit()

    def toggle(self) -> None:
        if self.file:
            self._end_file()
        elif self.playing:
            self.pause()
        elif self.letter is not None:
            self.hear(self.letter)
        else:
            self._back_to = None
            self.transport.play(self._pace)
        self._watch()

    def pause(self) -> None:
        self._end_file()
        self._back_to = self._when_ready = None
        self.transport.pause()
        self.note_heard()
        self._watch()

    def play_span(self, span: Span) -> None:
        """A stretch of what is chosen, with its run-up; then back to its start."""
        self._end_file()
        if self.letter is not None and not self._load():
            self._when_ready = lambda: self.play_span(span)
            return
        self.transport.pause()
        self.transport.seek(max(0, span.start - self._preroll))
        self._begin(span, self._preroll)
        self._watch()

    def shuttle(self, direction: int, slow: bool = False) -> None:
        """On or back (1, -1), faster each time; or `slow`, at half the speed."""
        self._end_file()
        if self.letter is not None and self._load():
            self.transport.switch(self.letter)
        speed = direction * HALF if slow else next_speed(self.speed if self.playing else Fraction(0), direction)
        self._back_to = None
        self.transport.play(speed)
        self._watch()

    def halve(self, on: bool) -> None:
        """Play at half the speed, now and whenever it is played, so that there is time to mark."""
        self._pace = HALF if on else NORMAL
        if self.playing and not self.file:
            self.transport.play(self._pace, self._until(self.span) if self._back_to is not None else None)
        self._watch()

    def scrub(self, at: int) -> None:
        """The hand drags the playhead: each place is seen, and heard in passing."""
        self._end_file()
        if self._resumes is None:
            self._resumes = self.playing and self.transport.speed == self._pace
            self.note_heard()
        self._back_to = None
        self.transport.scrub(self._within(at))
        self._watch()

    def let_go(self) -> None:
        """The hand lets go of the playhead: what was playing goes on from there."""
        resumes, self._resumes = self._resumes, None
        if resumes:
            self.transport.play(self._pace)
            self._watch()

    def seek(self, at: int) -> None:
        self._end_file()
        self.transport.seek(self._within(at))
        self.moved.emit(self.position())

    def _within(self, at: int) -> int:
        return max(0, min(at, max(0, self._length - 1)))

    def loop(self, on: bool) -> None:
        self.looping = on
        self._set_loop()
        if self.playing and self._back_to is not None:
            self.transport.play(self.transport.speed, self._until(self.span))

    def set_span(self, span: Span | None, region: Span | None = None) -> None:
        """What loops when no candidates are compared, and the part of it that is selected."""
        self.region = region
        if self.comparison is None:
            self.span = span
        self._set_loop()

    def note_heard(self) -> None:
        """Tell the comparison how long each candidate was heard so far."""
        if self.comparison is None or not self._loaded:
            return
        for letter, samples in self.transport.heard().items():
            if letter in self.comparison.letters:
                self.comparison.heard(self.comparison.candidate(letter).id, samples - self._noted.get(letter, 0))
                self._noted[letter] = samples

    def shutdown(self) -> None:
        self._tick.stop()
        self._mailbox.close()
        self.transport.close()
        self._sounds.shutdown()

    def _file_ready(self, file: File) -> None:
        if file.path != self._file_wanted:
            return
        self._end_file()
        self.note_heard()
        self.transport.pause()
        self._stood_at, self.file = self.position(), file.path
        self.transport.loop(None)
        self.transport.set_source(SoundVoice("", file.sound, 0))
        self.transport.seek(0)
        self.transport.play()
        self._watch()
        self.file_changed.emit()

    def _end_file(self) -> None:
        """Back to the candidates or the mix, with the playhead where it stood."""
        self._file_wanted = ""
        if not self.file:
            return
        self.transport.pause()
        self.file, self._loaded = "", False
        if self.letter is None and self._length:
            self.transport.set_mix(self._project, self._sounds.takes(self._folder), self._length)
        self._set_loop()
        self.transport.seek(self._stood_at)
        self._watch()
        self.file_changed.emit()

    def _choose(self, letter: str) -> None:
        self._mean(letter)
        self.letter_changed.emit()

    def _mean(self, letter: str) -> None:
        self.letter = letter
        self._set_loop()

    def _audition_ready(self, audition: Audition) -> None:
        compared = {one.id for one in self.comparison.candidates} if self.comparison else set()
        if audition.cue != self._cue or self.comparison is None or {*audition.sounds, *audition.missing} != compared:
            return
        self._ready = audition
        self._miss(audition.missing)
        for name, gain_db in audition.gains_db.items():
            self.comparison.gain(name, gain_db)
        wanted, self._when_ready = self._when_ready, None
        if wanted is not None and self.letter is not None:
            wanted()

    def _miss(self, missing: dict[str, str]) -> None:
        if missing != self.missing:
            self.missing = missing
            self.missing_changed.emit()

    def _load(self) -> bool:
        """Hand the candidates to the transport; False while their sounds are being read."""
        if self._loaded:
            return True
        if self._ready is None or self.span is None or self.comparison is None:
            return False
        shown = zip(self.comparison.letters, self.comparison.shown, strict=True)
        by_letter = {letter: one for letter, one in shown if one.id in self._ready.sounds}
        sounds = {letter: self._ready.sounds[one.id] for letter, one in by_letter.items()}
        gains = {letter: self._ready.gains_db.get(one.id, 0.0) for letter, one in by_letter.items()}
        self._around = Outside(self._mix(), self.span) if self._length else None
        self.transport.set_candidates(sounds, self.span.start, gains, self._length, self.letter, self._around)
        self._noted = {}
        self._loaded = True
        return True

    @property
    def _preroll(self) -> int:
        return round(self.settings.preroll_s * SAMPLE_RATE)

    def _until(self, span: Span | None) -> int | None:
        return None if self.looping or span is None else span.end

    def _begin(self, span: Span, lead: int = 0) -> None:
        """From its start, or from where the playhead is within it, to its end."""
        lead = max(lead, self._preroll if self.looping else 0)
        if not span.start - lead <= self.position() < span.end - 1:
            self.transport.seek(self._within(span.start))
        speed = self.transport.speed if self.playing else self._pace
        self._back_to = span.start
        if speed in (NORMAL, HALF):
            self.transport.play(speed, self._until(span))

    def _set_loop(self) -> None:
        span = self.region or self.span
        if span is None or not self.looping:
            self.transport.loop(None)
        else:
            self.transport.loop(Span(max(0, span.start - self._preroll), span.end))

    def _watch(self) -> None:
        """Follow the transport while it plays, and say when that changes."""
        playing = self.playing
        if playing:
            self._tick.start()
        else:
            self._tick.stop()
        if playing != self._was_playing:
            self._was_playing = playing
            self.playing_changed.emit(playing)
        if self.speed != self._shown_speed:
            self._shown_speed = self.speed
            self.speed_changed.emit()
        self.moved.emit(self.position())

    def _follow(self) -> None:
        if self.playing:
            if not self.file:
                self.moved.emit(self.position())
        elif self.file:
            self._end_file()
        else:
            self._rest()

    def _rest(self) -> None:
        """The end has been heard."""
        self.note_heard()
        back, self._back_to = self._back_to, None
        if back is not None:
            self.transport.seek(back)
        self._watch()
