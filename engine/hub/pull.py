"""Bring a published model here: what is missing of it is fetched and checked, then its card is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from engine import weights
from engine.hub import acceptance
from engine.hub.catalogue import CATALOGUE, Catalogue, Published, in_bytes
from engine.hub.download import fetch, settle
from engine.hub.shelf import Place, Record, models_home, places_of, write_card
from engine.hub.sources import Located, is_offline, locate
from engine.hub.speed import Speed
from engine.hub.turns import turn
from engine.media.atomic import cannot_write
from engine.registry import ModelCard
from engine.spec import OnProgress, Progress, Refused, ignore

SPARE = 64 * 1024 * 1024
"""What a download leaves free on the disk."""


@dataclass(frozen=True)
class Need:
    """A file that is still to come: `left` bytes of it, as far as that is known."""

    place: Place
    left: int


def needs(model: Published, catalogue: Catalogue = CATALOGUE) -> tuple[Need, ...]:
    """What a pull would fetch, by the sizes that are listed."""
    return tuple(
        Need(place, max(0, place.part.about_bytes - place.begun_bytes()))
        for _, place in places_of(model, catalogue)
        if not _whole(place)
    )


def pull(
    name: str, on_progress: OnProgress = ignore, offline: bool = False, catalogue: Catalogue = CATALOGUE
) -> ModelCard:
    """Fetch what is missing or damaged of a model, and install it. Steps of the progress are bytes.

    Its terms must have been accepted (`acceptance`). Raises Refused with one sentence, or Cancelled from `on_progress`;
    whole files then stay, and a file that was coming goes on from where it was the next time.
    """
    model = catalogue.model(name)
    acceptance.require(model, catalogue)
    missing = needs(model, catalogue)
    if missing and (offline or is_offline()):
        raise Refused(_offline(model, missing))
    found = []
    for need in missing:
        on_progress(Progress(f"Asking for {need.place.part.file}", 0, 0))
        found.append((need.place, locate(need.place.part)))
    _check_space(found)
    journey = _Journey(found, on_progress)
    for place, located in found:
        with turn(place.lock, partial(journey.wait, place)):
            if not _whole(place):  # another program may have brought it meanwhile
                _bring(place, located, journey.going(place))
        journey.done(place)
    return write_card(model, catalogue)


def _whole(place: Place) -> bool:
    """Whether a file is here, and is not known to be damaged."""
    record = place.stored()
    return record is not None and weights.known_hash(place.folder / record.path) in (None, record.sha256)


def _bring(place: Place, located: Located, on_bytes: Callable[[int], None]) -> None:
    fetched = fetch(located, place.begun, on_bytes, renew=lambda: locate(place.part))
    earlier = place.noted()
    place.write_record(Record(place.part.name, place.file.name, fetched.sha256, fetched.bytes, located.page))
    settle(fetched, place.file)
    weights.note_hash(place.file, fetched.sha256)
    if earlier is not None and earlier.path != place.file.name:  # an imported one of another form, which was damaged
        (place.folder / earlier.path).unlink(missing_ok=True)


def _check_space(found: list[tuple[Place, Located]]) -> None:
    """Raises Refused before the first byte when the disk has no room for all of it."""
    home = models_home()
    try:
        home.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(home).free
    except OSError as error:
        raise Refused(cannot_write(home, error)) from error
    left = sum(max(0, (located.bytes or place.part.about_bytes) - place.begun_bytes()) for place, located in found)
    if left and left + SPARE > free:
        raise Refused(
            f"The disk has no room: {in_bytes(left)} are to come and {in_bytes(free)} are free at {home}; "
            "free some space, or set FOLEYDESK_HOME to a larger disk."
        )


def _offline(model: Published, missing: tuple[Need, ...]) -> str:
    files = ", ".join(need.place.part.file for need in missing)
    left = in_bytes(sum(need.left for need in missing))
    return (
        f"{model.title} still needs {files} ({left}), and nothing is fetched while offline; unset HF_HUB_OFFLINE and "
        "leave out --offline, or import a folder that has them."
    )


class _Journey:
    """All the bytes of a pull as one progress, with the time to go."""

    def __init__(self, found: list[tuple[Place, Located]], on_progress: OnProgress) -> None:
        self._sizes = {place.part.name: located.bytes or place.part.about_bytes for place, located in found}
        self._here = {place.part.name: place.begun_bytes() for place, _ in found}
        self._order = [place.part.name for place, _ in found]
        self._on_progress = on_progress
        self._speed = Speed()

    def going(self, place: Place) -> Callable[[int], None]:
        """For a download: how much of its file is here."""

        def on_bytes(done: int) -> None:
            self._here[place.part.name] = done
            self._say(f"Getting {self._named(place)}")

        return on_bytes

    def wait(self, place: Place) -> None:
        self._say(f"Another Foleydesk is getting {self._named(place)}; waiting for it")

    def done(self, place: Place) -> None:
        self._here[place.part.name] = self._sizes[place.part.name]
        self._say(f"Got {self._named(place)}")

    def _named(self, place: Place) -> str:
        at = f" ({self._order.index(place.part.name) + 1} of {len(self._order)})" if len(self._order) > 1 else ""
        return f"{place.part.file}{at}"

    def _say(self, stage: str) -> None:
        here, total = sum(self._here.values()), sum(self._sizes.values())
        self._speed.see(here)
        self._on_progress(Progress(stage, min(here, total), total, self._speed.seconds_left(total - here)))
