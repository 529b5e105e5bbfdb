"""What stands left of the lanes: switches of the timeline, lanes' names, and for tracks mute, solo and gain."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QPushButton, QToolButton, QWidget

from foleydesk.document.project import Kept, Track
from foleydesk.views.look import draw, sans, tone, track_tones
from foleydesk.views.short import ShortLabel
from foleydesk.views.teaching import teach
from foleydesk.views.timeline.lane import Lane
from foleydesk.views.timeline.name_field import NameField
from foleydesk.views.timeline.takes import TakeRow, TakesLane
from foleydesk.views.timeline.tracks import TracksLane

HEAD_WIDTH = 150
BUTTON = 24
TALL_PX = 44
DRAG_PX = 6


class LaneHead(QWidget):
    """A lane's name, and what it is in small print when there is room."""

    def __init__(self, lane: Lane, parent: QWidget) -> None:
        super().__init__(parent)
        self.lane = lane
        self.name = QLabel(self.tr(lane.title), self)
        self.name.setFont(sans(12))
        self.note = ShortLabel(self.tr(lane.note) if lane.note else "")
        self.note.setParent(self)
        self.note.setObjectName("dim")

    def say(self, note: str) -> None:
        self.note.setText(note)
        self._place()

    def place(self) -> None:
        rect = self.lane.rect
        self.setVisible(not self.lane.hidden)
        self.setGeometry(0, rect.top(), HEAD_WIDTH, rect.height())
        self._place()

    def _place(self) -> None:
        line = QFontMetrics(self.name.font()).height() + 2
        self.name.setGeometry(10, 5, HEAD_WIDTH - 14, line)
        self.note.setGeometry(10, 5 + line, HEAD_WIDTH - 14, line)
        self.note.setVisible(self.height() >= 2 * line + 6)


class Switches(QWidget):
    """The timeline's own switches, beside the ruler. What each does is set by whoever owns the actions."""

    asked = Signal(str)
    """An action's id."""

    def __init__(self, lane: Lane, parent: QWidget) -> None:
        super().__init__(parent)
        self.lane = lane
        self.buttons: dict[str, QToolButton] = {}
        for name in ("snap", "ripple", "follow", "take_lanes", "wave", "track_height"):
            button = QToolButton(self)
            button.setObjectName("switch")
            button.setCheckable(True)
            draw(button, name)
            button.setIconSize(QSize(16, 16))
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
            self.buttons[name] = button

    def name(self, name: str, words: str) -> None:
        """What an accessible name and a tooltip say of a switch."""
        button = self.buttons[name]
        button.setAccessibleName(words)
        teach(button, name, words)

    def check(self, name: str, on: bool) -> None:
        button = self.buttons[name]
        button.setChecked(on)

    def place(self) -> None:
        rect = self.lane.rect
        self.setGeometry(0, rect.top(), HEAD_WIDTH, rect.height())
        first = (HEAD_WIDTH - len(self.buttons) * BUTTON) // 2
        for i, button in enumerate(self.buttons.values()):
            button.setGeometry(first + i * BUTTON, (rect.height() - BUTTON) // 2, BUTTON, BUTTON)


class TrackHead(QWidget):
    """A track's name, mute, solo and gain. Double-click names it, a drag moves it, the right button has the rest."""

    changed = Signal(str, float, bool, bool)
    renamed = Signal(str, str)
    dragged = Signal(str, int)
    """The track, and how far down its head was dragged, in pixels; while it lasts."""
    dropped = Signal(str, int)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, track: Track, parent: QWidget) -> None:
        super().__init__(parent)
        self.track = track
        self._from: float | None = None
        self._moving = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name = ShortLabel(track.name)
        self.name.setParent(self)
        self.name.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.gain = QDoubleSpinBox(self)
        self.gain.setObjectName("gain")
        self.gain.setRange(-60.0, 12.0)
        self.gain.setSingleStep(0.5)
        self.gain.setDecimals(1)
        self.gain.setSuffix(" dB")
        self.gain.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.gain.setKeyboardTracking(False)
        self.gain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.mute = self._button("M", self.tr("Mute"))
        self.solo = self._button("S", self.tr("Solo"))
        self.show_track(track)
        self.gain.valueChanged.connect(self._ask)
        self.mute.clicked.connect(self._ask)
        self.solo.clicked.connect(self._ask)

    def _button(self, letter: str, word: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("track")
        button.setText(letter)
        button.setCheckable(True)
        button.setToolTip(word)
        return button

    def show_track(self, track: Track) -> None:
        self.track = track
        self.name.setText(track.name)
        self.setAccessibleName(self.tr("Track {}").format(track.name))
        self.setToolTip(self.tr("{} · double-click to rename, drag to move").format(track.name))
        self.gain.setAccessibleName(self.tr("Gain of {}").format(track.name))
        self.gain.setToolTip(self.tr("Gain of {}").format(track.name))
        self.mute.setAccessibleName(self.tr("Mute {}").format(track.name))
        self.solo.setAccessibleName(self.tr("Solo {}").format(track.name))
        for widget in (self.gain, self.mute, self.solo):
            widget.blockSignals(True)
        self.gain.setValue(track.gain_db)
        self.mute.setChecked(track.mute)
        self.solo.setChecked(track.solo)
        for widget in (self.gain, self.mute, self.solo):
            widget.blockSignals(False)
        self.update()

    def _ask(self) -> None:
        self.changed.emit(self.track.id, self.gain.value(), self.mute.isChecked(), self.solo.isChecked())

    def place(self, top: int, height: int) -> None:
        self.setGeometry(0, top, HEAD_WIDTH, height)
        tall = height >= TALL_PX
        self.name.setGeometry(12, 4 if tall else 0, HEAD_WIDTH - 2 * BUTTON - 26, 20 if tall else height)
        self.gain.setGeometry(8, 22, 84, BUTTON - 2)
        self.gain.setVisible(tall)
        middle = 5 if tall else (height - BUTTON) // 2
        self.mute.setGeometry(HEAD_WIDTH - 2 * BUTTON - 12, middle, BUTTON, BUTTON)
        self.solo.setGeometry(HEAD_WIDTH - BUTTON - 8, middle, BUTTON, BUTTON)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tone("control" if self._moving else "panel"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, tone("line"))
        painter.fillRect(0, 3, 3, self.height() - 7, track_tones(self.track.colour)[1])
        if self.hasFocus():
            painter.setPen(tone("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def rename(self) -> None:
        field = self.parentWidget().findChild(NameField)
        if field is not None:
            where = QRect(self.pos() + self.name.pos(), self.name.size())
            field.open_at(where, self.track.name, lambda name: self.renamed.emit(self.track.id, name))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.globalPosition().y()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        down = round(event.globalPosition().y() - self._from)
        if self._moving or abs(down) >= DRAG_PX:
            self._moving = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(self.track.id, down)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        moving, since = self._moving, self._from
        self._moving, self._from = False, None
        self.unsetCursor()
        if moving and since is not None:
            self.dropped.emit(self.track.id, round(event.globalPosition().y() - since))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.rename()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self.track.id, event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        self.update()
        super().changeEvent(event)


class TakeHead(QWidget):
    """A take's name, and what was said of it: kept, or for the trash."""

    kept = Signal(str, object)
    """The take and its Kept."""

    def __init__(self, row: TakeRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = row
        self.name = ShortLabel(row.name)
        self.name.setParent(self)
        self.keep = self._button("✓", Kept.KEPT)
        self.trash = self._button("✕", Kept.TRASHED)
        self.show_row(row)

    def _button(self, sign: str, kept: Kept) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("track")
        button.setText(sign)
        button.setCheckable(True)
        button.clicked.connect(lambda on: self.kept.emit(self.row.id, kept if on else Kept.OPEN))
        return button

    def show_row(self, row: TakeRow) -> None:
        self.row = row
        self.name.setText(row.name)
        self.keep.setChecked(row.kept is Kept.KEPT)
        self.trash.setChecked(row.kept is Kept.TRASHED)
        for button, words in ((self.keep, self.tr("Keep {}")), (self.trash, self.tr("Put {} in the trash"))):
            button.setAccessibleName(words.format(row.name))
            button.setToolTip(words.format(row.name))

    def place(self, top: int, height: int) -> None:
        self.setGeometry(0, top, HEAD_WIDTH, height)
        self.name.setGeometry(10, 0, HEAD_WIDTH - 2 * BUTTON - 24, height)
        middle = (height - BUTTON) // 2
        self.keep.setGeometry(HEAD_WIDTH - 2 * BUTTON - 12, middle, BUTTON, BUTTON)
        self.trash.setGeometry(HEAD_WIDTH - BUTTON - 8, middle, BUTTON, BUTTON)


class Heads(QWidget):
    """The column of heads; it follows the lanes' heights."""

    track_changed = Signal(str, float, bool, bool)
    track_renamed = Signal(str, str)
    track_moved = Signal(str, int)
    """To a place, counted from the top."""
    track_menu = Signal(str, QPoint)
    track_added = Signal()
    take_kept = Signal(str, object)
    scrolled = Signal()

    def __init__(self, lanes: list[Lane], ruler: Lane, tracks: TracksLane, takes: TakesLane) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(HEAD_WIDTH)
        self.tracks_lane = tracks
        self.takes_lane = takes
        self.takes_well = QWidget(self)
        self.takes: list[TakeHead] = []
        self.heads = {lane: LaneHead(lane, self) for lane in lanes if lane.title}
        self.switches = Switches(ruler, self)
        self.well = QWidget(self)
        """Holds the tracks' heads, and cuts off those that are scrolled out of sight."""
        self.tracks: list[TrackHead] = []
        self.field = NameField(self.well)
        self.adder = QPushButton(self.tr("+ Track"), self.well)
        self.adder.setObjectName("quiet")
        self.adder.setAccessibleName(self.tr("Add a track"))
        self.adder.clicked.connect(self.track_added)

    def show_tracks(self, tracks: tuple[Track, ...]) -> None:
        if [head.track.id for head in self.tracks] != [track.id for track in tracks]:
            kept = {head.track.id: head for head in self.tracks}
            self.tracks = [kept.pop(track.id, None) or self._head(track) for track in tracks]
            for head in kept.values():
                head.hide()
                head.deleteLater()
        for head, track in zip(self.tracks, tracks, strict=True):
            head.show_track(track)
        self.place()

    def show_takes(self, rows: tuple[TakeRow, ...]) -> None:
        if [head.row.id for head in self.takes] != [row.id for row in rows]:
            for gone in self.takes:
                gone.hide()
                gone.deleteLater()
            self.takes = [TakeHead(row, self.takes_well) for row in rows]
            for head in self.takes:
                head.kept.connect(self.take_kept)
                head.show()
        for head, row in zip(self.takes, rows, strict=True):
            head.show_row(row)
        self.place()

    def _head(self, track: Track) -> TrackHead:
        head = TrackHead(track, self.well)
        head.changed.connect(self.track_changed)
        head.renamed.connect(self.track_renamed)
        head.menu_wanted.connect(self.track_menu)
        head.dragged.connect(self._carry)
        head.dropped.connect(self._drop)
        head.show()
        return head

    def head(self, track: str) -> TrackHead | None:
        return next((head for head in self.tracks if head.track.id == track), None)

    def _carry(self, track: str, down: int) -> None:
        head = self.head(track)
        if head is not None:
            row = self.tracks.index(head)
            top, _ = self.tracks_lane.rows(self.well.height())[row]
            head.move(0, top + down)
            head.raise_()

    def _drop(self, track: str, down: int) -> None:
        head = self.head(track)
        if head is None:
            return
        tall = self.tracks_lane.row_height(self.well.height())
        place = min(max(0, self.tracks.index(head) + round(down / tall)), len(self.tracks) - 1)
        self.place()
        if place != self.tracks.index(head):
            self.track_moved.emit(track, place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Over the heads of tracks or takes it scrolls them."""
        y = event.position().y()
        for lane in (self.takes_lane, self.tracks_lane):
            under = not lane.hidden and lane.rect.top() <= y <= lane.rect.bottom()
            if under and lane.scroll(-round(event.angleDelta().y() / 120 * TALL_PX)):
                self.scrolled.emit()
        event.accept()

    def place(self) -> None:
        for head in self.heads.values():
            head.place()
        self.switches.place()
        rect = self.tracks_lane.rect
        self.well.setGeometry(0, rect.top(), HEAD_WIDTH, rect.height())
        rows = self.tracks_lane.rows(rect.height())
        for track, (top, height) in zip(self.tracks, rows, strict=False):
            track.place(top, height)
        takes = self.takes_lane.rect
        self.takes_well.setVisible(not self.takes_lane.hidden)
        self.takes_well.setGeometry(0, takes.top(), HEAD_WIDTH, takes.height())
        for take, (top, height) in zip(self.takes, self.takes_lane.rows(), strict=False):
            take.place(top, height)
        below = rows[-1][0] + rows[-1][1] if rows else 0
        self.adder.setGeometry(8, below + 3, HEAD_WIDTH - 16, BUTTON)
        self.adder.setVisible(bool(rows) and below + 3 + BUTTON <= rect.height() + 1)
