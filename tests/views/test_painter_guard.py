"""PySide6 6.12.0 on Python 3.11 lost a reference to None in every painter call; this would see it again."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

CALLS = 300


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_painting_does_not_use_up_none(qtbot: QtBot) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.save()
        painter.drawLine(0, 0, 4, 4)
        painter.restore()
    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < CALLS / 2
