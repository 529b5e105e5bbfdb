"""Licences that are not free for every use are shown once a model, and what was accepted is remembered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from engine.hub.catalogue import CATALOGUE, Catalogue, Published
from engine.hub.licences import Licence
from engine.media.atomic import replacing
from engine.registry import data_home
from engine.spec import Refused

FILE = "licences.json"


def terms(model: Published, catalogue: Catalogue = CATALOGUE) -> tuple[Licence, ...]:
    """What has to be accepted before the model's files come here."""
    return tuple(licence for licence in catalogue.licences_of(model) if not licence.free)


def accepted(model: Published, catalogue: Catalogue = CATALOGUE) -> bool:
    """Whether all of it has been, or nothing has to be."""
    known = _read().get(model.name, {}).get("licences", [])
    return all(licence.name in known for licence in terms(model, catalogue))


def accept(model: Published, catalogue: Catalogue = CATALOGUE) -> None:
    """Remember it. Raises Refused when the disk does not take it."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    names = [licence.name for licence in terms(model, catalogue)]
    known = {**_read(), model.name: {"licences": names, "accepted": now}}
    path = data_home() / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_text(json.dumps(known, indent=1), encoding="utf-8")


def require(model: Published, catalogue: Catalogue = CATALOGUE) -> None:
    """Raises Refused, with what to do, where its terms have not been accepted."""
    if not accepted(model, catalogue):
        names = " and ".join(licence.name for licence in terms(model, catalogue))
        raise Refused(
            f"{model.title} comes under {names}, which nobody has accepted here yet; "
            f"`foleydesk models pull {model.name}` shows the terms and asks."
        )


def _read() -> dict[str, dict[str, Any]]:
    try:
        known = json.loads((data_home() / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: entry for name, entry in known.items() if isinstance(entry, dict)} if isinstance(known, dict) else {}
