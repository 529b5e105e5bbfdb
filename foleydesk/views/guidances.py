"""How strictly each condition is followed, where that is not as strictly as the others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QWidget

from engine.spec import Guidances
from foleydesk.views.wording import later

PARTS = (
    ("text", later("GuidanceRow", "Words"), later("GuidanceRow", "the prompt")),
    ("picture", later("GuidanceRow", "Picture"), later("GuidanceRow", "the picture")),
    ("events", later("GuidanceRow", "Events"), later("GuidanceRow", "the events")),
    ("reference", later("GuidanceRow", "Sound"), later("GuidanceRow", "the reference sound")),
)
"""Field, word above it, what it follows."""
UNSET = -0.5
"""What the box holds while it goes with the overall guidance."""
MOST = 12.0
LEAST_PX = 44


class GuidanceBox(QDoubleSpinBox):
    """A guidance, or nothing: then it shows the overall one in brackets, and a step begins there."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.overall = 4.5
        self.setObjectName("narrow")
        self.setMinimumWidth(LEAST_PX)
        self.setRange(UNSET, MOST)
        self.setSingleStep(0.5)
        self.setDecimals(1)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        tip = self.tr("How strictly {what} is followed (↑ ↓); 0 leaves it out, empty goes with the overall guidance")
        self.setToolTip(tip.format(what=what))
        self.setAccessibleName(self.tr("Guidance of {what}").format(what=what))
        self.show_value(None, self.overall)

    @property
    def guidance(self) -> float | None:
        return None if self.value() == UNSET else self.value()

    def show_value(self, value: float | None, overall: float) -> None:
        self.overall = overall
        self.setSpecialValueText(f"({overall:.1f})")
        self.setValue(UNSET if value is None else value)

    def stepBy(self, steps: int) -> None:
        if self.guidance is None:
            self.setValue(min(MOST, max(0.0, self.overall + steps * self.singleStep())))
        else:
            self.setValue(min(MOST, max(0.0, self.value() + steps * self.singleStep())))

    def validate(self, text: str, at: int) -> object:
        """An emptied box goes with the overall guidance again."""
        return (QValidator.State.Acceptable, text, at) if self._unset(text) else super().validate(text, at)

    def valueFromText(self, text: str) -> float:
        return UNSET if self._unset(text) else super().valueFromText(text)

    def _unset(self, text: str) -> bool:
        return text.strip() in ("", self.specialValueText())


class GuidanceRow(QWidget):
    """One box a condition."""

    changed = Signal(object)
    """engine.spec.Guidances."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, GuidanceBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2)
        grid.setVerticalSpacing(0)
        for column, (field, name, what) in enumerate(PARTS):
            label = QLabel(self.tr(name))
            label.setObjectName("soft")
            box = GuidanceBox(self.tr(what))
            box.valueChanged.connect(self._ask)
            self.boxes[field] = box
            grid.addWidget(label, 0, column)
            grid.addWidget(box, 1, column)
            grid.setColumnStretch(column, 1)

    def show_guidances(self, guidances: Guidances, overall: float) -> None:
        for field, box in self.boxes.items():
            box.blockSignals(True)
            box.show_value(getattr(guidances, field), overall)
            box.blockSignals(False)

    def _ask(self) -> None:
        self.changed.emit(Guidances(**{field: box.guidance for field, box in self.boxes.items()}))
