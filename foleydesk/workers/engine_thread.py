"""The engine on its own thread: imported, used and let go there; only paths and small frozen data come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from engine.spec import Candidate, EventCurve, OnProgress, Progress, Recipe, Span, Suggestion
from foleydesk.workers.line import Line, Post, Work
from foleydesk.workers.mailbox import Mailbox

if TYPE_CHECKING:
    from engine.service import Engine

MakeEngine = Callable[[Path | None, str], "Engine"]
"""make(cache, device)."""

NICENESS = 5
"""On a CPU the engine yields to the window and the sound."""


class EngineThread(QObject):
    """Jobs run one after another in the order asked for. Nothing heavy is imported before the first job or warm()."""

    ready = Signal(str)
    """A sentence about the device, once the engine stands."""
    progressed = Signal(str, object)
    """Job id, engine.spec.Progress; at most 20 a second."""
    generated = Signal(str, object)
    """Job id, tuple of engine.spec.Candidate in rank order."""
    spotted = Signal(str, object)
    """Job id, engine.spec.EventCurve."""
    suggested = Signal(str, object)
    """Job id, tuple of engine.spec.Suggestion, the likeliest first."""
    failed = Signal(str, str)
    """Job id, one sentence."""
    cancelled = Signal(str)
    unloaded = Signal()
    """The models have left the device: another process may use it."""
    _unloaded = Signal(str, object)

    def __init__(
        self,
        parent: QObject | None = None,
        cache: Path | None = None,
        device: str = "auto",
        make_engine: MakeEngine | None = None,
    ) -> None:
        """`make_engine` builds the engine on its thread; by default it is engine.service.Engine."""
        super().__init__(parent)
        self._mailbox = Mailbox(self)
        self._work = _EngineWork(self._mailbox.post, cache, device, make_engine or _make_engine)
        self._line = Line("engine", self._mailbox.post, NICENESS)
        self._unloaded.connect(self._say_unloaded)

    @property
    def busy(self) -> bool:
        return self._line.busy

    def warm(self) -> None:
        """Import the engine now; call it after the first paint."""
        self._line.add(Work("", self._work.warm))

    def generate(self, job_id: str, recipe: Recipe, candidates: int, into: Path) -> None:
        """Ends in generated, failed or cancelled."""

        work = self._work

        def run(on_progress: OnProgress) -> tuple[Candidate, ...]:
            return work.generate(recipe, candidates, into, on_progress)

        self._line.add(Work(job_id, run, "generated"))

    def spot(self, job_id: str, media_path: str | Path, span: Span | None = None) -> None:
        """Ends in spotted, failed or cancelled."""

        work = self._work

        def run(on_progress: OnProgress) -> EventCurve:
            return work.spot(str(media_path), span, on_progress)

        self._line.add(Work(job_id, run, "spotted"))

    def suggest(self, job_id: str, media_path: str | Path, span: Span | None, model: str) -> None:
        """What might be heard by what is seen. Ends in suggested, failed or cancelled."""

        work = self._work

        def run(on_progress: OnProgress) -> tuple[Suggestion, ...]:
            return work.suggest(str(media_path), span, model, on_progress)

        self._line.add(Work(job_id, run, "suggested"))

    def cancel(self, job_id: str) -> None:
        """A waiting job ends at once, a running one within a step; cancelled says so."""
        self._line.cancel(job_id)

    def use(self, device: str) -> None:
        """Run on this device ("auto", "cpu", "cuda") from the next job on."""
        self._line.add(Work("", lambda on_progress: self._work.use(device, on_progress)))

    def unload(self) -> None:
        """Free the device after the jobs already asked for; the next job loads again."""
        self._line.add(Work("", self._work.unload, "_unloaded"))

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Ends the running job at its next step and waits for the thread; True when it has ended. No signal follows."""
        self._mailbox.close()
        return self._line.stop(timeout_s)

    @Slot(str, object)
    def _say_unloaded(self, job_id: str, nothing: object) -> None:
        self.unloaded.emit()


class _EngineWork:
    """What happens on the engine's thread. Holds the engine, and no Qt object but the way back."""

    def __init__(self, post: Post, cache: Path | None, device: str, make_engine: MakeEngine) -> None:
        self._post = post
        self._make_engine = make_engine
        self._cache = cache
        self._device = device
        self._engine: Engine | None = None

    def warm(self, on_progress: OnProgress) -> None:
        self._stand(on_progress)

    def generate(self, recipe: Recipe, candidates: int, into: Path, on_progress: OnProgress) -> tuple[Candidate, ...]:
        return self._stand(on_progress).generate(recipe, candidates, Path(into), on_progress)

    def spot(self, media: str, span: Span | None, on_progress: OnProgress) -> EventCurve:
        on_progress(Progress("Looking for events", 0, 1))
        return self._stand(on_progress).spot(media, span)

    def suggest(self, media: str, span: Span | None, model: str, on_progress: OnProgress) -> tuple[Suggestion, ...]:
        on_progress(Progress("Looking at the picture", 0, 1))
        return self._stand(on_progress).suggest(media, span, model=model)

    def use(self, device: str, on_progress: OnProgress) -> None:
        if device != self._device:
            self.unload(on_progress)
            self._device, self._engine = device, None

    def unload(self, on_progress: OnProgress) -> None:
        if self._engine is not None:
            self._engine.unload()

    def _stand(self, on_progress: OnProgress) -> Engine:
        if self._engine is None:
            on_progress(Progress("Starting the engine", 0, 1))
            self._engine = self._make_engine(self._cache, self._device)
            self._post("ready", _device_sentence(self._engine))
            on_progress(Progress("Starting the engine", 1, 1))
        return self._engine


def _device_sentence(engine: Engine) -> str:
    """What the engine runs on, in words."""
    return engine.devices()[0].says


def _make_engine(cache: Path | None, device: str) -> Engine:
    from engine.service import Engine  # heavy: imports torch, so here and not before

    return Engine(cache=cache, device=device)
