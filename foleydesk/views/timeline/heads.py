"""What stands left of the lanes: their names, and for tracks mute, solo and gain."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QToolButton, QWidget

from foleydesk.document.project import Track
from foleydesk.views.look import sans
from foleydesk.views.short import ShortLabel
from foleydesk.views.timeline.lane import Lane
from foleydesk.views.timeline.tracks import TracksLane

HEAD_WIDTH = 150
BUTTON = 24


class LaneHead(QWidget):
    """A lane's name, and what it is in small print when there is room."""

    def __init__(self, lane: Lane, parent: QWidget) -> None:
        super().__init__(parent)
        self.lane = lane
        self.name = QLabel(lane.title, self)
        self.name.setFont(sans(12))
        self.note = ShortLabel(lane.note)
        self.note.setParent(self)
        self.note.setObjectName("dim")

    def say(self, note: str) -> None:
        self.note.setText(note)
        self._place()

    def place(self) -> None:
        rect = self.lane.rect
        self.setGeometry(0, rect.top(), HEAD_WIDTH, rect.height())
        self._place()

    def _place(self) -> None:
        line = QFontMetrics(self.name.font()).height() + 2
        self.name.setGeometry(10, 5, HEAD_WIDTH - 14, line)
        self.note.setGeometry(10, 5 + line, HEAD_WIDTH - 14, line)
        self.note.setVisible(self.height() >= 2 * line + 6)


class TrackHead(QWidget):
    """A track's name, mute, solo and gain."""

    changed = Signal(str, float, bool, bool)

    def __init__(self, track: Track, parent: QWidget) -> None:
        super().__init__(parent)
        self.track = track
        self.name = QLabel(track.name, self)
        self.gain = QDoubleSpinBox(self)
        self.gain.setObjectName("gain")
        self.gain.setRange(-60.0, 12.0)
        self.gain.setSingleStep(0.5)
        self.gain.setDecimals(1)
        self.gain.setSuffix(" dB")
        self.gain.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.gain.setKeyboardTracking(False)
        self.gain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.mute = self._button("M", "Mute")
        self.solo = self._button("S", "Solo")
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
        button.setAccessibleName(f"{word} {self.track.name}")
        return button

    def show_track(self, track: Track) -> None:
        self.track = track
        self.name.setText(track.name)
        self.gain.setAccessibleName(f"Gain of {track.name}")
        for widget in (self.gain, self.mute, self.solo):
            widget.blockSignals(True)
        self.gain.setValue(track.gain_db)
        self.mute.setChecked(track.mute)
        self.solo.setChecked(track.solo)
        for widget in (self.gain, self.mute, self.solo):
            widget.blockSignals(False)

    def _ask(self) -> None:
        self.changed.emit(self.track.id, self.gain.value(), self.mute.isChecked(), self.solo.isChecked())

    def place(self, top: int, height: int) -> None:
        self.setGeometry(0, top, HEAD_WIDTH, height)
        tall = height >= 44
        self.name.setGeometry(10, 5 if tall else 0, HEAD_WIDTH - 76, 20 if tall else height)
        self.gain.setGeometry(7, 24, 84, BUTTON - 2)
        self.gain.setVisible(tall)
        middle = 5 if tall else (height - BUTTON) // 2
        self.mute.setGeometry(HEAD_WIDTH - 2 * BUTTON - 12, middle, BUTTON, BUTTON)
        self.solo.setGeometry(HEAD_WIDTH - BUTTON - 8, middle, BUTTON, BUTTON)


class Heads(QWidget):
    """The column of heads; it follows the lanes' heights."""

    track_changed = Signal(str, float, bool, bool)

    def __init__(self, lanes: list[Lane], tracks: TracksLane) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(HEAD_WIDTH)
        self.tracks_lane = tracks
        self.heads = {lane: LaneHead(lane, self) for lane in lanes if lane.title}
        self.tracks: list[TrackHead] = []

    def show_tracks(self, tracks: tuple[Track, ...]) -> None:
        if [head.track.id for head in self.tracks] != [track.id for track in tracks]:
            for head in self.tracks:
                head.deleteLater()
            self.tracks = [TrackHead(track, self) for track in tracks]
            for head in self.tracks:
                head.changed.connect(self.track_changed)
                head.show()
        for head, track in zip(self.tracks, tracks, strict=True):
            head.show_track(track)
        self.place()

    def place(self) -> None:
        for head in self.heads.values():
            head.place()
        rect = self.tracks_lane.rect
        for head, (top, height) in zip(self.tracks, self.tracks_lane.rows(rect.height()), strict=False):
            head.place(rect.top() + top, height)
