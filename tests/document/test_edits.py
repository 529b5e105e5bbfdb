from dataclasses import replace

import pytest
from project_parts import MINUTE, SPAN, candidate, media, scored, takes

from engine.spec import Event, Refused, Span
from foleydesk.document.edits import (
    AddCue,
    AddTakes,
    AddTrack,
    ChangeCue,
    ChooseModel,
    MoveClip,
    OpenMedia,
    PlaceTake,
    RemoveClip,
    RemoveCue,
    RemoveTrack,
    SetClip,
    SetEvents,
    SetMarks,
    SetReference,
    SetTrack,
    Together,
    TrimClip,
)
from foleydesk.document.project import Cue, Project, Reference, Take, Track
from foleydesk.document.rules import check

REFUSED = [
    OpenMedia(media("/other.mp4", hash="another picture")),
    OpenMedia(media(length=0)),
    SetMarks(Span(-1, 10)),
    SetMarks(Span(10, 10)),
    SetMarks(Span(0, MINUTE + 1)),
    AddCue(Cue("c1", 0, 10)),
    AddCue(Cue("c2", 10, 5)),
    AddCue(Cue("c2", 0, MINUTE + 1)),
    AddCue(Cue("c2", 0, 10, status="wonderful")),
    AddCue(Cue("c2", 0, 10, events=(Event(11, 0.5),))),
    ChangeCue("nobody", prompt="x"),
    ChangeCue("c1", end=0),
    RemoveCue("nobody"),
    SetEvents("c1", (Event(SPAN.start, 1.5),)),
    SetEvents("c1", (Event(SPAN.end, 0.5),)),
    SetReference("nobody", Reference("/rail.wav", "rail")),
    SetReference("c1", Reference("", "")),
    AddTakes((Take("t", "nobody", candidate(9)),)),
    AddTakes((Take("c1-t0", "c1", candidate(9)),)),
    PlaceTake("c1", "nothing", "props"),
    PlaceTake("c1", "c1-t0", "nowhere"),
    MoveClip("clip1", "props", -1),
    MoveClip("clip1", "props", MINUTE),
    MoveClip("clip1", "nowhere", 0),
    TrimClip("clip1", SPAN.start - 1, SPAN.end),
    TrimClip("clip1", SPAN.start, SPAN.end + 1),
    TrimClip("clip1", SPAN.end, SPAN.end),
    SetClip("clip1", gain_db=float("nan")),
    SetClip("clip1", gain_db=99.0),
    SetClip("clip1", fade_in=SPAN.length, fade_out=1),
    SetClip("clip1", fade_in=-1),
    RemoveClip("nothing"),
    AddTrack(Track("props", "Props again")),
    AddTrack(Track("new", " ")),
    SetTrack("props", gain_db=float("inf")),
    SetTrack("props", name=""),
    RemoveTrack("nowhere"),
    ChooseModel(""),
]


@pytest.mark.parametrize("edit", REFUSED, ids=str)
def test_an_edit_that_cannot_be_is_refused_in_one_sentence(edit):
    project = scored()
    with pytest.raises(Refused) as refusal:
        edit.apply(project)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert project == scored()


@pytest.mark.parametrize("edit", REFUSED, ids=str)
def test_together_is_all_or_none(edit):
    with pytest.raises(Refused):
        Together((SetTrack("props", gain_db=-3.0), edit), "Both").apply(scored())


def test_every_edit_has_words_for_the_menu():
    assert all(edit.text for edit in REFUSED)
    assert Together((), "Move Both").text == "Move Both"


def test_a_new_picture_clears_the_marks_and_the_same_one_keeps_everything():
    marked = SetMarks(Span(0, 10)).apply(Project(media=media()))
    assert OpenMedia(media("/b.mp4", hash="b")).apply(marked).marks is None
    moved = OpenMedia(media("/elsewhere.mp4")).apply(scored())
    assert moved.media.path == "/elsewhere.mp4"
    assert moved.clips == scored().clips


def test_a_pick_lies_under_the_picture_it_was_made_for():
    clip = scored().clip("clip1")
    assert (clip.start, clip.length, clip.offset, clip.track) == (SPAN.start, SPAN.length, 0, "props")
    assert scored().cue("c1").status == "picked"


def test_another_pick_takes_the_place_of_the_first():
    again = PlaceTake("c1", "c1-t2", "feet", "clip2").apply(scored())
    assert [clip.id for clip in again.clips] == ["clip2"]
    assert again.clip("clip2").take == "c1-t2"


def test_a_copy_laid_elsewhere_stays_when_the_pick_changes():
    moved = MoveClip("clip1", "feet", 10 * 48_000).apply(scored())
    again = PlaceTake("c1", "c1-t2", "props", "clip2").apply(moved)
    assert {clip.id for clip in again.clips} == {"clip1", "clip2"}


def test_trimming_leaves_the_sound_where_it_was():
    trimmed = TrimClip("clip1", SPAN.start + 1000, SPAN.end - 500).apply(scored()).clip("clip1")
    assert (trimmed.start, trimmed.offset, trimmed.length) == (SPAN.start + 1000, 1000, SPAN.length - 1500)


def test_fades_give_way_when_the_clip_is_trimmed():
    faded = SetClip("clip1", fade_in=20_000, fade_out=20_000).apply(scored())
    trimmed = TrimClip("clip1", SPAN.start, SPAN.start + 30_000).apply(faded).clip("clip1")
    assert (trimmed.fade_in, trimmed.fade_out) == (20_000, 10_000)


def test_events_are_kept_in_order_and_those_outside_a_new_span_are_let_go():
    events = (Event(SPAN.end - 1, 0.5), Event(SPAN.start, 1.0))
    project = SetEvents("c1", events).apply(scored())
    assert project.cue("c1").events == events[::-1]
    assert ChangeCue("c1", end=SPAN.end - 1).apply(project).cue("c1").events == (events[1],)
    assert SetEvents("c1", None).apply(project).cue("c1").events is None


def test_a_removed_cue_takes_its_takes_and_clips_along():
    project = RemoveCue("c1").apply(scored())
    assert (project.cues, project.takes, project.clips) == ((), (), ())


def test_the_same_candidate_is_not_kept_twice():
    again = tuple(replace(take, id=f"{take.id}-again") for take in takes())
    assert AddTakes(again).apply(scored()) == scored()


def test_new_takes_say_that_the_cue_has_some():
    project = AddCue(Cue("c2", 0, 10)).apply(scored())
    project = AddTakes((Take("t", "c2", candidate(5)),)).apply(project)
    assert project.cue("c2").status == "generated"


def test_a_removed_track_takes_its_clips_along_and_the_last_one_stays():
    project = RemoveTrack("props").apply(scored())
    assert project.clips == ()
    for name in ("feet", "cloth"):
        project = RemoveTrack(name).apply(project)
    with pytest.raises(Refused):
        RemoveTrack("ambience").apply(project)


def test_a_project_that_no_edit_could_have_made_is_refused():
    project = scored()
    for wrong in (
        replace(project, clips=project.clips * 2),
        replace(project, takes=()),
        replace(project, cues=()),
        replace(project, tracks=()),
        replace(project, media=media(length=100)),
    ):
        with pytest.raises(Refused):
            check(wrong)


def test_a_reference_sound_is_set_and_cleared():
    rail = Reference("/sounds/rail.wav", "rail")
    project = SetReference("c1", rail).apply(scored())
    assert project.cue("c1").reference == rail
    assert SetReference("c1", None).apply(project) == scored()


def test_a_reference_that_was_moved_is_found_again_for_every_cue():
    project = AddCue(Cue("c2", 0, 10, reference=Reference("/old/rail.wav", "rail"))).apply(scored())
    project = AddCue(Cue("c3", 0, 10, reference=Reference("/old/wood.wav", "wood"))).apply(project)
    project = SetReference("c1", Reference("/new/rail.wav", "rail")).apply(project)
    paths = {cue.id: cue.reference.path for cue in project.cues if cue.reference}
    assert paths == {"c1": "/new/rail.wav", "c2": "/new/rail.wav", "c3": "/old/wood.wav"}


def made_from(base: str, seed: int = 9) -> Take:
    """A take that partly keeps the sound of `base`."""
    made = candidate(seed)
    return Take("again", "c1", replace(made, recipe=replace(made.recipe, base=base, strength=0.5)))


def test_a_take_made_from_the_placed_one_lies_as_that_one_lay():
    project = scored()
    for edit in (
        MoveClip("clip1", "feet", 60_000),
        TrimClip("clip1", 61_000, 90_000),
        SetClip("clip1", gain_db=-4.0, fade_out=500),
    ):
        project = edit.apply(project)
    before = project.clip("clip1")
    project = AddTakes((made_from(project.take("c1-t1").candidate.wav),)).apply(project)
    project = PlaceTake("c1", "again", "props", "clip2").apply(project)
    assert project.clips == (replace(before, id="clip2", take="again"),)


def test_a_take_made_from_another_one_lies_where_it_was_made_for():
    project = MoveClip("clip1", "feet", 60_000).apply(scored())
    project = AddTakes((made_from(project.take("c1-t0").candidate.wav),)).apply(project)
    project = PlaceTake("c1", "again", "props", "clip2").apply(project)
    assert [(clip.track, clip.start) for clip in project.clips] == [("props", SPAN.start)]
