"""Waves to draw: no sample is lost at any zoom, and hits are found where they are heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from engine.media.audio_file import write_wav
from engine.spec import SAMPLE_RATE, ignore
from foleydesk.studio.waves import Waves
from foleydesk.views.timeline.wave import columns
from foleydesk.workers.wave_thread import FINE, extremes, onsets_of, stacked, wave_of

HITS = (12_345, 40_000, 61_111)


def struck(seconds: float = 2.0) -> np.ndarray:
    """Hits that die away."""
    sound = np.zeros(int(seconds * SAMPLE_RATE), np.float32)
    noise = np.random.default_rng(3).uniform(-1, 1, 4000) * np.exp(-np.arange(4000) / 900)
    for at in HITS:
        sound[at : at + 4000] += 0.6 * noise
    return sound


def test_a_single_sample_is_seen_however_far_one_looks_from() -> None:
    sound = np.zeros(30 * SAMPLE_RATE, np.float32)
    sound[777_777] = 0.9
    wave = stacked(extremes(sound, FINE), FINE)
    for scale in (8.0, 100.0, 1000.0, 30_000.0):
        first = 777_777 - 20 * scale
        low, high = columns(wave, first, scale, 40)
        assert high.max() == np.float32(0.9) and abs(int(high.argmax()) - 20) <= 2, scale


def test_nothing_is_drawn_before_the_sound_and_behind_it() -> None:
    wave = stacked(extremes(np.ones(SAMPLE_RATE, np.float32), FINE), FINE)
    low, high = columns(wave, -24_000, 480, 200)
    assert not high[:49].any() and high[52:148].all() and not high[152:].any()


def test_hits_are_found_where_they_begin() -> None:
    found = onsets_of(stacked(extremes(struck(), FINE), FINE))
    assert len(found) == len(HITS)
    assert max(abs(at - hit) for at, hit in zip(found, HITS, strict=True)) <= 64


def test_silence_has_no_onsets() -> None:
    assert onsets_of(stacked(extremes(np.zeros(SAMPLE_RATE, np.float32), FINE), FINE)) == ()


def test_a_file_is_read_in_the_background_and_kept(qtbot: QtBot, tmp_path: Path) -> None:
    wav = tmp_path / "hits.wav"
    write_wav(wav, struck())
    waves = Waves()
    assert waves.of(wav) is None
    qtbot.waitUntil(lambda: waves.of(wav) is not None, timeout=10_000)
    wave = waves.of(wav)
    assert wave is not None and len(wave.onsets) == len(HITS) and not waves.waiting
    assert waves.of(tmp_path / "none.wav") is None
    qtbot.waitUntil(lambda: not waves.waiting, timeout=10_000)
    assert waves.of(tmp_path / "none.wav") is None
    waves.shutdown()


def test_a_long_file_is_read_as_a_short_one_is(tmp_path: Path) -> None:
    wav = tmp_path / "hits.wav"
    write_wav(wav, struck())
    np.testing.assert_allclose(wave_of(wav, ignore).floors[0], extremes(struck(), FINE), atol=1e-4)
