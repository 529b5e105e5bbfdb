"""How far two sounds are apart in their spectra."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import stft

from engine.audio.finish import finish
from engine.audio.resample import resample
from engine.media.audio_file import read_audio
from engine.spec import SAMPLE_RATE

WINDOW = 1024

Wave = NDArray[np.float32]


@dataclass(frozen=True)
class Differences:
    """Each between 0, the same, and about 1.4, nothing in common.

    `raw`: what our network and codec give, at their own rate and level, from the published program's; `exact`: the same
    with every encoder in float32, None where that is how it computes anyway; `finished`: our file, at 48 kHz, from the
    published sound at an equal level; `finishing`: how much of that finishing makes, done to the published sound.
    """

    raw: float
    exact: float | None
    finished: float
    finishing: float


def differences(published: str, rate: int, raw: str, exact: str | None, finished: str) -> Differences:
    """`published`, `raw`, `exact`: bare arrays (.npy) at `rate`; `finished`: a sound file at 48 kHz."""
    theirs = _array(published)
    file = read_audio(finished, mono=True)[:, 0]
    at_our_rate = resample(theirs, rate, SAMPLE_RATE)
    return Differences(
        spectral_difference(theirs, _array(raw)),
        spectral_difference(theirs, _array(exact)) if exact else None,
        spectral_difference(_levelled(at_our_rate[: len(file)]), _levelled(file)),
        spectral_difference(_levelled(at_our_rate[: len(file)]), _levelled(finish(theirs, rate, len(file)))),
    )


def spectral_difference(reference: Wave, other: Wave) -> float:
    """‖|B| − |A|‖ / ‖|A|‖ of magnitude spectra (Hann, 1024) over the length that both have."""
    length = min(len(reference), len(other))
    a, b = (np.abs(stft(wave[:length], nperseg=WINDOW)[2]) for wave in (reference, other))
    return float(np.linalg.norm(b - a)) / max(float(np.linalg.norm(a)), 1e-12)


def _array(path: str) -> Wave:
    found: Wave = np.load(Path(path), allow_pickle=False)
    return found


def _levelled(wave: Wave) -> Wave:
    power = float(np.mean(np.square(wave, dtype=np.float64)))
    return wave / np.float32(max(power, 1e-24) ** 0.5)
