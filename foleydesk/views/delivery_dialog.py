"""What is to be delivered: formats, loudness, handles, names, and the folder. Not modal; the work runs behind it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.spec import Refused
from foleydesk.document.project import Project
from foleydesk.export.deliver import possible
from foleydesk.export.normalise import CEILINGS, LOWEST_CEILING_DB, Norm
from foleydesk.export.request import MOST_HANDLES_S, Delivery, Format
from foleydesk.export.ucs import Naming, Preview, block, preview
from foleydesk.settings import LastDelivery
from foleydesk.views.look import mono, tone

WIDE, HIGH = 860, 640
GROUPS = (
    ("Sound", (Format.MIX, Format.STEMS, Format.CLIPS)),
    ("Video", (Format.MP4, Format.MOV)),
    ("For other editors", (Format.REAPER, Format.OTIO, Format.FCP7, Format.AAF)),
    ("Lists", (Format.CSV, Format.EDL, Format.MIDI)),
)


class DeliveryDialog(QDialog):
    """`wanted` carries the request; `kept` what is remembered for the next time."""

    wanted = Signal(object)
    kept = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Deliver"))
        self.setObjectName("delivery")
        self._project: Project | None = None
        self._beside = Path()
        self.formats: dict[Format, QCheckBox] = {}
        self.says = QLabel()
        self.says.setWordWrap(True)
        self.says.setObjectName("dim")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        rooms = QHBoxLayout()
        rooms.setSpacing(24)
        rooms.addWidget(self._formats())
        rooms.addWidget(self._choices(), 1)
        whole.addLayout(rooms, 1)
        whole.addLayout(self._foot())
        self.resize(WIDE, HIGH)
        self._check()

    def show_project(self, project: Project, beside: Path, last: LastDelivery) -> None:
        """`beside`: the folder that holds the project's; `last`: what was chosen the last time."""
        self._project, self._beside = project, beside
        can = set(possible(project))
        for kind, box in self.formats.items():
            box.setEnabled(kind in can)
            box.setChecked(kind in can and kind in last.formats)
            box.setToolTip(self._tip(kind, kind in can))
        self.norm.setCurrentIndex(max(0, self.norm.findData(last.norm)))
        self._norm_chosen()
        if last.ceiling_db is not None:
            self.ceiling.setValue(last.ceiling_db)
        self.handles.setValue(last.handles_s)
        self.ucs.setChecked(last.ucs)
        self.creator.setText(last.creator)
        self.source.setText(last.source)
        self.folder.setText(last.folder or str(beside / f"{project.name} delivered"))
        self.name.setText("")
        self.name.setPlaceholderText(block(project.name) or "Foley")
        self._check()

    def request(self) -> Delivery:
        """What is asked for. Raises Refused when it makes no sense."""
        naming = Naming(self.creator.text(), self.source.text()) if self.ucs.isChecked() else None
        if not self.folder.text().strip():
            raise Refused(self.tr("Say which folder to write to."))
        out = self._beside / self.folder.text().strip()
        asked = Delivery(
            out, self._chosen(), self.name.text(), norm=Norm(self.norm.currentData()), ceiling_db=self.ceiling.value(),
            handles_s=self.handles.value(), naming=naming,
        )  # fmt: skip
        return asked.checked()

    def choice(self) -> LastDelivery:
        """What is remembered. A ceiling that is the norm's own follows the norm; so does the usual folder."""
        own = self.ceiling.value() == CEILINGS[Norm(self.norm.currentData())]
        project = self._project
        usual = str(self._beside / f"{project.name} delivered") if project else ""
        return LastDelivery(
            formats=tuple(str(kind) for kind in self._chosen()),
            norm=str(self.norm.currentData()),
            ceiling_db=None if own else self.ceiling.value(),
            handles_s=self.handles.value(),
            ucs=self.ucs.isChecked(),
            creator=self.creator.text().strip(),
            source=self.source.text().strip(),
            folder="" if self.folder.text() == usual else self.folder.text(),
        )

    def previews(self) -> tuple[tuple[str, Preview], ...]:
        """Track and name of each cue that lies on the timeline, by time."""
        if self._project is None:
            return ()
        naming = Naming(self.creator.text(), self.source.text())
        tracks = {track.id: track.name for track in self._project.tracks}
        found = []
        for cue in sorted(self._project.cues, key=lambda cue: (cue.start, cue.end)):
            clips = self._project.clips_of(cue.id)
            if clips:
                track = tracks.get(clips[0].track, "")
                found.append((track, preview(cue, naming, track, f"{len(found) + 1:03d}")))
        return tuple(found)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._check()

    def _chosen(self) -> tuple[Format, ...]:
        return tuple(kind for kind, box in self.formats.items() if box.isEnabled() and box.isChecked())

    def _formats(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(0)
        titles = self._titles()
        groups = {
            "Sound": self.tr("Sound"),
            "Video": self.tr("Video"),
            "For other editors": self.tr("For other editors"),
            "Lists": self.tr("Lists"),
        }
        for name, kinds in GROUPS:
            heading = QLabel(groups[name])
            heading.setObjectName("heading")
            heading.setContentsMargins(0, 8 if column.count() else 0, 0, 2)
            column.addWidget(heading)
            for kind in kinds:
                box = QCheckBox(titles[kind])
                box.setAccessibleName(titles[kind])
                box.toggled.connect(self._check)
                self.formats[kind] = box
                column.addWidget(box)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumWidth(inside.sizeHint().width() + 16)
        return area

    def _titles(self) -> dict[Format, str]:
        return {
            Format.MIX: self.tr("Mix (BWF)"),
            Format.STEMS: self.tr("Stems, one a track (BWF)"),
            Format.CLIPS: self.tr("Clips, each a file (BWF)"),
            Format.MP4: self.tr("MP4, picture copied"),
            Format.MOV: self.tr("MOV, picture copied, 24 bit"),
            Format.REAPER: self.tr("Reaper project"),
            Format.OTIO: self.tr("OpenTimelineIO"),
            Format.FCP7: self.tr("Final Cut Pro 7 XML"),
            Format.AAF: self.tr("AAF, linked"),
            Format.CSV: self.tr("Cue list (CSV)"),
            Format.EDL: self.tr("Marker list (EDL)"),
            Format.MIDI: self.tr("Markers (MIDI file)"),
        }

    def _tip(self, kind: Format, can: bool) -> str:
        if can:
            return self.tr("Write this too")
        if kind in (Format.MP4, Format.MOV):
            return self.tr("There is no picture to copy; open a video first")
        return self.tr("Final Cut knows no frame rate like this picture's")

    def _choices(self) -> QWidget:
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.norm = QComboBox()
        norms = {
            Norm.NONE: self.tr("As it is"),
            Norm.R128: self.tr("EBU R 128 (−23 LUFS)"),
            Norm.A85: self.tr("ATSC A/85 (−24 LKFS)"),
        }
        for norm, words in norms.items():
            self.norm.addItem(words, str(norm))
        self.norm.activated.connect(self._norm_chosen)
        self._row(form, self.norm, self.tr("Loudness"), self.tr("How loud the whole mix is to be; one gain for all"))
        self.ceiling = self._number(LOWEST_CEILING_DB, 0.0, self.tr(" dBTP"), 0.5)
        self._row(form, self.ceiling, self.tr("Ceiling"), self.tr("The true peak that is never passed; it wins"))
        self.handles = self._number(0.0, MOST_HANDLES_S, self.tr(" s"), 0.5)
        self._row(form, self.handles, self.tr("Handles"), self.tr("Sound beyond the edges of clips, to trim later"))
        self.name = QLineEdit()
        self.name.textChanged.connect(self._check)
        self._row(form, self.name, self.tr("File name"), self.tr("What the files are called; empty: like the project"))
        column.addLayout(form)
        self.ucs = QCheckBox(self.tr("Name clips by the Universal Category System"))
        self.ucs.setToolTip(self.tr("CatID_Title_Creator_Source_Number, as sound libraries read it"))
        self.ucs.setAccessibleName(self.ucs.text())
        self.ucs.toggled.connect(self._check)
        column.addWidget(self.ucs)
        column.addLayout(self._naming())
        self.names = QTreeWidget()
        self.names.setHeaderLabels([self.tr("File"), self.tr("What is to be said of it")])
        self.names.setRootIsDecorated(False)
        self.names.setAccessibleName(self.tr("Names of the clips"))
        self.names.setToolTip(self.tr("The name of each cue's clip, as it would be written"))
        self.names.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.names.header().setStretchLastSection(True)
        column.addWidget(self.names, 1)
        return room

    def _naming(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.creator, self.source = QLineEdit(), QLineEdit()
        fields = (
            (self.creator, self.tr("Creator"), self.tr("Your initials, such as AB")),
            (self.source, self.tr("Source"), self.tr("The show's abbreviation, such as BBB")),
        )
        for field, label, tip in fields:
            words = QLabel(label)
            words.setObjectName("soft")
            words.setBuddy(field)
            field.setAccessibleName(self.tr("UCS {name}").format(name=label.lower()))
            field.setToolTip(tip)
            field.setPlaceholderText(tip)
            field.textChanged.connect(self._check)
            row.addWidget(words)
            row.addWidget(field, 1)
        return row

    def _foot(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        where = QHBoxLayout()
        where.setSpacing(8)
        label = QLabel(self.tr("Folder"))
        label.setObjectName("soft")
        self.folder = QLineEdit()
        self.folder.setAccessibleName(self.tr("Folder to write to"))
        self.folder.setToolTip(self.tr("Where the files go; made when it is not there"))
        self.folder.textChanged.connect(self._check)
        label.setBuddy(self.folder)
        browse = QPushButton(self.tr("Choose …"))
        browse.setAccessibleName(self.tr("Choose the folder"))
        browse.setToolTip(self.tr("Choose the folder to write to"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        for widget, stretch in ((label, 0), (self.folder, 1), (browse, 0)):
            where.addWidget(widget, stretch)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        close = QPushButton(self.tr("Close"))
        close.setToolTip(self.tr("Deliver nothing; what was chosen stays (Esc)"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        self.go = QPushButton(self.tr("Deliver"))
        self.go.setObjectName("next")
        self.go.setToolTip(self.tr("Write all of it; the window goes on meanwhile (Enter)"))
        self.go.setDefault(True)
        self.go.clicked.connect(self._deliver)
        for widget, stretch in ((self.says, 1), (close, 0), (self.go, 0)):
            foot.addWidget(widget, stretch)
        column.addLayout(where)
        column.addLayout(foot)
        return column

    def _number(self, low: float, high: float, unit: str, step: float) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        spin.setRange(low, high)
        spin.setDecimals(1)
        spin.setSingleStep(step)
        spin.setSuffix(unit)
        spin.lineEdit().setTextMargins(8, 0, 8, 0)
        spin.valueChanged.connect(self._check)
        return spin

    def _row(self, form: QFormLayout, control: QWidget, label: str, tip: str) -> None:
        control.setAccessibleName(label)
        control.setToolTip(tip)
        words = QLabel(label)
        words.setObjectName("soft")
        words.setMinimumHeight(28)
        words.setBuddy(control)
        form.addRow(words, control)

    def _norm_chosen(self) -> None:
        """A norm brings its own ceiling; it can be changed after that."""
        self.ceiling.setValue(CEILINGS[Norm(self.norm.currentData())])
        self._check()

    def _check(self) -> None:
        """Say what would be written, or what is in the way."""
        if self._project is None or not hasattr(self, "go"):
            return
        self._show_names()
        try:
            asked = self.request()
        except Refused as refusal:
            self.go.setEnabled(False)
            self._say(str(refusal), trouble=True)
            return
        self.go.setEnabled(True)
        if not self._project.clips:
            self._say(self.tr("Nothing lies on the timeline yet: the sound would be silent."), trouble=True)
        elif asked.out.is_dir() and any(asked.out.iterdir()):
            self._say(self.tr("The folder is not empty; files of the same names are replaced."))
        else:
            count = len(asked.formats)
            one, many = self.tr("One format, with a loudness report."), self.tr("{n} formats, with a loudness report.")
            self._say(one if count == 1 else many.format(n=count))

    def _show_names(self) -> None:
        on = self.ucs.isChecked()
        for widget in (self.creator, self.source, self.names):
            widget.setEnabled(on)
        self.names.clear()
        if not on:
            return
        for track, name in self.previews():
            words = " ".join(one.says for one in sorted(name.remarks, key=lambda one: not one.grave)) or self.tr("fine")
            mark = "" if name.valid else self.tr("not valid: ")
            item = QTreeWidgetItem([name.file, mark + words])
            item.setFont(0, mono())
            item.setForeground(1, tone("dim" if name.valid else "poor"))
            item.setToolTip(0, f"{track}\n{name.file}")
            item.setToolTip(1, words)
            self.names.addTopLevelItem(item)
        if not self.names.topLevelItemCount():
            self.names.addTopLevelItem(QTreeWidgetItem([self.tr("No clip lies on the timeline yet"), ""]))

    def _say(self, words: str, trouble: bool = False) -> None:
        self.says.setText(words)
        self.says.setObjectName("trouble" if trouble else "dim")
        self.says.style().unpolish(self.says)
        self.says.style().polish(self.says)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("The folder to write to"), str(self._beside))
        if chosen:
            self.folder.setText(chosen)

    def _deliver(self) -> None:
        try:
            asked = self.request()
        except Refused as refusal:
            self._say(str(refusal), trouble=True)
            return
        self.kept.emit(self.choice())
        self.hide()
        self.wanted.emit(asked)
