"""The spectrogram: only what is visible is drawn, short sounds survive any zoom, brighter is lighter."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from engine.audio.pyramid import HOP, pyramid
from engine.spec import SAMPLE_RATE
from foleydesk.views.timeline.axis import TimeAxis
from foleydesk.views.timeline.colours import table
from foleydesk.views.timeline.lane import Wishes
from foleydesk.views.timeline.sound import Sounding, SoundLane, window


def silent_but(column: int, columns: int) -> list[np.ndarray]:
    levels = np.zeros((128, columns), np.uint8)
    levels[:, column] = 255
    return pyramid(levels)


def painted(lane: SoundLane, width: int = 600, height: int = 80) -> np.ndarray:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    lane.paint(painter, width, height)
    painter.end()
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4)
    return bits[..., :3].astype(int).sum(axis=2)


def test_the_level_read_is_no_larger_than_the_screen_needs() -> None:
    hour = pyramid(np.zeros((128, 337_500), np.uint8))
    width, length = 1200, 3600 * SAMPLE_RATE
    levels, first, last = window(hour, 0, length, length / width)
    assert levels.shape[1] < 2.5 * width
    assert first == 0 and last >= length


def test_the_window_begins_and_ends_around_what_is_asked_for() -> None:
    floors = silent_but(5, 4000)
    _, first, last = window(floors, 10_000, 60_000, 100)
    assert first <= 10_000 and last >= 60_000 and first % HOP == 0


def test_one_hit_in_ten_minutes_is_still_seen(qtbot: QtBot) -> None:
    columns = 600 * SAMPLE_RATE // HOP
    axis = TimeAxis()
    axis.reach(columns * HOP)
    axis.resize(600)
    axis.fit()
    lane = SoundLane(axis, Wishes())
    lane.show([Sounding(0, columns * HOP, silent_but(columns // 2, columns))])
    light = painted(lane).max(axis=0)
    assert abs(int(light.argmax()) - axis.x(columns * HOP / 2)) <= 2
    assert light.max() > 300


def test_a_lone_sound_replaces_what_lies_under_it(qtbot: QtBot) -> None:
    axis = TimeAxis()
    axis.reach(10 * SAMPLE_RATE)
    axis.resize(600)
    axis.fit()
    loud = pyramid(np.full((128, 940), 255, np.uint8))
    still = pyramid(np.zeros((128, 188), np.uint8))
    lane = SoundLane(axis, Wishes())
    lane.show([Sounding(0, 10 * SAMPLE_RATE, loud), Sounding(4 * SAMPLE_RATE, 2 * SAMPLE_RATE, still, lone=True)])
    row = painted(lane)[40]
    assert row[round(axis.x(2 * SAMPLE_RATE))] > 500
    assert row[round(axis.x(5 * SAMPLE_RATE))] < 120


def test_louder_is_always_lighter() -> None:
    lightness = [QColor.fromRgba(colour).lightnessF() for colour in table(95, 225)]
    luma = [
        0.2126 * QColor(c).redF() + 0.7152 * QColor(c).greenF() + 0.0722 * QColor(c).blueF() for c in table(95, 225)
    ]
    assert luma == sorted(luma)
    assert lightness[0] < 0.05 and lightness[-1] > 0.7
