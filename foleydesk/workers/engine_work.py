"""What the engine is asked to do, done by whoever calls. No Qt; torch comes with the first request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.spec import Candidate, EventCurve, OnProgress, Progress, Recipe, Span, Suggestion
from foleydesk.workers.line import Post

if TYPE_CHECKING:
    from engine.service import Engine

MakeEngine = Callable[[Path | None, str], "Engine"]
"""make(cache, device)."""


def make_engine(cache: Path | None, device: str) -> Engine:
    from engine.service import Engine  # heavy: imports torch, so here and not before

    return Engine(cache=cache, device=device)


class EngineWork:
    """Holds the engine. Everything may raise Refused, and Cancelled where `on_progress` does."""

    def __init__(self, post: Post, cache: Path | None, device: str, make: MakeEngine = make_engine) -> None:
        """`post("ready", sentence)` tells what the engine runs on, as soon as there is one."""
        self._post = post
        self._make = make
        self._cache = cache
        self._device = device
        self._engine: Engine | None = None

    def warm(self, on_progress: OnProgress) -> None:
        self._stand(on_progress)

    def generate(self, recipe: Recipe, candidates: int, into: Path, on_progress: OnProgress) -> tuple[Candidate, ...]:
        return self._stand(on_progress).generate(recipe, candidates, into, on_progress)

    def spot(self, media: str, span: Span | None, on_progress: OnProgress) -> EventCurve:
        on_progress(Progress("Looking for events", 0, 1))
        return self._stand(on_progress).spot(media, span, on_progress=on_progress)

    def suggest(self, media: str, span: Span | None, model: str, on_progress: OnProgress) -> tuple[Suggestion, ...]:
        on_progress(Progress("Looking at the picture", 0, 1))
        return self._stand(on_progress).suggest(media, span, model=model)

    def use(self, device: str) -> None:
        """Compute there from now on; what was loaded on another device leaves it."""
        if device != self._device:
            if self._engine is not None:
                self._engine.unload()
            self._device, self._engine = device, None

    def _stand(self, on_progress: OnProgress) -> Engine:
        if self._engine is None:
            on_progress(Progress("Starting the engine", 0, 1))
            self._engine = self._make(self._cache, self._device)
            self._post("ready", self._engine.devices()[0].says)
            on_progress(Progress("Starting the engine", 1, 1))
        return self._engine
