"""Each scorer on sounds whose faults are known, and the sentence it finds for them."""

from __future__ import annotations

import numpy as np
import pytest

from engine.audio.finish import finish
from engine.ranking import ranker
from engine.ranking.base import Asked, Sound
from engine.ranking.onsets import Onset
from engine.ranking.perceptual import judge as clean
from engine.ranking.semantic import Scale, Semantic
from engine.ranking.temporal import Temporal
from engine.ranking.temporal import judge as timing
from engine.spec import Direction, Event, Score, Span

RATE = 48_000
TIMES = (0.5, 1.5, 2.5, 3.5)


def heard(*times: float, strength: float = 0.9) -> list[Onset]:
    return [Onset(at, strength) for at in times]


def says(*onsets: Onset) -> str:
    return timing(TIMES, (1, 1, 1, 1), onsets)[0].says


def value(*onsets: Onset) -> float:
    return timing(TIMES, (1, 1, 1, 1), onsets)[0].value


def hit_wave(times: tuple[float, ...], gain: float = 0.5) -> np.ndarray:
    rng = np.random.default_rng(0)
    wave, t = np.zeros(4 * RATE, np.float32), np.arange(RATE // 4) / RATE
    for at in times:
        start = int(at * RATE)
        body = rng.standard_normal(len(t)) * np.exp(-t / 0.03) * gain * 0.3
        wave[start : start + len(t)] += body.astype(np.float32)
    return wave


def test_in_time_is_full_marks():
    assert value(*heard(*TIMES)) == 1
    assert says(*heard(*TIMES)) == "all 4 hits in time"


def test_forty_ms_are_not_noticed():
    assert value(*heard(0.54, 1.46, 2.5, 3.5)) == 1


def test_the_sentence_names_the_worst_hit():
    assert says(*heard(0.5, 1.5, 2.62, 3.5)) == "third hit 120 ms late"
    assert says(*heard(0.35, 1.5, 2.5, 3.5)) == "first hit 150 ms early"
    assert says(*heard(0.5, 1.5, 3.5)) == "third hit silent"
    assert says(*heard(*TIMES, 3.0)) == "extra hit at 3.0 s"


def test_what_most_hits_share_is_said_of_all():
    assert says(*heard(*(t + 0.12 for t in TIMES))) == "every hit about 120 ms late"
    assert says(*heard(0.5, 1.5)) == "2 of 4 hits silent"
    assert says() == "all 4 hits silent"
    assert timing((1.0,), (1,), ())[0].says == "the hit is silent"


def test_later_is_worse_and_far_off_is_worse_than_silent():
    values = [value(*heard(0.5, 1.5, 2.5 + late, 3.5)) for late in (0.0, 0.08, 0.15, 0.24)]
    assert values == sorted(values, reverse=True)
    assert values[-1] < value(*heard(0.5, 1.5, 3.5)) < values[-2]


def test_a_soft_extra_onset_is_texture():
    assert value(*heard(*TIMES), Onset(3.0, 0.2)) == 1


def test_a_strong_event_counts_more_than_a_faint_one():
    strong = timing((1.0, 2.0), (1.0, 0.2), heard(1.0))[0]
    faint = timing((1.0, 2.0), (1.0, 0.2), heard(2.0))[0]
    assert strong.value > faint.value


def test_offset_is_signed_and_in_seconds():
    offset = timing(TIMES, (1, 1, 1, 1), heard(*(t + 0.12 for t in TIMES)))[-1]
    assert (offset.name, offset.value, offset.unit, offset.says) == ("offset", 0.12, "s", "120 ms late")


def test_without_events_timing_is_not_judged():
    for events in (None, ()):
        assert Temporal().score(Asked(Span(0, RATE), events=events), [Sound(hit_wave((0.5,)))]) == [()]


def test_events_are_placed_from_the_start_of_the_span():
    start = 10 * RATE
    events = tuple(Event(start + int(t * RATE), 1.0) for t in TIMES)
    (scores,) = Temporal().score(Asked(Span(start, start + 4 * RATE), events=events), [Sound(hit_wave(TIMES))])
    assert scores[0].value == 1
    assert scores[1].says == "4 of 4 events sound within 100 ms"


def test_a_clean_sound_is_clean():
    score, peak = clean(finish(hit_wave(TIMES), RATE, 4 * RATE))
    assert (score.value, score.says) == (1, "clean")
    assert peak.unit == "dBFS"


def test_clipping_is_found_where_it_is():
    wave = hit_wave((0.5,), 0.05)
    t = np.arange(RATE // 10) / RATE
    wave[int(1.2 * RATE) : int(1.3 * RATE)] = np.clip(1.6 * np.sin(2 * np.pi * 700 * t), -0.95, 0.95)
    assert clean(wave)[0].says == "clips at 1.2 s"
    assert clean(wave)[0].value < 0.7


def test_clipping_shows_through_resampling():
    rng = np.random.default_rng(0)
    t = np.arange(2 * 44_100) / 44_100
    burst = np.where((t > 1.2) & (t < 1.3), np.sin(2 * np.pi * 500 * t) + 0.1 * rng.standard_normal(len(t)), 0)
    says = clean(finish(np.clip(6 * burst, -1, 1), 44_100, 2 * RATE))[0].says
    assert says == "clips at 1.2 s"


@pytest.mark.parametrize("hz", [30, 100, 440, 5000])
def test_a_sine_does_not_clip(hz: int):
    t = np.arange(RATE) / RATE
    assert "clips" not in clean((0.9 * np.sin(2 * np.pi * hz * t)).astype(np.float32))[0].says


def test_noise_does_not_clip():
    noise = np.random.default_rng(0).standard_normal(RATE).astype(np.float32) * 0.1
    assert clean(noise)[0].says == "clean"


def test_silence_is_worth_nothing():
    assert clean(np.zeros(RATE, np.float32))[0].value == 0
    assert clean(np.zeros(RATE, np.float32))[0].says == "silent"
    assert clean(np.zeros(0, np.float32))[0].value == 0
    assert clean(hit_wave(TIMES, 0.01))[0].says == "almost silent"


def test_an_offset_from_zero_is_told():
    assert clean(hit_wave(TIMES) + np.float32(0.05))[0].says == "offset from zero by 0.050"


def test_hiss_between_hits_is_told_but_rain_is_not():
    noise = np.random.default_rng(1).standard_normal(4 * RATE).astype(np.float32)
    assert clean(hit_wave(TIMES) + 0.01 * noise)[0].says.startswith("hiss")
    assert clean(0.1 * noise)[0].says == "clean"


class Ear:
    """Hears how much of a sound lies below 1 kHz; the words point there or away."""

    def embed_text(self, texts: list[str]) -> np.ndarray:
        return np.array([[1.0, 0.0] if text == "thud" else [0.0, 1.0] for text in texts], np.float32)

    def embed_audio(self, waveform: np.ndarray) -> np.ndarray:
        power = np.abs(np.fft.rfft(waveform, axis=1)) ** 2
        bins = int(waveform.shape[1] / 44.1)
        both = np.stack([power[:, :bins].sum(1), power[:, bins:].sum(1)], 1)
        return (both / (np.linalg.norm(both, axis=1, keepdims=True) + 1e-9)).astype(np.float32)


def test_likeness_is_told_in_words_and_on_the_models_scale():
    t = np.arange(RATE) / RATE
    low, high = (Sound(np.sin(2 * np.pi * hz * t).astype(np.float32)) for hz in (200, 6000))
    scorer = Semantic(Ear(), Scale(unrelated=0.0, related=1.0))
    (like,), (unlike,) = scorer.score(Asked(Span(0, RATE), "thud"), [low, high])
    assert like.says == "sounds like 'thud'"
    assert unlike.says == "sounds unlike 'thud'"
    assert (like.level, unlike.level) == pytest.approx((0.9, 0.1), abs=0.01)
    assert scorer.score(Asked(Span(0, RATE), "  "), [low]) == [()]


def headline(name: str, level: float, says: str = "") -> Score:
    return Score(name, level, "", Direction.HIGHER, level, says or name, name)


def test_a_failure_is_not_carried_by_the_rest():
    even = ranker.card([headline("semantic", 0.5), headline("temporal", 0.5), headline("perceptual", 0.5)])
    lopsided = ranker.card([headline("semantic", 1.0), headline("temporal", 0.0), headline("perceptual", 1.0)])
    assert even.total == 0.5 > lopsided.total


def test_what_cannot_be_judged_does_not_count():
    assert ranker.card([headline("temporal", 0.7)]).total == 0.7
    assert ranker.card([]).total == 0


def test_the_sentence_is_about_what_is_weakest():
    card = ranker.card([
        headline("semantic", 0.9, "sounds like 'a twig'"), headline("temporal", 0.4, "third hit 120 ms late"),
        headline("perceptual", 1.0, "clean"),
    ])
    assert card.says == "third hit 120 ms late"


def test_a_card_does_not_depend_on_the_batch():
    asked = Asked(Span(0, 4 * RATE), "thud", tuple(Event(int(t * RATE), 1.0) for t in TIMES))
    sounds = [Sound(hit_wave(TIMES)), Sound(hit_wave((0.7, 1.9))), Sound(np.zeros(4 * RATE, np.float32))]
    scorers = [Semantic(Ear(), Scale()), Temporal()]
    together = ranker.cards(scorers, asked, sounds)
    assert together == [ranker.cards(scorers, asked, [sound])[0] for sound in sounds]
    assert ranker.order(together)[0] == 0
