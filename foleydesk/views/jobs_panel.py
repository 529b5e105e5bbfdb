"""What runs, what waits and what came of the rest: order, pause, cancel, once more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListWidget, QListWidgetItem, QPushButton, QToolButton

from foleydesk.studio.stocking import figures
from foleydesk.views.drawer import DrawerPanel
from foleydesk.views.look import icon, tone
from foleydesk.views.teaching import teach
from foleydesk.views.timecode import left_in_words
from foleydesk.workers.jobs import Job

SIGNS = {"waiting": "to-do", "running": "working", "done": "done", "failed": "failed", "cancelled": "stop"}
ID = Qt.ItemDataRole.UserRole


class JobList(QListWidget):
    """Those that wait can be dragged; `ordered` carries all ids as they stand after that."""

    ordered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.ordered.emit([self.item(i).data(ID) for i in range(self.count())])

    @property
    def dragging(self) -> bool:
        return self.state() == QAbstractItemView.State.DraggingState

    def event(self, event: QEvent) -> bool:
        """Arrows walk here; they do not step through the picture."""
        if event.type() == QEvent.Type.ShortcutOverride:
            key: QKeyEvent = event  # type: ignore[assignment]
            if key.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
                event.accept()
                return True
        return super().event(event)


class JobsPanel(DrawerPanel):
    """`shifted` carries a job and -1 or 1."""

    paused = Signal(bool)
    shifted = Signal(str, int)
    ordered = Signal(object)
    cancelled = Signal(str)
    retried = Signal(str)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name(self.tr("Jobs"), "jobs")
        self.tools.setSpacing(2)
        self.jobs: tuple[Job, ...] = ()
        self.pause = QPushButton()
        self.pause.setObjectName("quiet")
        self.pause.setCheckable(True)
        self.pause.setText(self.tr("Pause"))
        self.pause.setAccessibleName(self.tr("Pause the queue"))
        teach(self.pause, "pause_jobs", self.tr("What is being made is finished; what waits goes on waiting"))
        self.pause.clicked.connect(self.paused)
        self.list = JobList()
        self.list.setAccessibleName(self.tr("Jobs"))
        self.list.setToolTip(self.tr("Drag a job that waits to where it shall come"))
        self.list.ordered.connect(self.ordered)
        self.list.currentItemChanged.connect(lambda *_: self._enable())
        self.empty = QLabel(
            self.tr("Nothing runs and nothing waits. What is made, trained, exported or fetched stands here.")
        )
        self.empty.setObjectName("dim")
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(12, 4, 12, 12)
        self.tools.addWidget(self.pause)
        self.tools.addStretch(1)
        self.buttons = {
            "up": self._tool("▲", self.tr("Earlier"), self.tr("The chosen job comes one place earlier")),
            "down": self._tool("▼", self.tr("Later"), self.tr("The chosen job comes one place later")),
            "cancel": self._word(self.tr("Cancel"), self.tr("End the chosen job, or take it out of the queue")),
            "retry": self._word(self.tr("Retry"), self.tr("Do the chosen job once more")),
            "clear": self._word(self.tr("Clear"), self.tr("Forget all jobs that are over")),
        }
        ask: dict[str, Callable[[str], None]] = {
            "up": lambda job: self.shifted.emit(job, -1),
            "down": lambda job: self.shifted.emit(job, 1),
            "cancel": self.cancelled.emit,
            "retry": self.retried.emit,
            "clear": lambda job: self.cleared.emit(),
        }
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: ask[name](self.chosen()))
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list, 1)
        self._enable()

    def show_jobs(self, jobs: tuple[Job, ...], paused: bool) -> None:
        if self.list.dragging:
            return
        self.jobs = jobs
        self.pause.setChecked(paused)
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        if [job.id for job in jobs] != [self.list.item(i).data(ID) for i in range(self.list.count())]:
            self._rebuild()
        for place, job in enumerate(jobs):
            self._tell(self.list.item(place), job, paused)
        self.empty.setVisible(not jobs)
        self.list.setVisible(bool(jobs))
        self._enable()

    def chosen(self) -> str:
        """The id of the chosen job; empty when none is."""
        item = self.list.currentItem()
        return str(item.data(ID)) if item is not None else ""

    def begin(self) -> None:
        self.list.setFocus()
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)

    def _rebuild(self) -> None:
        chosen = self.chosen()
        self.list.blockSignals(True)
        self.list.clear()
        for job in self.jobs:
            item = QListWidgetItem(self.list)
            item.setData(ID, job.id)
            if job.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _tell(self, item: QListWidgetItem, job: Job, paused: bool) -> None:
        words = f"{job.title}\n{self.state_in_words(job, paused)}"
        if item.text() == words:
            return
        item.setText(words)
        item.setIcon(icon(SIGNS[job.state]))
        item.setForeground(tone("poor" if job.state == "failed" else "text" if not job.over else "soft"))
        item.setToolTip(words)
        moves = Qt.ItemFlag.ItemIsDragEnabled if job.state == "waiting" else Qt.ItemFlag.NoItemFlags
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | moves)

    def state_in_words(self, job: Job, paused: bool) -> str:
        """How far it is, or how it ended and why."""
        at = job.progress
        if job.state == "running":
            share = f"{100 * at.step // at.steps} %" if at is not None and at.steps > 1 else ""
            bytes_ = figures(at) if at is not None and job.kind == "fetch" else ""
            parts = (at.stage, bytes_, share, left_in_words(at.seconds_left)) if at is not None else ()
            return " · ".join((self.tr("running"), *(part for part in parts if part)))
        words = {
            "waiting": self.tr("waiting, paused") if paused else self.tr("waiting"),
            "done": self.tr("done"),
            "failed": self.tr("failed"),
            "cancelled": self.tr("cancelled"),
        }[job.state]
        return f"{words}: {job.says}" if job.says else words

    def _enable(self) -> None:
        job = next((job for job in self.jobs if job.id == self.chosen()), None)
        waiting = [one.id for one in self.jobs if one.state == "waiting"]
        place = waiting.index(job.id) if job is not None and job.id in waiting else -1
        self.buttons["up"].setEnabled(place > 0)
        self.buttons["down"].setEnabled(0 <= place < len(waiting) - 1)
        self.buttons["cancel"].setEnabled(job is not None and not job.over)
        self.buttons["retry"].setEnabled(job is not None and job.state in ("failed", "cancelled"))
        self.buttons["clear"].setEnabled(any(one.over for one in self.jobs))

    def _tool(self, sign: str, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setObjectName("quiet")
        button.setAccessibleName(name)
        button.setToolTip(tip)
        self.tools.addWidget(button)
        return button

    def _word(self, name: str, tip: str) -> QPushButton:
        button = QPushButton(name)
        button.setObjectName("quiet")
        button.setAccessibleName(name)
        button.setToolTip(tip)
        self.tools.addWidget(button)
        return button
