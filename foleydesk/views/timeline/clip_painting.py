"""How a clip looks: body, name, wave, fades as they sound, and its handles."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from foleydesk.document.project import Clip
from foleydesk.views.look import mono, tone, track_tones
from foleydesk.views.timeline import wave
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.clip_drag import Lying
from foleydesk.views.timeline.names import label, shortened, width_of

LABEL_H = 14
TALL_PX = 34
"""A clip higher than this has its name above its wave, a lower one over it."""
TINY_PX = 4
"""A clip narrower than this is a mere bar."""
NAMED_PX = 22
BADGE = (54, 15)
"""Width and height of the gain's handle."""
HANDLE_PX = 4
CURVE_POINTS = 9
STEPS = tuple(i / (CURVE_POINTS - 1) for i in range(CURVE_POINTS))
RISE = tuple(sin(pi / 2 * step) for step in STEPS)
FALL = tuple(cos(pi / 2 * step) for step in STEPS)
FAINT = 0.45
BEYOND_PX = 8
"""A clip's body is drawn so far beyond what is seen of it, so that its corners are not."""
KEPT_WAVES = 128


def _tones(colour: int) -> tuple[QColor, QColor, QPen]:
    body, lines = track_tones(colour)
    return body, lines, QPen(body.lighter(125), 1)


def paint_clip(
    painter: QPainter, axis: TimeAxis, item: Lying, clip: Clip, box: QRectF, colour: int, part: QRectF, faint: bool
) -> None:
    """`clip` may have other fades, or lie elsewhere, than the item's; only what shows in `part` is painted."""
    body, lines, edge = _tones(colour)
    painter.setOpacity(FAINT if faint else 1.0)
    if box.width() < TINY_PX:
        painter.fillRect(box, lines)
        painter.setOpacity(1.0)
        return
    painter.setPen(edge)
    painter.setBrush(body)
    left, right = max(box.left(), part.left() - BEYOND_PX), min(box.right(), part.right() + BEYOND_PX)
    painter.drawRoundedRect(QRectF(left + 0.5, box.top() + 0.5, right - left - 1, box.height() - 1), 3, 3)
    seen = box.intersected(part)
    if item.wave is not None and seen.width() > 0:
        _paint_wave(painter, axis, item.wave, clip, box, seen, lines)
    if clip.fade_in or clip.fade_out:
        _paint_fades(painter, axis, clip, box, seen)
    if box.width() >= NAMED_PX:
        _paint_name(painter, item.name, clip, box, box.left(), body, seen)
    painter.setOpacity(1.0)


def paint_name_again(painter: QPainter, item: Lying, clip: Clip, box: QRectF, colour: int, width: int) -> None:
    """The name of a clip that begins out of sight, at the left edge of what is seen."""
    if min(box.right(), width) > 3 * NAMED_PX:
        _paint_name(painter, item.name, clip, box, 0.0, _tones(colour)[0], box)


def _paint_name(painter: QPainter, name: str, clip: Clip, box: QRectF, left: float, body: QColor, seen: QRectF) -> None:
    font, metrics = label()
    said = name if not clip.gain_db else f"{name} · {clip.gain_db:+.1f} dB"
    words = shortened(said, int(box.right() - left - 10))
    plate = QRectF(left + 2, box.top() + 1, width_of(words) + 8, 15)
    if not plate.intersects(seen):
        return
    if box.height() <= TALL_PX or left > box.left():
        painter.fillRect(plate, QColor(body.red(), body.green(), body.blue(), 210))
    painter.setFont(font)
    painter.setPen(tone("text"))
    painter.drawText(QPointF(left + 6, box.top() + 1 + metrics.ascent() + 1), words)


def wave_box(box: QRectF) -> QRectF:
    """Where within the clip its wave stands."""
    top = box.top() + (LABEL_H + 1 if box.height() > TALL_PX else 2)
    return QRectF(box.left(), top, box.width(), box.bottom() - 2 - top)


def _paint_wave(
    painter: QPainter, axis: TimeAxis, sound: wave.Wave, clip: Clip, box: QRectF, seen: QRectF, colour: QColor
) -> None:
    ratio = painter.device().devicePixelRatio()
    where = wave_box(box)
    left, right = int(seen.left()), min(int(seen.right()) + 1, int(box.right()) + 1)
    count, height = round((right - left) * ratio), max(2, round(where.height() * ratio))
    if count < 1:
        return
    scale = axis.scale / ratio
    first = axis.start + left * axis.scale - clip.zero
    stretch = (clip.offset, clip.offset + clip.length)
    image = _wave_picture(sound, first, scale, count, stretch, clip.gain_db, height, colour.rgba(), ratio)
    if box.width() > 8:
        painter.drawImage(QPointF(left, where.top()), image)
    else:
        painter.drawImage(where, image)


@lru_cache(maxsize=KEPT_WAVES)
def _wave_picture(
    sound: wave.Wave,
    first: float,
    scale: float,
    count: int,
    stretch: tuple[int, int],
    gain_db: float,
    height: int,
    colour: int,
    ratio: float,
) -> QImage:
    """A wave within the stretch of its sound that is heard; kept, because tracks are scrolled up and down again."""
    low, high = wave.columns(sound, first, scale, count)
    before, after = int((stretch[0] - first) / scale), int((stretch[1] - first) / scale) + 1
    if before > 0:
        low[:before] = high[:before] = 0
    if after < count:
        low[max(0, after) :] = high[max(0, after) :] = 0
    gain = 10 ** (gain_db / 20)
    image = wave.picture(low * gain, high * gain, height, QColor.fromRgba(colour))
    image.setDevicePixelRatio(ratio)
    return image


def _paint_fades(painter: QPainter, axis: TimeAxis, clip: Clip, box: QRectF, seen: QRectF) -> None:
    """What a fade takes away is shaded, and its quarter sine drawn; those out of sight are left out."""
    into, out = clip.fade_in / axis.scale, clip.fade_out / axis.scale
    for wide, corner, sign in ((into, box.left(), 1), (out, box.right(), -1)):
        near, far = sorted((corner, corner + wide * sign))
        if wide < 1.5 or near > seen.right() or far < seen.left():
            continue
        curve = fade_curve(corner, box.top() + 1, wide * sign, box.height() - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone("ground", 0.55))
        painter.drawPolygon(QPolygonF([QPointF(corner, box.top() + 1), *curve]))
        painter.setPen(QPen(tone("text", 0.55), 1))
        painter.drawPolyline(QPolygonF(curve))


def fade_curve(x: float, top: float, wide: float, high: float) -> list[QPointF]:
    """A quarter sine from silence at `x` to full level `wide` pixels on (back, when negative)."""
    return [QPointF(x + wide * step, top + high * (1 - rise)) for step, rise in zip(STEPS, RISE, strict=True)]


def paint_crossing(painter: QPainter, left: float, right: float, box: QRectF) -> None:
    """Both curves of two clips that cross with equal power, over what they share."""
    if right - left < 2:
        return
    painter.fillRect(QRectF(left, box.top() + 1, right - left, box.height() - 2), tone("text", 0.08))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    top, high = box.top() + 2, box.height() - 4
    for curve in (RISE, FALL):
        points = [
            QPointF(left + (right - left) * step, top + high * (1 - level))
            for step, level in zip(STEPS, curve, strict=True)
        ]
        painter.setPen(QPen(tone("text", 0.8), 1.2))
        painter.drawPolyline(QPolygonF(points))


def badge_box(box: QRectF) -> QRectF:
    """The gain's handle: at the foot of the clip, or empty where there is no room."""
    if box.width() < BADGE[0] + 16 or box.height() < 30:
        return QRectF()
    return QRectF(max(box.left(), 0) + 5, box.bottom() - BADGE[1] - 3, *BADGE)


def fade_handles(axis: TimeAxis, clip: Clip, box: QRectF) -> tuple[QPointF, QPointF]:
    """Where the fades in and out are held: at the top, where each ends."""
    y = box.top() + HANDLE_PX + 0.5
    into = box.left() + max(HANDLE_PX + 1, clip.fade_in / axis.scale)
    out = box.right() - max(HANDLE_PX + 1, clip.fade_out / axis.scale)
    return QPointF(into, y), QPointF(out, y)


def paint_handles(painter: QPainter, axis: TimeAxis, clip: Clip, box: QRectF) -> None:
    """What the clip under the pointer, or a chosen one, can be held by."""
    if box.width() >= 4 * 6:
        painter.setPen(QPen(tone("ground"), 1))
        painter.setBrush(tone("text"))
        for at in fade_handles(axis, clip, box):
            painter.drawRect(QRectF(at.x() - HANDLE_PX, at.y() - HANDLE_PX, 2 * HANDLE_PX, 2 * HANDLE_PX))
    badge = badge_box(box)
    if not badge.isEmpty():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone("ground", 0.85))
        painter.drawRoundedRect(badge, 3, 3)
        painter.setFont(mono(10))
        painter.setPen(tone("text"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, f"↕ {clip.gain_db:+.1f}")


def paint_outline(painter: QPainter, box: QRectF, first: bool) -> None:
    """Around a chosen clip; around the one chosen last, wider."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tone("accent"), 2 if first else 1.2))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
