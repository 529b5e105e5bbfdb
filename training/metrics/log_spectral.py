"""How far apart two sounds' spectra are, in powers of ten."""

from __future__ import annotations

import numpy as np
from scipy.signal import stft

N_FFT = 2048
HOP = 512
FLOOR_DB = -80.0


def log_power(wave: np.ndarray, floor: float) -> np.ndarray:
    """(samples,) → (1025, frames): log10 of the power in each bin of a 46 ms Hann window, at least log10 `floor`."""
    _, _, spectrum = stft(wave, nperseg=N_FFT, noverlap=N_FFT - HOP, window="hann")
    return np.log10(np.maximum(np.abs(spectrum) ** 2, floor))


def log_spectral_distance(real: np.ndarray, made: np.ndarray) -> float:
    """Root mean square over bins of the difference of log10 power, averaged over frames (1.0 is 10 dB).

    real, made: (samples,) at 44.1 kHz, of the same length. Power below −80 dB of the strongest bin of `real` counts as
    −80 dB, so that a scale common to both changes nothing. Two draws of the same white noise are 0.79 apart: even the
    right sound with another noise in it is not at 0. Raises ValueError when the lengths differ.
    Source: Gray & Markel 1976, "Distance measures for speech processing", the rms log spectral measure.
    """
    if real.shape != made.shape:
        raise ValueError(f"the sounds differ in length: {real.shape} and {made.shape}")
    strongest = float(10 ** log_power(real, 1e-20).max())
    floor = strongest * 10 ** (FLOOR_DB / 10)
    apart = log_power(real, floor) - log_power(made, floor)
    return float(np.sqrt((apart**2).mean(axis=0)).mean())
