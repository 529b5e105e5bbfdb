"""The playhead: blocks in order, round the loop, across changes of voice, exact to the sample."""

from __future__ import annotations

import numpy as np
import pytest

from engine.spec import Span
from foleydesk.playback.deck import FADE, Deck, Stretch
from foleydesk.playback.voices import SoundVoice


def ramp(n: int, first: float = 0.0) -> np.ndarray:
    return ((first + np.arange(n)) / 2**20).astype(np.float32)


def played(deck: Deck, blocks: list[int]) -> np.ndarray:
    return np.concatenate([deck.render(n)[0] for n in blocks])


def test_blocks_of_any_size_give_the_same_sound():
    sound = np.random.default_rng(0).standard_normal((5000, 2)).astype(np.float32)
    whole, parts = Deck(), Deck()
    for deck in (whole, parts):
        deck.change(SoundVoice("A", sound, 100), at_once=True)
    np.testing.assert_array_equal(played(whole, [5100]), played(parts, [1, 99, 7, 480, 2000, 2513]))


def test_a_sound_lies_where_it_starts_and_silence_around_it():
    deck = Deck()
    deck.change(SoundVoice("A", np.ones(10, np.float32), 5, length=30), at_once=True)
    block, stretches = deck.render(40)
    assert np.flatnonzero(block[:, 0]).tolist() == list(range(5, 15))
    assert stretches == [Stretch(0, 30, "A", Span(5, 15))] and deck.ended


def test_a_loop_goes_round_without_losing_or_doubling_a_sample():
    deck = Deck()
    deck.change(SoundVoice("A", ramp(1000), 0), at_once=True)
    deck.loop = Span(100, 130)
    deck.seek(90)
    block, stretches = deck.render(100)
    expected = np.concatenate([ramp(40, 90), ramp(30, 100), ramp(30, 100)])
    np.testing.assert_array_equal(block[:, 0], expected)
    assert [(s.start, s.n) for s in stretches] == [(90, 40), (100, 30), (100, 30)]


def test_a_playhead_behind_the_loop_plays_on_to_the_end():
    deck = Deck()
    deck.change(SoundVoice("A", ramp(200), 0), at_once=True)
    deck.loop = Span(10, 20)
    deck.seek(50)
    deck.render(150)
    assert deck.ended and deck.position == 200


def test_a_change_of_voice_keeps_the_playhead_and_takes_eight_milliseconds():
    deck, n = Deck(), 4 * FADE
    left, right = np.zeros((n, 2), np.float32), np.zeros((n, 2), np.float32)
    left[:, 0], right[:, 1] = 1, 1
    deck.change(SoundVoice("A", left, 0), at_once=True)
    deck.render(FADE)
    deck.change(SoundVoice("B", right, 0))
    block = np.concatenate([deck.render(100)[0] for _ in range(8)])
    power = (block.astype(np.float64) ** 2).sum(axis=1)
    np.testing.assert_allclose(power, 1, atol=1e-5)
    np.testing.assert_array_equal(block[FADE:], right[: 800 - FADE])
    assert np.all(np.diff(block[:FADE, 1]) > 0) and deck.position == FADE + 800


def test_the_new_voice_is_heard_at_the_same_sample():
    deck, sound = Deck(), ramp(4000)
    deck.change(SoundVoice("A", sound, 0), at_once=True)
    deck.render(1000)
    deck.change(SoundVoice("B", sound * 2, 0))
    block, _ = deck.render(1000)
    np.testing.assert_array_equal(block[FADE:, 0], sound[1000 + FADE : 2000] * 2)


@pytest.mark.parametrize("quickly", [1, 50, FADE - 1])
def test_switching_again_in_mid_fade_makes_no_jump(quickly: int):
    deck, n = Deck(), 8000
    voices = [SoundVoice(x, np.full(n, level, np.float32), 0) for x, level in zip("ABC", (0.1, 0.9, 0.5), strict=True)]
    deck.change(voices[0], at_once=True)
    out = [deck.render(200)[0]]
    for voice in voices[1:]:
        deck.change(voice)
        out.append(deck.render(quickly)[0])
    out.append(deck.render(2000)[0])
    sound = np.concatenate(out)[:, 0]
    assert np.abs(np.diff(sound)).max() < 0.01
    assert sound[-1] == np.float32(0.5)


def test_while_paused_a_change_is_at_once():
    deck = Deck()
    deck.change(SoundVoice("A", np.ones(100, np.float32), 0), at_once=True)
    deck.change(SoundVoice("B", np.full(100, 0.25, np.float32), 0), at_once=True)
    assert np.all(deck.render(100)[0] == 0.25)


def test_only_the_part_within_the_voices_own_sound_counts():
    stretch = Stretch(90, 100, "A", Span(100, 150))
    assert [stretch.counted(n) for n in (5, 10, 20, 60, 100)] == [0, 0, 10, 50, 50]
