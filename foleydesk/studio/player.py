"""What plays under the one playhead: the mix, or a file by itself."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.spec import SAMPLE_RATE, Span
from foleydesk.document.project import Project
from foleydesk.playback.outputs import OutputDevice, output_devices
from foleydesk.playback.speeds import HALF
from foleydesk.playback.transport import Transport
from foleydesk.playback.voices import MixVoice, SoundVoice
from foleydesk.studio.playhead import Playhead
from foleydesk.workers.mailbox import Mailbox
from foleydesk.workers.sound_thread import File, SoundThread


@dataclass(frozen=True)
class SoundSettings:
    """`output`: a device by its name, "" for the system's own. `late_ms`: how much later than it says it is heard.

    `preroll_s`: what is played before a cue that is played as a whole or over and over.
    """

    output: str = ""
    late_ms: float = 0.0
    preroll_s: float = 1.0


class Player(QObject):
    """Owns the transport and its playhead. `moved` follows the device's clock while it plays, and every seek."""

    moved = Signal(int)
    playing_changed = Signal(bool)
    speed_changed = Signal()
    mixed = Signal(object)
    """foleydesk.workers.sound_thread.MixSight of the newest mix."""
    file_changed = Signal()
    """A file is played by itself now, or no longer."""
    output_changed = Signal(str)
    """A sentence: sound goes another way than before."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, transport: Transport | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        post = self._mailbox.post
        self.transport = transport or Transport(tell=lambda says: post("output_changed", says))
        self.settings = SoundSettings()
        self.file = ""
        """The file that is played by itself, with the playhead where it was."""
        self._file_wanted = ""
        self._playhead = Playhead(self.transport, self)
        self._playhead.moved.connect(self.moved)
        self._playhead.playing_changed.connect(self.playing_changed)
        self._playhead.speed_changed.connect(self.speed_changed)
        self._playhead.arrived.connect(self._arrived)
        self._sounds = SoundThread(self)
        self._sounds.mixed.connect(self.mixed)
        self._sounds.file.connect(self._file_ready)
        self._sounds.failed.connect(self.failed)

    @property
    def span(self) -> Span | None:
        return self._playhead.span

    @property
    def looping(self) -> bool:
        return self._playhead.looping

    @property
    def playing(self) -> bool:
        return self._playhead.playing

    @property
    def following(self) -> bool:
        """Whether the clock is still being followed; false once the end has been heard and told."""
        return self._playhead.following

    @property
    def says(self) -> str:
        """Where the sound goes, when that is worth saying."""
        return self.transport.says

    @property
    def speed(self) -> Fraction:
        """How fast the playhead goes, or would when it is played."""
        return self._playhead.speed

    @property
    def halved(self) -> bool:
        return self._playhead.pace == HALF

    def use(self, settings: SoundSettings) -> None:
        """From now on; a device is opened when another one is named than before."""
        before, self.settings = self.settings, settings
        self.transport.set_latency(settings.late_ms)
        if settings.output != before.output:
            self.transport.choose_output(settings.output)
        self._playhead.preroll = round(settings.preroll_s * SAMPLE_RATE)
        self._playhead.show_loop()

    @staticmethod
    def outputs() -> tuple[OutputDevice, ...]:
        """The devices that sound can go to. May take a moment."""
        return output_devices()

    def position(self) -> int:
        return self._playhead.position()

    def show_mix(self, project: Project, folder: Path, length: int) -> None:
        """The project has changed: hear and draw it as it is now."""
        self._playhead.length = length
        self._project, self._folder = project, folder
        self._sounds.see_mix(project, folder)
        if not self.file:
            self._play_what_is_chosen()

    def _mix(self) -> MixVoice:
        reads = self._sounds.takes(self._folder).of(self._project)
        return MixVoice(self._project, reads, self._playhead.length)

    def note_heard(self) -> None:
        """Nobody counts how long the mix is heard."""

    def _make_room(self) -> None:
        """Something else is about to be played."""

    def _play_what_is_chosen(self) -> None:
        """Nothing but the mix can be."""
        if self._playhead.length:
            self._play_mix()

    def _play_mix(self) -> None:
        self.transport.set_mix(self._project, self._sounds.takes(self._folder), self._playhead.length)

    def halve(self, on: bool) -> None:
        """Play at half the speed, now and whenever it is played, so that there is time to mark."""
        self._playhead.halve(on)

    def let_go(self) -> None:
        """The hand lets go of the playhead: what was playing goes on from there."""
        self._playhead.let_go()

    def seek(self, at: int) -> None:
        self._end_file()
        self._playhead.seek(at)

    def loop(self, on: bool) -> None:
        self._playhead.loop(on)

    def set_span(self, span: Span | None, region: Span | None = None) -> None:
        """What loops, and the part of it that is selected."""
        self._playhead.span, self._playhead.region = span, region
        self._playhead.show_loop()

    def shutdown(self) -> None:
        self._playhead.shutdown()
        self._mailbox.close()
        self.transport.close()
        self._sounds.shutdown()

    def hear_file(self, path: str) -> None:
        """Play a file by itself; asked again while it plays, stop it."""
        if self.file == path:
            self._end_file()
            return
        self._file_wanted = path
        self._sounds.read_file(path)

    def _file_ready(self, file: File) -> None:
        if file.path != self._file_wanted:
            return
        self._end_file()
        self._make_room()
        self.transport.pause()
        self._playhead.stands_at, self.file = self.position(), file.path
        self.transport.loop(None)
        self.transport.set_source(SoundVoice("", file.sound, 0))
        self.transport.seek(0)
        self.transport.play()
        self._playhead.watch()
        self.file_changed.emit()

    def _end_file(self) -> None:
        """Back to what is chosen, with the playhead where it stood."""
        self._file_wanted = ""
        if not self.file:
            return
        self.transport.pause()
        stood_at, self._playhead.stands_at = self.position(), None
        self.file = ""
        self._play_what_is_chosen()
        self._playhead.show_loop()
        self.transport.seek(stood_at)
        self._playhead.watch()
        self.file_changed.emit()

    def _arrived(self) -> None:
        """The end has been heard."""
        if self.file:
            self._end_file()
        else:
            self.note_heard()
            self._playhead.rest()
