"""The picture, reference sounds and sounds that a project misses, found again wherever they were moved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from foleydesk.document.edits import Relink
from foleydesk.storage.relink import Lost, lost
from foleydesk.workers.search_thread import SearchThread

if TYPE_CHECKING:
    from foleydesk.studio.studio import Studio


class Relinking(QObject):
    """One search at a time; what it finds is one undoable edit."""

    progressed = Signal(object)
    ended = Signal(str)
    """How it ended, in one sentence."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.studio = studio
        self.running = False
        self._wanted: tuple[Lost, ...] = ()
        self._folder = Path()
        self._project: Path | None = None
        self._thread = SearchThread(self)
        self._thread.progressed.connect(lambda job, progress: self.progressed.emit(progress))
        self._thread.finished.connect(self._found)
        self._thread.failed.connect(lambda job, sentence: self._end(sentence))
        self._thread.cancelled.connect(lambda job: self._end("The search was cancelled; nothing has changed."))

    def lost(self) -> tuple[Lost, ...]:
        return lost(self.studio.project) if self.studio.project is not None else ()

    def search(self, folder: Path) -> None:
        """Look for all that is missing below this folder."""
        if self.running or self.studio.folder is None:
            return
        self._wanted, self._folder, self._project = self.lost(), folder, self.studio.folder.path
        self.running = True
        self._thread.search(self._wanted, folder)

    def cancel(self) -> None:
        self._thread.cancel()

    def shutdown(self) -> None:
        self._thread.shutdown()

    def _found(self, job: str, found: dict[str, str]) -> None:
        studio, folder = self.studio, self.studio.folder
        if folder is None or folder.path != self._project:
            self._end("The search was for another project; nothing has changed.")
            return
        media = studio.project.media if studio.project else None
        if found and studio.do(Relink(tuple(found.items()))) and media is not None and media.hash in found:
            studio.pictures.open(Path(found[media.hash]), folder.cache)
        left = len(self._wanted) - len(found)
        if not found:
            self._end(f"None of them lies in {self._folder}; choose another folder.")
        else:
            more = f"; {left} still missing, choose another folder." if left else "; nothing is missing any more."
            self._end(f"Found {len(found)} of {len(self._wanted)}{more}")

    def _end(self, sentence: str) -> None:
        self.running = False
        self.ended.emit(sentence)
