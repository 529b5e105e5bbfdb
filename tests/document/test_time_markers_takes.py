"""Settings of time, markers, events, takes, tracks and sounds: one edit after the other."""

from dataclasses import replace
from fractions import Fraction

import pytest
from project_parts import MINUTE, SPAN, media, scored

from engine.spec import Event, Refused
from foleydesk.document.desk import Desk
from foleydesk.document.edits import (
    AddEvent,
    AddMarker,
    AddSound,
    AddTrack,
    ChangeCue,
    ChangeProject,
    MoveEvent,
    MoveTrack,
    OpenMedia,
    PlaceSound,
    Relink,
    RemoveEvents,
    RemoveMarker,
    RemoveSound,
    RemoveTakes,
    RemoveTrack,
    SetMarker,
    SetReference,
    SetStrength,
    SetTake,
    SetTrack,
    ShiftEvents,
)
from foleydesk.document.marker_edits import markers_in_order
from foleydesk.document.project import Kept, Marker, Project, Reference, Sound, Track
from foleydesk.document.rules import check
from foleydesk.document.timebase import FIRST_HOUR, Unit
from foleydesk.document.track_edits import next_colour

NTSC = Fraction(30_000, 1001)
DOOR = Sound("door", "/sounds/door.wav", "a door", 9600, "Door")
FOUND = (Event(SPAN.start + 10, 0.5), Event(SPAN.start + 90, 1.0), Event(SPAN.end + 5, 1.0))


def refused(edit, project: Project, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        edit.apply(project)
    assert str(refusal.value).count(".") >= 1 and "\n" not in str(refusal.value)


def test_a_project_begins_at_hour_one_in_time_code():
    assert (Project().start, Project().unit, Project().drop) == (FIRST_HOUR, Unit.TIME_CODE, False)
    assert scored().rate.timecode(0, scored().start) == "01:00:00:00"


def test_start_drop_frame_and_unit_are_settings():
    project = OpenMedia(replace(media(), rate=NTSC)).apply(Project())
    project = ChangeProject(start=10 * FIRST_HOUR, drop=True, unit=Unit.FRAMES).apply(project)
    assert project.rate.timecode(0, project.start) == "10:00:00;00"
    assert project.rate.say(48_000, project.unit, project.start) == "29f"
    assert check(ChangeProject(drop=False).apply(project)).rate.timecode(0, project.start) == "10:00:00:00"


def test_drop_frame_is_refused_where_it_does_not_exist():
    refused(ChangeProject(drop=True), scored(), "29.97")
    refused(ChangeProject(start=-1), scored(), "24 hours")
    refused(ChangeProject(start=24 * FIRST_HOUR), scored(), "24 hours")


def test_a_picture_that_cannot_drop_ends_dropping():
    project = ChangeProject(drop=True).apply(Project())
    assert not OpenMedia(media()).apply(project).drop
    assert OpenMedia(replace(media(), rate=NTSC)).apply(project).rate.drop


def test_markers_are_added_moved_renamed_and_removed():
    desk = Desk(scored())
    desk.do(AddMarker(Marker("m1", 900)))
    desk.do(AddMarker(Marker("m2", 100, "door")))
    for at in range(50, 100):
        desk.do(SetMarker("m1", at=at))
    desk.seal()
    desk.do(SetMarker("m1", name="first step"))
    assert markers_in_order(desk.project) == (Marker("m1", 99, "first step"), Marker("m2", 100, "door"))
    assert desk.history == ("Add Marker", "Add Marker", "Move Marker", "Rename Marker")
    desk.do(RemoveMarker("m2"))
    assert len(desk.project.markers) == 1
    desk.go_to(0)
    assert desk.project == scored()


def test_markers_stay_within_the_picture():
    refused(AddMarker(Marker("m", -1)), scored(), "within the picture")
    refused(AddMarker(Marker("m", MINUTE)), scored(), "within the picture")
    project = AddMarker(Marker("m", 5)).apply(scored())
    refused(AddMarker(Marker("m", 7)), project, "already")
    refused(SetMarker("gone", at=7), project, "no marker")


def test_the_first_edit_of_events_takes_over_what_was_found():
    project = MoveEvent("c1", SPAN.start + 10, SPAN.start + 20, FOUND).apply(scored())
    assert project.cue("c1").events == (Event(SPAN.start + 20, 0.5), Event(SPAN.start + 90, 1.0))
    project = SetStrength("c1", SPAN.start + 90, 0.25).apply(project)
    project = AddEvent("c1", Event(SPAN.start + 5, 0.75)).apply(project)
    assert [event.strength for event in project.cue("c1").events] == [0.75, 0.5, 0.25]
    project = RemoveEvents("c1", (SPAN.start + 5, SPAN.start + 90)).apply(project)
    assert project.cue("c1").events == (Event(SPAN.start + 20, 0.5),)


def test_an_event_that_is_dragged_is_one_step():
    desk = Desk(scored())
    for by in range(20):
        desk.do(MoveEvent("c1", SPAN.start + 10 + by, SPAN.start + 11 + by, FOUND))
    assert desk.project.cue("c1").events[0].at == SPAN.start + 30
    desk.undo()
    assert desk.project == scored()


def test_events_that_cannot_be_are_refused():
    refused(MoveEvent("c1", 1, 2, FOUND), scored(), "no event")
    refused(MoveEvent("c1", SPAN.start + 10, SPAN.start + 90, FOUND), scored(), "already")
    refused(MoveEvent("c1", SPAN.start + 10, SPAN.end, FOUND), scored(), "outside its cue")
    refused(SetStrength("c1", SPAN.start + 10, 2.0, FOUND), scored(), "0 to 1")
    refused(ShiftEvents("c1", -11, FOUND), scored(), "outside its cue")


def test_all_events_shift_together():
    project = ShiftEvents("c1", -10, FOUND).apply(scored())
    assert [event.at for event in project.cue("c1").events] == [SPAN.start, SPAN.start + 80]


def test_a_cue_has_the_fields_of_a_spotting_list():
    project = ChangeCue("c1", name="1M1 steps", notes="left foot drags", character="Bunny").apply(scored())
    cue = project.cue("c1")
    assert (cue.name, cue.notes, cue.character, cue.prompt) == ("1M1 steps", "left foot drags", "Bunny", "steps")


def test_takes_are_kept_trashed_and_noted():
    desk = Desk(scored())
    desk.do(SetTake("c1-t0", Kept.KEPT))
    for note in ("t", "to", "too dry"):
        desk.do(SetTake("c1-t0", notes=note))
    desk.seal()
    desk.do(SetTake("c1-t1", Kept.TRASHED))
    assert (desk.project.take("c1-t0").kept, desk.project.take("c1-t0").notes) == (Kept.KEPT, "too dry")
    assert desk.history == ("Keep Take", "Change Notes", "Trash Take")
    assert desk.project.clip("clip1").take == "c1-t1"


def test_a_take_on_a_track_is_not_removed():
    refused(RemoveTakes(("c1-t1",)), scored(), "remove its clip first")
    assert len(RemoveTakes(("c1-t0", "c1-t2")).apply(scored()).takes) == 2


def test_tracks_of_any_number_in_any_order():
    project = scored()
    for i in range(40):
        project = AddTrack(Track(f"t{i}", f"Track {i}", colour=next_colour(project))).apply(project)
    assert [track.colour for track in project.tracks] == list(range(44))
    project = MoveTrack("t39", 0).apply(AddTrack(Track("top", "Top"), 1).apply(project))
    assert [track.id for track in project.tracks[:3]] == ["t39", "feet", "top"]
    assert MoveTrack("feet", 999).apply(project).tracks[-1].id == "feet"
    named = SetTrack("props", name="Doors", colour=7).apply(project)
    assert (named.track("props").name, named.track("props").colour) == ("Doors", 7)
    assert RemoveTrack("props").apply(project).clips == ()


def test_a_sound_of_the_users_own_lies_on_a_track():
    project = PlaceSound("door", "feet", 100, clip="k").apply(AddSound(DOOR).apply(scored()))
    assert project.clip("k").source == "door" and project.clip("k").length == 9600
    part = PlaceSound("door", "feet", 100, 600, 1000, "k").apply(AddSound(DOOR).apply(scored()))
    assert (part.clip("k").zero, part.clip("k").length) == (-500, 1000)
    check(part)
    refused(PlaceSound("door", "feet", 100, 600, 9601), AddSound(DOOR).apply(scored()), "longer than the sound")
    refused(PlaceSound("gone", "feet", 100), scored(), "no sound")
    assert RemoveSound("door").apply(project) == scored()


def test_a_sound_is_had_once():
    project = AddSound(DOOR).apply(scored())
    assert AddSound(replace(DOOR, id="again")).apply(project) == project
    refused(AddSound(replace(DOOR, id="c1-t0", hash="other")), project, "already")
    refused(AddSound(replace(DOOR, id="e", hash="empty", length=0)), project, "no sound")


def test_relinking_moves_everything_of_that_content():
    project = AddSound(DOOR).apply(SetReference("c1", Reference("/sounds/door.wav", "a door")).apply(scored()))
    project = Relink((("a door", "/new/door.wav"), ("picture", "/new/bunny.mp4"))).apply(project)
    assert project.media.path == "/new/bunny.mp4"
    assert project.cue("c1").reference.path == project.sounds[0].path == "/new/door.wav"
