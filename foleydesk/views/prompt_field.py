"""Where the prompt is written; while it is empty, it shows what might be heard in the picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QPushButton

from engine.spec import Suggestion

TEACHES = "What is heard? A drumstick hitting a metal rail, close, dry"
CHIP_PX = 24
GHOST_AIR_PX = 32
"""Room kept between the suggestion and the first chip."""


class PromptField(QLineEdit):
    """Tab takes the suggestion that is shown, the arrows show another; whatever is typed takes its place."""

    taken = Signal(str)
    entered = Signal()
    """It has the keys now."""

    def __init__(self) -> None:
        super().__init__()
        self.suggestions: tuple[Suggestion, ...] = ()
        self.chips: list[QPushButton] = []
        self._at = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 4, 0)
        self._row.setSpacing(4)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addStretch(1)
        self.textChanged.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(240, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    @property
    def ghost(self) -> str:
        """The prompt that Tab would take; empty where there is none."""
        return self.suggestions[self._at].prompt if self.suggestions and not self.text() else ""

    def suggest(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these while nothing is written."""
        if tuple(suggestions) == self.suggestions:
            return
        self.suggestions, self._at = tuple(suggestions), 0
        for chip in self.chips:
            chip.deleteLater()
        self.chips = [self._chip(one) for one in self.suggestions]
        self._show()

    def take(self, prompt: str) -> None:
        """Write a suggestion as if by hand, so that the field's own undo knows it."""
        self.selectAll()
        self.insert(prompt)
        self.taken.emit(prompt)

    def _chip(self, suggestion: Suggestion) -> QPushButton:
        chip = QPushButton(suggestion.prompt, self)
        chip.setObjectName("chip")
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setFixedHeight(CHIP_PX)
        chip.setToolTip(
            self.tr(
                "Seen in the picture, {sure} % sure: a click takes it as the prompt\n"
                "In the field, ↓ shows the next one and Tab takes it"
            ).format(sure=round(100 * suggestion.confidence))
        )
        chip.setAccessibleName(self.tr("Take the prompt: {prompt}").format(prompt=suggestion.prompt))
        chip.clicked.connect(lambda: self.take(suggestion.prompt))
        self._row.addWidget(chip)
        return chip

    def _show(self) -> None:
        ghost = self.ghost
        self.setPlaceholderText(self.tr("{prompt} — Tab takes it").format(prompt=ghost) if ghost else self.tr(TEACHES))
        self.setAccessibleDescription(
            self.tr("Suggested: {prompt}. Tab takes it.").format(prompt=ghost) if ghost else ""
        )
        for i, chip in enumerate(self.chips):
            lit = bool(ghost) and i == self._at
            if chip.property("lit") != lit:
                chip.setProperty("lit", lit)
                chip.style().unpolish(chip)
                chip.style().polish(chip)
        self._fit()

    def _fit(self) -> None:
        """As many chips as there is room for beside the suggestion."""
        left = self.width() - self.fontMetrics().horizontalAdvance(self.placeholderText()) - GHOST_AIR_PX
        for chip in self.chips:
            left -= chip.sizeHint().width() + self._row.spacing()
            chip.setVisible(bool(self.ghost) and left >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusNextPrevChild(self, on: bool) -> bool:
        if on and self.ghost:
            self.take(self.ghost)
            return True
        return super().focusNextPrevChild(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if steps and self.ghost:
            self._at = (self._at + steps) % len(self.suggestions)
            self._show()
            return
        super().keyPressEvent(event)
