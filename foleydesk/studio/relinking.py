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

    missed = Signal(object)
    """tuple[Lost, ...]: what the project that was just opened misses."""
    progressed = Signal(object)
    ended = Signal(str)
    """How it ended, in one sentence."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.studio = studio
        self.running = False
        self._wanted: tuple[Lost, ...] = ()
        self._place = Path()
        self._project: Path | None = None
        self._thread = SearchThread(self)
        self._thread.progressed.connect(lambda job, progress: self.progressed.emit(progress))
        self._thread.finished.connect(self._found)
        self._thread.failed.connect(lambda job, sentence: self._end(sentence))
        self._thread.cancelled.connect(lambda job: self._end(self.tr("The search was cancelled; nothing has changed.")))

    def lost(self) -> tuple[Lost, ...]:
        return lost(self.studio.project) if self.studio.project is not None else ()

    def look(self) -> None:
        """Say what is missing, if anything is."""
        if wanted := self.lost():
            self.missed.emit(wanted)

    def search(self, place: Path) -> None:
        """Look for all that is missing in this folder and below, or whether this file is it."""
        if self.running or self.studio.folder is None:
            return
        self._wanted, self._place, self._project = self.lost(), place, self.studio.folder.path
        self.running = True
        self._thread.search(self._wanted, place)

    def cancel(self) -> None:
        self._thread.cancel()

    def shutdown(self) -> None:
        self._thread.shutdown()

    def _found(self, job: str, found: dict[str, str]) -> None:
        studio, folder = self.studio, self.studio.folder
        if folder is None or folder.path != self._project:
            self._end(self.tr("The search was for another project; nothing has changed."))
            return
        media = studio.project.media if studio.project else None
        if found and studio.do(Relink(tuple(found.items()))) and media is not None and media.hash in found:
            studio.pictures.open(Path(found[media.hash]), folder.cache)
        self._end(self._in_words(len(found), len(self._wanted)))

    def _in_words(self, found: int, wanted: int) -> str:
        if not found and self._place.is_file():
            return self.tr("{file} holds something else; choose another file.").format(file=self._place.name)
        if not found:
            return self.tr("None of them lies in {folder}; choose another folder.").format(folder=self._place)
        if found < wanted:
            words = self.tr("Found {found} of {wanted}; {left} still missing, choose another folder.")
            return words.format(found=found, wanted=wanted, left=wanted - found)
        return self.tr("Found {found} of {wanted}; nothing is missing any more.").format(found=found, wanted=wanted)

    def _end(self, sentence: str) -> None:
        self.running = False
        self.ended.emit(sentence)
