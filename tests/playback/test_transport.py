"""Play, pause, seek, loop and switch, on a clock that the test moves."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from tape import Tape, noise, wait_for

from engine.spec import SAMPLE_RATE, Span
from foleydesk.playback.outputs import CLOCK_SAYS, LOST_SAYS, ClockOut, open_output
from foleydesk.playback.transport import Transport


def test_a_sound_is_played_from_start_to_end_to_the_sample(transport: Transport, tape: Tape):
    sound = noise(1.0)
    transport.set_candidates({"A": sound}, at=0)
    transport.play()
    wait_for(lambda: not transport.playing)
    np.testing.assert_array_equal(tape.sound[: len(sound)], sound)
    assert transport.position() == len(sound)


def test_every_sample_heard_is_counted(transport: Transport):
    transport.set_candidates({"A": noise(0.5)}, at=SAMPLE_RATE, length=2 * SAMPLE_RATE)
    transport.play()
    wait_for(lambda: not transport.playing)
    assert transport.heard() == {"A": SAMPLE_RATE // 2}
    assert transport.heard_ms() == {"A": 500}


def test_a_switch_is_gapless_at_the_same_playhead(transport: Transport, tape: Tape):
    one = np.full(2 * SAMPLE_RATE, 0.5, np.float32)
    transport.set_candidates({"A": one, "B": one, "C": one}, at=0)
    tape.until = 0.5
    transport.play()
    wait_for(lambda: len(tape.blocks) > 50)
    transport.switch("B")
    assert transport.letter == "B"
    tape.until = 1.0
    wait_for(lambda: len(tape.blocks) > 100)
    transport.switch("nobody")
    transport.switch("C")
    tape.until = float("inf")
    wait_for(lambda: not transport.playing)
    sound = tape.sound[: 2 * SAMPLE_RATE]
    assert sound.min() >= 0.49 and sound.max() <= 0.5 * np.sqrt(2) + 1e-6
    heard = transport.heard()
    assert set(heard) == {"A", "B", "C"} and sum(heard.values()) == 2 * SAMPLE_RATE


def test_pause_rests_where_it_was_heard_and_play_goes_on_from_there(transport: Transport, tape: Tape):
    sound = noise(2.0)
    transport.set_candidates({"A": sound}, at=0)
    tape.until = 0.5
    transport.play()
    wait_for(lambda: transport.position() > 0.4 * SAMPLE_RATE)
    transport.pause()
    rests = transport.position()
    assert not transport.playing and transport.position() == rests
    written = len(tape.blocks)
    tape.until = float("inf")
    wait_for(lambda: transport._dropped == transport._era)
    before = len(tape.blocks)
    assert before <= written + 1
    transport.play()
    wait_for(lambda: not transport.playing)
    np.testing.assert_array_equal(np.concatenate(tape.blocks[before:])[: len(sound) - rests, 0], sound[rests:])
    assert transport.heard() == {"A": len(sound)}


def test_seeking_while_it_plays_is_seen_at_once_and_plays_on_from_there(transport: Transport, tape: Tape):
    sound = noise(3.0)
    transport.set_candidates({"A": sound}, at=0)
    tape.until = 0.3
    transport.play()
    wait_for(lambda: len(tape.blocks) > 20)
    transport.seek(2 * SAMPLE_RATE)
    assert transport.position() == 2 * SAMPLE_RATE and transport.playing
    tape.until = float("inf")
    wait_for(lambda: not transport.playing)
    assert transport.position() == len(sound)
    assert transport.heard()["A"] < 1.5 * SAMPLE_RATE


def test_a_loop_goes_round_until_it_is_ended(transport: Transport):
    transport.set_candidates({"A": noise(1.0)}, at=0)
    transport.loop(Span(1000, 5800))
    transport.play()
    wait_for(lambda: transport.heard().get("A", 0) > 2 * SAMPLE_RATE)
    assert 0 <= transport.position() <= 5800
    transport.loop(None)
    wait_for(lambda: not transport.playing)
    assert transport.position() == SAMPLE_RATE


def test_at_the_end_play_begins_again(transport: Transport, tape: Tape):
    sound = noise(0.2)
    transport.set_candidates({"A": sound}, at=0)
    for _ in range(2):
        before = len(tape.blocks)
        transport.play()
        wait_for(lambda: not transport.playing)
        np.testing.assert_array_equal(np.concatenate(tape.blocks[before:])[: len(sound), 0], sound)


def test_gains_are_applied(transport: Transport, tape: Tape):
    transport.set_candidates({"A": np.full(4800, 0.5, np.float32)}, at=0, gains_db={"A": -20.0})
    transport.play()
    wait_for(lambda: not transport.playing)
    np.testing.assert_allclose(tape.sound[:4800], 0.05, rtol=1e-6)


def test_new_candidates_are_counted_anew(transport: Transport):
    transport.set_candidates({"A": noise(0.2)}, at=0)
    transport.play()
    wait_for(lambda: not transport.playing)
    transport.set_candidates({"A": noise(0.2), "B": noise(0.2)}, at=0, letter="B")
    assert transport.heard() == {} and transport.letter == "B" and transport.letters == ("A", "B")


def test_nothing_to_play_ends_at_once(transport: Transport):
    transport.play()
    wait_for(lambda: not transport.playing)
    assert transport.position() == 0


def test_toggling_quickly_from_many_threads_leaves_it_in_one_piece(transport: Transport):
    transport.set_candidates({"A": noise(1.0), "B": noise(1.0, 1)}, at=0)

    def fiddle(seed: int) -> None:
        for i in range(200):
            if (i + seed) % 3 == 0:
                transport.toggle()
            elif (i + seed) % 3 == 1:
                transport.seek(i * 37)
            else:
                transport.switch("AB"[i % 2])
            transport.position()

    threads = [threading.Thread(target=fiddle, args=(i,)) for i in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    transport.seek(0)
    transport.play()
    wait_for(lambda: not transport.playing)
    assert transport.position() == SAMPLE_RATE


def test_a_device_that_goes_away_is_replaced_by_a_clock():
    class Unplugged(Tape):
        says = "Playing through a cable"

        def write(self, block: np.ndarray) -> float:
            raise OSError("unplugged")

    transport = Transport(Unplugged())
    transport.set_candidates({"A": noise(0.05)}, at=0)
    transport.play()
    wait_for(lambda: not transport.playing)
    assert transport.says == LOST_SAYS
    transport.close()


def test_without_a_device_it_plays_on_a_clock_and_says_so():
    out = open_output()
    out.close()
    if not isinstance(out, ClockOut):
        pytest.skip("this machine has an audio device")
    transport = Transport()
    transport.set_candidates({"A": noise(0.05)}, at=0)
    transport.play()
    wait_for(lambda: not transport.playing)
    assert transport.says == CLOCK_SAYS
    assert transport.position() == int(0.05 * SAMPLE_RATE)
    transport.close()


def test_while_it_rests_old_sources_are_not_kept(transport: Transport):
    for i in range(100):
        transport.set_candidates({"A": noise(0.01, i)}, at=0)
    wait_for(lambda: not transport._commands)
    assert not transport.playing
