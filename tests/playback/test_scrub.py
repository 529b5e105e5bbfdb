"""Dragging the playhead: short grains of what lies under it, and rest afterwards."""

from __future__ import annotations

import numpy as np
import pytest
from tape import Tape, noise, wait_for

from engine.spec import SAMPLE_RATE
from foleydesk.playback.deck import GRAIN, GRAIN_FADE
from foleydesk.playback.transport import Transport


def test_a_grain_of_the_place_is_heard_and_the_playhead_stays(transport: Transport, tape: Tape) -> None:
    sound = noise(2.0)
    transport.set_candidates({"A": sound}, at=0)
    transport.scrub(SAMPLE_RATE)
    assert transport.position() == SAMPLE_RATE and not transport.playing
    wait_for(lambda: tape.blocks and not transport._grain and transport._quiet_at is None)
    inner = slice(GRAIN_FADE, GRAIN - GRAIN_FADE)
    np.testing.assert_array_equal(tape.sound[inner], sound[SAMPLE_RATE:][inner])
    assert abs(tape.sound[0]) < 0.01 and not tape.sound[GRAIN:].any()
    assert transport.position() == SAMPLE_RATE and transport.heard().get("A", 0) == 0


def test_the_newest_place_wins(transport: Transport, tape: Tape) -> None:
    transport.set_candidates({"A": np.arange(96_000, dtype=np.float32) / 2**17}, at=0)
    tape.until = 0.0
    transport.scrub(10_000)
    for place in range(20_000, 40_000, 500):
        transport.scrub(place)
    tape.until = float("inf")
    wait_for(lambda: transport._quiet_at is None and transport._grain_at is None and not transport._grain)
    last = np.flatnonzero(tape.sound)[-1]
    assert round(tape.sound[last - GRAIN // 2] * 2**17) == pytest.approx(39_500 + GRAIN // 2, abs=4)
    assert last < 3 * GRAIN
    assert transport.position() == 39_500


def test_playing_stops_for_the_hand_and_goes_on_from_where_it_let_go(transport: Transport, tape: Tape) -> None:
    sound = noise(1.0)
    transport.set_candidates({"A": sound}, at=0)
    tape.until = 0.2
    transport.play()
    wait_for(lambda: transport.position() > 4800)
    transport.scrub(40_000)
    assert not transport.playing
    tape.until = float("inf")
    transport.play()
    wait_for(lambda: not transport.playing)
    assert transport.position() == len(sound)


def test_scrubbing_at_the_very_end_is_silent_and_harmless(transport: Transport, tape: Tape) -> None:
    transport.set_candidates({"A": noise(0.1)}, at=0)
    transport.scrub(10**9)
    transport.scrub(-5)
    wait_for(lambda: transport._grain_at is None)
    assert transport.position() == 0
