"""How far a variation may go from the candidate it begins with: three usual answers, and a slider."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout

from foleydesk.views.wording import later

PRESETS = (
    (25, later("VariationPopover", "close")),
    (50, later("VariationPopover", "alike")),
    (75, later("VariationPopover", "far")),
)
"""Per cent, and what they sound like."""
LEAST, MOST, STEP = 5, 100, 5
"""Per cent: at 0 every candidate would be the one that is there."""


class VariationPopover(QFrame):
    """Opens beside a card; Enter makes the variations, Escape or a click elsewhere closes it."""

    asked = Signal(float)
    """Strength, 0 to 1."""

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)  # type: ignore[call-overload]
        self.setObjectName("popover")
        self.setAccessibleName(self.tr("More like this"))
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(LEAST, MOST)
        self.slider.setSingleStep(STEP)
        self.slider.setPageStep(25)
        self.slider.setMinimumHeight(24)
        self.slider.setToolTip(self.tr("How far from it the new ones may go (← →)"))
        self.slider.setAccessibleName(self.tr("Strength of the variation in per cent"))
        self.slider.valueChanged.connect(self._show)
        self.figure = QLabel()
        self.figure.setObjectName("figures")
        self.figure.setMinimumWidth(44)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.presets = [self._preset(value, word) for value, word in PRESETS]
        self.make = QPushButton(self.tr("Make them  ↵"))
        self.make.setObjectName("next")
        self.make.setToolTip(self.tr("Make new candidates that begin with this one (Enter)"))
        self.make.clicked.connect(self._ask)
        self._build()
        self._show(self.slider.value())

    def _preset(self, value: int, word: str) -> QPushButton:
        button = QPushButton(f"{value} %  {self.tr(word)}")
        button.setCheckable(True)
        button.setToolTip(self.tr("{value} % from it").format(value=value))
        button.clicked.connect(lambda: self.slider.setValue(value))
        return button

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in self.presets:
            row.addWidget(button)
        sliding = QHBoxLayout()
        sliding.setSpacing(8)
        sliding.addWidget(self.slider, 1)
        sliding.addWidget(self.figure)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addLayout(row)
        layout.addLayout(sliding)
        layout.addWidget(self.make)

    def open_at(self, corner: QPoint, what: str, strength: float) -> None:
        """`corner`: where its upper right corner goes, on the screen; `what` it begins with, in words."""
        self.heading.setText(self.tr("More like {what}").format(what=what))
        self.slider.setValue(round(100 * strength))
        self._show(self.slider.value())
        self.adjustSize()
        screen = QApplication.screenAt(corner) or QApplication.primaryScreen()
        free = screen.availableGeometry()
        left = min(max(free.left(), corner.x() - self.width()), free.right() - self.width())
        top = min(max(free.top(), corner.y()), free.bottom() - self.height())
        self.move(left, top)
        self.show()
        self.slider.setFocus()

    def _show(self, value: int) -> None:
        self.figure.setText(f"{value} %")
        for button, (preset, _) in zip(self.presets, PRESETS, strict=True):
            button.setChecked(preset == value)

    def _ask(self) -> None:
        self.hide()
        self.asked.emit(self.slider.value() / 100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        else:
            super().keyPressEvent(event)
