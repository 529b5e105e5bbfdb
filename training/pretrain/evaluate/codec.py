"""What the codec keeps of recordings that it never heard, beside Griffin-Lim on the same mel."""

from __future__ import annotations

import numpy as np

from engine.backbones.visiosonic.backbone import VisioSonicBackbone
from training.pretrain.bank import SYNTHESIS
from training.pretrain.evaluate.bench import Bench, watched
from training.pretrain.evaluate.figure import Figure, Row
from training.pretrain.fidelity import (
    Codec,
    Fidelity,
    fidelity,
    griffin_lim,
    vocoder_alone,
    whole_codec,
    with_what_is_lost,
)
from training.pretrain.sounding import Shelf

ASKS = "what is left of a recording after the codec?"
FEWER = 0.9
"""The codec's distance is clearly below Griffin-Lim's from this share of it downwards."""


def recorded(shelf: Shelf) -> dict[str, list[np.ndarray]]:
    """The waves of a shelf that were recorded, by thing; what was made by formula is left out."""
    found = {thing: [wave for wave, origin in zip(shelf.takes[thing], origins, strict=True)
                     if not origin.startswith(SYNTHESIS)] for thing, origins in sorted(shelf.files.items())}
    return {thing: waves for thing, waves in found.items() if waves}


def spread(shelf: Shelf, count: int, seed: int = 31) -> list[tuple[str, np.ndarray]]:
    """`count` recordings with their things, one of each thing in turn, by chance."""
    rng, waves = np.random.default_rng(seed), recorded(shelf)
    left = {thing: list(rng.permutation(len(own))) for thing, own in waves.items()}
    found: list[tuple[str, np.ndarray]] = []
    while len(found) < count and any(left.values()):
        turn = [(thing, waves[thing][rest.pop()]) for thing, rest in left.items() if rest]
        found += [turn[i] for i in rng.permutation(len(turn))]
    return found[:count]


def kept(codec: Codec, waves: list[np.ndarray], what: str) -> Fidelity:
    """`fidelity`, a sound at a time, so that its progress can be seen."""
    each = [fidelity(codec, [one]) for one in watched(waves, f"codec, {what}")]
    distance, first, among_three = (float(np.mean([getattr(one, name) for one in each]))
                                    for name in ("distance", "first", "among_three"))
    return Fidelity(distance, first, among_three)


def measure(bench: Bench) -> Figure:
    """Log-spectral distance and agreement of the tagger, for the codec and for Griffin-Lim."""
    backbone = bench.engine.backbone(bench.setting.model)
    if not isinstance(backbone, VisioSonicBackbone):
        return Figure("codec", ASKS, "", missing=f"not available with this model: {bench.card.name} has another codec")
    mel = backbone.mel
    waves = [wave for _, wave in spread(bench.unheard, bench.setting.recordings)]
    ours = kept(whole_codec(backbone), waves, "whole")
    both = kept(with_what_is_lost(backbone), waves, "with what latents lose")
    coded = kept(griffin_lim(mel, backbone.autoencoder), waves, "Griffin-Lim on the autoencoder's mel")
    alone = kept(vocoder_alone(backbone.vocoder, mel), waves, "vocoder alone")
    plain = kept(griffin_lim(mel), waves, "Griffin-Lim")
    return Figure(
        "codec", ASKS,
        f"{len(waves)} recordings kept out of training; distance: log-spectral (two draws of white noise are 7.9 dB "
        "apart); the tagger is YAMNet",
        (
            Row("distance, codec", 10 * ours.distance, "dB", most=round(FEWER * 10 * plain.distance, 2)),
            Row("distance, Griffin-Lim of 32 iterations on the codec's mel", 10 * coded.distance, "dB"),
            Row("distance, vocoder alone", 10 * alone.distance, "dB"),
            Row("distance, Griffin-Lim of 32 iterations on the recording's mel", 10 * plain.distance, "dB"),
            Row("the tagger's first class is among the first three, codec", ours.among_three, least=0.85),
            Row("and is still the first, codec", ours.first),
            Row("distance, latents and what they lose in four bits", 10 * both.distance, "dB"),
            Row("among the first three, latents and what they lose", both.among_three),
            Row("and is still the first, latents and what they lose", both.first),
            Row("among the first three, Griffin-Lim on the codec's mel", coded.among_three),
            Row("and is still the first, Griffin-Lim on the codec's mel", coded.first),
            Row("among the first three, vocoder alone", alone.among_three),
            Row("and is still the first, vocoder alone", alone.first),
            Row("among the first three, Griffin-Lim on the recording's mel", plain.among_three),
            Row("and is still the first, Griffin-Lim on the recording's mel", plain.first),
        ),
    )
