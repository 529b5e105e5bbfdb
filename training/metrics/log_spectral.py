"""How far apart two sounds' spectra are, in powers of ten."""

from __future__ import annotations

import numpy as np
from scipy.signal import stft

WINDOWS = (512, 1024, 2048)
"""Lengths in samples: the short ones show smeared attacks, the long one tones that are off."""
FLOOR_DB = -80.0


def log_power(wave: np.ndarray, window: int, floor: float) -> np.ndarray:
    """(samples,) → (bins, frames): log10 of the power under Hann windows a quarter apart, at least log10 `floor`."""
    _, _, spectrum = stft(wave, nperseg=window, noverlap=window * 3 // 4, window="hann")
    return np.log10(np.maximum(np.abs(spectrum) ** 2, floor))


def log_spectral_distance(real: np.ndarray, made: np.ndarray) -> float:
    """Root mean square over bins of the difference of log10 power, averaged over frames, and over windows
    of three lengths (1.0 is 10 dB).

    real, made: (samples,) at 44.1 kHz, of the same length. Power below −80 dB of the strongest bin of `real` counts as
    −80 dB, so that a scale common to both changes nothing. Two draws of the same white noise are 0.79 apart: even the
    right sound with another noise in it is not at 0. Raises ValueError when the lengths differ.
    Source: Gray & Markel 1976, "Distance measures for speech processing", the rms log spectral measure.
    """
    if real.shape != made.shape:
        raise ValueError(f"the sounds differ in length: {real.shape} and {made.shape}")
    return float(np.mean([_apart(real, made, window) for window in WINDOWS]))


def _apart(real: np.ndarray, made: np.ndarray, window: int) -> float:
    strongest = float(10 ** log_power(real, window, 1e-20).max())
    floor = strongest * 10 ** (FLOOR_DB / 10)
    apart = log_power(real, window, floor) - log_power(made, window, floor)
    return float(np.sqrt((apart**2).mean(axis=0)).mean())
