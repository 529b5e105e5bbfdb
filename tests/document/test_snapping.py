from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from project_parts import SPAN, scored

from engine.spec import Event
from foleydesk.document.edits import AddMarker, SetEvents
from foleydesk.document.project import Marker
from foleydesk.document.snapping import ALL, Kind, Snap, Target, snapped, snapped_span, targets
from foleydesk.document.timebase import Rate

RATE = Rate(Fraction(30_000, 1001))
TARGETS = st.lists(st.builds(Target, st.integers(0, 5000), st.sampled_from(Kind)), max_size=8)


def test_everything_in_a_project_is_a_target():
    project = AddMarker(Marker("m", 7, "door")).apply(SetEvents("c1", (Event(SPAN.start + 3, 1.0),)).apply(scored()))
    found = targets(project, playhead=11, events=[12], onsets=[13])
    assert {(target.kind, target.at) for target in found} == {
        (Kind.MARKER, 7), (Kind.PLAYHEAD, 11), (Kind.EVENT, 12), (Kind.EVENT, SPAN.start + 3), (Kind.ONSET, 13),
        (Kind.CUE_EDGE, SPAN.start), (Kind.CUE_EDGE, SPAN.end),
        (Kind.CLIP_EDGE, SPAN.start), (Kind.CLIP_EDGE, SPAN.end),
    }  # fmt: skip
    assert {target.kind for target in targets(project, ALL - {Kind.EVENT}, events=[12])} == {
        Kind.MARKER, Kind.CUE_EDGE, Kind.CLIP_EDGE,
    }  # fmt: skip


def test_a_clip_does_not_snap_to_itself():
    assert Kind.CLIP_EDGE not in {target.kind for target in targets(scored(), ignore={"clip1"})}


def test_the_nearest_within_reach_and_none_beyond():
    near, far = Target(100, Kind.EVENT), Target(130, Kind.MARKER)
    assert snapped(110, (far, near), 10) == Snap(100, near)
    assert snapped(111, (far, near), 10) == Snap(111)
    assert snapped(116, (far, near), 20) == Snap(130, far)
    assert snapped(5, (), 1000) == Snap(5)


def test_of_two_equally_near_the_one_that_means_more():
    marker, edge = Target(90, Kind.MARKER), Target(110, Kind.CLIP_EDGE)
    assert snapped(100, (edge, marker), 50).to == marker


def test_frames_count_where_no_thing_is_in_reach():
    frame = RATE.samples_at(100)
    assert snapped(frame + 30, (), 100, RATE) == Snap(frame, Target(frame, Kind.FRAME, "100"))
    assert snapped(frame - 30, (), 100, RATE).at == frame
    event = Target(frame + 90, Kind.EVENT)
    assert snapped(frame + 10, (event,), 100, RATE).to == event
    assert snapped(frame + 10, (event,), 50, RATE).at == frame
    assert snapped(frame + 600, (), 100, RATE) == Snap(frame + 600)


@given(st.integers(0, 5000), TARGETS, st.integers(0, 500))
def test_nothing_moves_farther_than_the_reach(position, found, reach):
    for rate in (None, RATE):
        snap = snapped(position, found, reach, rate)
        assert abs(snap.at - position) <= reach
        assert (snap.to is None) == (snap.at == position and snap.to is None)
        if snap.to is not None:
            assert snap.at == snap.to.at


def test_a_thing_rests_with_its_start_its_end_or_its_hit():
    marker = Target(1000, Kind.MARKER)
    assert snapped_span(990, 500, (marker,), 20).at == 1000
    assert snapped_span(510, 500, (marker,), 20).at == 500
    assert snapped_span(795, 500, (marker,), 20, anchors=(200,)) == Snap(800, marker)
    frame = RATE.samples_at(3)
    assert snapped_span(frame + 5, 500, (), 20, RATE).at == frame
    assert snapped_span(700, 500, (marker,), 20) == Snap(700)
