"""Transport and prompt: the row under the picture where the hand already is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from foleydesk.views.look import draw
from foleydesk.views.prompt_field import PromptField
from foleydesk.views.teaching import teach
from foleydesk.views.time_field import TimeField

MOST_CANDIDATES = 8
SAY_KEYS = ("generate", "pick")
"""Buttons whose own words end with their key."""
ICON_PX = 14


class PromptRow(QWidget):
    """Buttons name an action by its id; the window knows what it does."""

    asked = Signal(str)
    said = Signal(str)
    count_chosen = Signal(int)
    left = Signal()
    """The hand goes back to the keys of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("row")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons: dict[str, QPushButton] = {}
        self.timecode = TimeField()
        self.speed = QLabel()
        self.speed.setObjectName("speed")
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.hide()
        self.prompt = PromptField()
        self.prompt.setAccessibleName(self.tr("Prompt"))
        teach(self.prompt, "prompt", self.tr("What is heard: the thing, the surface, the distance"))
        self.prompt.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.prompt.setMinimumWidth(140)
        self.prompt.editingFinished.connect(self._say)
        self.prompt.returnPressed.connect(self.left)
        self.prompt.installEventFilter(self)
        self.count = QPushButton()
        self.count.setAccessibleName(self.tr("Number of candidates"))
        self.count.setToolTip(self.tr("How many candidates are made at once"))
        self.count.setMenu(self._counts())
        self._build()
        self.show_count(4)
        self.show_picking(None)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        for what, drawing, word in (
            ("to_start", "back", self.tr("Back to the start of the cue")),
            ("play", "play", self.tr("Play or pause")),
            ("to_end", "forward", self.tr("On to the end of the cue")),
        ):
            row.addWidget(self._button(what, "", word, drawing))
        row.addWidget(self._button("loop", self.tr("Loop"), self.tr("Play the cue over and over"), "loop"))
        self.buttons["loop"].setCheckable(True)
        row.addWidget(self.timecode)
        row.addWidget(self.speed)
        row.addWidget(self.prompt, 1)
        row.addWidget(self.count)
        row.addWidget(self._button("generate", self.tr("Generate"), self.tr("Make candidates for this cue")))
        self.buttons["generate"].setObjectName("next")
        row.addSpacing(20)
        row.addWidget(self._button("pick", self.tr("Pick"), self.tr("Lay this sound on the timeline")))
        row.addWidget(self._button("tie", self.tr("Tie"), self.tr("Cannot tell which is better")))
        row.addWidget(self._button("none", self.tr("None"), self.tr("None of them will do")))

    def _button(self, what: str, text: str, tip: str, drawing: str = "") -> QPushButton:
        button = QPushButton(text)
        if drawing:
            draw(button, drawing)
            button.setIconSize(QSize(ICON_PX, ICON_PX))
        teach(button, what, tip, text if what in SAY_KEYS else "")
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.asked.emit(what))
        self.buttons[what] = button
        return button

    def _counts(self) -> QMenu:
        menu = QMenu(self)
        self._group = QActionGroup(menu)
        for n in range(1, MOST_CANDIDATES + 1):
            action = QAction(self._counted(n), menu, checkable=True)
            action.setData(n)
            action.triggered.connect(lambda _=False, n=n: self.count_chosen.emit(n))
            self._group.addAction(action)
            menu.addAction(action)
        return menu

    def _counted(self, count: int) -> str:
        return self.tr("1 candidate") if count == 1 else self.tr("{n} candidates").format(n=count)

    def show_count(self, count: int) -> None:
        self.count.setText(f"{self._counted(count)} ▾")
        for action in self._group.actions():
            action.setChecked(action.data() == count)

    def show_prompt(self, text: str) -> None:
        if not self.prompt.hasFocus() and self.prompt.text() != text:
            self.prompt.setText(text)
            self.prompt.setCursorPosition(0)

    def show_code(self, code: str) -> None:
        self.timecode.show_code(code)

    def show_speed(self, speed: str) -> None:
        """How fast the playhead goes, where that is not as fast as the film."""
        self.speed.setText(speed)
        self.speed.setAccessibleDescription(speed)
        self.speed.setVisible(bool(speed))

    def show_playing(self, playing: bool) -> None:
        draw(self.buttons["play"], "pause" if playing else "play")

    def show_picking(self, letter: str | None, several: bool = False) -> None:
        """`letter`: which candidate Enter would pick."""
        words = self.tr("Pick {letter}").format(letter=letter) if letter else self.tr("Pick")
        teach(self.buttons["pick"], "pick", self.tr("Lay this sound on the timeline"), words)
        self.buttons["pick"].setEnabled(letter is not None)
        self.buttons["tie"].setEnabled(several)
        self.buttons["none"].setEnabled(letter is not None or several)

    def _say(self) -> None:
        self.prompt.setCursorPosition(0)
        self.said.emit(self.prompt.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.prompt and event.type() == QEvent.Type.KeyPress:
            key: QKeyEvent = event  # type: ignore[assignment]
            if key.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            wanted = key.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if wanted and key.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._say()
                self.asked.emit("generate")
                return True
        return super().eventFilter(watched, event)
