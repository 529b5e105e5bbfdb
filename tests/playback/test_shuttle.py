"""J, K and L: every speed, both ways, and what is heard of it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from tape import Tape, noise, wait_for

from engine.spec import SAMPLE_RATE, Span
from foleydesk.playback.deck import Deck
from foleydesk.playback.speeds import FASTEST, HALF, NORMAL, in_words, next_speed
from foleydesk.playback.transport import Transport
from foleydesk.playback.voices import SoundVoice


def deck_on(sound: np.ndarray, at: int, speed: Fraction) -> Deck:
    deck = Deck()
    deck.change(SoundVoice("A", sound, 0), at_once=True)
    deck.seek(at)
    deck.go(speed)
    return deck


def played(deck: Deck, blocks: list[int]) -> np.ndarray:
    return np.concatenate([deck.render(n)[0][:, 0] for n in blocks])


def test_each_press_doubles_the_speed_and_the_other_way_begins_anew() -> None:
    speeds, now = [], Fraction(0)
    for direction in (1, 1, 1, 1, 1, -1, -1, 1):
        now = next_speed(now, direction)
        speeds.append(now)
    assert speeds == [1, 2, 4, FASTEST, FASTEST, -1, -2, 1]
    assert next_speed(HALF, 1) == NORMAL and next_speed(-HALF, -1) == -NORMAL


def test_a_speed_is_said_short() -> None:
    assert [in_words(Fraction(x)) for x in (1, 2, -4)] == ["", "2×", "−4×"]
    assert in_words(HALF) == "½×" and in_words(-HALF) == "−½×"


def test_at_half_speed_every_sample_is_heard_and_one_between_two() -> None:
    sound = np.arange(100, dtype=np.float32)
    found = played(deck_on(sound, 0, HALF), [7, 13, 101, 70])
    np.testing.assert_allclose(found[:190], np.arange(190) / 2)


def test_backwards_the_samples_come_in_the_other_order() -> None:
    sound = np.arange(1000, dtype=np.float32)
    found = played(deck_on(sound, 900, -NORMAL), [480, 7, 300])
    np.testing.assert_array_equal(found, 900 - np.arange(787))


@pytest.mark.parametrize("speed", [2, 4, 8, -2, -8])
def test_fast_speeds_pass_over_as_many_samples(speed: int) -> None:
    sound = np.full(48_000, 0.25, np.float32)
    deck = deck_on(sound, 24_000, Fraction(speed))
    block, stretches = deck.render(480)
    np.testing.assert_allclose(block, 0.25)
    assert deck.position == 24_000 + 480 * speed == stretches[-1].at(480)


@pytest.mark.parametrize("speed", [NORMAL, HALF])
def test_a_loop_is_kept_to_at_normal_speed_and_below(speed: Fraction) -> None:
    deck = deck_on(np.arange(2000, dtype=np.float32), 100, speed)
    deck.loop = Span(100, 150)
    found = played(deck, [333])
    assert found.min() >= 100 and found.max() <= 150
    np.testing.assert_allclose(found[: int(50 / speed)], 100 + np.arange(int(50 / speed)) * float(speed))


def test_nobody_who_flies_over_a_loop_is_held_in_it() -> None:
    deck = deck_on(noise(1), 0, Fraction(4))
    deck.loop = Span(100, 150)
    deck.render(480)
    assert deck.position == 1920


def test_backwards_it_stops_at_the_beginning(transport: Transport, tape: Tape) -> None:
    transport.set_candidates({"A": noise(1.0)}, at=0)
    transport.seek(4800)
    transport.play(-2 * NORMAL)
    assert transport.speed == -2
    wait_for(lambda: not transport.playing)
    assert transport.position() == 0 and transport.speed == NORMAL


def test_only_what_can_be_judged_is_counted_as_heard(transport: Transport) -> None:
    transport.set_candidates({"A": noise(0.5)}, at=0)
    for speed, counted in ((Fraction(4), 0), (HALF, SAMPLE_RATE // 2)):
        transport.seek(0)
        transport.play(speed)
        wait_for(lambda: not transport.playing)
        assert transport.heard().get("A", 0) == counted


def test_half_speed_takes_twice_as_long_and_the_playhead_says_so(transport: Transport, tape: Tape) -> None:
    transport.set_candidates({"A": noise(4.0)}, at=0)
    tape.until = 1.0
    transport.play(HALF)
    wait_for(tape.stands.is_set)
    assert 0.9 < tape.time <= 1.0
    assert transport.position() == pytest.approx(tape.time * SAMPLE_RATE / 2, abs=2)


def test_a_stretch_is_played_to_its_last_sample_and_no_further(transport: Transport, tape: Tape) -> None:
    sound = noise(1.0)
    transport.set_candidates({"A": sound}, at=0)
    transport.seek(1000)
    transport.play(until=9001)
    wait_for(lambda: not transport.playing)
    assert transport.position() == 9001
    np.testing.assert_array_equal(tape.sound[:8001], sound[1000:9001])
    assert not tape.sound[8001:].any()
    transport.play()
    wait_for(lambda: not transport.playing)
    assert transport.position() == len(sound)
