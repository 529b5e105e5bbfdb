"""Are the candidates of one request different sounds, or one sound four times?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from training.pretrain.evaluate.bench import Bench, wave
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.evaluate.prompts import asked
from training.pretrain.evaluate.spectral import between, colour, within

ASKS = "are the candidates of one request different sounds?"


def spread(requests: Sequence[Sequence[np.ndarray]]) -> tuple[float, float, float]:
    """Mean distance within requests, mean distance between requests, least distance within any request.

    requests: for each the colours (256,) of its candidates.
    """
    inside = [gap for colours in requests for gap in within(list(colours))]
    across = [gap for one, other in combinations(requests, 2) for gap in between(list(one), list(other))]
    return float(np.mean(inside)), float(np.mean(across)), min(inside)


def measure(bench: Bench) -> Figure:
    """On the sounds of the figure "prompts"."""
    if bench.setting.seeds < 2:
        return Figure("diversity", ASKS, "", missing="one seed a prompt is too few to be different (--seeds)")
    made = asked(bench)
    requests = [[colour(wave(candidate.wav)) for candidate in sounds] for _, sounds in made]
    inside, across, least = spread(requests)
    return Figure(
        "diversity", ASKS,
        f"{len(made)} prompts × {bench.setting.seeds} seeds, {bench.how}; distance: root mean square difference in dB "
        "of each mel band's mean and deviation over the frames that sound, overall level taken out",
        (
            Row("mean distance between the candidates of a request", inside, "dB"),
            Row("mean distance between candidates of different prompts", across, "dB"),
            Row("the first over the second", inside / across, least=0.5),
            Row("least distance between any two seeds of a request", least, "dB", above=0.0),
        ),
    )
