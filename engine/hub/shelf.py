"""Where the files of published models lie on this machine, and the record beside each one.

`$FOLEYDESK_HOME/models/NAME/` holds a model's card and its own network, `models/parts/` what several models share.
A file's record says which part it is, its hash and where it came from. It is written before the file gets its final
name, so that a file with that name always has one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from engine.hub.catalogue import CATALOGUE, Catalogue, Part, Published
from engine.media.atomic import replacing
from engine.registry import ModelCard, ModelFile, data_home
from engine.spec import Refused, from_json, to_json

OWN_ROLE = "generator"
"""The one file that lies in the model's own folder."""


@dataclass(frozen=True)
class Record:
    """What a file is that lies beside this record."""

    part: str
    path: str
    sha256: str
    bytes: int
    came_from: str
    """An address, or the path that it was imported from."""
    as_published: bool = True
    """Whether its hash is the one that its publisher, or the hub, gives."""


@dataclass(frozen=True)
class Place:
    """Where a part belongs: `folder`, and the name it has there when it comes as published."""

    part: Part
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / self.part.file

    @property
    def record(self) -> Path:
        return self.folder / f"{self.part.name}.json"

    @property
    def begun(self) -> Path:
        """What has come so far of a download."""
        return self.folder / f"{self.part.file}.part"

    @property
    def lock(self) -> Path:
        """Held by whoever brings the part, or takes it away."""
        return models_home() / ".locks" / self.part.name

    def stored(self) -> Record | None:
        """What lies here, where it is there with the size that its record names."""
        record = self.noted()
        if record is None:
            return None
        path = self.folder / record.path
        return record if path.is_file() and path.stat().st_size == record.bytes else None

    def noted(self) -> Record | None:
        """What the record says, whether or not the file is there."""
        try:
            record = from_json(Record, json.loads(self.record.read_text(encoding="utf-8")))
        except (OSError, ValueError, Refused):
            return None
        return record if record.part == self.part.name else None

    def begun_bytes(self) -> int:
        """How much of a download lies here."""
        return self.begun.stat().st_size if self.begun.is_file() else 0

    def write_record(self, record: Record) -> None:
        """Raises Refused when the disk does not take it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with replacing(self.record) as part:
            part.write_text(json.dumps(to_json(record), indent=1), encoding="utf-8")


def models_home() -> Path:
    return data_home() / "models"


def place_of(role: str, part: Part, model: Published) -> Place:
    return Place(part, models_home() / (model.name if role == OWN_ROLE else "parts"))


def places_of(model: Published, catalogue: Catalogue = CATALOGUE) -> tuple[tuple[str, Place], ...]:
    """(role, place) of every file that the model needs, its own network first."""
    return tuple((role, place_of(role, part, model)) for role, part in catalogue.parts_of(model))


def card_path(model: Published) -> Path:
    return models_home() / model.name / "card.json"


def write_card(model: Published, catalogue: Catalogue = CATALOGUE) -> ModelCard:
    """From now on the model is installed. Raises Refused when one of its files is not there."""
    files = {}
    for role, place in places_of(model, catalogue):
        record = place.stored()
        if record is None:
            raise Refused(f"{model.title} lacks {place.file}; get it with `foleydesk models pull {model.name}`.")
        beside = record.path if role == OWN_ROLE else f"../parts/{record.path}"
        files[role] = to_json(ModelFile(beside, record.sha256, record.bytes))
    licences = ", ".join(licence.name for licence in catalogue.licences_of(model))
    card = ModelCard(
        name=model.name, title=model.title, about=model.about, backbone=model.backbone, licence=licences,
        parameters=model.parameters, sample_rate=model.sample_rate, longest_s=model.longest_s,
        shortest_s=model.shortest_s, capabilities=model.capabilities, files=files, config=model.config,
    )  # fmt: skip
    path = card_path(model)
    data = {key: value for key, value in to_json(card).items() if key != "folder"}
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return replace(card, folder=str(path.parent))
