"""Names on the ruler: none lies over another, whatever the cues and markers are, and however far one zooms."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.spec import SAMPLE_RATE
from foleydesk.document.edits import AddCue, AddMarker, RemoveMarker
from foleydesk.document.project import Cue, Marker
from foleydesk.views.main_window import MainWindow
from foleydesk.views.timeline.names import rooms

CUES = ((0.1, 0.9), (0.4, 1.1), (1.0, 4.8), (1.15, 1.6), (1.62, 1.8), (2.0, 3.4), (2.2, 3.0), (4.2, 4.9))
MARKS = (0.4, 0.45, 2.0, 4.2)


@pytest.fixture
def desk(window: MainWindow, film: Path) -> MainWindow:
    assert window.open(film)
    for i, (start, end) in enumerate(CUES):
        at = round(start * SAMPLE_RATE), round(end * SAMPLE_RATE)
        window.studio.do(AddCue(Cue(f"c{i}", *at, name="A name of some length")))
    window.timeline.axis.fit()
    return window


def overlapping(found: list[tuple[float, float]]) -> bool:
    shown = sorted(room for room in found if room[1] > room[0])
    return any(before[1] > after[0] for before, after in pairwise(shown))


@given(st.lists(st.tuples(st.integers(-50, 400), st.integers(1, 300)), max_size=12))
def test_no_room_reaches_into_another(drawn: list[tuple[int, int]]) -> None:
    stretches = [(float(left), float(left + length)) for left, length in drawn]
    found = rooms(stretches, 0, 300)
    assert not overlapping(found)
    assert all(right == left or (left >= 0 and right <= 300) for left, right in found)


def test_a_name_alone_has_all_its_stretch() -> None:
    assert rooms([(10, 60), (80, 200), (250, 400)], 0, 300) == [(10, 60), (80, 200), (250, 300)]


@pytest.mark.parametrize("closer", [1, 4, 30])
def test_names_of_cues_lie_side_by_side(desk: MainWindow, closer: int) -> None:
    desk.timeline.axis.zoom(closer, 200)
    ruler = desk.timeline.ruler
    found = ruler.name_rooms(ruler.rect.width())
    assert not overlapping([room for _, room in found]) and any(right - left > 40 for _, (left, right) in found)


def test_markers_have_a_row_above_the_cues_and_leave_it(desk: MainWindow) -> None:
    ruler, before = desk.timeline.ruler, desk.timeline.picture.rect.top()
    for i, at in enumerate(MARKS):
        desk.studio.do(AddMarker(Marker(f"m{i}", round(at * SAMPLE_RATE), "wakes up at last")))
    assert desk.timeline.picture.rect.top() > before
    plates = ruler.plates(ruler.rect.width())
    assert len(plates) == len(MARKS)
    assert not overlapping([(plate.left(), plate.right()) for _, plate in plates[1:]])
    tops = [ruler._cue_box(cue.span).top() for cue in ruler.cues]
    assert max(plate.bottom() for _, plate in plates) <= min(tops)
    for i in range(len(MARKS)):
        desk.studio.do(RemoveMarker(f"m{i}"))
    assert desk.timeline.picture.rect.top() == before


def test_a_cue_under_a_marker_is_still_chosen_by_a_press(desk: MainWindow) -> None:
    desk.studio.do(AddMarker(Marker("m", round(4.2 * SAMPLE_RATE), "a long name over the whole cue")))
    ruler = desk.timeline.ruler
    at = ruler._cue_box(ruler.cues[-1].span).center().toPoint() + QPoint(0, ruler.rect.top())
    QTest.mouseClick(desk.timeline.canvas, Qt.MouseButton.LeftButton, pos=at)
    assert desk.studio.cue_id == "c7"
