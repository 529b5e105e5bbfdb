"""What else the chosen cue's recipe says: negative prompt, reference sound, events, seed, steps, guidance."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.spec import Guidances
from foleydesk.studio.recipes import Settings
from foleydesk.views.guidances import GuidanceRow
from foleydesk.views.look import sans
from foleydesk.views.reference import ReferenceField
from foleydesk.views.short import ShortLabel

LARGEST_SEED = 2**31 - 1
SEED_PX, NUMBER_PX = 56, 40
"""How narrow the boxes of seed, steps and guidance may become."""
FOLD = "Guidance"
"""The word that unfolds a guidance for each condition."""
FOLD_AIR_PX = 4


class Inspector(QWidget):
    """Quiet fields that look like words until one points at them."""

    negative_said = Signal(str)
    settings_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._settings = Settings()
        self.heading = QLabel(self.tr("No cue chosen"))
        self.heading.setObjectName("heading")
        self.negative = QLineEdit()
        self.negative.setObjectName("inline")
        self.negative.setPlaceholderText(self.tr("music, voices …"))
        self.negative.setToolTip(self.tr("What should not be heard"))
        self.negative.editingFinished.connect(lambda: self.negative_said.emit(self.negative.text().strip()))
        self.reference = ReferenceField()
        self.events = ShortLabel("–")
        self.events.setObjectName("soft")
        self.seed = self._whole(0, LARGEST_SEED, self.tr("Seed of the first candidate; the others count on from it"))
        self.steps = self._whole(1, 200, self.tr("Steps of the sampler: more are slower and a little finer"))
        self.guidance = QDoubleSpinBox()
        self.guidance.setRange(1.0, 12.0)
        self.guidance.setSingleStep(0.5)
        self.guidance.setDecimals(1)
        self.guidance.setToolTip(self.tr("How strictly prompt and picture are followed"))
        self.each = QToolButton()
        self.each.setObjectName("fold")
        self.each.setText(f"{self.tr(FOLD)} ▸")
        self.each.setCheckable(True)
        self.each.setToolTip(self.tr("A guidance of its own for words, picture, events and reference sound"))
        self.each.setAccessibleName(self.tr("Guidance of each condition"))
        self.each.setMinimumWidth(QFontMetrics(sans(12)).horizontalAdvance(f"{self.tr(FOLD)}• ▾") + FOLD_AIR_PX)
        self.each.toggled.connect(self._unfold)
        self.guidances = GuidanceRow()
        self.guidances.hide()
        self.guidances.changed.connect(self._ask_each)
        for field, name in (
            (self.negative, self.tr("Negative prompt")),
            (self.seed, self.tr("Seed")),
            (self.steps, self.tr("Steps")),
        ):
            field.setAccessibleName(name)
        self.guidance.setAccessibleName(self.tr("Guidance"))
        for spin, least in ((self.seed, SEED_PX), (self.steps, NUMBER_PX), (self.guidance, NUMBER_PX)):
            spin.setMinimumWidth(least)
            spin.setObjectName("inline")
            spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(self._ask)
        self._build()

    @staticmethod
    def _whole(low: int, high: int, tip: str) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(low, high)
        spin.setToolTip(tip)
        return spin

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("Negative"), self.negative),
            (self.tr("Like"), self.reference),
            (self.tr("Events"), self.events),
        )
        for row, (word, field) in enumerate(rows):
            grid.addWidget(self._word(word), row, 0)
            grid.addWidget(field, row, 1)
        numbers = QHBoxLayout()
        numbers.setSpacing(2)
        seed, steps = self._word(self.tr("Seed")), self._word(self.tr("Steps"))
        for head, spin, wide in ((seed, self.seed, 2), (steps, self.steps, 1), (self.each, self.guidance, 0)):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(head, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(spin)
            numbers.addLayout(column, wide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addLayout(grid)
        layout.addLayout(numbers)
        layout.addWidget(self.guidances)

    @staticmethod
    def _word(word: str) -> QLabel:
        label = QLabel(word)
        label.setObjectName("soft")
        label.setMinimumHeight(24)
        return label

    def show_cue(self, title: str, negative: str, events: str, there: bool) -> None:
        self.heading.setText(title)
        if not self.negative.hasFocus():
            self.negative.setText(negative)
        self.negative.setEnabled(there)
        self.events.setText(events)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        for spin in (self.seed, self.steps, self.guidance):
            spin.blockSignals(True)
        self.seed.setValue(settings.seed)
        self.steps.setValue(settings.steps)
        self.guidance.setValue(settings.guidance)
        self.guidances.show_guidances(settings.guidances, settings.guidance)
        self._mark_each(settings.guidances)
        for spin in (self.seed, self.steps, self.guidance):
            spin.blockSignals(False)

    def _ask(self) -> None:
        now = {"seed": self.seed.value(), "steps": self.steps.value(), "guidance": self.guidance.value()}
        self.settings_changed.emit(replace(self._settings, **now))

    def _ask_each(self, guidances: Guidances) -> None:
        self._mark_each(guidances)
        self.settings_changed.emit(replace(self._settings, guidances=guidances))

    def _unfold(self, on: bool) -> None:
        self.guidances.setVisible(on)
        self._mark_each(self._settings.guidances)

    def _mark_each(self, guidances: Guidances) -> None:
        """A dot says that one of them has a guidance of its own, also while they are folded away."""
        own = "•" if guidances != Guidances() else ""
        self.each.setText(f"{self.tr(FOLD)}{own} {'▾' if self.each.isChecked() else '▸'}")
