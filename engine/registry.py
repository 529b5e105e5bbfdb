"""Which models and adapters there are. A model is a card: a JSON file beside its weights. Torch-free."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import platformdirs

from engine.hub.catalogue import CATALOGUE, Published, in_bytes
from engine.spec import Refused, from_json


@dataclass(frozen=True)
class ModelFile:
    """One file of a model: `path` beside the card, its SHA-256 and size."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class ModelCard:
    """What a model is, where its files are, and what one may do with it."""

    name: str
    title: str
    about: str
    backbone: str
    """The folder below `engine.backbones` that builds it."""
    licence: str
    parameters: int
    sample_rate: int
    longest_s: float
    """Seconds of sound that it makes in one piece; a longer cue takes several that overlap."""
    shortest_s: float = 0.0
    """Less than this it was not made for."""
    capabilities: tuple[str, ...] = ()
    files: dict[str, Any] = field(default_factory=dict)
    """Role ("generator", "autoencoder", "vocoder", "spotter", …) to the data of a `ModelFile`."""
    config: dict[str, Any] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    folder: str = ""
    """Where the card was read; not part of the card on disk."""

    def file(self, role: str) -> ModelFile:
        """Raises Refused when the card names no such file."""
        if role not in self.files:
            raise Refused(f"The model {self.name} has no {role} file; its card in {self.folder} is incomplete.")
        return from_json(ModelFile, self.files[role])

    def path(self, role: str) -> Path:
        return Path(self.folder) / self.file(role).path


def data_home() -> Path:
    """Where the program keeps what belongs to the user: models, adapters, logs (FOLEYDESK_HOME overrides)."""
    return Path(os.environ.get("FOLEYDESK_HOME") or platformdirs.user_data_dir("foleydesk", appauthor=False))


def adapters_home() -> Path:
    return data_home() / "adapters"


def model_folders() -> list[Path]:
    """Every folder with a card: the bundled ones, then the user's."""
    bundled = Path(str(package_files("resources"))) / "models"
    return [card.parent for home in (bundled, data_home() / "models") for card in sorted(home.glob("*/card.json"))]


def read_card(folder: Path) -> ModelCard:
    """Raises Refused when the card is missing or damaged."""
    path = folder / "card.json"
    try:
        stat = path.stat()
        return _card_at(folder, stat.st_mtime_ns, stat.st_size)
    except (OSError, ValueError) as error:
        raise Refused(f"The model card {path} cannot be read ({error}); install the model again.") from error


@lru_cache(maxsize=64)
def _card_at(folder: Path, changed_ns: int, size: int) -> ModelCard:
    """The card in the state of that time and size: a window asks for it at every change of what is shown."""
    data = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    return from_json(ModelCard, {**data, "folder": str(folder)})


def models() -> list[ModelCard]:
    return [read_card(folder) for folder in model_folders()]


def model(name: str) -> ModelCard:
    """Raises Refused when no such model is installed; of a published one the sentence says how to get it."""
    found = {card.name: card for card in models()}
    if name in found:
        return found[name]
    published = CATALOGUE.find(name)
    if published is not None:
        raise Refused(how_to_get(published))
    raise Refused(f"There is no model named {name}; installed: {', '.join(found) or 'none'}.")


def how_to_get(published: Published) -> str:
    """The one sentence for a published model that is not installed: the command, and what it brings."""
    size = in_bytes(CATALOGUE.about_bytes(published))
    licences = ", ".join(licence.name for licence in CATALOGUE.licences_of(published) if not licence.free)
    return (
        f"{published.title} is not on this machine; `foleydesk models pull {published.name}` gets it "
        f"(about {size} in {len(published.files)} files, less what is here already; {licences}: not for every use)."
    )
