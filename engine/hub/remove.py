"""Take a published model off this machine; what another model uses stays."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine.hub.catalogue import CATALOGUE, Catalogue, Part, Published
from engine.hub.shelf import OWN_ROLE, Place, card_path, places_of
from engine.hub.turns import turn
from engine.registry import models
from engine.spec import Refused


@dataclass(frozen=True)
class Removed:
    """`freed`: bytes that the disk has back. `kept`: parts that stay, and whose they are."""

    freed: int
    kept: tuple[tuple[Part, str], ...]


def remove(name: str, catalogue: Catalogue = CATALOGUE) -> Removed:
    """Remove a model that was fetched or imported, or what has come of one so far.

    Raises Refused for the bundled model, for one of the user's own, and where there is nothing to remove.
    """
    model = catalogue.find(name)
    if model is None:
        if any(card.name == name for card in models()):
            raise Refused(f"{name} was not fetched by Foleydesk and is not removed by it; delete its folder yourself.")
        model = catalogue.model(name)
    card = card_path(model)
    there = [place for _, place in places_of(model, catalogue) if _files(place)]
    if not card.is_file() and not there:
        raise Refused(f"{model.title} is not on this machine; there is nothing to remove.")
    try:
        users = _users(model, catalogue)
        with contextlib.ExitStack() as turns:
            for place in there:
                turns.enter_context(turn(place.lock, partial(_in_use, place)))
            card.unlink(missing_ok=True)
            freed = sum(_unlink(path) for place in there if place.part.name not in users for path in _files(place))
        if card.parent.is_dir() and not any(card.parent.iterdir()):
            card.parent.rmdir()
    except OSError as error:
        raise Refused(
            f"{error.filename} cannot be removed ({error.strerror}); close what uses it and try again."
        ) from error
    kept = tuple((place.part, users[place.part.name]) for place in there if place.part.name in users)
    return Removed(freed, kept)


def _in_use(place: Place) -> None:
    raise Refused(f"{place.part.file} is being fetched or imported; wait for that to end, or cancel it.")


def _users(removed: Published, catalogue: Catalogue) -> dict[str, str]:
    """Part to the title of another model that is here and needs it."""
    found: dict[str, str] = {}
    for model in catalogue.models:
        if model == removed:
            continue
        places = dict(places_of(model, catalogue))
        if card_path(model).is_file() or _files(places[OWN_ROLE]):
            found |= {place.part.name: model.title for role, place in places.items() if role != OWN_ROLE}
    return found


def _files(place: Place) -> list[Path]:
    """Everything that lies here of a part: the file, its record, what has come of a download."""
    record = place.noted()
    named = [place.folder / record.path] if record is not None else []
    begun = [place.begun, place.begun.with_name(f"{place.begun.name}.json")]
    return [path for path in dict.fromkeys([place.file, *named, *begun, place.record]) if path.is_file()]


def _unlink(path: Path) -> int:
    """Bytes that go with it: a file that was linked from elsewhere stays there."""
    stat = path.stat()
    path.unlink()
    return stat.st_size if stat.st_nlink == 1 else 0
