"""How a published model stands on this machine, for lists. Quick: sizes and earlier hashes, no file is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine import weights
from engine.hub.catalogue import CATALOGUE, Catalogue, Published
from engine.hub.shelf import OWN_ROLE, card_path, places_of
from engine.registry import ModelCard, read_card
from engine.spec import Refused


class State(StrEnum):
    INSTALLED = "installed"
    MISSING = "not installed"
    PARTLY = "partly here"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class Standing:
    """`here`: bytes of it on the disk, whatever has come of a download among them; `whole`: all that it needs.

    Partly here is a model whose own network is; what it shares with others may be here anyway.
    """

    model: Published
    state: State
    here: int
    whole: int
    says: str = ""
    """What is wrong, where something is."""

    @property
    def to_come(self) -> int:
        return max(0, self.whole - self.here)


def standing(model: Published, catalogue: Catalogue = CATALOGUE) -> Standing:
    here = whole = own = 0
    for role, place in places_of(model, catalogue):
        record = place.stored()
        came = record.bytes if record is not None else place.begun_bytes()
        here += came
        own += came if role == OWN_ROLE else 0
        whole += record.bytes if record is not None else max(came, place.part.about_bytes)
    card = card_path(model)
    if not card.is_file():
        return Standing(model, State.PARTLY if own else State.MISSING, here, whole)
    try:
        trouble = _trouble(read_card(card.parent))
    except Refused as refusal:
        trouble = str(refusal)
    return Standing(model, State.DAMAGED if trouble else State.INSTALLED, here, whole, trouble)


def _trouble(card: ModelCard) -> str:
    for role in card.files:
        path, wanted = card.path(role), card.file(role)
        if not path.is_file():
            return f"{path.name} is missing."
        if path.stat().st_size != wanted.bytes or weights.known_hash(path) not in (None, wanted.sha256):
            return f"{path.name} is damaged."
    return ""
