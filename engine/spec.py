"""What travels between the rooms: frozen, torch-free, with a JSON round trip.

Positions are integer samples at 48 kHz from the start of the medium, wherever they are stored.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Any, Protocol, TypeVar

SAMPLE_RATE = 48_000
"""Samples a second of every position, span and file in a project."""

T = TypeVar("T")


FAST, EXACT = "fast", "exact"
"""How a recipe may have the picture and the words read: as the device is fastest with little error, or in float32."""


class Refused(Exception):
    """Something the user can mend. Its text is one sentence: what, which file, what to do."""


class Cancelled(Exception):
    """Raised by a progress callback to end a job within one step."""


class Direction(StrEnum):
    """Which way a score improves."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
class Span:
    """A stretch of a medium, `start` inclusive, `end` exclusive, in samples."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def seconds(self) -> float:
        return self.length / SAMPLE_RATE


@dataclass(frozen=True)
class Event:
    """One visible moment that should sound: `at` in samples from the start of the medium, strength 0 to 1."""

    at: int
    strength: float


@dataclass(frozen=True)
class EventCurve:
    """What the spotter found: the events, and the strength (0 to 1) over time that they are peaks of.

    `values[i]` is the strength at `start + i / rate` seconds; `start` in samples.
    """

    events: tuple[Event, ...]
    start: int
    rate: float
    values: tuple[float, ...]


@dataclass(frozen=True)
class Suggestion:
    """A prompt for something in the picture that might sound; confidence 0 to 1."""

    prompt: str
    confidence: float


@dataclass(frozen=True)
class Guidances:
    """How strictly each condition is followed; None: as strictly as the recipe's `guidance` says; 0: not at all.

    `picture` is what is seen, `events` when something happens. So picture 0 is a muted picture (the prompt says what
    is heard, in time with what is seen), and picture and events 0 make a sound from words alone.
    """

    text: float | None = None
    picture: float | None = None
    events: float | None = None
    reference: float | None = None

    def in_measure(self, overall: float, shares: Mapping[str, float]) -> Guidances:
        """As a model takes them that follows some conditions more easily than others: of what goes beyond 1, where a
        condition is neither weakened nor exaggerated, it takes this share. So one number means the same everywhere."""
        asked = {name: overall if getattr(self, name) is None else getattr(self, name) for name in shares}
        own = {name: weight if weight <= 1 else 1 + (weight - 1) * shares[name] for name, weight in asked.items()}
        return replace(self, **own)


@dataclass(frozen=True)
class Recipe:
    """Everything that determines a candidate."""

    media: str
    media_hash: str
    span: Span
    prompt: str = ""
    negative: str = ""
    reference: str | None = None
    """A sound file that the candidate should sound like."""
    reference_hash: str = ""
    base: str | None = None
    """A take's sound file that is varied, or of which a region is made anew."""
    base_hash: str = ""
    region: Span | None = None
    """Of the base only this part, in samples of the medium, is made anew. None: all of it."""
    strength: float = 1.0
    """How far a variation may go from its base: 0 is the base itself, 1 starts from noise alone."""
    events: tuple[Event, ...] | None = None
    """None: the spotter decides. A tuple, even an empty one: the designer has."""
    model: str = "visiosonic-mini"
    adapter: str | None = None
    sampler: str = ""
    """Empty: the model's own choice, which a candidate's recipe then names."""
    steps: int = 25
    """Counted as Euler's, whichever the sampler: one of the second order takes half as many, each twice as long."""
    guidance: float = 4.5
    guidances: Guidances = field(default_factory=Guidances)
    seed: int = 0
    precision: str = FAST
    """FAST or EXACT; matters to models whose encoders of the picture are large."""


@dataclass(frozen=True)
class Score:
    """One judgement, in its own unit; `level` (0 to 1, higher is better) is what bars show."""

    name: str
    value: float
    unit: str
    better: Direction
    level: float
    says: str
    scorer: str


@dataclass(frozen=True)
class ScoreCard:
    """`total` (0 to 1) orders candidates; `says` is one plain sentence about this one."""

    scores: tuple[Score, ...] = ()
    total: float = 0.0
    says: str = ""

    def score(self, name: str) -> Score | None:
        return next((score for score in self.scores if score.name == name), None)


@dataclass(frozen=True)
class Candidate:
    """One generated sound on disk. `wav` and `mel` are paths; `length` in samples at 48 kHz."""

    id: str
    recipe: Recipe
    wav: str
    mel: str
    length: int
    card: ScoreCard = field(default_factory=ScoreCard)


@dataclass(frozen=True)
class Progress:
    """Where long work stands. `seconds_left` is None until it can be told."""

    stage: str
    step: int
    steps: int
    seconds_left: float | None = None


class OnProgress(Protocol):
    """Sees every step; may raise `Cancelled`."""

    def __call__(self, progress: Progress) -> None: ...


def ignore(progress: Progress) -> None:
    """The progress callback of someone who does not watch."""


def to_json(value: Any) -> Any:
    """Plain JSON data of a dataclass of this module (or of one built like these)."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value


def from_json(kind: type[T], data: Any) -> T:
    """Rebuild `kind` from `to_json`'s data; keys that this version does not know are left out.

    Raises `Refused` when a required key is missing or a value has the wrong shape.
    """
    try:
        return typing.cast(T, _rebuild(kind, data))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise Refused(f"This is not the data of a {kind.__name__.lower()}: {error}.") from error


@functools.cache
def _fields(kind: type[Any]) -> dict[str, Any]:
    """The fields of a dataclass with their types; a long project holds thousands of them."""
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _rebuild(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        options = [option for option in typing.get_args(kind) if option is not type(None)]
        return None if data is None else _rebuild(options[0], data)
    if origin is tuple:
        return tuple(_rebuild(typing.get_args(kind)[0], item) for item in data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _fields(kind)
        return kind(**{key: _rebuild(hints[key], item) for key, item in data.items() if key in hints})
    if kind in (float, Fraction):
        return kind(data)
    if kind in (int, str, bool) and not isinstance(data, kind):
        raise TypeError(f"{data!r} is not {kind.__name__}")
    return data
