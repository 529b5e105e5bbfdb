import pytest
from project_parts import SPAN, candidate

from engine.spec import Refused
from foleydesk.document.comparison import Comparison

FOUR = tuple(candidate(seed) for seed in range(4))


def test_without_a_seed_the_letters_follow_the_ranking():
    comparison = Comparison(FOUR)
    assert comparison.shown == FOUR
    assert comparison.letters == ("A", "B", "C", "D")


def test_a_seed_shuffles_the_same_way_every_time_and_every_order_comes_up():
    assert Comparison(FOUR, seed=5).shown == Comparison(FOUR, seed=5).shown
    orders = {Comparison(FOUR, seed=seed).shown for seed in range(500)}
    assert len(orders) == 24


def test_blind_hides_until_the_choice():
    comparison = Comparison(FOUR, seed=1, blind=True)
    assert comparison.hidden
    comparison.pick("A")
    assert not comparison.hidden


def test_a_pick_says_what_was_shown_heard_and_chosen():
    comparison = Comparison(FOUR, seed=2, blind=True, project="Bunny", cue="c1")
    first, second = comparison.candidate("A"), comparison.candidate("B")
    comparison.heard(first.id, 24_000)
    comparison.heard(second.id, 48_000)
    comparison.heard(first.id, 24_000)
    comparison.gain(second.id, -3.5)
    event = comparison.pick("B")
    assert event.action == "pick" and event.winner == second.id and event.blind
    assert event.shown == tuple(one.id for one in comparison.shown)
    assert event.heard_ms[first.id] == event.heard_ms[second.id] == 1000
    assert sorted(event.heard_ms.values()) == [0, 0, 1000, 1000]
    assert event.gains_db[second.id] == -3.5
    assert (event.project, event.cue, event.span, event.media_hash) == ("Bunny", "c1", SPAN, "picture")
    assert comparison.switches == 2


@pytest.mark.parametrize(("decide", "action"), [("tie", "tie"), ("none_good", "none")])
def test_a_tie_and_none_good_have_no_winner(decide, action):
    event = getattr(Comparison(FOUR), decide)()
    assert (event.action, event.winner) == (action, None)


def test_letters_that_are_not_there_are_refused():
    with pytest.raises(Refused):
        Comparison(FOUR[:2]).pick("C")
    with pytest.raises(Refused):
        Comparison(FOUR[:2]).heard(FOUR[3].id, 10)
    with pytest.raises(Refused):
        Comparison(())
