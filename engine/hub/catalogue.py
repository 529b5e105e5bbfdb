"""The published models that Foleydesk runs, as data: files, where they live, sizes, hashes, licences.

Sizes and MD5 sums are those that hkchengrex/MMAudio publishes (docs/MODELS.md, mmaudio/utils/download_utils.py). Where
none is published, the hub's own size and SHA-256 are taken when the file is fetched, and kept in its record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from engine.hub.licences import LICENCES, Licence
from engine.spec import Refused

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True)
class OnHuggingFace:
    """A file in a repository of a Hugging Face hub (`HF_ENDPOINT` names another than huggingface.co)."""

    repo: str
    paths: tuple[str, ...]
    """The first that is there is taken."""
    revision: str = "main"

    @property
    def page(self) -> str:
        return f"https://huggingface.co/{self.repo}"


@dataclass(frozen=True)
class Released:
    """A file of a release, at a fixed address."""

    url: str

    @property
    def page(self) -> str:
        return self.url


@dataclass(frozen=True)
class Part:
    """One file. Several models may share it."""

    name: str
    title: str
    file: str
    """The name it is kept under; a file imported in another form keeps its own suffix."""
    source: OnHuggingFace | Released
    about_bytes: int
    """As listed or calculated, before anyone has asked the server."""
    licence: str
    """A key of LICENCES."""
    md5: str = ""
    """As published; empty where none is."""


@dataclass(frozen=True)
class Published:
    """A model that can be fetched. `files`: role to the name of a part."""

    name: str
    title: str
    about: str
    """What it is for, in one sentence."""
    backbone: str
    licence: str
    parameters: int
    sample_rate: int
    longest_s: float
    shortest_s: float
    memory_bytes: int
    """About how much device memory one candidate of full length takes, in 16 bit."""
    home: str
    files: dict[str, str] = field(default_factory=dict)
    capabilities: tuple[str, ...] = ()
    config: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Catalogue:
    """Models and the parts they are made of."""

    models: tuple[Published, ...]
    parts: tuple[Part, ...]

    def find(self, name: str) -> Published | None:
        return next((model for model in self.models if model.name == name), None)

    def model(self, name: str) -> Published:
        """Raises Refused when no such model is published."""
        found = self.find(name)
        if found is not None:
            return found
        names = [model.name for model in self.models]
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}."
        raise Refused(f"No model named {name} is published for Foleydesk; {hint}")

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

    def parts_of(self, model: Published) -> tuple[tuple[str, Part], ...]:
        """(role, part), the model's own network first."""
        return tuple((role, self.part(name)) for role, name in model.files.items())

    def about_bytes(self, model: Published) -> int:
        """Everything the model needs, as listed."""
        return sum(part.about_bytes for _, part in self.parts_of(model))

    def licences_of(self, model: Published) -> tuple[Licence, ...]:
        """The model's own first, then those of its parts, each once."""
        keys = [model.licence, *(part.licence for _, part in self.parts_of(model))]
        return tuple(LICENCES[key] for key in dict.fromkeys(keys))


def in_bytes(count: float) -> str:
    """A size in words: `601 MB`, `3.9 GB`. Units of 1024, as file listings have them."""
    if count >= GIB:
        return f"{count / GIB:.1f} GB"
    if count >= MIB:
        return f"{count / MIB:.0f} MB"
    return f"{count / 1024:.0f} KB" if count >= 1024 else f"{count:.0f} bytes"


def _network(variant: str, listed: int, md5: str) -> Part:
    file = f"mmaudio_{variant}.pth"
    source = OnHuggingFace("hkchengrex/MMAudio", (f"weights/{file}",))
    return Part(f"mmaudio_{variant}", "the network", file, source, listed, "cc-by-nc-4.0", md5)


def _released(name: str, title: str, file: str, listed: int, md5: str) -> Part:
    """Under the licence that MMAudio's authors give to the checkpoints they publish."""
    url = f"https://github.com/hkchengrex/MMAudio/releases/download/v0.1/{file}"
    return Part(name, title, file, Released(url), listed, "cc-by-nc-4.0", md5)


PARTS = (
    _network("small_16k", 601 * MIB, "af93cde404179f58e3919ac085b8033b"),
    _network("small_44k", 601 * MIB, "babd74c884783d13701ea2820a5f5b6d"),
    _network("medium_44k", round(2.4 * GIB), "5a56b6665e45a1e65ada534defa903d0"),
    _network("large_44k", round(3.9 * GIB), "fed96c325a6785b85ce75ae1aafd2673"),
    _network("large_44k_v2", round(3.9 * GIB), "01ad4464f049b2d7efdaa4c1a59b8dfe"),
    _released("v1-16", "the 16 kHz autoencoder", "v1-16.pth", 655 * MIB, "69f56803f59a549a1a507c93859fd4d7"),
    _released("v1-44", "the 44.1 kHz autoencoder", "v1-44.pth", round(1.2 * GIB), "fab020275fa44c6589820ce025191600"),
    _released("best_netG", "the 16 kHz vocoder", "best_netG.pt", 429 * MIB, "eeaf372a38a9c31c362120aba2dde292"),
    Part(
        "bigvgan_v2_44khz_128band_512x", "the 44.1 kHz vocoder", "bigvgan_v2_44khz_128band_512x.pt",
        OnHuggingFace("nvidia/bigvgan_v2_44khz_128band_512x", ("bigvgan_generator.pt",)),
        489_000_000,  # 122,152,752 numbers of 32 bit; no size is published
        "mit",
    ),
    _released(
        "synchformer", "Synchformer", "synchformer_state_dict.pth", 907 * MIB, "5b2f5594b0730f70e41e549b7c94390c"
    ),
    Part(
        "dfn5b-clip-vit-h-14-384", "CLIP", "DFN5B-CLIP-ViT-H-14-384.bin",
        # The names and the order in which open_clip itself looks for weights.
        OnHuggingFace("apple/DFN5B-CLIP-ViT-H-14-384", ("open_clip_model.safetensors", "open_clip_pytorch_model.bin")),
        3_950_000_000,  # as the hub's page of the same network (…-378) lists it
        "apple-amlr",
    ),
)  # fmt: skip


def _mmaudio(variant: str, title: str, about: str, parameters: int, memory_gb: float) -> Published:
    low = variant.endswith("16k")
    return Published(
        name=f"mmaudio-{variant.replace('_', '-')}",
        title=title,
        about=about,
        backbone="mmaudio",
        licence="cc-by-nc-4.0",
        parameters=parameters,
        sample_rate=16_000 if low else 44_100,
        longest_s=8.0,
        shortest_s=0.64,
        memory_bytes=round(memory_gb * GIB),
        home="https://github.com/hkchengrex/MMAudio",
        files={
            "generator": f"mmaudio_{variant}",
            "autoencoder": "v1-16" if low else "v1-44",
            "vocoder": "best_netG" if low else "bigvgan_v2_44khz_128band_512x",
            "synchformer": "synchformer",
            "clip": "dfn5b-clip-vit-h-14-384",
        },
        capabilities=("text", "negative", "picture", "variation", "region"),
        config={"variant": variant},
    )


# Memory: about 6 GB are published for the large one of version 2; the others take that less what their smaller network
# saves in 16 bit.
CATALOGUE = Catalogue(
    models=(
        _mmaudio(
            "small_16k", "MMAudio small 16 kHz", "Quick drafts on small machines; nothing above 8 kHz.",
            157_283_644, 4.4,
        ),
        _mmaudio(
            "small_44k", "MMAudio small 44 kHz", "The full range of pitch from the smallest network.", 157_409_144, 4.4
        ),
        _mmaudio(
            "medium_44k", "MMAudio medium 44 kHz", "Between small and large, in speed and in memory.", 621_805_944, 5.2
        ),
        _mmaudio(
            "large_44k", "MMAudio large 44 kHz", "The first large version, to hear an earlier project again.",
            1_030_002_168, 6.0,
        ),
        _mmaudio(
            "large_44k_v2", "MMAudio large 44 kHz v2",
            "The one its authors recommend: real footage, with or without words.", 1_030_575_608, 6.0,
        ),
    ),
    parts=PARTS,
)  # fmt: skip
"""What is published. Functions of the hub take another one where something else is to be fetched."""
