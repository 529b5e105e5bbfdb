"""Play, pause, seek, loop, shuttle, scrub, and switching between candidates at the same playhead."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.spec import SAMPLE_RATE, Span
from foleydesk.playback.deck import Deck, Stretch
from foleydesk.playback.heard import Heard
from foleydesk.playback.mixer import CHANNELS
from foleydesk.playback.outputs import LOST_SAYS, AudioOut, ClockOut, open_device, open_output
from foleydesk.playback.speeds import NORMAL
from foleydesk.playback.takes import TakeReader
from foleydesk.playback.voices import MixVoice, Silence, SoundVoice, Voice
from foleydesk.workers.audio_feed import AudioFeed
from foleydesk.workers.audio_search import EVERY_S, AudioSearch

if TYPE_CHECKING:
    from foleydesk.document.project import Project

log = logging.getLogger(__name__)

BLOCK = 480
"""10 ms: how soon a switch can begin."""
BACK_SAYS = "The audio device is back. {}"


class Transport:
    """The output's clock is the master: position() is what is being heard now. All methods are quick, from any thread.

    Positions are samples from the start of the picture. Commands reach the deck on the audio thread, between blocks;
    what is asked for here shows in the properties at once.
    """

    def __init__(
        self,
        out: AudioOut | None = None,
        opener: Callable[[str, bool], AudioOut] = open_device,
        tell: Callable[[str], None] | None = None,
        search_every_s: float = EVERY_S,
    ) -> None:
        """`out` None: the default device, opened on the audio thread, or a clock when there is none.

        `opener`: as outputs.open_device. `tell`: called on the audio thread with a sentence when the sound goes
        another way than before. A device that is lost is looked for every `search_every_s`.
        """
        self._out = out
        self._opener = opener
        self._tell = tell or (lambda says: None)
        self._search_every_s = search_every_s
        self._search: AudioSearch[AudioOut] | None = None
        self._output_name = ""
        self._output_wanted: str | None = None
        """Another device that has been asked for and not been opened yet."""
        self._late_s = 0.0
        self._deck = Deck()
        self._heard = Heard()
        self._lock = threading.Lock()
        self._commands: list[Callable[[Deck], None]] = []
        self._era = 0
        """Goes up when what was handed over is no longer wanted (pause, seek)."""
        self._dropped = 0
        self._playing = False
        self._speed = NORMAL
        self._voice: Voice = Silence()
        self._candidates: dict[str, Voice] = {}
        self._letter: str | None = None
        self._loop: Span | None = None
        self._grain_at: int | None = None
        """Where the playhead was dragged to last, until a grain of it is heard."""
        self._grain: deque[np.ndarray] = deque()
        self._quiet_at: float | None = None
        """When the last grain has been heard, and the output may rest."""
        self._takes: TakeReader | None = None
        self._feed = AudioFeed(self._step, self._open, self._close)

    @property
    def says(self) -> str:
        """Where the sound goes: "Playing through …" or "No audio device: playing on a clock"; empty until known."""
        return self._out.says if self._out is not None else ""

    @property
    def playing(self) -> bool:
        return self._playing

    @property
    def speed(self) -> Fraction:
        """How fast the playhead goes while it plays; backwards when negative."""
        return self._speed

    @property
    def letter(self) -> str | None:
        """The candidate that is heard; None while the project's mix is."""
        return self._letter

    @property
    def letters(self) -> tuple[str, ...]:
        return tuple(self._candidates)

    @property
    def length(self) -> int:
        return self._voice.length

    @property
    def looped(self) -> Span | None:
        return self._loop

    def set_source(self, voice: Voice) -> None:
        """Play anything; while playing it crosses over at the playhead."""
        with self._lock:
            self._candidates, self._letter = {}, None
            self._change(voice)
        self._feed.wake()

    def set_mix(self, project: Project, takes: TakeReader | Path, length: int | None = None) -> None:
        """Play the project's tracks as they are in this snapshot; a newer one may follow while playing.

        `takes`: a reader that is kept (a TakeReader of the project's folder), or the folder itself.
        """
        if isinstance(takes, TakeReader):
            self._takes = takes
        elif self._takes is None or self._takes.folder != Path(takes):
            self._takes = TakeReader(takes)
        self.set_source(MixVoice(project, self._takes.of(project), length))

    def set_candidates(
        self,
        sounds: Mapping[str, np.ndarray],
        at: int,
        gains_db: Mapping[str, float] | None = None,
        length: int = 0,
        letter: str | None = None,
        bed: Voice | None = None,
    ) -> None:
        """Letters to float32 sounds at 48 kHz that start at `at`; `letter` (else the first) is heard until switch().

        `length`: of the whole time line, if it goes on after the sounds. `bed`: what plays under each of them.
        Counting what is heard begins anew.
        """
        gains = gains_db or {}
        voices = {x: SoundVoice(x, sound, at, gains.get(x, 0.0), length, bed) for x, sound in sounds.items()}
        first = letter if letter in voices else next(iter(voices), None)
        with self._lock:
            self._candidates, self._letter = dict(voices), first
            self._heard.samples(self._now())
            self._heard.forget_counts()
            self._change(voices[first] if first is not None else Silence(length))
        self._feed.wake()

    def switch(self, letter: str) -> None:
        """Cross over to another candidate at the same playhead, within 8 ms; an unknown letter is ignored."""
        with self._lock:
            if letter in self._candidates and letter != self._letter:
                self._letter = letter
                self._change(self._candidates[letter])
        self._feed.wake()

    def play(self, speed: Fraction = NORMAL, until: int | None = None) -> None:
        """From the playhead, as far as `until`; at the end, from the loop's start or the beginning.

        While it plays: at that speed from now on.
        """
        with self._lock:
            if not self._playing:
                here = self._heard.position(self._now())
                if here >= self._voice.length and speed > 0:
                    self._jump(self._loop.start if self._loop else 0)
                self._era += 1
            self._playing, self._speed = True, speed
            self._commands.append(lambda deck: deck.go(speed, until))
        self._feed.wake()

    def pause(self) -> None:
        """The playhead stays at what was heard last."""
        with self._lock:
            self._rest()
        self._feed.wake()

    def scrub(self, position: int) -> None:
        """Rest there and let a short grain of what lies there be heard; the newest place wins."""
        with self._lock:
            self._rest()
            position = max(0, position)
            self._heard.jump(position, self._now())
            self._commands.append(lambda deck: deck.seek(position))
            self._grain_at = position
        self._feed.wake()

    def toggle(self) -> None:
        if self._playing:
            self.pause()
        else:
            self.play()

    def seek(self, position: int) -> None:
        """Go there; playing goes on."""
        with self._lock:
            self._jump(max(0, position))
        self._feed.wake()

    def loop(self, span: Span | None) -> None:
        """Play a span again and again once the playhead is in it (or before it); None ends that."""
        with self._lock:
            self._loop = span if span is not None and span.length > 0 else None
            self._commands.append(_loops(self._loop))
        self._feed.wake()

    def choose_output(self, name: str) -> None:
        """Go on through the device of this name ("": the system's own), as it is now; where it is not, on a clock."""
        with self._lock:
            self._output_wanted = name
        self._feed.wake()

    def set_latency(self, ms: float) -> None:
        """How much later the sound is heard than the device says: what a wireless headphone adds."""
        with self._lock:
            self._late_s = ms / 1000

    def position(self) -> int:
        with self._lock:
            return self._heard.position(self._now())

    def heard(self) -> dict[str, int]:
        """Samples of each letter's own sound that reached the output since set_candidates()."""
        with self._lock:
            return self._heard.samples(self._now())

    def heard_ms(self) -> dict[str, int]:
        return {letter: samples * 1000 // SAMPLE_RATE for letter, samples in self.heard().items()}

    def close(self) -> None:
        """Stops, and waits for the audio thread."""
        self._playing = False
        self._feed.stop()

    def _now(self) -> float:
        """The time by which what is heard is reckoned."""
        return (self._out.now() if self._out is not None else 0.0) - self._late_s

    def _change(self, voice: Voice) -> None:
        self._voice = voice
        at_once = not self._playing
        self._commands.append(lambda deck: deck.change(voice, at_once))

    def _jump(self, position: int) -> None:
        self._era += 1
        self._heard.jump(position, self._now())
        self._commands.append(lambda deck: deck.seek(position))

    def _rest(self) -> None:
        """Stop where it is heard now, at normal speed again."""
        if self._playing:
            self._playing, self._speed = False, NORMAL
            self._jump(self._heard.position(self._now()))
            self._commands.append(lambda deck: deck.go(NORMAL))

    def _open(self) -> None:
        if self._out is None:
            with self._lock:
                self._output_name, self._output_wanted = self._output_wanted or self._output_name, None
            self._out = open_output(self._output_name, False, self._opener)
            if isinstance(self._out, ClockOut) and self._output_name:
                self._look_for_it()

    def _close(self) -> None:
        if self._search is not None:
            self._search.stop()
        if self._out is not None:
            self._out.close()

    def _step(self) -> bool:
        """One block, on the audio thread; False when there is nothing to do until woken."""
        self._follow_outputs()
        with self._lock:
            commands, self._commands = self._commands, []
            era, playing = self._era, self._playing
        for command in commands:
            command(self._deck)
        if era != self._dropped:
            self._dropped = era
            self._drop()
        if not playing:
            return self._pass_over()
        block, stretches = self._deck.render(BLOCK)
        if not stretches and self._arrived(era):
            self._drop()
            return False
        ends = self._write(block)
        if ends is None:
            return True
        with self._lock:
            if era == self._era and stretches:
                self._heard.add(stretches, ends - _silence_after(stretches))
        return True

    def _pass_over(self) -> bool:
        """While the playhead is dragged: grains one after the other, and silence until the last has been heard."""
        if not self._grain:
            with self._lock:
                at, self._grain_at = self._grain_at, None
            if at is not None:
                grain = self._deck.grain(at)
                self._grain.extend(grain[i : i + BLOCK] for i in range(0, len(grain), BLOCK))
        if self._grain:
            self._quiet_at = self._write(self._grain.popleft())
            return True
        if self._quiet_at is None:
            return False
        assert self._out is not None
        if self._out.now() < self._quiet_at:
            self._write(np.zeros((BLOCK, CHANNELS), np.float32))
            return True
        self._quiet_at = None
        self._drop()
        return False

    def _arrived(self, era: int) -> bool:
        """Stop at the end, once the end has been heard."""
        with self._lock:
            if era != self._era or self._commands or not self._heard.silent(self._now()):
                return False
            self._playing, self._speed = False, NORMAL
            self._deck.go(NORMAL)
            return True

    def _write(self, block: np.ndarray) -> float | None:
        """When the block's last sample will have been heard; None, and the playhead back to what was heard, where the
        device has failed."""
        assert self._out is not None
        try:
            return self._out.write(block)
        except Exception as error:  # unplugged, asleep, taken by another program
            self._fall_back(error)
            return None

    def _drop(self) -> None:
        assert self._out is not None
        self._grain.clear()
        self._quiet_at = None
        try:
            self._out.drop()
        except Exception as error:
            self._fall_back(error)

    def _fall_back(self, error: Exception) -> None:
        log.warning("the audio device failed: %s", error)
        self._exchange(ClockOut(LOST_SAYS))
        self._look_for_it()
        self._tell(LOST_SAYS)

    def _look_for_it(self) -> None:
        """Until the device is there again, or another one is chosen."""
        name = self._output_name
        self._search = AudioSearch(lambda: self._opener(name, True), self._feed.wake, self._search_every_s)

    def _follow_outputs(self) -> None:
        """Take a device that has come back, or open the one that has been asked for."""
        found = self._search.take() if self._search is not None else None
        if found is not None:
            self._search = None
            self._exchange(found)
            self._tell(BACK_SAYS.format(found.says))
        with self._lock:
            wanted, self._output_wanted = self._output_wanted, None
        if wanted is None:
            return
        if self._search is not None:
            self._search.stop()
            self._search = None
        assert self._out is not None
        self._output_name = wanted
        self._out.close()
        self._exchange(open_output(wanted, True, self._opener))
        if isinstance(self._out, ClockOut) and wanted:
            self._look_for_it()
        self._tell(self._out.says)

    def _exchange(self, out: AudioOut) -> None:
        """Go on through another output, from what was heard last through this one."""
        assert self._out is not None
        before = self._out
        with self._lock:
            here = self._heard.position(self._now())
            self._jump(here)
            self._out = out
        self._grain.clear()
        self._quiet_at = None
        before.close()


def _loops(span: Span | None) -> Callable[[Deck], None]:
    def command(deck: Deck) -> None:
        deck.loop = span

    return command


def _silence_after(stretches: list[Stretch]) -> float:
    """Seconds of a block that lie behind the end of what plays."""
    return (BLOCK - sum(stretch.n for stretch in stretches)) / SAMPLE_RATE
