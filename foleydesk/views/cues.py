"""What to score: the cues in order, each with its state in a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from foleydesk.views.inspector import Inspector
from foleydesk.views.look import mono, sans, tone
from foleydesk.views.teaching import say
from foleydesk.views.wording import later

Index = QModelIndex | QPersistentModelIndex
STATE_TONES = {
    later("CueState", "to do"): "dim",
    later("CueState", "working"): "accent",
    later("CueState", "picked"): "blue",
    later("CueState", "approved"): "good",
}
"""The dot's colour; the word beside it says the same. Anything else ("4 takes") is the accent's."""
TRAY_PX = 96
EMPTY = "No cues yet. Drag over the picture to mark one."


def state_in_words(state: str) -> str:
    """A row's state in the language of the window; "4 takes" is counted."""
    number, _, rest = state.partition(" ")
    if not number.isdigit():
        return QCoreApplication.translate("CueState", state)
    one, many = QCoreApplication.translate("CueState", "1 take"), QCoreApplication.translate("CueState", "{n} takes")
    return one if number == "1" else many.format(n=number)


@dataclass(frozen=True)
class CueRow:
    """A cue as its row says it."""

    id: str
    number: str
    name: str
    when: str
    state: str


class CueModel(QAbstractListModel):
    """Rows, told apart by id so that a choice survives a change."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[CueRow, ...] = ()

    def show(self, rows: tuple[CueRow, ...]) -> None:
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.name}\n{row.when}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = QCoreApplication.translate("CueList", "Cue {number}").format(number=row.number)
            return f"{words}, {row.name}, {row.when}, {state_in_words(row.state)}"
        return None


class CuePainter(QStyledItemDelegate):
    """Dot and number, name and state, time below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(sans(13)).height()
        return QSize(160, 2 * line + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CueRow = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)  # type: ignore[attr-defined]
        painter.fillRect(box, tone("row-lit" if chosen else "panel"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, tone("line"))
        if chosen and focused:
            painter.fillRect(box.left(), box.top(), 2, box.height(), tone("accent"))
        line = QFontMetrics(sans(13)).height()
        upper = QRect(box.left() + 52, box.top() + 6, box.width() - 64, line)
        self._left(painter, row, box, line)
        painter.setFont(sans(12))
        state = state_in_words(row.state)
        wide = painter.fontMetrics().horizontalAdvance(state)
        painter.setPen(tone("text" if chosen else "dim"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, state)
        painter.setFont(sans(13))
        painter.setPen(tone("text"))
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, upper.width() - wide - 10)
        painter.drawText(upper, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(mono(11))
        painter.setPen(tone("dim"))
        painter.drawText(
            upper.translated(0, line + 2), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.when
        )
        painter.restore()

    def _left(self, painter: QPainter, row: CueRow, box: QRect, line: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone(STATE_TONES.get(row.state, "accent")))
        painter.drawEllipse(box.left() + 12, box.top() + 6 + line // 2 - 4, 8, 8)
        painter.setPen(tone("soft"))
        painter.setFont(mono(12))
        where = QRect(box.left() + 12, box.top() + 8 + line, 36, line)
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.number)


class Tray(QScrollArea):
    """As high as what lies in it; on a small screen it scrolls."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setWidget(inside)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inside.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.widget().minimumSizeHint().width(), TRAY_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is unfolded in it makes it higher."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class CuesPanel(QWidget):
    """The list, and below it what the chosen cue's recipe says."""

    chosen = Signal(str)
    activated = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(216)
        self.model = CueModel()
        self.list = QListView()
        self.list.setMinimumHeight(CuePainter().sizeHint(QStyleOptionViewItem(), QModelIndex()).height())
        self.list.setModel(self.model)
        self.list.setItemDelegate(CuePainter(self.list))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName(self.tr("Cues"))
        self.list.setToolTip(
            self.tr("Cues in the order of the picture; Enter or a double click shows one in the timeline")
        )
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._current)
        self.list.activated.connect(lambda index: self.activated.emit(self.model.rows[index.row()].id))
        self.empty = QLabel(self.tr(EMPTY))
        self.empty.setObjectName("dim")
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(12, 4, 12, 12)
        self.inspector = Inspector()
        self._build()

    def _build(self) -> None:
        heading = QLabel(self.tr("Cues"))
        heading.setObjectName("heading")
        key = QLabel()
        say(key, self.tr("{mark_in} · {mark_out} mark"))
        key.setObjectName("key")
        top = QHBoxLayout()
        top.setContentsMargins(12, 6, 10, 6)
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(key)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addWidget(Tray(self.inspector))

    def show_cues(self, rows: tuple[CueRow, ...], chosen: str | None) -> None:
        self.list.selectionModel().blockSignals(True)
        self.model.show(rows)
        at = next((i for i, row in enumerate(rows) if row.id == chosen), -1)
        index = self.model.index(at) if at >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        self.list.selectionModel().blockSignals(False)
        self.list.viewport().update()
        self.empty.setVisible(not rows)

    def _current(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.model.rows[now.row()].id)
