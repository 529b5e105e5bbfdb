"""What the window and the engine's process say to each other: one JSON object a line. No Qt, no torch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from engine.spec import (
    Candidate,
    EventCurve,
    OnProgress,
    Progress,
    Recipe,
    Refused,
    Span,
    Suggestion,
    from_json,
    to_json,
)
from foleydesk.workers.engine_work import EngineWork


@dataclass(frozen=True)
class Warm:
    """Import what is heavy, and look which devices there are."""

    done: ClassVar[str] = "warmed"

    def run(self, work: EngineWork, on_progress: OnProgress) -> None:
        work.warm(on_progress)


@dataclass(frozen=True)
class Generate:
    """Answered by generated, with the candidates in rank order. `into` is a folder."""

    recipe: Recipe
    candidates: int
    into: str
    done: ClassVar[str] = "generated"

    def run(self, work: EngineWork, on_progress: OnProgress) -> tuple[Candidate, ...]:
        return work.generate(self.recipe, self.candidates, Path(self.into), on_progress)


@dataclass(frozen=True)
class Spot:
    """Answered by spotted."""

    media: str
    span: Span | None
    done: ClassVar[str] = "spotted"

    def run(self, work: EngineWork, on_progress: OnProgress) -> EventCurve:
        return work.spot(self.media, self.span, on_progress)


@dataclass(frozen=True)
class Suggest:
    """Answered by suggested, the likeliest first."""

    media: str
    span: Span | None
    model: str
    done: ClassVar[str] = "suggested"

    def run(self, work: EngineWork, on_progress: OnProgress) -> tuple[Suggestion, ...]:
        return work.suggest(self.media, self.span, self.model, on_progress)


@dataclass(frozen=True)
class Use:
    """Compute on this device from here on."""

    device: str
    done: ClassVar[str] = "used"

    def run(self, work: EngineWork, on_progress: OnProgress) -> None:
        work.use(self.device)


@dataclass(frozen=True)
class Unload:
    """Nothing is asked of this process after it: once it has answered, it may end."""

    done: ClassVar[str] = "unloaded"

    def run(self, work: EngineWork, on_progress: OnProgress) -> None:
        """The end of the process gives everything back."""


@dataclass(frozen=True)
class Cancel:
    """Of an earlier request: dropped while it waits, ended at its next step when it runs."""

    number: str


Ask = Warm | Generate | Spot | Suggest | Use | Unload
ASKS: dict[str, type[Any]] = {kind.__name__.lower(): kind for kind in (*Ask.__args__, Cancel)}
ANSWERS: dict[str, Any] = {
    "progressed": Progress,
    "generated": tuple[Candidate, ...],
    "spotted": EventCurve,
    "suggested": tuple[Suggestion, ...],
    "failed": str,
    "ready": str,
}
"""What each answer carries; those that are not named here carry nothing."""


def ask_line(number: str, ask: Ask | Cancel) -> bytes:
    """A request, with the number by which it is answered."""
    return _line({"ask": type(ask).__name__.lower(), "number": number, "what": to_json(ask)})


def read_ask(line: str | bytes) -> tuple[str, Ask | Cancel]:
    """Raises Refused for what is no request."""
    said = _read(line, "ask", ASKS)
    return str(said["number"]), from_json(ASKS[said["ask"]], said["what"])


def answer_line(signal: str, number: str, what: Any = None) -> bytes:
    """`signal` as EngineProcess sends it; the number is empty where no request is answered."""
    return _line({"answer": signal, "number": number, "what": to_json(what)})


def read_answer(line: str | bytes) -> tuple[str, str, Any]:
    """Signal, number and what it carries. Raises Refused for what is no answer."""
    said = _read(line, "answer", None)
    kind = ANSWERS.get(said["answer"])
    return said["answer"], str(said["number"]), from_json(kind, said["what"]) if kind is not None else None


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode() + b"\n"


def _read(line: str | bytes, key: str, known: dict[str, Any] | None) -> dict[str, Any]:
    try:
        said = json.loads(line)
        if known is not None and said[key] not in known:
            raise ValueError(said[key])
        return {key: str(said[key]), "number": said["number"], "what": said["what"]}
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"This is not what the window and its engine say to each other: {error}.") from error
