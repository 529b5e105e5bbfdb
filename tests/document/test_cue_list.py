from hypothesis import given
from hypothesis import strategies as st

from foleydesk.document.cue_list import Column, found_cues, numbers, sorted_cues
from foleydesk.document.project import Cue, Project, Status

STEPS = Cue("a", 500, 900, "steps on gravel", status=Status.PICKED, name="Walk", character="Béa", category="FOOTHmn")
DOOR = Cue("b", 100, 200, "a door", status=Status.TO_DO, name="entrance", notes="heavy, old oak")
WIND = Cue("c", 100, 5000, "wind", status=Status.APPROVED, category="WINDGen")
CUES = (STEPS, DOOR, WIND)


def ids(cues) -> str:
    return "".join(cue.id for cue in cues)


def test_every_column_sorts_and_what_is_equal_goes_by_time():
    assert ids(sorted_cues(CUES)) == "bca"
    assert ids(sorted_cues(CUES, Column.START, reverse=True)) == "abc"
    assert ids(sorted_cues(CUES, Column.LENGTH)) == "bac"
    assert ids(sorted_cues(CUES, Column.STATUS)) == "bac"
    assert ids(sorted_cues(CUES, Column.PROMPT)) == "bac"


def test_what_has_no_word_comes_last_either_way():
    assert ids(sorted_cues(CUES, Column.NAME)) == "bac"
    assert ids(sorted_cues(CUES, Column.NAME, reverse=True)) == "abc"


def test_every_word_is_found_somewhere_whatever_case_and_accent():
    assert ids(found_cues(CUES, "")) == "abc"
    assert ids(found_cues(CUES, "GRAVEL bea")) == "a"
    assert ids(found_cues(CUES, "oak door")) == "b"
    assert ids(found_cues(CUES, "door gravel")) == ""
    assert ids(found_cues(CUES, "wind")) == "c"


def test_a_column_may_be_named_and_words_quoted():
    assert ids(found_cues(CUES, "status:picked")) == "a"
    assert ids(found_cues(CUES, "Prompt:do")) == "b"
    assert ids(found_cues(CUES, 'notes:"old oak"')) == "b"
    assert ids(found_cues(CUES, 'status:"to do"')) == "b"
    assert ids(found_cues(CUES, "10:30")) == ""


def test_numbers_follow_time():
    assert numbers(Project(cues=CUES)) == {"b": 1, "c": 2, "a": 3}


@given(st.lists(st.sampled_from(CUES), unique=True), st.sampled_from(Column), st.booleans(), st.text(max_size=6))
def test_sorting_and_searching_lose_and_invent_nothing(cues, by, reverse, query):
    assert set(sorted_cues(cues, by, reverse)) == set(cues)
    assert set(found_cues(cues, query)) <= set(cues)
