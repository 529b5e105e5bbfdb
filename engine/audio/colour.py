"""Give a sound the colour of another, as a match equaliser does: one filter for the whole of it. Torch-free.

What happens when stays where it is: the filter is the same throughout and of minimum phase, so nothing sounds before
its attack.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FRAME = 4096
"""Samples of a spectrum, and of the filter."""
BLOCK = 1 << 16
SOUNDING_DB = 40.0
"""Frames further than this below the loudest say nothing about a sound's colour."""
OCTAVES = 1 / 3
"""Levels are averaged over so much on either side: what lies closer belongs to a pitch, not to a colour."""
LOWEST_HZ = 40.0
FLOOR_DB = 50.0
"""Further than this below a sound's strongest band is nothing that could be brought up."""
MOST_DB = 15.0
"""The filter raises or lowers no band by more, beside what it does to all on average."""

Wave = NDArray[np.floating]


def coloured(wave: Wave, like: Wave, rate: int) -> NDArray[np.float32]:
    """`wave` (samples,) with the long-term spectrum of `like` (samples,), both mono at `rate`; as loud as before.

    Silence, on either side, changes nothing.
    """
    own, wanted = (_levels(np.asarray(sound, np.float64), rate) for sound in (wave, like))
    if own is None or wanted is None:
        return np.asarray(wave, np.float32)
    change = wanted - own
    change = change - np.average(change, weights=1 / np.maximum(np.arange(len(change)), LOWEST_HZ * FRAME / rate))
    made = _convolved(np.asarray(wave, np.float64), _minimum_phase(np.clip(change, -MOST_DB, MOST_DB)))
    before, after = (float(np.sqrt(np.mean(np.square(sound)))) for sound in (wave, made))
    return (made * (before / after if after > 0 else 1.0)).astype(np.float32)


def _levels(sound: NDArray[np.float64], rate: int) -> NDArray[np.float64] | None:
    """(2049,) in dB below the strongest band, smoothed over a part of an octave; None for silence."""
    half = FRAME // 2
    padded = np.pad(sound, (half, half + -len(sound) % half))
    window, total = np.hanning(FRAME), np.zeros(half + 1)
    starts = range(0, len(padded) - FRAME + 1, half)
    powers = np.array([np.sum(padded[at : at + FRAME] ** 2) for at in starts])
    loudest = float(powers.max(initial=0.0))
    if loudest <= 0:
        return None
    for at, power in zip(starts, powers, strict=True):
        if power > loudest * 10 ** (-SOUNDING_DB / 10):
            total += np.abs(np.fft.rfft(padded[at : at + FRAME] * window)) ** 2
    smooth = _smoothed(total, rate)
    return np.maximum(10 * np.log10(smooth / smooth.max() + 1e-12), -FLOOR_DB)


def _smoothed(power: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """Each bin's mean over OCTAVES on either side; below LOWEST_HZ, that of LOWEST_HZ."""
    hz = np.maximum(np.fft.rfftfreq(FRAME, 1 / rate), LOWEST_HZ)
    sums = np.concatenate([[0.0], np.cumsum(power)])
    bins = hz * FRAME / rate
    low = np.floor(bins * 2**-OCTAVES).astype(int)
    high = np.minimum(np.ceil(bins * 2**OCTAVES).astype(int) + 1, len(power))
    mean: NDArray[np.float64] = (sums[high] - sums[low]) / (high - low)
    return mean


def _minimum_phase(gain_db: NDArray[np.float64]) -> NDArray[np.float64]:
    """(FRAME,) taps with these gains whose energy comes as early as it can, by way of the cepstrum
    (Oppenheim & Schafer, "Discrete-Time Signal Processing", 12.4)."""
    cepstrum = np.fft.irfft(gain_db * np.log(10) / 20, FRAME)
    cepstrum[1 : FRAME // 2] *= 2
    cepstrum[FRAME // 2 + 1 :] = 0
    taps: NDArray[np.float64] = np.fft.irfft(np.exp(np.fft.rfft(cepstrum)), FRAME)
    return taps


def _convolved(sound: NDArray[np.float64], taps: NDArray[np.float64]) -> NDArray[np.float64]:
    """As long as the sound; by blocks, so that ten minutes take little memory."""
    out, size = np.zeros(len(sound) + len(taps) - 1), BLOCK + len(taps) - 1
    spectrum = np.fft.rfft(taps, size)
    for at in range(0, len(sound), BLOCK):
        some = sound[at : at + BLOCK]
        out[at : at + len(some) + len(taps) - 1] += np.fft.irfft(np.fft.rfft(some, size) * spectrum, size)[
            : len(some) + len(taps) - 1]
    return out[: len(sound)]
