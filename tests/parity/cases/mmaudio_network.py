"""The five networks of MMAudio, and the first one through the sampler as the product runs it."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor

from engine.backbones.base import Prepared
from engine.backbones.mmaudio.config import SEGMENT_TOKENS, VARIANTS
from engine.backbones.mmaudio.network import MMAudio
from engine.sampling.flow import euler, even_times
from engine.sampling.guidance import guided
from tests.parity.filling import filled, overheard
from tests.parity.vector import Check, Vector

HANDLES = ("mmaudio_dit_", "mmaudio_sampling_")
NETWORK, SAMPLING = 1e-5, 2e-5


def check(vector: Vector) -> Iterator[Check]:
    if vector.case.startswith("mmaudio_dit_"):
        yield from network(vector, filling(vector, "mmaudio_dit_"))
    else:
        yield from sampling(vector, filling(vector, "mmaudio_sampling_"))


def filling(vector: Vector, prefix: str) -> MMAudio:
    """As it runs in the product; the large ones plain, since a vector is no reason for three times the memory."""
    config = VARIANTS[vector.case.removeprefix(prefix)]
    model = filled(lambda: MMAudio(config), vector.seed)
    return model.quicken() if config.heads < 14 else model


def segments(vector: Vector, name: str) -> Tensor:
    return vector.input(name).unflatten(1, (-1, SEGMENT_TOKENS))


def network(vector: Vector, model: MMAudio) -> Iterator[Check]:
    """Two lengths. What the vector says of outputs on the way is of the longer."""
    times = Tensor(vector.meta["t"])
    for output in [name for name in vector.meta["outputs"] if name.startswith("flow_")]:
        length = output.removeprefix("flow_")
        latent = vector.input(f"latent_{length}")
        given = vector.input(f"clip_{length}"), segments(vector, f"sync_{length}"), vector.input(f"text_{length}")
        with overheard(model, vector, NETWORK) as trace:
            prepared = model.prepare(*given, frames=latent.shape[1], batch=len(latent))
            velocity = model(latent, times, prepared)
        if length == "8s":
            yield from trace
        yield vector.close(output, velocity, NETWORK)


def sampling(vector: Vector, model: MMAudio) -> Iterator[Check]:
    """Euler steps with guidance, without it, and without a picture."""
    start, strength = vector.input("x0"), float(vector.meta["cfg_strength"])
    clip, sync, text = vector.input("clip_8s"), segments(vector, "sync_8s"), vector.input("text_8s")
    negative = vector.input("negative_text")

    def prepared(*given: Tensor | None) -> Prepared:
        return Prepared(model.prepare(*given, frames=start.shape[1], batch=len(start)))

    def sampled(*passes: tuple[Prepared, float]) -> Tensor:
        velocity = guided(lambda x, t, given: model(x, t, given.tensors), passes)
        return euler(velocity, start, even_times(vector.meta["steps"]))

    nothing, whole = prepared(None, None, None), prepared(clip, sync, text)
    found = {
        "empty_string": sampled((nothing, 1 - strength), (whole, strength)),
        "negative_text": sampled((prepared(None, None, negative), 1 - strength), (whole, strength)),
        "cond_only": sampled((whole, 1.0)),
        "text_only": sampled((nothing, 1 - strength), (prepared(None, None, text), strength)),
    }
    for name, latent in found.items():
        for space, tensor in (("normalised", latent), ("unnormalised", model.to_sound_space(latent))):
            if f"{name}/{space}" in vector.stored:
                yield vector.close(f"{name}/{space}", tensor, SAMPLING)
