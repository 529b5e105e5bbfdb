import pytest
from project_parts import MINUTE, SPAN, scored

from engine.spec import Refused, Span
from foleydesk.document.desk import Desk
from foleydesk.document.edits import ChangeCue, MoveClip, RemoveClip, SetClip, SetMarks, SetTrack


def test_undo_gives_back_the_same_project_and_redo_the_other():
    first = scored()
    desk = Desk(first)
    desk.do(RemoveClip("clip1"))
    second = desk.project
    desk.undo()
    assert desk.project is first
    desk.redo()
    assert desk.project is second


def test_one_drag_is_one_undo_step():
    desk = Desk(scored())
    for to in range(0, 5000, 100):
        desk.do(MoveClip("clip1", "feet", to))
    desk.undo()
    assert desk.project == scored()
    assert not desk.can_undo
    desk.redo()
    assert desk.project.clip("clip1").start == 4900


def test_two_drags_are_two_steps():
    desk = Desk(scored())
    desk.do(MoveClip("clip1", "props", 100))
    desk.seal()
    desk.do(MoveClip("clip1", "props", 200))
    desk.undo()
    assert desk.project.clip("clip1").start == 100


def test_a_drag_back_to_where_it_began_is_no_step():
    desk = Desk(scored())
    desk.do(MoveClip("clip1", "props", 100))
    desk.do(MoveClip("clip1", "props", SPAN.start))
    assert not desk.can_undo
    assert desk.project == scored()


@pytest.mark.parametrize(
    ("first", "second", "steps"),
    [
        (SetMarks(Span(0, 10)), SetMarks(Span(0, 20)), 1),
        (SetMarks(Span(0, 10)), SetMarks(None), 2),
        (ChangeCue("c1", prompt="a"), ChangeCue("c1", prompt="ab"), 1),
        (ChangeCue("c1", prompt="a"), ChangeCue("c1", negative="b"), 2),
        (SetClip("clip1", gain_db=-1.0), SetClip("clip1", gain_db=-2.0), 1),
        (SetClip("clip1", gain_db=-1.0), SetClip("clip1", fade_in=10), 2),
        (SetTrack("feet", gain_db=-1.0), SetTrack("feet", gain_db=-2.0), 1),
        (SetTrack("feet", mute=True), SetTrack("feet", mute=False), 2),
        (SetTrack("feet", gain_db=-1.0), SetTrack("props", gain_db=-1.0), 2),
    ],
    ids=str,
)
def test_what_belongs_together_is_one_step(first, second, steps):
    desk = Desk(scored())
    desk.do(first)
    desk.do(second)
    taken_back = 0
    while desk.can_undo:
        desk.undo()
        taken_back += 1
    assert taken_back == steps
    assert desk.project == scored()


def test_a_refused_edit_changes_nothing_and_is_no_step():
    desk = Desk(scored())
    told = []
    desk.subscribe(lambda *change: told.append(change))
    with pytest.raises(Refused):
        desk.do(MoveClip("clip1", "props", -1))
    assert desk.project == scored()
    assert not desk.can_undo and not desk.dirty and told == []


def test_an_edit_without_effect_is_no_step():
    desk = Desk(scored())
    desk.do(SetTrack("feet", mute=False))
    assert not desk.can_undo


def test_a_new_edit_ends_the_way_forward():
    desk = Desk(scored())
    desk.do(MoveClip("clip1", "props", 100))
    desk.undo()
    desk.do(MoveClip("clip1", "props", MINUTE - 1))
    assert not desk.can_redo


def test_watchers_hear_of_every_change_until_they_leave():
    desk = Desk(scored())
    told = []
    leave = desk.subscribe(lambda project, earlier: told.append((project, earlier)))
    desk.do(RemoveClip("clip1"))
    desk.undo()
    assert [change[0] for change in told] == [told[0][0], scored()]
    assert told[0][1] == told[1][0]
    leave()
    desk.redo()
    assert len(told) == 2


def test_dirty_means_other_than_saved():
    desk = Desk(scored())
    desk.do(RemoveClip("clip1"))
    assert desk.dirty
    desk.undo()
    assert not desk.dirty
    desk.redo()
    desk.saved()
    assert not desk.dirty
    desk.undo()
    assert desk.dirty


def test_the_menu_says_what_is_undone():
    desk = Desk(scored())
    assert (desk.undo_text, desk.redo_text) == ("", "")
    desk.do(RemoveClip("clip1"))
    assert desk.undo_text == "Remove Clip"
    desk.undo()
    assert (desk.undo_text, desk.redo_text) == ("", "Remove Clip")


def test_what_the_journal_refuses_does_not_happen():
    def full(change):
        raise Refused("The disk is full.")

    desk = Desk(scored(), journal=full)
    with pytest.raises(Refused):
        desk.do(RemoveClip("clip1"))
    assert desk.project == scored()
    assert not desk.can_undo


def test_the_history_names_its_steps_and_any_can_be_gone_to():
    desk, told, lines = Desk(scored(), journal=lambda change: lines.append(change)), [], []
    states = [desk.project]
    for edit in (RemoveClip("clip1"), SetTrack("feet", mute=True), SetMarks(Span(0, 10))):
        desk.do(edit)
        states.append(desk.project)
    assert (desk.history, desk.place) == (("Remove Clip", "Change Track", "Mark"), 3)
    desk.subscribe(lambda project, earlier: told.append((project, earlier)))
    lines.clear()
    for place in (1, 3, 0, 2, 2):
        before = desk.project
        desk.go_to(place)
        assert desk.project == states[place] and desk.place == place
        assert desk.history == ("Remove Clip", "Change Track", "Mark")
        assert place == 2 or told[-1] == (states[place], before)
    assert len(lines) == len(told) == 4
    desk.undo()
    assert desk.project == states[1]
    with pytest.raises(Refused, match="no such step"):
        desk.go_to(4)


def test_a_new_edit_ends_the_history_there():
    desk = Desk(scored())
    for edit in (RemoveClip("clip1"), SetTrack("feet", mute=True)):
        desk.do(edit)
    desk.go_to(1)
    desk.do(SetMarks(Span(0, 10)))
    assert (desk.history, desk.place) == (("Remove Clip", "Mark"), 2)
