"""The networks that MMAudio is made of, each built from its published file when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from math import prod
from typing import Any, TypeVar

import torch
from torch import Tensor

from engine.audio.mel import MEL_16K, MEL_44K, MelConfig
from engine.backbones.mmaudio.config import VARIANTS, MMAudioConfig
from engine.backbones.mmaudio.network import MMAudio
from engine.checkpoints import fit, looks_like, shapes, tensors
from engine.codecs import bigvgan, magnitude_autoencoder
from engine.codecs.bigvgan import BigVGAN, BigVGANConfig
from engine.codecs.magnitude_autoencoder import MagnitudeAutoencoder, MagnitudeAutoencoderConfig
from engine.conditioning.clip import (
    ClipConfig,
    ClipText,
    ClipVision,
    is_text,
    is_vision,
    load_clip_text,
    load_clip_vision,
)
from engine.conditioning.precision import Precision
from engine.conditioning.synchformer import SynchformerConfig, SynchformerVision, load_synchformer, wanted
from engine.registry import ModelCard
from engine.spec import Refused

T = TypeVar("T")

COMPUTED = ("t_embed.freqs", "latent_rot", "clip_rot")
"""Some published files hold these too; they follow from the sizes."""


@dataclass(frozen=True)
class Sizes:
    """Of every network of one model."""

    network: MMAudioConfig
    autoencoder: MagnitudeAutoencoderConfig
    vocoder: BigVGANConfig
    clip: ClipConfig
    synchformer: SynchformerConfig

    @property
    def mel(self) -> MelConfig:
        return MEL_16K if self.network.sample_rate == MEL_16K.sample_rate else MEL_44K


@dataclass(frozen=True)
class Parts:
    """Who builds each network. The generator and its codec come to the CPU in float32, the encoders to a device."""

    sizes: Sizes
    network: Callable[[], MMAudio]
    autoencoder: Callable[[bool], MagnitudeAutoencoder]
    """With its encoder or without."""
    vocoder: Callable[[], BigVGAN]
    clip_text: Callable[[torch.device, Precision], ClipText]
    clip_vision: Callable[[torch.device, Precision], ClipVision]
    synchformer: Callable[[torch.device, Precision], SynchformerVision]
    clip_hash: str
    synchformer_hash: str
    numbers: Callable[[str], int]
    """How many numbers a network has, by the name of its field here."""


def sizes_of(card: ModelCard) -> Sizes:
    """The sizes that a card names: those of a published variant, or each network's own. Raises Refused for neither."""
    given: Mapping[str, Any] = card.config
    if "variant" in given:
        if given["variant"] not in VARIANTS:
            raise Refused(f"The model {card.name} is a variant {given['variant']} that this version does not have; "
                          "install a newer version.")
        config = VARIANTS[given["variant"]]
    elif "network" in given:
        config = _sized(MMAudioConfig, given["network"])
    else:
        raise Refused(f"The card of the model {card.name} in {card.folder} does not name its variant; "
                      "install the model again.")
    low = config.sample_rate == MEL_16K.sample_rate
    return Sizes(
        config,
        _sized(MagnitudeAutoencoderConfig, given["autoencoder"]) if "autoencoder" in given
        else magnitude_autoencoder.CONFIG_16K if low else magnitude_autoencoder.CONFIG_44K,
        _sized(BigVGANConfig, given["vocoder"]) if "vocoder" in given
        else bigvgan.CONFIG_16K if low else bigvgan.CONFIG_44K,
        _sized(ClipConfig, given.get("clip", {})),
        _sized(SynchformerConfig, given.get("synchformer", {})),
    )


def parts_of(card: ModelCard) -> Parts:
    """Builders that read the card's files. Each raises Refused for a file that is not what its role needs."""
    sizes = sizes_of(card)

    @cache
    def numbers(name: str) -> int:
        role, belongs = ROLES[name]
        return sum(prod(shape) for tensor, shape in shapes(card.path(role)).items() if belongs(tensor))

    def built(name: str, build: Callable[[dict[str, Tensor]], T]) -> T:
        role, belongs = ROLES[name]
        path = card.path(role)
        try:
            return build(tensors(path, None if name == "autoencoder" else belongs))
        except Refused as refusal:
            found, expected = looks_like(shapes(path)), KINDS[role]
            size = " of another size" if found == expected else ""
            raise Refused(
                f"The file {path} looks like {found}{size}; {expected} for {card.title} was expected, "
                "so install the model again."
            ) from refusal

    return Parts(
        sizes,
        lambda: _network(card, sizes.network),
        lambda encoder: built("autoencoder", lambda s: magnitude_autoencoder.load(s, sizes.autoencoder, encoder)),
        lambda: built("vocoder", lambda s: bigvgan.load(s, sizes.vocoder)),
        lambda device, how: built("clip_text", lambda s: load_clip_text(s, device, sizes.clip, how)),
        lambda device, how: built("clip_vision", lambda s: load_clip_vision(s, device, sizes.clip, how)),
        lambda device, how: built("synchformer", lambda s: load_synchformer(s, device, sizes.synchformer, how)),
        card.file("clip").sha256,
        card.file("synchformer").sha256,
        numbers,
    )


def _any(name: str) -> bool:
    return True


ROLES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "network": ("generator", _any),
    "autoencoder": ("autoencoder", lambda name: not name.startswith("encoder.")),
    "vocoder": ("vocoder", _any),
    "clip_text": ("clip", is_text),
    "clip_vision": ("clip", is_vision),
    "synchformer": ("synchformer", wanted),
}
"""In which file of a card each network lies, and which of its tensors are needed for a sound."""


KINDS = {
    "autoencoder": "a mel autoencoder",
    "vocoder": "a BigVGAN vocoder",
    "clip": "CLIP",
    "synchformer": "a Synchformer",
}
"""What belongs in each file, in the words of `looks_like`."""


def _network(card: ModelCard, config: MMAudioConfig) -> MMAudio:
    path = card.path("generator")
    state: dict[str, Tensor] = {name: tensor for name, tensor in tensors(path).items() if name not in COMPUTED}
    with torch.device("meta"):
        network = MMAudio(config)
    fit(network, state, path, f"the network of {card.title}")
    network.load_state_dict({name: tensor.float() for name, tensor in state.items()}, assign=True)
    return network.eval().requires_grad_(False)


def _sized(kind: type[T], data: Mapping[str, Any]) -> T:
    """A configuration from JSON data, in which tuples are lists."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in data.items() if name in known})
