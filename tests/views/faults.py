"""Looks at every window of the program as it is shown, and says what a user would stumble over.

`python -m tests.views.faults VIDEO LANGUAGE WIDTH HEIGHT [PICTURES]` prints the faults as JSON. The scale is
QT_SCALE_FACTOR, so that each runs in a process of its own.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QMenuBar,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QWidget,
)

from foleydesk.app import application
from foleydesk.settings import read_settings, write_settings
from foleydesk.views.main_window import MainWindow
from foleydesk.views.short import ShortLabel

CONTROLS = (
    QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QAbstractSlider, QAbstractItemView, QKeySequenceEdit,
)  # fmt: skip
SLACK_PX = 1
DIALOGS = ("preferences", "shortcuts", "palette", "models", "deliver")
"""Actions that open a window of their own."""
DRAWERS = ("spotting", "jobs", "history")
"""Actions that open a list in the main window."""


def controls(window: QWidget) -> Iterator[QWidget]:
    """What can be operated and is seen, without the parts that a control is made of."""
    for one in window.findChildren(QWidget):
        if not isinstance(one, CONTROLS) or not one.isVisible() or one.window() is not window:
            continue
        parent = one.parentWidget()
        if one.objectName().startswith("qt_") or (parent is not None and parent.objectName().startswith("qt_")):
            continue
        part = isinstance(parent, (QAbstractSpinBox, QComboBox, QLineEdit, QKeySequenceEdit, QMenuBar))
        if isinstance(one, QHeaderView) or (part and not one.objectName()):
            continue
        yield one


def called(one: QWidget) -> str:
    words = one.accessibleName() or (one.text() if isinstance(one, (QAbstractButton, QLabel)) else "")
    return f"{type(one).__name__} {words or one.objectName()!r} in {type(one.parentWidget()).__name__}"


def nameless(window: QWidget) -> list[str]:
    return [
        f"no name: {called(one)}"
        for one in controls(window)
        if not (one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else ""))
    ]


def untold(window: QWidget) -> list[str]:
    return [f"no tooltip: {called(one)}" for one in controls(window) if not one.toolTip()]


def doubles(window: QWidget) -> list[str]:
    keys = Counter(key.toString() for action in window.actions() for key in action.shortcuts())
    return [f"twice: {key}" for key, times in keys.items() if times > 1]


def clipped(window: QWidget) -> list[str]:
    """Text that does not fit where it stands. What ends in dots by intent and has a tooltip is not meant."""
    return [
        f"clipped: {called(one)} has {have}, needs {need}"
        for one in window.findChildren(QWidget)
        if one.isVisible() and one.window() is window and not isinstance(one, ShortLabel)
        for have, need in (_room(one),)
        if need > have + SLACK_PX
    ]


def _room(one: QWidget) -> tuple[int, int]:
    """(pixels there are, pixels that its text needs)."""
    metrics = one.fontMetrics()
    if isinstance(one, QLabel):
        if not one.text() or one.textFormat() == Qt.TextFormat.RichText or "<" in one.text():
            return 0, 0
        if one.wordWrap():
            return one.height(), one.heightForWidth(one.width())
        return one.contentsRect().width(), max(metrics.horizontalAdvance(line) for line in one.text().split("\n"))
    if isinstance(one, QCheckBox):
        return one.width(), one.sizeHint().width()
    if isinstance(one, QAbstractButton) and one.text() and one.toolTip() != one.text():
        icon = one.iconSize().width() + 4 if not one.icon().isNull() else 0
        return one.width() - 2, metrics.horizontalAdvance(one.text().replace("&", "")) + icon
    if isinstance(one, QComboBox):
        option = QStyleOptionComboBox()
        one.initStyleOption(option)
        field = one.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, one
        )
        return field.width(), metrics.horizontalAdvance(one.currentText())
    if isinstance(one, QAbstractSpinBox):
        option_ = QStyleOptionSpinBox()
        one.initStyleOption(option_)
        return one.lineEdit().width(), metrics.horizontalAdvance(one.text())
    if isinstance(one, QMenuBar):
        return one.width(), one.sizeHint().width()
    return 0, 0


def faults_of(window: QWidget) -> list[str]:
    return [*nameless(window), *untold(window), *doubles(window), *clipped(window)]


def settle(seconds: float = 0.05) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()


def every_window(window: MainWindow, film: Path) -> Iterator[tuple[str, QWidget]]:
    """Each window of the program, shown."""
    yield "empty", window
    window.open(film)
    window.studio.mark(48_000, 192_000)
    window.studio.add_cue()
    window.hints.show()
    settle(0.2)
    yield "with a cue", window
    window.message.refuse(
        "A sentence that says what did not work, in which file, and what to do about it now."
    )
    window.cues.inspector.each.click()
    settle()
    yield "refusing", window
    window.message.hide()
    for name in DRAWERS:
        window.handlers.do(name)
        settle()
        yield name, window
        window.handlers.do(name)
    for name in DIALOGS:
        window.handlers.do(name)
        settle()
        dialog = next(one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window)
        pages = getattr(dialog, "pages", None)
        for page in range(pages.count() if pages is not None else 1):
            if pages is not None:
                dialog.rooms.setCurrentRow(page)  # type: ignore[attr-defined]
            settle()
            if name == "preferences":
                dialog.show_waiting(True)  # type: ignore[attr-defined]
            settle()
            yield f"{name} {page}", dialog
        dialog.hide()
    window.variation.open_at(window.rect().center(), "B", 0.5)
    settle()
    yield "variation", window.variation
    window.variation.hide()
    project = window.studio.folder.path  # type: ignore[union-attr]
    window.studio.close()
    film.rename(film.with_name("moved.mp4"))
    window.open(project)
    settle()
    yield "missing", window
    window.message.action.click()
    settle()
    yield "relink", window.lists._relink  # type: ignore[misc]
    window.lists._relink.hide()  # type: ignore[union-attr]


def main(film: str, language: str, width: str, height: str, pictures: str = "") -> None:
    write_settings(replace(read_settings(), language=language))
    application()
    window = MainWindow()
    window.show()
    window.resize(int(width), int(height))
    settle(0.1)
    found = []
    for name, one in every_window(window, Path(film)):
        for area in one.findChildren(QScrollArea):
            area.ensureVisible(0, 0)
        found += [f"{name}: {fault}" for fault in faults_of(one)]
        if pictures:
            one.grab().save(f"{pictures}-{name.replace(' ', '-')}.png")
    window.close()
    print(json.dumps(sorted(set(found)), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
