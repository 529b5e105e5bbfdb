"""What the user chooses for every project. Each choice holds at once; there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from foleydesk.document.timebase import Unit
from foleydesk.settings import Settings
from foleydesk.views.timeline.colours import MAPS

WIDE, HIGH = 640, 420
SCALES = (100, 125, 150, 175, 200)
LANGUAGES = (("en", "English"), ("de", "Deutsch"))
"""Each in its own words."""
Choices = Sequence[tuple[Any, str]]


class PreferencesDialog(QDialog):
    """Not modal. `said` carries the name of a setting and its new value."""

    said = Signal(str, object)
    shortcuts_wanted = Signal()
    time_chosen = Signal(object)
    """How the open project writes time: a value of the document's own."""
    restart_wanted = Signal()
    """The program shall begin anew, so that everything chosen holds."""
    memory_wanted = Signal()
    """Models should leave the memory now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.setObjectName("preferences")
        self.controls: dict[str, QWidget] = {}
        self._settings = Settings()
        self.rooms = QListWidget()
        self.rooms.setAccessibleName(self.tr("Rooms of the preferences"))
        self.rooms.setToolTip(self.tr("Choose what to set"))
        self.rooms.setFixedWidth(150)
        self.pages = QStackedWidget()
        self.rooms.currentRowChanged.connect(self.pages.setCurrentIndex)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rooms)
        whole.addWidget(self.pages, 1)
        self._general()
        self._audio()
        self._engine()
        self._timeline()
        self._safety()
        self.rooms.setCurrentRow(0)
        self.resize(WIDE, HIGH)

    def show_settings(self, settings: Settings) -> None:
        """Each control as it is kept, without saying so again."""
        self._settings = settings
        for name, control in self.controls.items():
            value = getattr(settings, name, None)
            control.blockSignals(True)
            if isinstance(control, QComboBox):
                control.setCurrentIndex(max(0, control.findData(value)))
            elif isinstance(control, QCheckBox):
                control.setChecked(bool(value))
            elif isinstance(control, (QSpinBox, QDoubleSpinBox)):
                control.setValue(value)
            control.blockSignals(False)

    def show_waiting(self, waits: bool) -> None:
        """Whether something was chosen that holds from the next start on."""
        self.restart.setVisible(waits)

    def show_outputs(self, names: Sequence[str]) -> None:
        """The audio devices that there are; the one that is kept stays in the list though it is not there now."""
        kept = self._settings.audio_output
        box = self.controls["audio_output"]
        assert isinstance(box, QComboBox)
        box.blockSignals(True)
        box.clear()
        box.addItem(self.tr("The system's own"), "")
        for name in names:
            box.addItem(name, name)
        if kept and kept not in names:
            box.addItem(self.tr("{name} · not there").format(name=kept), kept)
        box.setCurrentIndex(max(0, box.findData(kept)))
        box.blockSignals(False)

    def show_time(self, choices: Choices, now: object) -> None:
        """How time can be written in the open project; nothing to choose while none is open."""
        self.time.blockSignals(True)
        self.time.clear()
        for value, words in choices:
            self.time.addItem(words, value)
        self.time.setCurrentIndex(max(0, self.time.findData(now)))
        self.time.setEnabled(bool(choices))
        self.time.blockSignals(False)

    def unit_words(self, unit: Unit) -> str:
        """How time is written, as people call it."""
        words = {
            Unit.TIME_CODE: self.tr("Time code"),
            Unit.FRAMES: self.tr("Frames"),
            Unit.SECONDS: self.tr("Seconds"),
        }
        return words[unit]

    def _general(self) -> None:
        form = self._page(self.tr("General"))
        languages = (("", self.tr("The system's own")), *LANGUAGES)
        self._choice(
            form,
            "language",
            self.tr("Language"),
            self.tr("The language of the window, from the next start on"),
            languages,
        )
        themes = (
            ("dark", self.tr("Dark")),
            ("light", self.tr("Light")),
            ("system", self.tr("As the system")),
        )
        self._choice(form, "theme", self.tr("Theme"), self.tr("The tones of every window"), themes)
        scales = [(scale, f"{scale} %") for scale in SCALES]
        tip = self.tr("The size of everything, beside the system's own scale, from the next start on")
        self._choice(form, "scale", self.tr("Size"), tip, scales)
        self.time = QComboBox()
        self.time.activated.connect(lambda: self.time_chosen.emit(self.time.currentData()))
        self._row(form, self.time, self.tr("Time"), self.tr("How the open project writes time"))
        self.show_time((), None)
        keys = QPushButton(self.tr("Keyboard shortcuts …"))
        keys.setToolTip(self.tr("See and change the keys of every command"))
        keys.setAccessibleName(self.tr("Keyboard shortcuts"))
        keys.setAutoDefault(False)
        keys.clicked.connect(self.shortcuts_wanted)
        form.addRow("", keys)
        self._note(form, self.tr("Language and size hold from the next start on; everything else holds at once."))
        self.restart = QPushButton(self.tr("Restart now"))
        self.restart.setObjectName("next")
        self.restart.setToolTip(self.tr("Save the project, and open it again as chosen; jobs that wait go on then"))
        self.restart.setAutoDefault(False)
        self.restart.clicked.connect(self.restart_wanted)
        form.addRow("", self.restart)

    def _audio(self) -> None:
        form = self._page(self.tr("Audio"))
        outputs = (("", self.tr("The system's own")),)
        tip = self.tr("Where the sound goes")
        self._choice(form, "audio_output", self.tr("Output"), tip, outputs)
        late = self._number(form, "audio_late_ms", self.tr("Latency offset"), 0, 500, self.tr(" ms"))
        late.setToolTip(self.tr("How much later the sound is heard than the device says, as wireless headphones do"))
        before = self._number(form, "preroll_s", self.tr("Pre-roll"), 0.0, 10.0, self.tr(" s"))
        before.setToolTip(self.tr("How much is played before a cue that loops"))
        self._note(form, self.tr("The picture follows the sound by its clock and this offset."))

    def _engine(self) -> None:
        form = self._page(self.tr("Engine"))
        devices = (
            ("auto", self.tr("The fastest there is")),
            ("cuda", self.tr("Graphics card (CUDA)")),
            ("cpu", self.tr("Processor (CPU)")),
        )
        tip = self.tr("What the models run on, from the next job on")
        self._choice(form, "device", self.tr("Device"), tip, devices)
        precisions = (("fast", self.tr("Fast")), ("exact", self.tr("Exact")))
        tip = self.tr("How large models look at the picture; exact may take twice as long")
        self._choice(form, "precision", self.tr("Precision"), tip, precisions)
        keep = QCheckBox(self.tr("Keep the model in memory between jobs"))
        keep.setToolTip(self.tr("Faster; without it, the memory is free while nothing is made"))
        keep.setAccessibleName(self.tr("Keep the model in memory"))
        keep.toggled.connect(lambda on: self.said.emit("keep_models", on))
        self.controls["keep_models"] = keep
        form.addRow(self._label(self.tr("Memory")), keep)
        free = QPushButton(self.tr("Free the memory now"))
        free.setToolTip(self.tr("The next job loads its model again"))
        free.setAccessibleName(self.tr("Free the memory of the models now"))
        free.setAutoDefault(False)
        free.clicked.connect(self.memory_wanted)
        form.addRow("", free)

    def _timeline(self) -> None:
        form = self._page(self.tr("Timeline"))
        words = {
            "inferno": self.tr("Inferno: violet to yellow"),
            "magma": self.tr("Magma: violet to cream"),
            "viridis": self.tr("Viridis: blue to yellow"),
            "cividis": self.tr("Cividis: blue to sand"),
            "grey": self.tr("Grey"),
        }
        tip = self.tr("The colours of spectrograms; all of them can be read by colour-blind eyes")
        self._choice(form, "colours", self.tr("Colours"), tip, [(name, words.get(name, name)) for name in MAPS])
        floor = self._number(form, "floor_db", self.tr("Darkest"), -120, -40, self.tr(" dB"))
        floor.setToolTip(self.tr("Levels from here down are as dark as nothing"))
        ceiling = self._number(form, "ceiling_db", self.tr("Brightest"), -39, 0, self.tr(" dB"))
        ceiling.setToolTip(self.tr("Levels from here up are brightest"))

    def _safety(self) -> None:
        form = self._page(self.tr("Safety"))
        every = self._number(form, "autosave_s", self.tr("Save by itself every"), 10, 3600, self.tr(" s"))
        every.setToolTip(self.tr("How often a changed project is written whole"))
        self._note(
            form,
            self.tr("Every single edit is written down at once beside that, and comes back after a crash."),
        )

    def _page(self, title: str) -> QFormLayout:
        page = QWidget()
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        heading = QLabel(title)
        heading.setObjectName("heading")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addLayout(form)
        column.addStretch(1)
        self.rooms.addItem(title)
        self.pages.addWidget(page)
        return form

    def _choice(self, form: QFormLayout, name: str, label: str, tip: str, choices: Choices) -> QComboBox:
        box = QComboBox()
        for value, words in choices:
            box.addItem(words, value)
        box.activated.connect(lambda: self.said.emit(name, box.currentData()))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(18)
        self.controls[name] = box
        self._row(form, box, label, tip)
        return box

    def _number(self, form: QFormLayout, name: str, label: str, low: float, high: float, unit: str) -> QWidget:
        whole = isinstance(low, int)
        spin = QSpinBox() if whole else QDoubleSpinBox()
        spin.setRange(low, high)  # type: ignore[arg-type]
        spin.setSuffix(unit)
        spin.lineEdit().setTextMargins(8, 0, 8, 0)
        spin.setKeyboardTracking(False)
        spin.setMinimumWidth(96)
        spin.valueChanged.connect(lambda value: self.said.emit(name, value))
        self.controls[name] = spin
        self._row(form, spin, label, "")
        return spin

    def _row(self, form: QFormLayout, control: QWidget, label: str, tip: str) -> None:
        control.setAccessibleName(label)
        control.setToolTip(tip)
        words = self._label(label)
        words.setBuddy(control)
        form.addRow(words, control)

    @staticmethod
    def _label(words: str) -> QLabel:
        label = QLabel(words)
        label.setObjectName("soft")
        label.setMinimumHeight(28)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return label

    @staticmethod
    def _note(form: QFormLayout, words: str) -> None:
        label = QLabel(words)
        label.setObjectName("dim")
        label.setWordWrap(True)
        form.addRow(label)
