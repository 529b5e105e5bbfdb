"""Training from picks: the process, and which models and adapters there are."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.adapters import CARD, AdapterCard, read_adapter
from engine.registry import adapters_home, models
from engine.spec import Progress, Refused
from foleydesk.workers.training_process import TrainingProcess

NAME = "taste"


class Learning(QObject):
    """One training at a time."""

    progressed = Signal(object)
    finished = Signal(str)
    """The new adapter's name."""
    failed = Signal(str)
    ended = Signal()
    """However it ended."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.progress: Progress | None = None
        self.says = ""
        """What the last training came to, in one sentence."""
        self.cancelled = False
        """Whether the last training ended so."""
        self._process = TrainingProcess(self)
        self._process.progressed.connect(self._progressed)
        self._process.finished.connect(self._finished)
        self._process.failed.connect(self._failed)
        self._process.cancelled.connect(self._cancelled)

    @property
    def running(self) -> bool:
        return self._process.running

    def start(self, project: Path, steps: int | None = None) -> None:
        """Train an adapter of the next free name. Raises Refused while one is trained."""
        home = adapters_home()
        home.mkdir(parents=True, exist_ok=True)
        taken = {path.name for path in home.iterdir()}
        name = next(f"{NAME}-{n}" for n in range(1, len(taken) + 2) if f"{NAME}-{n}" not in taken)
        self.progress = Progress("Getting ready to train", 0, 1)
        self.cancelled = False
        self._process.start(project, home / name, steps)
        self.progressed.emit(self.progress)

    def cancel(self) -> bool:
        """False when nothing is trained."""
        if not self.running:
            return False
        self._process.cancel()
        return True

    def shutdown(self) -> None:
        self._process.shutdown()

    def _progressed(self, progress: Progress) -> None:
        self.progress = progress
        self.progressed.emit(progress)

    def _finished(self, folder: str) -> None:
        self.says = str(self._process.card.get("says", ""))
        self.progress = None
        self.ended.emit()
        self.finished.emit(Path(folder).name)

    def _failed(self, sentence: str) -> None:
        self.progress = None
        self.ended.emit()
        self.failed.emit(sentence)

    def _cancelled(self) -> None:
        self.progress, self.cancelled = None, True
        self.ended.emit()


def installed_models() -> tuple[tuple[str, str], ...]:
    """(name, title) of every model. A card that cannot be read is left out here; generation says what is wrong."""
    try:
        return tuple((card.name, card.title) for card in models())
    except Refused:
        return ()


def trained_adapters() -> tuple[tuple[str, str, str], ...]:
    """(model, name, title) of every adapter with a readable card, oldest first."""
    found = sorted(_adapters(), key=lambda card: card.created)
    return tuple((card.model, card.name, card.name.replace("-", " ")) for card in found)


def newest_adapter_time() -> str:
    """When the newest adapter was made (ISO), or nothing."""
    return max((card.created for card in _adapters()), default="")


def _adapters() -> list[AdapterCard]:
    found = []
    for path in sorted(adapters_home().glob(f"*/{CARD}")):
        with suppress(Refused):
            found.append(read_adapter(path.parent))
    return found
