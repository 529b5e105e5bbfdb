"""Whatever is done in whatever order."""

from hypothesis import given, settings
from hypothesis import strategies as st
from project_parts import MINUTE, SPAN, candidate, media

from engine.spec import Event, Refused, Span, from_json, to_json
from foleydesk.document import edits
from foleydesk.document.desk import Desk
from foleydesk.document.project import Cue, Project, Reference, Status, Take, Track
from foleydesk.document.rules import check
from foleydesk.storage.changes import changed, changes

AT = st.integers(-10, MINUTE + 10) | st.integers(SPAN.start - 100, SPAN.end + 100) | st.integers(0, 1000)
CUES, CLIPS, TAKES = (st.sampled_from([f"{kind}{i}" for i in range(4)]) for kind in ("cue", "clip", "take"))
TRACKS = st.sampled_from(["feet", "props", "cloth", "ambience", "more"])
GAINS = st.floats(-120, 40) | st.just(float("nan"))
NOT = st.none()
SPANS = st.builds(Span, AT, AT) | st.just(SPAN)
EVENTS = st.lists(st.builds(Event, AT, st.floats(-0.1, 1.1)), max_size=3).map(tuple)
TAKE = st.builds(
    lambda name, cue, seed, span: Take(name, cue, candidate(seed, span)), TAKES, CUES, st.integers(0, 5), SPANS
)
EDIT = st.one_of(
    st.builds(edits.SetMarks, NOT | SPANS),
    st.builds(edits.AddCue, st.builds(Cue, CUES, AT, AT, st.text(max_size=5), events=NOT | EVENTS)),
    st.builds(
        edits.ChangeCue, CUES, NOT | AT, NOT | AT, NOT | st.text(max_size=5), status=NOT | st.sampled_from(Status)
    ),
    st.builds(edits.RemoveCue, CUES),
    st.builds(edits.SetEvents, CUES, NOT | EVENTS),
    st.builds(edits.SetReference, CUES, NOT | st.builds(Reference, st.text(max_size=3), st.text(max_size=3))),
    st.builds(edits.AddTakes, st.lists(TAKE, max_size=3).map(tuple)),
    st.builds(edits.PlaceTake, CUES, TAKES, TRACKS, CLIPS),
    st.builds(edits.MoveClip, CLIPS, TRACKS, AT),
    st.builds(edits.TrimClip, CLIPS, AT, AT),
    st.builds(edits.SetClip, CLIPS, NOT | GAINS, NOT | AT, NOT | AT),
    st.builds(edits.RemoveClip, CLIPS),
    st.builds(edits.SetTrack, TRACKS, NOT | st.text(max_size=3), NOT | GAINS, NOT | st.booleans()),
    st.builds(edits.AddTrack, st.builds(Track, TRACKS, st.text(max_size=3))),
    st.builds(edits.RemoveTrack, TRACKS),
    st.builds(edits.ChooseModel, st.sampled_from(["", "a", "b"]), NOT | st.text(max_size=3)),
)
START = edits.Together(
    (
        edits.OpenMedia(media()),
        edits.AddCue(Cue("cue0", SPAN.start, SPAN.end)),
        edits.AddCue(Cue("cue1", 0, 5000)),
        edits.AddTakes((Take("take0", "cue0", candidate(0)), Take("take1", "cue1", candidate(1, Span(0, 5000))))),
        edits.PlaceTake("cue0", "take0", "props", "clip0"),
    ),
    "Begin",
).apply(Project())


def played(desk: Desk, sequence: list) -> list[Project]:
    """Every project on the way; what is refused is passed by."""
    projects = [desk.project]
    for edit in sequence:
        try:
            desk.do(edit)
        except Refused:
            continue
        projects.append(desk.project)
    return projects


@settings(max_examples=150, deadline=None)
@given(st.lists(EDIT, max_size=40))
def test_undo_all_is_the_first_and_redo_all_is_the_last(sequence):
    desk = Desk(START)
    last = played(desk, sequence)[-1]
    while desk.can_undo:
        desk.undo()
    assert desk.project == START
    while desk.can_redo:
        desk.redo()
    assert desk.project == last


@settings(max_examples=150, deadline=None)
@given(st.lists(EDIT, max_size=40))
def test_no_edit_ever_leaves_what_cannot_be(sequence):
    for project in played(Desk(START), sequence):
        check(project)


@settings(max_examples=100, deadline=None)
@given(st.lists(EDIT, max_size=40))
def test_saved_and_read_is_the_same(sequence):
    for project in played(Desk(START), sequence)[-1:]:
        assert from_json(Project, to_json(project)) == project


@settings(max_examples=100, deadline=None)
@given(st.lists(EDIT, max_size=40))
def test_changes_lead_from_each_project_to_the_next(sequence):
    projects = played(Desk(START), sequence)
    for before, after in zip(projects, projects[1:], strict=False):
        assert changed(before, changes(before, after)) == after
        assert changed(after, changes(after, before)) == before
