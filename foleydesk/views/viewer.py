"""The picture at the playhead, with its time code."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from foleydesk.views.look import mono, sans, tone
from foleydesk.views.teaching import with_keys


class Viewer(QWidget):
    """Paints the frame that it was given last, in its own shape, on black."""

    resized = Signal(QSize)

    def __init__(self) -> None:
        super().__init__()
        self._frame: QImage | None = None
        self._code = ""
        self._note = self.invitation()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 120)
        self.setAccessibleName(self.tr("Viewer"))

    def invitation(self) -> tuple[str, str]:
        """What an empty viewer teaches."""
        return self.tr("Drop a video here"), with_keys(self.tr("or open one with {open}"))

    @property
    def has_frame(self) -> bool:
        return self._frame is not None

    def pixels(self) -> QSize:
        """How large a frame is worth decoding."""
        return (self.size().toSizeF() * self.devicePixelRatioF()).toSize()

    def show_frame(self, frame: QImage | None) -> None:
        self._frame = frame
        self.update()

    def show_code(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self.update(self._code_box())

    def show_note(self, first: str, second: str = "") -> None:
        """What is said while there is no frame."""
        self._note = (first, second)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit(self.pixels())

    def _code_box(self) -> QRect:
        return QRect(16, self.height() - 44, 152, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("black"))
        if self._frame is None:
            self._paint_note(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._fitted(self._frame), self._frame)
        if self._code:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(12, 13, 15, 200))
            painter.drawRoundedRect(self._code_box(), 4, 4)
            painter.setPen(tone("on-screen"))
            painter.setFont(mono(18))
            painter.drawText(self._code_box(), Qt.AlignmentFlag.AlignCenter, self._code)

    def _fitted(self, frame: QImage) -> QRectF:
        size = frame.size().toSizeF().scaled(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def _paint_note(self, painter: QPainter) -> None:
        first, second = self._note
        upper, lower = self.rect().adjusted(0, 0, 0, -26), self.rect().adjusted(0, 26, 0, 0)
        painter.setFont(sans(16))
        painter.setPen(tone("on-screen"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, first)
        painter.setFont(sans(13))
        painter.setPen(tone("on-screen-soft"))
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, second)
