"""Synthetic weights and inputs: every tensor is a function of a seed, its name and its shape alone.

The numbers are standard normal, drawn in float32 by numpy's PCG64 generator, which is seeded with the CRC-32 of
`seed:name` (weights) or `seed:input:name` (inputs); what a weight's name says decides how they are scaled. Names are
those of the published state dicts, weight normalisation folded into one plain weight.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

TOKENS = frozenset({
    "cls_token", "class_embedding", "token_embedding", "pos_embed", "pos_emb", "temp_embed", "sync_pos_emb",
    "positional_embedding", "empty_string_feat", "empty_clip_feat", "empty_sync_feat",
})
"""What stands as a token or a position rather than as a projection."""

LOUDER = {"clip_cond_proj": 3.0, "text_cond_proj": 3.0, "convs2": 0.3, "conv_post": 0.25}
"""Projections whose scale is changed: conditions that matter, residual branches and waveforms that stay in range."""


def drawn(label: str, shape: Sequence[int]) -> Numbers:
    """Standard normal numbers that belong to a label."""
    source = np.random.Generator(np.random.PCG64(zlib.crc32(label.encode())))
    return source.standard_normal(tuple(shape), dtype=np.float32)


def spread(name: str, shape: Sequence[int]) -> tuple[float, float]:
    """(centre, scale) of the numbers that the weight of this name is made of."""
    parts = name.split(".")
    kind = parts[-1]
    if kind in ("latent_std", "data_std"):
        return 1.0, 0.1
    if kind in ("latent_mean", "data_mean"):
        return 0.0, 0.5
    if kind in ("alpha", "beta", "learnable_gain"):
        return 0.0, 0.1
    if kind.endswith("bias"):
        return 0.0, 0.02
    if TOKENS & set(parts):
        return 0.0, 0.5
    if len(shape) < 2:
        return 1.0, 0.1
    scale = 1.0 / math.sqrt(math.prod(shape[1:]))
    for part, factor in LOUDER.items():
        if part in parts:
            scale *= factor
    return 0.0, scale


def weight(seed: int, name: str, shape: Sequence[int]) -> Numbers:
    """The parameter or buffer of this name. Deviations (`latent_std`, `data_std`) are never below their centre."""
    numbers = drawn(f"{seed}:{name}", shape)
    centre, scale = spread(name, shape)
    if name.split(".")[-1] in ("latent_std", "data_std"):
        numbers = np.abs(numbers)
    return affine(numbers, centre, scale)


def given(seed: int, name: str, shape: Sequence[int], scale: float = 1.0, shift: float = 0.0) -> Numbers:
    """The input of this name."""
    return affine(drawn(f"{seed}:input:{name}", shape), shift, scale)


def decaying(seed: int, name: str, samples: int) -> Numbers:
    """(1, samples) noise that falls from level 1 to 1e-4 in a straight line of decibels."""
    fall = np.power(10.0, -4.0 * np.arange(samples) / samples)
    return (given(seed, name, (1, samples)).astype(np.float64) * fall).astype(np.float32)


def affine(numbers: Numbers, centre: float, scale: float) -> Numbers:
    """centre + scale · numbers, each step rounded to float32."""
    return np.asarray(np.float32(centre) + np.float32(scale) * numbers, dtype=np.float32)


def check_numpy() -> None:
    """Raises AssertionError when this numpy draws other numbers than the one that the vectors were made with."""
    projection, latent = weight(1, "conv_pre.weight", (1536, 80, 7)), given(1, "latent", (2, 250, 20))
    found = [float(numbers.ravel()[place]) for numbers in (projection, latent) for place in (0, 1, -1)]
    wanted = [0.048295632, -0.0106513593, -7.70042461e-05, -0.584151864, -0.687465191, 1.36008847]
    np.testing.assert_allclose(found, wanted, rtol=1e-6)
