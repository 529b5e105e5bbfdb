"""Files that are dropped on the timeline, and clips that are dragged out of the window as sound files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from engine.spec import Refused
from foleydesk.studio.laying import Laying

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow

SOUNDS = (".wav", ".bwf", ".flac", ".aif", ".aiff", ".mp3", ".ogg", ".opus", ".m4a")
PLAIN = Qt.KeyboardModifier.NoModifier
DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class Carrying(QObject):
    """Watches the timeline's canvas. What it does not take goes on to the window, which opens videos and projects."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.laying = Laying(window.studio)
        self.canvas = window.timeline.canvas
        self.canvas.setAcceptDrops(True)
        self.canvas.installEventFilter(self)
        window.closing.connect(self.laying.shutdown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() in DRAGS:
            return self._dropping(event)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            return self._leaving(event)
        return False

    def _dropping(self, event: QDropEvent) -> bool:
        """A sound over a track: there it will lie."""
        path, track = sound_of(event.mimeData()), self._track(event.position())
        if path is None or not track or self.window.studio.project is None:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.laying.lay(path, track, max(0, round(self.canvas.axis.at(event.position().x()))))
        return True

    def _track(self, at: QPointF) -> str:
        lane = self.window.timeline.tracks
        inside = lane.rect.top() <= at.y() < lane.rect.top() + lane.rect.height()
        return lane.track_at(at - QPointF(0, lane.rect.top())) if inside else ""

    def _leaving(self, event: QMouseEvent) -> bool:
        """Clips that are dragged over the window's edge go on as files; in the project they stay where they were."""
        carried = self.window.timeline.tracks.carried
        if not carried or self.window.frameGeometry().contains(event.globalPosition().toPoint()):
            return False
        QApplication.sendEvent(self.canvas, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, PLAIN))
        data = self.as_files(carried)
        if data is not None:
            drag = QDrag(self.canvas)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)
        return True

    def as_files(self, clips: tuple[str, ...]) -> QMimeData | None:
        """What a drag of clips carries: each as it sounds, as a file. None, with a sentence, where that fails."""
        try:
            files = self.laying.files_of(clips)
        except Refused as refusal:
            self.window.message.refuse(str(refusal))
            return None
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        return data if files else None


def sound_of(data: QMimeData) -> Path | None:
    """The one sound file in it."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in SOUNDS else None
