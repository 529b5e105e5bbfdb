"""Split, slip, ripple, copy and several at once: what the hand does on the tracks."""

from dataclasses import replace

import pytest
from project_parts import SPAN, candidate, media, scored

from engine.spec import Refused, Span
from foleydesk.document.desk import Desk
from foleydesk.document.edits import (
    DuplicateClips,
    InsertTime,
    LouderClips,
    MoveClips,
    PasteClips,
    RemoveClip,
    RemoveClips,
    SlipClip,
    SplitClip,
    TrimClip,
)
from foleydesk.document.group_edits import chosen
from foleydesk.document.project import Clip, Project, Take
from foleydesk.document.ripple import Ripple
from foleydesk.document.rules import check, check_clips

A, B, C, D = (Clip(name, "feet", "t", start, 50, 100) for name, start in (("a", 0), ("b", 100), ("c", 300), ("d", 500)))


def row(*clips: Clip) -> Project:
    """Clips of one take of 1000 samples on Feet; x on Props at 350."""
    take = Take("t", "cue", candidate(span=Span(0, 1000)))
    other = Clip("x", "props", "t", 350, 0, 100)
    return replace(scored(), takes=(*scored().takes, take), clips=(*clips, other), media=media(length=2000), marks=None)


def starts(project: Project) -> dict[str, int]:
    return {clip.id: clip.start for clip in project.clips}


def test_a_split_clip_plays_what_it_played():
    project = SplitClip("clip1", SPAN.start + 1000, right="r").apply(scored())
    left, right = project.clip("clip1"), project.clip("r")
    assert (left.span, right.span) == (Span(SPAN.start, SPAN.start + 1000), Span(SPAN.start + 1000, SPAN.end))
    assert left.zero == right.zero == SPAN.start
    check(project)


def test_fades_of_a_split_clip_stay_at_its_outer_ends():
    faded = scored().with_clip(replace(scored().clip("clip1"), fade_in=300, fade_out=4000))
    project = SplitClip("clip1", SPAN.end - 1000, right="r").apply(faded)
    assert (project.clip("clip1").fade_in, project.clip("clip1").fade_out) == (300, 0)
    assert (project.clip("r").fade_in, project.clip("r").fade_out) == (0, 1000)


@pytest.mark.parametrize("at", [SPAN.start, SPAN.end, 0])
def test_a_clip_is_split_only_within(at):
    with pytest.raises(Refused, match="within"):
        SplitClip("clip1", at).apply(scored())


def test_slipping_moves_the_sound_and_not_the_clip():
    project = SlipClip("a", 70).apply(row(A))
    assert project.clip("a") == replace(A, offset=70)
    for beyond in (-1, 901):
        with pytest.raises(Refused, match="longer than the sound"):
            SlipClip("a", beyond).apply(row(A))


def test_several_move_as_one_and_one_undo_takes_them_back():
    desk = Desk(row(A, B, C))
    for _ in range(5):
        desk.do(MoveClips(("a", "c"), 10, rows=0))
    assert starts(desk.project) == {"a": 50, "b": 100, "c": 350, "x": 350}
    desk.undo()
    assert desk.project == row(A, B, C)


def test_several_move_down_together_or_not_at_all():
    project = MoveClips(("a", "x"), 0, rows=1).apply(row(A, B))
    assert (project.clip("a").track, project.clip("x").track) == ("props", "cloth")
    with pytest.raises(Refused, match="no track"):
        MoveClips(("a", "x"), 0, rows=-1).apply(row(A, B))


def test_none_moves_where_one_cannot():
    with pytest.raises(Refused, match="before the project"):
        MoveClips(("a", "b"), -1).apply(row(A, B))


@pytest.mark.parametrize(
    ("ripple", "found"),
    [
        (Ripple.OFF, {"a": 0, "c": 300, "d": 500, "x": 350}),
        (Ripple.TRACK, {"a": 0, "c": 200, "d": 400, "x": 350}),
        (Ripple.ALL, {"a": 0, "c": 200, "d": 400, "x": 250}),
    ],
)
def test_what_follows_a_removed_clip_closes_up(ripple, found):
    assert starts(RemoveClip("b", ripple).apply(row(A, B, C, D))) == found


def test_several_removed_close_up_by_all_their_lengths():
    assert starts(RemoveClips(("a", "c"), Ripple.TRACK).apply(row(A, B, C, D))) == {"b": 0, "d": 300, "x": 350}


def test_a_clip_that_crosses_with_a_removed_one_begins_where_that_began():
    crossing = replace(B, start=80)
    assert starts(RemoveClip("a", Ripple.TRACK).apply(row(A, crossing, C))) == {"b": 0, "c": 220, "x": 350}


def test_trimming_with_ripple_moves_what_follows_and_not_the_clip():
    shorter = TrimClip("b", 130, 190, Ripple.TRACK).apply(row(A, B, C))
    assert shorter.clip("b") == replace(B, offset=80, length=60)
    assert starts(shorter) == {"a": 0, "b": 100, "c": 260, "x": 350}
    longer = TrimClip("b", 90, 220, Ripple.ALL).apply(row(A, B, C))
    assert longer.clip("b") == replace(B, offset=40, length=130)
    assert starts(longer) == {"a": 0, "b": 100, "c": 330, "x": 380}


def test_moving_with_ripple_takes_along_what_follows_on_the_track():
    assert starts(MoveClips(("b",), 40, ripple=Ripple.TRACK).apply(row(A, B, C, D))) == {
        "a": 0, "b": 140, "c": 340, "d": 540, "x": 350,
    }  # fmt: skip


def test_pasting_lays_copies_from_a_position_on():
    project = row(A, B, C)
    pasted = PasteClips(chosen(project, ["b", "x"]), 1000).apply(project)
    new = {(clip.track, clip.start, clip.offset) for clip in pasted.clips} - {
        (clip.track, clip.start, clip.offset) for clip in project.clips
    }
    assert new == {("feet", 1000, 50), ("props", 1250, 0)}
    assert len({clip.id for clip in pasted.clips}) == 6


def test_pasting_elsewhere_keeps_the_distance_of_tracks():
    project = row(A, B)
    pasted = PasteClips(chosen(project, ["a", "x"]), 1000, track="ambience").apply(project)
    assert {clip.track for clip in pasted.clips if clip.start >= 1000} == {"ambience"}
    pasted = PasteClips(chosen(project, ["a", "x"]), 1000, track="props").apply(project)
    assert [clip.track for clip in pasted.clips if clip.start >= 1000] == ["props", "cloth"]


def test_pasting_with_ripple_splits_what_lies_there_and_makes_room():
    project = PasteClips((C,), 150, ripple=Ripple.TRACK, fresh="f").apply(row(A, B, C))
    feet = sorted((clip.start, clip.end) for clip in project.clips if clip.track == "feet")
    assert feet == [(0, 100), (100, 150), (150, 250), (250, 300), (400, 500)]
    assert project.clip("x").start == 350
    check_clips(project.clips, project)


def test_pasting_what_is_gone_is_refused():
    project = row(A, B)
    without = replace(project, clips=(), takes=scored().takes)
    with pytest.raises(Refused, match="no take"):
        PasteClips((A,), 0).apply(without)
    with pytest.raises(Refused, match="nothing to paste"):
        PasteClips((), 0).apply(project)


def test_duplicates_lie_right_behind():
    project = DuplicateClips(("a", "b")).apply(row(A, B))
    assert sorted(clip.start for clip in project.clips if clip.track == "feet") == [0, 100, 200, 300]
    with pytest.raises(Refused, match="after the picture"):
        DuplicateClips(("a",)).apply(row(replace(A, start=1950)))


def test_inserted_time_moves_everything_behind_it():
    project = InsertTime(120, 30).apply(row(A, B, C))
    feet = sorted((clip.start, clip.end) for clip in project.clips if clip.track == "feet")
    assert feet == [(0, 100), (100, 120), (150, 230), (330, 430)]
    assert project.clip("x").start == 380
    one = InsertTime(120, 30, ("props",), Ripple.TRACK).apply(row(A, B, C))
    assert starts(one) == {"a": 0, "b": 100, "c": 300, "x": 380}


def test_a_fader_of_several_is_one_step():
    desk = Desk(row(A, B))
    for _ in range(3):
        desk.do(LouderClips(("a", "b"), -1.5))
    assert [clip.gain_db for clip in desk.project.clips] == [-4.5, -4.5, 0.0]
    desk.undo()
    assert not desk.can_undo
    with pytest.raises(Refused, match="gain"):
        desk.do(LouderClips(("a",), 30.0))


def test_the_same_edit_makes_the_same_project():
    """The journal applies an edit a second time."""
    for edit in (
        DuplicateClips(("a", "b"), Ripple.ALL),
        InsertTime(120, 30),
        SplitClip("a", 50),
        PasteClips((A,), 30, ripple=Ripple.ALL),
    ):
        assert edit.apply(row(A, B, C)) == edit.apply(row(A, B, C))


def test_a_clip_may_reach_over_the_picture_and_not_begin_there():
    assert MoveClips(("a",), 1950).apply(row(A)).clip("a").end == 2050
    with pytest.raises(Refused, match="after the picture"):
        MoveClips(("a",), 2000).apply(row(A))
