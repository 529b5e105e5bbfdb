from dataclasses import replace

from foleydesk.document.crossing import crossed, crossings
from foleydesk.document.project import Clip


def clip(name: str, start: int, end: int, track: str = "feet", **what) -> Clip:
    return Clip(name, track, "t", start, 0, end - start, **what)


def pairs(*clips: Clip) -> list[tuple[str, str, int, int]]:
    return [(one.earlier.id, one.later.id, one.span.start, one.span.end) for one in crossings(clips)]


def test_clips_cross_where_one_begins_and_ends_before_the_other():
    assert pairs(clip("b", 80, 200), clip("a", 0, 100)) == [("a", "b", 80, 100)]


def test_clips_that_touch_or_lie_on_other_tracks_do_not_cross():
    assert pairs(clip("a", 0, 100), clip("b", 100, 200)) == []
    assert pairs(clip("a", 0, 100), clip("b", 80, 200, "props")) == []


def test_a_clip_within_another_is_a_layer():
    outer = clip("a", 0, 100)
    for inner in (clip("b", 20, 80), clip("b", 0, 100), clip("b", 0, 50), clip("b", 50, 100)):
        assert pairs(outer, inner) == []
        assert crossed((outer, inner)) == (outer, inner)


def test_the_crossing_takes_the_place_of_the_fades_there_and_only_there():
    a, b = clip("a", 0, 100, fade_in=5, fade_out=60), clip("b", 80, 200, fade_in=1, fade_out=7)
    assert crossed((b, a)) == (replace(b, fade_in=20), replace(a, fade_out=20))


def test_three_in_a_row_cross_two_by_two():
    a, b, c = clip("a", 0, 100), clip("b", 90, 200), clip("c", 150, 300)
    assert pairs(a, b, c) == [("a", "b", 90, 100), ("b", "c", 150, 200)]
    assert [(one.fade_in, one.fade_out) for one in crossed((a, b, c))] == [(0, 10), (10, 50), (50, 0)]
