"""Hearing: the mix, or a cue's candidates one against the other at the same playhead, level-matched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.spec import Candidate, Span
from foleydesk.document.comparison import Comparison
from foleydesk.document.project import Project
from foleydesk.playback.transport import Transport
from foleydesk.playback.voices import SoundVoice
from foleydesk.workers.sound_thread import Audition, File, SoundThread

TICK_MS = 16


class Listening(QObject):
    """Owns the transport. `moved` follows the device's clock while it plays, and every seek."""

    moved = Signal(int)
    playing_changed = Signal(bool)
    letter_changed = Signal()
    mixed = Signal(object)
    """foleydesk.workers.sound_thread.MixSight of the newest mix."""
    file_changed = Signal()
    """A file is played by itself now, or no longer."""
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.transport = Transport()
        self.comparison: Comparison | None = None
        self.span: Span | None = None
        self.letter: str | None = None
        """The candidate that is chosen to be heard; None when the mix is."""
        self.looping = False
        self.file = ""
        """The file that is played by itself, with the playhead where it was."""
        self._file_wanted = ""
        self._stood_at = 0
        self._cue = ""
        self._ready: Audition | None = None
        self._loaded = False
        self._noted: dict[str, int] = {}
        """Samples of each letter that the comparison was told of."""
        self._length = 0
        self._start_when_ready = False
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

    def position(self) -> int:
        return self._stood_at if self.file else int(self.transport.position())

    def show_mix(self, project: Project, folder: Path, length: int) -> None:
        """The project has changed: hear and draw it as it is now."""
        self._length = length
        self._project, self._folder = project, folder
        self._sounds.see_mix(project, folder)
        if self.letter is None and not self.file:
            self.transport.set_mix(project, self._sounds.takes(folder), length)

    def compare(self, cue: str, span: Span | None, comparison: Comparison | None, folder: Path) -> None:
        """These candidates are on the panel now; the first is chosen, nothing is played yet."""
        if comparison is self.comparison and cue == self._cue:
            return
        self._end_file()
        self.note_heard()
        self._cue, self.span, self.comparison = cue, span, comparison
        self._ready, self._loaded = None, False
        if comparison is None:
            self.hear_mix()
            return
        self._sounds.load(cue, comparison.candidates, folder)
        self._choose(self.letters()[0])

    def letters(self) -> Sequence[str]:
        return self.comparison.letters if self.comparison else ()

    def candidate(self, letter: str) -> Candidate | None:
        if self.comparison is None or letter not in self.letters():
            return None
        return self.comparison.candidate(letter)

    def hear(self, letter: str) -> None:
        """Switch to this candidate at the same playhead; begin at the cue when nothing plays."""
        if letter not in self.letters() or self.span is None:
            return
        self._end_file()
        self.note_heard()
        self._choose(letter)
        if self._load():
            self.transport.switch(letter)
            if not self.playing:
                self._begin()
        else:
            self._start_when_ready = True

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
        self.letter, self._loaded = None, False
        if self._length:
            self.transport.set_mix(self._project, self._sounds.takes(self._folder), self._length)
        self._set_loop()
        self.letter_changed.emit()

    def toggle(self) -> None:
        if self.file:
            self._end_file()
        elif self.playing:
            self.transport.pause()
            self.note_heard()
        elif self.letter is not None:
            self.hear(self.letter)
        else:
            self.transport.play()
        self._watch()

    def seek(self, at: int) -> None:
        self._end_file()
        self.transport.seek(max(0, min(at, max(0, self._length - 1))))
        self.moved.emit(self.position())

    def loop(self, on: bool) -> None:
        self.looping = on
        self._set_loop()

    def set_span(self, span: Span | None) -> None:
        """What loops when no candidates are compared."""
        if self.comparison is None:
            self.span = span
            self._set_loop()

    def note_heard(self) -> None:
        """Tell the comparison how long each candidate was heard so far."""
        if self.comparison is None or not self._loaded:
            return
        for letter, samples in self.transport.heard().items():
            candidate = self.candidate(letter)
            if candidate is not None:
                self.comparison.heard(candidate.id, samples - self._noted.get(letter, 0))
                self._noted[letter] = samples

    def stop(self) -> None:
        self._end_file()
        self.transport.pause()
        self._watch()

    def shutdown(self) -> None:
        self._tick.stop()
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
        self.letter = letter
        self._set_loop()
        self.letter_changed.emit()

    def _audition_ready(self, audition: Audition) -> None:
        compared = {one.id for one in self.comparison.candidates} if self.comparison else set()
        if audition.cue != self._cue or self.comparison is None or set(audition.sounds) != compared:
            return
        self._ready = audition
        for name, gain_db in audition.gains_db.items():
            self.comparison.gain(name, gain_db)
        if self._start_when_ready and self.letter is not None:
            self._start_when_ready = False
            self.hear(self.letter)

    def _load(self) -> bool:
        """Hand the candidates to the transport; False while their sounds are being read."""
        if self._loaded:
            return True
        if self._ready is None or self.span is None:
            return False
        by_letter = {letter: one for letter in self.letters() if (one := self.candidate(letter)) is not None}
        sounds = {letter: self._ready.sounds[one.id] for letter, one in by_letter.items()}
        gains = {letter: self._ready.gains_db.get(one.id, 0.0) for letter, one in by_letter.items()}
        self.transport.set_candidates(sounds, self.span.start, gains, self._length, self.letter)
        self._noted = {}
        self._loaded = True
        return True

    def _begin(self) -> None:
        assert self.span is not None
        if not self.span.start <= self.position() < self.span.end - 1:
            self.seek(self.span.start)
        self.transport.play()
        self._watch()

    def _set_loop(self) -> None:
        self.transport.loop(self.span if self.looping else None)

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
        self.moved.emit(self.position())

    def _follow(self) -> None:
        if self.file:
            if not self.playing:
                self._end_file()
            return
        at = self.position()
        over = self.letter is not None and self.span is not None and at >= self.span.end and not self.looping
        if over and self.span is not None:
            self.transport.pause()
            self.note_heard()
            self.transport.seek(self.span.start)
        if over or not self.playing:
            self._watch()
        else:
            self.moved.emit(at)
