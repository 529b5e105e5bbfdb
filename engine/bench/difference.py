"""How far two sounds are apart in their spectra."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import stft

from engine.audio.resample import resample
from engine.media.audio_file import read_audio
from engine.spec import SAMPLE_RATE

WINDOW = 1024


def spectral_difference(reference: str, rate: int, other: str) -> float:
    """‖|B| − |A|‖ / ‖|A|‖ of magnitude spectra (Hann, 1024), both at 48 kHz, of equal length and level.

    `reference`: a bare array (.npy) at `rate`; `other`: a sound file at 48 kHz.
    """
    first = resample(np.load(Path(reference), allow_pickle=False), rate, SAMPLE_RATE)
    second = read_audio(other, mono=True)[:, 0]
    length = min(len(first), len(second))
    a, b = (_magnitudes(_levelled(wave[:length])) for wave in (first, second))
    return float(np.linalg.norm(b - a)) / max(float(np.linalg.norm(a)), 1e-12)


def _levelled(wave: NDArray[np.float32]) -> NDArray[np.float32]:
    power = float(np.mean(np.square(wave, dtype=np.float64)))
    return wave / np.float32(max(power, 1e-24) ** 0.5)


def _magnitudes(wave: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.abs(stft(wave, SAMPLE_RATE, nperseg=WINDOW)[2])
