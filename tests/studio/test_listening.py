"""What is heard when: candidates at one playhead, loops with a run-up, the shuttle, and the hand on the playhead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from project_parts import SPAN, candidate, media
from pytestqt.qtbot import QtBot
from tape import Tape

from engine.media.audio_file import write_wav
from engine.spec import SAMPLE_RATE, Candidate, Span
from foleydesk.document.comparison import Comparison
from foleydesk.document.project import Project
from foleydesk.playback.speeds import HALF, NORMAL
from foleydesk.playback.transport import Transport
from foleydesk.studio.listening import Listening
from foleydesk.studio.player import SoundSettings

WAIT_MS = 20_000
LENGTH = 10 * SAMPLE_RATE


@dataclass
class Desk:
    """Listening on a tape, with candidates whose every sample is their number."""

    listening: Listening
    tape: Tape
    folder: Path
    comparison: Comparison
    qtbot: QtBot

    def compare(self, left_out: frozenset[str] = frozenset()) -> None:
        self.listening.compare("c1", SPAN, self.comparison, self.folder, left_out)

    def ready(self) -> None:
        self.compare()
        self.qtbot.waitUntil(lambda: self.listening.read, timeout=WAIT_MS)

    def ends(self) -> None:
        self.tape.until = float("inf")
        self.qtbot.waitUntil(lambda: not self.listening.playing and not self.listening.following, timeout=WAIT_MS)


def sounding(folder: Path, seed: int, level: float) -> Candidate:
    made = candidate(seed, folder=folder)
    write_wav(made.wav, np.full(SPAN.length, level, np.float32))
    return made


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    tape = Tape()
    listening = Listening(None, Transport(tape))
    made = [sounding(tmp_path, seed, 0.2) for seed in range(3)]
    listening.show_mix(Project(media=media(length=LENGTH)), tmp_path, LENGTH)
    yield Desk(listening, tape, tmp_path, Comparison(made), qtbot)
    tape.until = float("inf")
    listening.shutdown()


def test_a_candidate_begins_at_its_cue_stops_at_its_end_and_returns(desk: Desk) -> None:
    desk.tape.until = 0.0
    desk.ready()
    desk.listening.hear("B")
    assert desk.listening.playing and desk.listening.position() == SPAN.start
    desk.ends()
    assert desk.listening.position() == SPAN.start
    heard = desk.comparison.heard_ms
    assert heard[desk.comparison.candidate("B").id] == 1000 and sum(heard.values()) == 1000


def test_the_ear_gets_another_candidate_before_the_eye(desk: Desk) -> None:
    listening, desk.tape.until = desk.listening, 0.0
    desk.ready()
    listening.hear("A")
    told: list[tuple[str | None, bool]] = []
    listening.letter_changed.connect(lambda: told.append((listening.transport.letter, listening.transport.playing)))
    listening.hear("B")
    listening.pause()
    listening.hear("C")
    assert told == [("B", True), ("C", True)]


def test_what_is_asked_for_before_it_has_been_read_is_heard_when_it_has(desk: Desk) -> None:
    desk.tape.until = 0.0
    desk.compare()
    desk.listening.hear("C")
    desk.qtbot.waitUntil(lambda: desk.listening.playing, timeout=WAIT_MS)
    assert desk.listening.letter == "C"


def test_the_loop_has_a_run_up_and_begins_within_the_cue(desk: Desk) -> None:
    desk.listening.use(SoundSettings(preroll_s=0.25))
    desk.ready()
    desk.listening.loop(True)
    assert desk.listening.transport.looped == Span(SPAN.start - SAMPLE_RATE // 4, SPAN.end)
    desk.tape.until = 0.0
    desk.listening.hear("A")
    assert desk.listening.position() >= SPAN.start
    desk.tape.until = float("inf")
    desk.qtbot.waitUntil(lambda: desk.tape.time > 3, timeout=WAIT_MS)
    assert desk.listening.playing
    desk.listening.loop(False)
    desk.ends()
    assert desk.listening.position() == SPAN.start


def test_a_selection_is_what_loops(desk: Desk) -> None:
    desk.listening.use(SoundSettings(preroll_s=0))
    part = Span(SPAN.start + 100, SPAN.start + 9000)
    desk.listening.set_span(SPAN, part)
    desk.listening.loop(True)
    assert desk.listening.transport.looped == part


def test_a_stretch_is_played_with_its_run_up(desk: Desk) -> None:
    desk.tape.until = 0.0
    desk.listening.play_span(SPAN)
    assert desk.listening.position() == SPAN.start - SAMPLE_RATE or desk.listening.position() == 0
    desk.ends()
    assert desk.listening.position() == SPAN.start


def test_the_shuttle_goes_faster_turns_and_stops(desk: Desk) -> None:
    listening, desk.tape.until = desk.listening, 0.0
    speeds = []
    listening.seek(LENGTH // 2)
    for direction in (1, 1, -1, -1):
        listening.shuttle(direction)
        speeds.append(listening.speed)
    assert speeds == [1, 2, -1, -2] and listening.playing
    listening.shuttle(1, slow=True)
    assert listening.speed == HALF
    listening.pause()
    assert not listening.playing and listening.speed == NORMAL


def test_half_speed_holds_from_now_on_until_it_is_switched_off(desk: Desk) -> None:
    listening, desk.tape.until = desk.listening, 0.0
    listening.toggle()
    with desk.qtbot.waitSignal(listening.speed_changed):
        listening.halve(True)
    assert listening.playing and listening.speed == HALF
    listening.toggle()
    listening.toggle()
    assert listening.transport.speed == HALF
    listening.halve(False)
    assert listening.transport.speed == Fraction(1)


def test_the_hand_on_the_playhead_stops_it_and_letting_go_plays_on(desk: Desk) -> None:
    listening, desk.tape.until = desk.listening, 0.0
    listening.toggle()
    listening.scrub(200_000)
    assert not listening.playing and listening.position() == 200_000
    listening.scrub(210_000)
    listening.let_go()
    assert listening.playing and listening.position() == 210_000
    listening.pause()
    listening.scrub(5)
    listening.let_go()
    assert not listening.playing and listening.position() == 5


def test_who_is_thrown_away_gives_way_to_the_next_and_letters_stay(desk: Desk) -> None:
    desk.ready()
    ids = [one.id for one in desk.comparison.shown]
    desk.listening.choose("B")
    desk.compare(frozenset({ids[1]}))
    assert list(desk.listening.letters()) == ["A", "C"] and desk.listening.letter == "C"
    desk.compare(frozenset(ids))
    assert list(desk.listening.letters()) == [] and desk.listening.letter is None
    desk.compare()
    assert list(desk.listening.letters()) == ["A", "B", "C"] and desk.listening.letter == "A"


def test_a_candidate_without_a_file_is_said_and_the_others_play(desk: Desk) -> None:
    desk.tape.until = 0.0
    gone = desk.comparison.candidate("B")
    Path(gone.wav).unlink()
    desk.ready()
    assert gone.id in desk.listening.missing
    with desk.qtbot.waitSignal(desk.listening.failed) as said:
        desk.listening.hear("B")
    assert Path(gone.wav).name in said.args[0] and not desk.listening.playing
    desk.listening.hear("C")
    assert desk.listening.playing


def test_another_device_is_told_in_a_sentence(qtbot: QtBot) -> None:
    said: list[str] = []
    listening = Listening(None)
    listening.output_changed.connect(said.append)
    listening.use(SoundSettings(output="a device that nobody has"))
    qtbot.waitUntil(lambda: bool(said), timeout=WAIT_MS)
    assert said == ["a device that nobody has is not there: playing on a clock"]
    listening.shutdown()
