"""Frieren's network, its guided sample, and the whole times that it hears."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from engine.backbones.base import Prepared
from engine.backbones.frieren.network import Embedder, Frieren, FrierenConfig, thousandths, times
from engine.sampling.flow import euler
from engine.sampling.guidance import guided
from tests.parity.filling import filled, overheard
from tests.parity.vector import Check, Vector

HANDLES = ("frieren_dit",)
TOLERANCE = 1e-5


def check(vector: Vector) -> Iterator[Check]:
    config = FrierenConfig()
    network = filled(lambda: Frieren(config), vector.seed)
    embedder = filled(lambda: Embedder(config), vector.seed, published=lambda name: f"embedder.{name}")
    heard = torch.tensor(vector.meta["t"])
    with overheard(network, vector, TOLERANCE) as trace:
        velocity = network(vector.input("latent"), heard, vector.input("context"))
    yield from trace
    yield vector.close("velocity", velocity, TOLERANCE)

    for points in (7, 26):
        name = f"network_t_for_{points}"
        yield vector.same(name, [thousandths(t) for t in times(points)[:-1]], vector.meta[name])

    features = vector.input("video_features")
    context = embedder(features)
    yield vector.close("context", context, TOLERANCE)

    def predict(x: Tensor, t: Tensor, prepared: Prepared) -> Tensor:
        return network(x, torch.tensor([thousandths(float(one)) for one in t]), prepared.tensors["context"])

    strength = float(vector.meta["sample"]["cfg_scale"])
    given = Prepared({"context": context})
    nothing = Prepared({"context": embedder(torch.zeros_like(features))})
    velocity_of = guided(predict, ((nothing, 1 - strength), (given, strength)))
    yield vector.close("sample", euler(velocity_of, vector.input("x0"), times(vector.meta["sample"]["timesteps"])),
                       TOLERANCE)
