"""The lanes, each painted once into a picture of its own; span, playhead and what is dragged run over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from engine.spec import Span
from foleydesk.views.look import sans, tone
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.lane import Lane, Wishes
from foleydesk.views.timeline.magnet import Magnet, in_words
from foleydesk.views.timeline.name_field import NameField

HEAD_PX = 9
KEPT_SHARE = 0.8
"""A picture that moved farther than this share of itself is painted anew."""


def heights(lanes: list[Lane], free: int) -> list[int]:
    """How high each lane is when so much is free: what it needs, then by share, up to its most."""
    found = [0 if lane.hidden else lane.least for lane in lanes]
    spare = free - sum(found)
    growing = [i for i, lane in enumerate(lanes) if lane.share > 0 and not lane.hidden]
    while spare > 0 and growing:
        total = sum(lanes[i].share for i in growing)
        given = {i: min(int(spare * lanes[i].share / total), lanes[i].most - found[i]) for i in growing}
        if not any(given.values()):
            break
        for i, more in given.items():
            found[i] += more
        spare -= sum(given.values())
        growing = [i for i in growing if found[i] < lanes[i].most]
    return found


class Playhead(QWidget):
    """A line through all lanes. Moving it repaints only the columns that it leaves, from the lanes' pictures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Playhead"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        painter.fillRect(QRectF(middle - 0.75, 0, 1.5, self.height()), tone("playhead"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone("playhead"))
        painter.drawPolygon(QPolygonF([QPointF(0, 0), QPointF(self.width(), 0), QPointF(middle, HEAD_PX - 2)]))


@dataclass
class Picture:
    """A lane as it was painted: at which scale, from which pixel of it on, scrolled down how far."""

    pixels: QPixmap
    scale: float
    start: int
    top: int


class Canvas(QWidget):
    """Paints lanes. It knows no project; what the mouse does is in hand.py."""

    laid_out = Signal()

    def __init__(self, axis: TimeAxis, wishes: Wishes, magnet: Magnet, lanes: list[Lane]) -> None:
        super().__init__()
        self.axis = axis
        self.wishes = wishes
        self.magnet = magnet
        self.lanes = lanes
        self.span: Span | None = None
        self.region: Span | None = None
        """The part of the span that is selected."""
        self.at = 0
        self.lane_paints = 0
        """How many lanes have been painted so far: a playing timeline keeps this still."""
        self.pointer = QPointF()
        self._pictures: dict[int, Picture] = {}
        self.playhead = Playhead(self)
        self.name_field = NameField(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(
            self.tr(
                "Click to move the playhead, drag over the picture to mark in and out, "
                "with Shift to select part of a cue."
            )
        )
        axis.changed.connect(self._look_along)

    def sizeHint(self) -> QSize:
        return QSize(900, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, sum(lane.least for lane in self.lanes if not lane.hidden))

    def again(self, *lanes: Lane) -> None:
        """Paint these lanes anew (all of them when none is named)."""
        for lane in lanes or self.lanes:
            lane.stale = True
            self.update(lane.rect)
        self._place_playhead()

    def refresh(self) -> None:
        """Paint anew the lanes that say they are stale."""
        for lane in self.lanes:
            if lane.stale:
                self.update(lane.rect)

    def show_span(self, span: Span | None) -> None:
        if span != self.span:
            self.span = span
            self.update()

    def show_region(self, region: Span | None) -> None:
        if region != self.region:
            self.region = region
            self.update()

    def move_to(self, at: int) -> None:
        """Put the playhead there; no lane is painted for it."""
        self.at = at
        self._place_playhead()

    def lay_out(self) -> None:
        top = 0
        for lane, height in zip(self.lanes, heights(self.lanes, self.height()), strict=True):
            height = max(0, min(height, self.height() - top))  # what is below the edge can be scrolled to
            lane.rect = QRect(0, top, self.width(), height)
            lane.scroll(0)
            top += height
        self._pictures.clear()
        self.playhead.resize(HEAD_PX, self.height())
        self.again()
        self.laid_out.emit()

    def edit_name(self, where: QRect, name: str, done: Callable[[str], None]) -> None:
        """Let a name be written in place."""
        self.name_field.open_at(where.intersected(self.rect()), name, done)

    def _look_along(self) -> None:
        """The axis shows another stretch: what was painted of it is moved along."""
        self.update()
        self._place_playhead()

    def _place_playhead(self) -> None:
        x = round(self.axis.x(self.at) - HEAD_PX / 2)
        self.playhead.setVisible(-HEAD_PX < x < self.width())
        self.playhead.move(x, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._choose_grain()
        self.axis.resize(self.width())
        self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._choose_grain()
            self.lay_out()
        super().changeEvent(event)

    def _choose_grain(self) -> None:
        """So many pixels are whole pixels of the screen, too."""
        ratio = self.devicePixelRatioF()
        self.axis.grain = next((n for n in (1, 2, 4) if abs(n * ratio - round(n * ratio)) < 1e-6), 1)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        exposed = event.rect()
        painter.fillRect(exposed, tone("ground"))
        for i, lane in enumerate(self.lanes):
            if lane.rect.intersects(exposed) and lane.rect.height() > 0:
                painter.drawPixmap(lane.rect.topLeft(), self._picture(i, lane).pixels)
                painter.save()
                painter.setClipRect(lane.rect.intersected(exposed))
                painter.translate(lane.rect.topLeft())
                lane.paint_over(painter, lane.rect.width(), lane.rect.height())
                painter.restore()
        if self.span is not None:
            self._paint_span(painter, self.span)
        if self.region is not None:
            self._paint_region(painter, self.region)
        if self.magnet.found is not None and self.magnet.found.to is not None:
            self._paint_snap(painter, self.magnet.found.to.at, in_words(self.magnet.found.to))
        words = next((lane.readout for lane in self.lanes if lane.readout), "")
        if words:
            self._paint_words(painter, words, self.pointer + QPointF(14, -10), "text")

    def _picture(self, i: int, lane: Lane) -> Picture:
        kept = self._pictures.get(i)
        whole = QRectF(0, 0, lane.rect.width(), lane.rect.height())
        if kept is None:
            ratio = self.devicePixelRatioF()
            pixels = QPixmap((lane.rect.size().toSizeF() * ratio).toSize())
            pixels.setDevicePixelRatio(ratio)
            kept = self._pictures[i] = Picture(pixels, 0.0, 0, 0)
            lane.stale = True
        across, down = self.axis.pixels - kept.start, lane.top - kept.top
        same = not lane.stale and kept.scale == self.axis.scale
        if same and not across and not down:
            return kept
        near = abs(across) < KEPT_SHARE * whole.width() and abs(down) < KEPT_SHARE * whole.height()
        if same and near and self._moves(kept.pixels, across, down):
            for part in uncovered(whole, across, down):
                self._paint(kept.pixels, lane, part)
        else:
            self._paint(kept.pixels, lane, None)
        kept.scale, kept.start, kept.top = self.axis.scale, self.axis.pixels, lane.top
        lane.stale = False
        self.lane_paints += 1
        return kept

    @staticmethod
    def _moves(pixels: QPixmap, across: int, down: int) -> bool:
        """Move what was painted by whole pixels of the screen; False where it would not fall on them."""
        ratio = pixels.devicePixelRatio()
        dx, dy = across * ratio, down * ratio
        if abs(dx - round(dx)) > 1e-6 or abs(dy - round(dy)) > 1e-6:
            return False
        pixels.scroll(-round(dx), -round(dy), pixels.rect())
        return True

    def _paint(self, pixels: QPixmap, lane: Lane, part: QRectF | None) -> None:
        width, height = lane.rect.width(), lane.rect.height()
        painter = QPainter(pixels)
        if part is not None:
            painter.setClipRect(part)
        painter.fillRect(QRectF(0, 0, width + 1, height + 1) if part is None else part, tone("lane"))
        lane.part = part
        lane.paint(painter, width, height)
        lane.part = None
        painter.end()

    def _paint_span(self, painter: QPainter, span: Span) -> None:
        left, right = self.axis.x(span.start), self.axis.x(span.end)
        painter.fillRect(QRectF(left, 0, right - left, self.height()), tone("accent", 0.09))
        for x in (left, right):
            painter.fillRect(QRectF(round(x), 0, 1, self.height()), tone("accent"))

    def _paint_region(self, painter: QPainter, region: Span) -> None:
        """A selection: brighter than the span, and its edges broken, so that it is told apart without colour."""
        left, right = self.axis.x(region.start), self.axis.x(region.end)
        painter.fillRect(QRectF(left, 0, right - left, self.height()), tone("accent", 0.16))
        painter.setPen(QPen(tone("text"), 1, Qt.PenStyle.DashLine))
        for x in (round(left), round(right)):
            painter.drawLine(x, 0, x, self.height())

    def _paint_snap(self, painter: QPainter, at: int, words: str) -> None:
        x = round(self.axis.x(at))
        painter.setPen(QPen(tone("good"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(x, 0, x, self.height())
        self._paint_words(painter, words, QPointF(x + 5, self.pointer.y() + 14), "good")

    def _paint_words(self, painter: QPainter, words: str, at: QPointF, colour: str) -> None:
        """A small plate with words, kept within the canvas."""
        font = sans(12)
        metrics = QFontMetrics(font)
        wide, high = metrics.horizontalAdvance(words) + 12, metrics.height() + 4
        left = min(max(0.0, at.x()), max(0.0, self.width() - wide))
        top = min(max(0.0, at.y()), max(0.0, self.height() - high))
        plate = QRectF(left, top, wide, high)
        painter.setPen(QPen(tone("edge"), 1))
        painter.setBrush(tone("ground", 0.92))
        painter.drawRoundedRect(plate, 3, 3)
        painter.setFont(font)
        painter.setPen(tone(colour))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


def uncovered(whole: QRectF, across: int, down: int) -> list[QRectF]:
    """What is to be painted when a picture has moved left by `across` and up by `down` pixels."""
    parts = []
    if across:
        left = whole.width() - across if across > 0 else 0
        parts.append(QRectF(left, 0, abs(across), whole.height()))
    if down:
        top = whole.height() - down if down > 0 else 0
        parts.append(QRectF(0, top, whole.width(), abs(down)))
    return parts
