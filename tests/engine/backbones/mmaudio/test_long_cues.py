"""Cues longer than the model's eight seconds: exact length, no seam that can be measured, memory that hardly grows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from engine.backbones.mmaudio import lengths
from engine.backbones.mmaudio.config import VARIANTS, MMAudioConfig
from engine.sampling.windows import places

SECOND = 48_000
ROOT = Path(__file__).resolve().parents[4]
PROGRAM = Path(__file__).with_name("long_cue.py")
FRAME = SECOND // 20
"""50 ms."""
BANDS = 12


def made(folder: Path, seconds: float, steps: int, size: str) -> dict[str, Any]:
    """One candidate, made by a process of its own, so that its peak of memory is its own."""
    command = [sys.executable, str(PROGRAM), str(folder), f"{seconds:g}", str(steps), size]
    told = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, check=True,
                          stdout=subprocess.PIPE)  # fmt: skip
    return json.loads(told.stdout.splitlines()[-1])


def seams(config: MMAudioConfig, seconds: float) -> list[float]:
    """Seconds at which a window begins or ends, in sampling or in decoding, or two decoded ones meet."""
    frames = lengths.latent_frames(config, lengths.made_s(seconds))
    longest = lengths.latent_frames(config, 8.0)
    found = []
    for aligned in (lambda frame: lengths.aligned(config, frame), lambda frame: frame):
        where = places(frames, longest, aligned=aligned)
        for before, after in zip(where, where[1:], strict=False):
            found += [before.stop, after.start, (before.stop + after.start) / 2]
    return [at / config.latent_rate for at in found]


def features(wave: np.ndarray) -> np.ndarray:
    """(frames, 2 + BANDS): level, steepest step between two samples, and level by band, of every 50 ms in decibels."""
    frames = wave[: len(wave) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME))) ** 2
    edges = np.geomspace(1, power.shape[1] / 3, BANDS + 1).astype(int)
    bands = [power[:, low : max(low + 1, high)].mean(1) for low, high in zip(edges, edges[1:], strict=False)]
    steps = np.abs(np.diff(frames)).max(1) ** 2
    return 10 * np.log10(np.stack([(frames**2).mean(1), steps, *bands], axis=1) + 1e-10)


def strangeness(wave: np.ndarray, at: Sequence[float]) -> float:
    """How far the frames around these moments lie from the rest of the sound, in standard errors: the worst feature.

    The standard error is that of as many groups of neighbouring frames drawn from anywhere else.
    """
    rows = features(wave)
    places = np.unique([int(second * SECOND / FRAME) for second in at])
    near = np.unique((places[:, None] + np.arange(-1, 2)).clip(0, len(rows) - 1))
    away = np.setdiff1d(np.arange(10, len(rows) - 10), near)
    chance = np.random.default_rng(0)
    drawn = [rows[(chance.choice(away, len(places))[:, None] + np.arange(-1, 2)).ravel()].mean(0) for _ in range(400)]
    spread = np.std(drawn, axis=0)
    return float(np.max(np.abs(rows[near].mean(0) - np.mean(drawn, axis=0)) / spread))


def test_half_a_minute_is_half_a_minute_and_its_seams_are_like_the_rest(tmp_path: Path, tiny_mmaudio: Any):
    found = made(tmp_path, 30, 4, "tiny")
    assert found["samples"] == 30 * SECOND
    wave, rate = soundfile.read(found["wav"])
    assert rate == SECOND and len(wave) == 30 * SECOND
    at = seams(tiny_mmaudio.NETWORK, 30)
    assert len(at) == 24
    assert strangeness(wave, at) < 5
    cut = wave.copy()
    for second in at:  # the measure sees a seam where there is one
        cut[int(second * SECOND) - 600 : int(second * SECOND) + 600] *= 0.5
    assert strangeness(cut, at) > 5


@pytest.mark.parametrize("config", VARIANTS.values(), ids=list(VARIANTS))
def test_windows_begin_where_segments_of_motion_do(config: MMAudioConfig):
    """Each window's segments and frames of picture are the ones it would have by itself, to half a latent frame."""
    for seconds in (8.3, 9.0, 17.77, 60.0, 300.0, 600.0):
        whole = lengths.made_s(seconds)
        assert seconds <= whole < seconds + 0.32
        frames, longest = lengths.latent_frames(config, whole), lengths.latent_frames(config, 8.0)
        where = places(frames, longest, aligned=lambda frame: lengths.aligned(config, frame))
        segments, pictures = lengths.sync_segments(config, whole), lengths.clip_frames(config, whole)
        assert where[0].start == 0 and where[-1].stop == frames
        for place in where:
            first = lengths.segment_of(config, place.start)
            assert abs(place.start / config.latent_rate - first * 0.32) <= 0.5 / config.latent_rate + 1e-6
            assert abs(lengths.clip_frame_of(first) / 8 - first * 0.32) <= 1 / 16
            assert longest <= place.stop - place.start <= longest + 1
            length = (place.stop - place.start) / config.latent_rate
            assert first + lengths.sync_segments(config, length) <= segments + 1
            assert lengths.clip_frame_of(first) + lengths.clip_frames(config, length) <= pictures + 1


@pytest.mark.parametrize("seconds", [0.64, 0.65, 1.0, 2.375, 5.0, 7.99, 8.0])
def test_lengths_up_to_eight_seconds_are_the_published_ones(seconds: float):
    for config in VARIANTS.values():
        assert lengths.latent_frames(config, seconds) == config.latent_frames(seconds)
        assert lengths.clip_frames(config, seconds) == config.clip_frames(seconds)
        assert lengths.sync_segments(config, seconds) == config.sync_segments(seconds)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_five_minutes_with_the_small_network_take_little_more_memory_than_half_a_minute(tmp_path: Path):
    made(tmp_path, 1, 1, "small_16k")  # the files of the model are made by a process of their own
    short, minute, long = (made(tmp_path, seconds, steps, "small_16k") for seconds, steps in SLOW)
    assert [one["samples"] for one in (short, minute, long)] == [seconds * SECOND for seconds, _ in SLOW]
    assert long["peak"] <= 1.3 * short["peak"]
    for one, (seconds, _) in zip((minute, long), SLOW[1:], strict=True):
        assert strangeness(soundfile.read(one["wav"])[0], seams(VARIANTS["small_16k"], seconds)) < 5


SLOW = ((30, 2), (60, 4), (300, 1))
"""Seconds and steps."""
