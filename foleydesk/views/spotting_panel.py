"""The cues as a wide list: searched, sorted, written in, and several of them generated one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from foleydesk.document.cue_list import Column
from foleydesk.export.ucs import categories
from foleydesk.views.drawer import DrawerPanel
from foleydesk.views.look import mono, sans, tone
from foleydesk.views.spotting import COLUMNS, FIXED, NUMBER, STATUSES, TAKES, SpotRow
from foleydesk.views.teaching import teach, with_keys

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {
    NUMBER: 44, Column.NAME: 150, Column.START: 108, Column.END: 108, Column.LENGTH: 78, Column.PROMPT: 280,
    Column.CATEGORY: 96, Column.CHARACTER: 110, Column.NOTES: 180, Column.STATUS: 92, TAKES: 56,
}  # fmt: skip
FIGURES = (NUMBER, Column.START, Column.END, Column.LENGTH, TAKES)
ROW_PX = 28
LEAST_PROMPT_PX = 160
OWN_KEYS = (
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F2,
)  # fmt: skip
"""What the table needs for itself while it has the focus, though the window has actions on some of it."""


class SpottingModel(QAbstractTableModel):
    """Rows, told apart by id so that a choice survives a change. What is written goes out by `written`."""

    written = Signal(str, str, str)
    """Cue, column, text."""
    sorted_by = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[SpotRow, ...] = ()

    def show(self, rows: tuple[SpotRow, ...]) -> None:
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(COLUMNS[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("Sort by this")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def title(self, column: str) -> str:
        titles = {
            NUMBER: self.tr("No."),
            Column.NAME: self.tr("Name"),
            Column.START: self.tr("In"),
            Column.END: self.tr("Out"),
            Column.LENGTH: self.tr("Length"),
            Column.PROMPT: self.tr("Prompt"),
            Column.CATEGORY: self.tr("UCS"),
            Column.CHARACTER: self.tr("Character"),
            Column.NOTES: self.tr("Notes"),
            Column.STATUS: self.tr("Status"),
            TAKES: self.tr("Takes"),
        }
        return titles[column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        text = row.cell(column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("working") if column == Column.STATUS and row.working else text
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        if role == Qt.ItemDataRole.FontRole:
            return mono() if column in FIGURES else sans(12)
        if role == Qt.ItemDataRole.ForegroundRole:
            return tone("soft" if column in FIXED else "text")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.title(column)}: {text}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return usual if COLUMNS[index.column()] in FIXED else usual | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.written.emit(self.rows[index.row()].id, COLUMNS[index.column()], str(value))
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(COLUMNS):
            self.sorted_by.emit(COLUMNS[column], order == Qt.SortOrder.DescendingOrder)


class SpottingDelegate(QStyledItemDelegate):
    """A list of states for the status, of categories for UCS; a line for the rest."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = COLUMNS[index.column()]
        if column == Column.STATUS:
            box = QComboBox(parent)
            box.addItems(STATUSES)
            box.setAccessibleName(self.tr("Status"))
            return box
        line = QLineEdit(parent)
        line.setObjectName("cell")
        line.setAccessibleName(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        if column == Column.CATEGORY:
            words = [f"{one.id} · {one.full}" for one in categories().values()]
            completer = QCompleter(words, line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.popup().setMinimumWidth(280)
            line.setCompleter(completer)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(index.data(Qt.ItemDataRole.EditRole))
            editor.showPopup()
        elif isinstance(editor, QLineEdit):
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        text = editor.currentText() if isinstance(editor, QComboBox) else editor.text()  # type: ignore[attr-defined]
        model.setData(index, text)


class SpottingTable(QTableView):
    """Enter writes in the cell; the prompt takes what room is left."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        prompt = COLUMNS.index(Column.PROMPT)
        others = sum(self.columnWidth(place) for place in range(len(COLUMNS)) if place != prompt)
        self.setColumnWidth(prompt, max(LEAST_PROMPT_PX, self.viewport().width() - others))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self.state() != QAbstractItemView.State.EditingState:
            key: QKeyEvent = event  # type: ignore[assignment]
            bare = key.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            all_of_it = key.key() == Qt.Key.Key_A and key.modifiers() == Qt.KeyboardModifier.ControlModifier
            if all_of_it or (key.key() in OWN_KEYS and bare == Qt.KeyboardModifier.NoModifier):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class SpottingPanel(DrawerPanel):
    """`asked`: other words to look for, or another order."""

    chosen = Signal(str)
    written = Signal(str, str, str)
    asked = Signal()
    generate = Signal(object)
    """Ids of the chosen cues, in the order of the list."""

    def __init__(self) -> None:
        super().__init__()
        self.name(self.tr("Spotting list"), "spotting")
        self.by, self.reverse = str(Column.START), False
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(self.tr("Search, such as: metal status:picked"))
        self.search.setToolTip(self.tr("Every word must be found; “prompt:metal” looks in one column only"))
        self.search.setAccessibleName(self.tr("Search the spotting list"))
        self.search.setMaximumWidth(320)
        self.search.textChanged.connect(self.asked)
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.make = QPushButton()
        self.make.setObjectName("quiet")
        self.make.setAccessibleName(self.tr("Generate the chosen cues"))
        teach(self.make, "generate_chosen", self.tr("Make candidates for every chosen cue, one after the other"))
        self.make.clicked.connect(lambda: self.generate.emit(self.selected()))
        self.model = SpottingModel()
        self.model.written.connect(self.written)
        self.model.sorted_by.connect(self._sort)
        self.table = SpottingTable()
        self.table.setAccessibleName(self.tr("Spotting list"))
        self.table.setToolTip(self.tr("Enter or a double click writes in a cell; a click on a title sorts"))
        self.table.setModel(self.model)
        self.table.setItemDelegate(SpottingDelegate(self.table))
        self.empty = QLabel()
        self.empty.setObjectName("dim")
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(12, 4, 12, 12)
        self._quiet = False
        self._build()

    def _build(self) -> None:
        self.tools.addWidget(self.search, 1)
        self.tools.addWidget(self.count)
        self.tools.addStretch(1)
        self.tools.addWidget(self.make)
        table = self.table
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_PX)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(COLUMNS.index(Column.START), Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        for place, column in enumerate(COLUMNS):
            table.setColumnWidth(place, WIDTHS[column])
        head.setMinimumSectionSize(40)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.selectionModel().currentRowChanged.connect(self._current)
        table.selectionModel().selectionChanged.connect(self._selection)
        self.body.addWidget(self.empty)
        self.body.addWidget(table, 1)
        self._selection()

    def show_rows(self, rows: tuple[SpotRow, ...], chosen: str | None, of: int) -> None:
        """`of`: how many cues there are in all."""
        with self._silently():
            kept = set(self.selected())
            same = [row.id for row in rows] == [row.id for row in self.model.rows]
            self.model.show(rows)
            if not same:
                self._select_again(rows, kept)
            self._go_to(rows, chosen)
        one, many = self.tr("1 cue"), self.tr("{n} cues")
        words = one if of == 1 else many.format(n=of)
        self.count.setText(words if len(rows) == of else self.tr("{n} of {all}").format(n=len(rows), all=words))
        self.empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        teaching = with_keys(self.tr("No cues yet. Mark with {mark_in} and {mark_out}, then press {add_cue}."))
        nothing = self.tr("No cue holds “{words}”.").format(words=self.search.text())
        self.empty.setText(nothing if of else teaching)
        self._selection()

    def begin(self) -> None:
        self.table.setFocus()

    def selected(self) -> tuple[str, ...]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.rows[row].id for row in rows if row < len(self.model.rows))

    def _select_again(self, rows: tuple[SpotRow, ...], kept: set[str]) -> None:
        model, flag = self.table.selectionModel(), QItemSelectionModel.SelectionFlag
        for place, row in enumerate(rows):
            if row.id in kept:
                model.select(self.model.index(place, 0), flag.Select | flag.Rows)

    def _go_to(self, rows: tuple[SpotRow, ...], chosen: str | None) -> None:
        """The chosen cue is the current row; what else is chosen stays so, as long as it is part of it."""
        place = next((i for i, row in enumerate(rows) if row.id == chosen), -1)
        model, flag = self.table.selectionModel(), QItemSelectionModel.SelectionFlag
        if place < 0 or model.currentIndex().row() == place:
            return
        column = max(0, model.currentIndex().column())
        among = flag.NoUpdate if chosen in self.selected() else flag.ClearAndSelect | flag.Rows
        model.setCurrentIndex(self.model.index(place, column), among)

    @contextmanager
    def _silently(self) -> Iterator[None]:
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    def _current(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and not self._quiet:
            self.chosen.emit(self.model.rows[now.row()].id)

    def _selection(self, *_: object) -> None:
        count = len(self.selected())
        one, many = self.tr("Generate 1 cue"), self.tr("Generate {n} cues")
        self.make.setText(one if count == 1 else many.format(n=count) if count else self.tr("Generate"))
        self.make.setEnabled(count > 0)

    def _sort(self, column: str, reverse: bool) -> None:
        self.by, self.reverse = column, reverse
        self.asked.emit()
