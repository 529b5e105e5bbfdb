"""The main window: four rooms and the row that joins them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from foleydesk.views.candidates import CandidatesPanel
from foleydesk.views.cues import CuesPanel
from foleydesk.views.header import Header
from foleydesk.views.look import icon
from foleydesk.views.message import Hints, MessageBar
from foleydesk.views.prompt import PromptRow
from foleydesk.views.status import StatusRow
from foleydesk.views.timeline.timeline import Timeline
from foleydesk.views.variation import VariationPopover
from foleydesk.views.viewer import Viewer

FIELD_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Window(QMainWindow):
    """Lays out the views; it shows nothing of its own and does nothing by itself."""

    painted = Signal()
    """After the first paint: now heavy things may begin."""
    dropped = Signal(str)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Foleydesk")
        self.setWindowIcon(icon("foleydesk"))
        self.setAcceptDrops(True)
        self.header = Header()
        self.cues = CuesPanel()
        self.viewer = Viewer()
        self.candidates = CandidatesPanel()
        self.prompt = PromptRow()
        self.timeline = Timeline()
        self.hints = Hints(
            (
                self.tr(
                    "{play} plays; {candidate_1} {candidate_2} {candidate_3} {candidate_4} switch between the four"
                    " sounds at the same moment of the picture."
                ),
                self.tr("{pick} lays the one you hear on the timeline, and keeps your choice for training."),
                self.tr(
                    "Drag over the picture strip to mark a moment, write what is heard, press {generate}:"
                    " four new sounds."
                ),
            )
        )
        self.message = MessageBar()
        self.status = StatusRow()
        self.variation = VariationPopover(self)
        self.prompt.left.connect(self.timeline.canvas.setFocus)
        self._painted = False
        self._build()
        self.fit_screen()

    def _build(self) -> None:
        self.rooms = QSplitter(Qt.Orientation.Horizontal)
        for room in (self.cues, self.viewer, self.candidates):
            self.rooms.addWidget(room)
        self.rooms.setCollapsible(1, False)
        self.rooms.setStretchFactor(1, 1)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.prompt)
        column.addWidget(self.timeline, 1)
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.halves.addWidget(self.rooms)
        self.halves.addWidget(lower)
        self.halves.setChildrenCollapsible(False)
        self.halves.setStretchFactor(0, 1)
        for splitter in (self.rooms, self.halves):
            splitter.setHandleWidth(1)
        desk = QWidget()
        desk.setObjectName("desk")
        whole = QVBoxLayout(desk)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget, stretch in (
            (self.header, 0),
            (self.hints, 0),
            (self.halves, 1),
            (self.status, 0),
        ):
            whole.addWidget(widget, stretch)
        self.hints.hide()
        self.setCentralWidget(desk)
        self.message.setParent(desk)
        self.message.hide()
        self.message.spoken.connect(self._place_message)
        self.status.installEventFilter(self)

    def _place_message(self) -> None:
        """Over the foot of the timeline: what is worked on stays where it is."""
        wide = self.status.width()
        high = self.message.heightForWidth(wide)
        self.message.setGeometry(0, self.status.y() - high, wide, high)
        self.message.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.status and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place_message()
        return super().eventFilter(watched, event)

    def fit_screen(self) -> None:
        """Large, but never larger than the screen."""
        free = QApplication.primaryScreen().availableGeometry()
        wide, high = min(1680, free.width()), min(1060, free.height())
        self.resize(wide, high)
        self._share_out(wide, high)

    def _share_out(self, wide: int, high: int) -> None:
        """The rooms' first sizes: the picture takes what the lists and the lanes do not need."""
        self.rooms.setSizes([round(wide * 0.16), round(wide * 0.61), round(wide * 0.23)])
        self.halves.setSizes([round(high * 0.5), round(high * 0.5)])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._painted:
            self._share_out(self.width(), self.height())

    def event(self, event: QEvent) -> bool:
        """Keys that a field or a focused button needs for itself are not taken for an action."""
        if event.type() == QEvent.Type.ShortcutOverride:
            key: QKeyEvent = event  # type: ignore[assignment]
            focused = QApplication.focusWidget()
            field = isinstance(focused, (QLineEdit, QAbstractSpinBox)) and key.key() in FIELD_KEYS
            button = isinstance(focused, QAbstractButton) and key.key() == Qt.Key.Key_Space
            if field or button:
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from elsewhere are opened; a candidate that is dragged has come from here."""
        if event.mimeData().hasUrls() and event.source() is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
