"""What is being heard, told from when blocks reach the output."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.spec import SAMPLE_RATE, Span
from foleydesk.playback.deck import Stretch
from foleydesk.playback.heard import Heard

ALL = Span(0, 10**9)


def ms(n: int) -> int:
    return n * SAMPLE_RATE // 1000


def test_the_playhead_waits_for_the_first_block():
    heard = Heard()
    heard.jump(500, 0.0)
    heard.add([Stretch(500, ms(10))], 1.010)
    assert heard.position(0.5) == 500
    assert heard.position(1.005) == 500 + ms(5)
    assert heard.position(9.0) == 500 + ms(10)


def test_round_a_loop_the_playhead_jumps_when_the_ear_does():
    heard = Heard()
    heard.add([Stretch(0, ms(10)), Stretch(ms(5), ms(5))], 0.015)
    assert heard.position(0.0099) == ms(10) - 5
    assert heard.position(0.012) == ms(7)


def test_what_was_dropped_was_never_heard():
    heard = Heard()
    heard.add([Stretch(0, ms(100), "A", ALL)], 0.1)
    heard.jump(ms(40), 0.04)
    assert heard.samples(0.2) == {"A": ms(40)}
    assert heard.position(0.2) == ms(40)


def test_each_candidate_has_its_own_time():
    heard = Heard()
    heard.add([Stretch(0, ms(10), "A", ALL)], 0.010)
    heard.add([Stretch(ms(10), ms(10), "B", ALL)], 0.020)
    heard.add([Stretch(ms(20), ms(10), "A", ALL)], 0.030)
    assert heard.samples(0.025) == {"A": ms(15), "B": ms(10)}


def test_counting_anew_does_not_count_what_was_already_on_its_way():
    heard = Heard()
    heard.add([Stretch(0, ms(100), "A", ALL)], 0.1)
    heard.forget_counts()
    heard.add([Stretch(ms(100), ms(10), "A", ALL)], 0.11)
    assert heard.samples(1.0) == {"A": ms(10)}


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(30000, 1001)])
def test_over_an_hour_the_picture_follows_within_half_a_frame(rate: Fraction):
    heard, block = Heard(), 480
    frame = SAMPLE_RATE / rate
    for i in range(3600 * SAMPLE_RATE // block):
        ends = (i + 1) * block / SAMPLE_RATE
        heard.add([Stretch(i * block, block)], ends)
        if i % 1000 == 0:
            now = ends - 0.0031
            assert abs(heard.position(now) - now * SAMPLE_RATE) < frame / 2
    assert len(heard._coming) < 1001
