"""A match equaliser: the colour comes over, the moment stays."""

import numpy as np
import pytest

from engine.audio.colour import FRAME, coloured

RATE = 44_100


def noise(seconds: float, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, int(seconds * RATE))


def dull(wave: np.ndarray, hz: float = 2000.0) -> np.ndarray:
    """Everything above `hz` 30 dB lower."""
    spectrum = np.fft.rfft(wave)
    spectrum[np.fft.rfftfreq(len(wave), 1 / RATE) > hz] *= 10 ** (-30 / 20)
    return np.fft.irfft(spectrum, len(wave))


def level_above(wave: np.ndarray, hz: float) -> float:
    """In dB, of what is above `hz`, below the whole."""
    power = np.abs(np.fft.rfft(wave)) ** 2
    return float(10 * np.log10(power[np.fft.rfftfreq(len(wave), 1 / RATE) > hz].sum() / power.sum()))


def test_noise_takes_the_colour_of_duller_noise() -> None:
    wave, like = noise(2), dull(noise(1, 1))
    made = coloured(wave, like, RATE)
    assert len(made) == len(wave) and made.dtype == np.float32
    assert level_above(made, 4000) < level_above(wave, 4000) - 12
    assert np.sqrt(np.mean(made**2)) == pytest.approx(np.sqrt(np.mean(wave**2)), rel=1e-4)


def test_a_sound_like_its_reference_stays() -> None:
    wave = noise(2)
    assert np.abs(coloured(wave, 0.3 * wave, RATE) - wave).max() < 1e-3 * np.abs(wave).max()


def test_nothing_sounds_before_its_attack() -> None:
    wave = np.zeros(RATE)
    wave[20_000:22_000] = noise(1)[:2000]
    made = coloured(wave, dull(noise(1, 1)), RATE)
    assert np.sum(made[:20_000] ** 2) < 1e-6 * np.sum(made**2)
    assert np.abs(np.argmax(np.abs(made)) - 20_000) < 2000 + FRAME // 8


def test_no_band_is_changed_beyond_what_is_said() -> None:
    wave, like = noise(2), dull(noise(2, 1), 300)
    made = coloured(wave, like, RATE)
    assert level_above(made, 4000) > level_above(wave, 4000) - 32


@pytest.mark.parametrize("samples", [1, 100, 5000])
def test_silence_and_very_short_sounds_pass(samples: int) -> None:
    silence, some = np.zeros(samples), noise(1)[:samples]
    assert np.array_equal(coloured(silence, noise(1), RATE), silence)
    assert np.array_equal(coloured(some, silence, RATE), some.astype(np.float32))
    assert np.isfinite(coloured(some, noise(1), RATE)).all()


def test_blocks_join_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    wave, like = noise(1), dull(noise(1, 1))
    whole = coloured(wave, like, RATE)
    monkeypatch.setattr("engine.audio.colour.BLOCK", 5000)
    assert np.abs(coloured(wave, like, RATE) - whole).max() < 1e-6
