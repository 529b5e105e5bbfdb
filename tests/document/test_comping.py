from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project_parts import SPAN, candidate, scored

from engine.spec import Refused, Span
from foleydesk.document.comping import CROSS, CompRange, comp_of
from foleydesk.document.desk import Desk
from foleydesk.document.edits import AddTakes, MoveClip, RemoveClip, SetClip
from foleydesk.document.project import Project, Status, Take
from foleydesk.document.rules import check

START, END = SPAN.start, SPAN.end
HALF = CROSS // 2


def comp(project: Project, take: int, start: int, end: int, **what) -> Project:
    return check(CompRange("c1", f"c1-t{take}", start, end, "props", **what).apply(project))


def heard(project: Project) -> list[tuple[str, int, int]]:
    return [(piece.take[-1], piece.span.start, piece.span.end) for piece in comp_of(project, "c1")]


def test_a_piece_of_another_take_in_the_middle_of_the_one_picked():
    project = comp(scored(), 2, 60_000, 70_000)
    assert heard(project) == [("1", START, 60_000), ("2", 60_000, 70_000), ("1", 70_000, END)]
    lying = sorted((clip.start, clip.end, clip.zero) for clip in project.clips)
    assert lying == [
        (START, 60_000 + HALF, START), (60_000 - HALF, 70_000 + HALF, START), (70_000 - HALF, END, START),
    ]  # fmt: skip
    assert project.cue("c1").status == Status.PICKED
    assert project.clip("clip1").start == START


def test_the_pieces_cross_for_as_long_as_is_said():
    project = comp(scored(), 2, 60_000, 70_000, cross=1000)
    clips = sorted(project.clips, key=lambda clip: clip.start)
    assert [(clip.fade_in, clip.fade_out) for clip in clips] == [(0, 1000), (1000, 1000), (1000, 0)]
    assert [b.start - a.end for a, b in zip(clips, clips[1:], strict=False)] == [-1000, -1000]


def test_piece_by_piece_over_time():
    project = comp(scored(), 0, START, 55_000)
    project = comp(project, 2, 55_000, 65_000)
    project = comp(project, 3, 65_000, END)
    assert heard(project) == [("0", START, 55_000), ("2", 55_000, 65_000), ("3", 65_000, END)]


def test_the_take_that_was_there_comes_back_whole():
    project = comp(comp(scored(), 2, 60_000, 70_000), 1, 59_000, 71_000)
    assert heard(project) == [("1", START, END)]
    (clip,) = project.clips
    assert (clip.start, clip.end, clip.id) == (START, END, "clip1")


def test_a_take_over_everything_leaves_nothing_of_the_others():
    assert heard(comp(comp(scored(), 2, 60_000, 70_000), 3, START, END)) == [("3", START, END)]


def test_pieces_lie_where_the_pick_was_moved_and_are_as_loud():
    moved = SetClip("clip1", gain_db=-6.0).apply(MoveClip("clip1", "props", START + 500).apply(scored()))
    project = comp(moved, 2, 60_000, 70_000)
    assert {clip.zero for clip in project.clips} == {START + 500}
    assert {clip.gain_db for clip in project.clips} == {-6.0}


def test_the_first_piece_of_a_cue_without_a_pick_lies_under_its_picture():
    project = comp(RemoveClip("clip1").apply(scored()), 3, 50_000, 60_000)
    (clip,) = project.clips
    assert (clip.start, clip.end, clip.zero) == (50_000, 60_000, START)
    assert (clip.fade_in, clip.fade_out) == (HALF, HALF)


def test_a_piece_ends_where_its_take_does():
    short = Take("c1-t9", "c1", replace(candidate(9), length=20_000))
    project = AddTakes((short,)).apply(scored())
    project = check(CompRange("c1", "c1-t9", 60_000, 90_000, "props").apply(project))
    assert heard(project)[1] == ("9", 60_000, START + 20_000 - HALF // 2)
    with pytest.raises(Refused, match="no sound there"):
        CompRange("c1", "c1-t9", 80_000, 90_000, "props").apply(project)


def test_what_is_no_piece_is_refused():
    for edit in (
        CompRange("c1", "nothing", 60_000, 70_000, "props"),
        CompRange("c1", "c1-t2", 60_000, 60_000, "props"),
        CompRange("c1", "c1-t2", 60_000, 70_000, "nowhere"),
        CompRange("c1", "c1-t2", 60_000, 70_000, "props", fresh="clip1"),
    ):
        with pytest.raises(Refused):
            edit.apply(scored())


AT = st.integers(START - 2000, END + 2000) | st.integers(START + 10_000, START + 12_000)
LENGTH = st.integers(1, 3000) | st.integers(1, 50_000)
RANGE = st.tuples(st.integers(0, 3), AT, LENGTH, st.sampled_from([0, 1, 480, 9999]))


@settings(max_examples=60, deadline=None)
@given(st.lists(RANGE, max_size=12))
def test_there_is_never_a_gap_nor_two_takes_of_one_moment(ranges):
    """Within the span that was picked all is heard, once, or twice where two cross."""
    desk = Desk(scored())
    for take, start, length, cross in ranges:
        try:
            desk.do(CompRange("c1", f"c1-t{take}", start, start + length, "props", cross))
        except Refused:
            continue
        desk.seal()
        project = check(desk.project)
        inside = Span(max(START, start), min(END, start + length))
        middle = (inside.start + inside.end) // 2
        pieces = comp_of(project, "c1")
        assert [one.take for one in pieces if one.span.start <= middle < one.span.end] == [f"c1-t{take}"]
        assert pieces[0].span.start == START and pieces[-1].span.end == END
        assert all(a.span.end == b.span.start for a, b in zip(pieces, pieces[1:], strict=False))
        for at in {edge for clip in project.clips for edge in (clip.start, clip.end - 1)}:
            assert 1 <= sum(clip.start <= at < clip.end for clip in project.clips) <= 2
