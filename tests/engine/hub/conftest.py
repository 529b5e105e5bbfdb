"""A server on this machine, and a catalogue of what it has."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from hub_shop import Shop, stocked  # noqa: E402

from engine.hub import acceptance  # noqa: E402
from engine.hub.catalogue import Catalogue  # noqa: E402


@pytest.fixture
def catalogue(shop: Shop, home: Path) -> Catalogue:
    """What the server has, with the terms of every model accepted."""
    made = stocked(shop)
    for model in made.models:
        acceptance.accept(model, made)
    return made
