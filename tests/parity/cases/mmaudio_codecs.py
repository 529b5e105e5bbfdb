"""MMAudio's mel front ends, autoencoders and vocoders."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from engine.audio.mel import MEL_16K, MEL_44K, Mel
from engine.codecs import bigvgan, magnitude_autoencoder
from tests.parity.filling import overheard, published
from tests.parity.vector import Check, Vector

HANDLES = ("mmaudio_mel_", "mmaudio_vae_", "mmaudio_vocoder_")
TOLERANCE = 1e-5


def check(vector: Vector) -> Iterator[Check]:
    low = vector.case.endswith("_16k")
    if vector.case.startswith("mmaudio_mel_"):
        return mel(vector, Mel(MEL_16K if low else MEL_44K))
    if vector.case.startswith("mmaudio_vae_"):
        return autoencoder(vector, magnitude_autoencoder.CONFIG_16K if low else magnitude_autoencoder.CONFIG_44K)
    return vocoder(vector, bigvgan.CONFIG_16K if low else bigvgan.CONFIG_44K)


def mel(vector: Vector, ours: Mel) -> Iterator[Check]:
    yield vector.close("mel", ours(vector.input("waveform")), TOLERANCE)
    yield vector.close("mel_decaying", ours(vector.input("waveform_decaying")), TOLERANCE)


def autoencoder(vector: Vector, config: magnitude_autoencoder.MagnitudeAutoencoderConfig) -> Iterator[Check]:
    with torch.device("meta"):
        names = magnitude_autoencoder.MagnitudeAutoencoder(config).state_dict()
    shapes = {name: tensor.shape for name, tensor in names.items()}
    ours = magnitude_autoencoder.load(published(vector.seed, shapes), config)
    for given, kept in (("mel", "encode"), ("mel_odd", "encode_odd")):
        mean, log_variance = ours.encode(vector.input(given))
        yield vector.close(f"{kept}/mean", mean, TOLERANCE)
        yield vector.close(f"{kept}/logvar", log_variance, TOLERANCE)
    yield vector.close("decode/mel", ours.decode(vector.input("latent")), TOLERANCE)


def vocoder(vector: Vector, config: bigvgan.BigVGANConfig) -> Iterator[Check]:
    with torch.device("meta"):
        names = bigvgan.BigVGAN(config).state_dict()
    shapes = {name: tensor.shape for name, tensor in names.items() if not name.endswith(".filter")}
    ours = bigvgan.load(published(vector.seed, shapes), config)
    with overheard(ours, vector, TOLERANCE) as traces:
        waveform = ours(vector.input("mel"))[:, None]
    yield from traces
    yield vector.close("waveform", waveform, TOLERANCE)
