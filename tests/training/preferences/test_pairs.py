from dataclasses import replace

import pytest
from project_parts import candidate

from engine.spec import Refused, Span
from foleydesk.document.comparison import Comparison
from training.preferences.pairs import Pair, export_pairs, held_out, pairs, read_pairs
from training.preferences.store import PickStore


@pytest.fixture
def store(tmp_path):
    with PickStore(tmp_path / "picks.sqlite") as store:
        yield store


def choose(store, shown, winner, heard, decide="pick"):
    comparison = Comparison(shown)
    for one in heard:
        comparison.heard(one.id, 4800)
    event = comparison.pick(comparison.letter(winner.id)) if decide == "pick" else getattr(comparison, decide)()
    store.add(event, tuple(shown))
    return event


@pytest.fixture
def four(tmp_path):
    return tuple(candidate(seed, folder=tmp_path) for seed in range(4))


def test_the_winner_stands_over_each_loser_that_was_heard(store, four, tmp_path):
    event = choose(store, four, four[1], heard=four[:3])
    found = pairs(store, tmp_path)
    assert [(pair.winner_wav, pair.loser_wav) for pair in found] == [(four[1].wav, four[i].wav) for i in (0, 2)]
    assert [(pair.winner_seed, pair.loser_seed) for pair in found] == [(1, 0), (1, 2)]
    assert [pair.weight for pair in found] == [0.5, 0.5]
    assert {pair.event_id for pair in found} == {event.id}
    assert {(pair.source, pair.model) for pair in found} == {("human", "visiosonic-mini")}
    assert len({pair.id for pair in found}) == 2


def test_a_winner_need_not_have_been_heard_but_someone_must_have_lost(store, four, tmp_path):
    choose(store, four, four[0], heard=())
    assert pairs(store, tmp_path) == []
    choose(store, four, four[0], heard=four[3:])
    assert len(pairs(store, tmp_path)) == 1


@pytest.mark.parametrize("decide", ["tie", "none_good"])
def test_ties_and_none_good_are_kept_but_give_no_pair(store, four, tmp_path, decide):
    choose(store, four, four[0], four, decide)
    assert len(store.events()) == 1
    assert pairs(store, tmp_path) == []


def test_a_retracted_pick_gives_no_pair(store, four, tmp_path):
    event = choose(store, four, four[0], four)
    store.retract(event.id)
    assert pairs(store, tmp_path) == []


def test_of_two_picks_between_the_same_sounds_the_later_counts(store, four, tmp_path):
    choose(store, four[:2], four[0], four[:2])
    later = choose(store, four[:2], four[1], four[:2])
    found = pairs(store, tmp_path)
    assert [(pair.winner_wav, pair.event_id) for pair in found] == [(four[1].wav, later.id)]


def test_no_pair_crosses_prompts_spans_or_models(store, four, tmp_path):
    others = (
        candidate(9, prompt="rain", folder=tmp_path),
        candidate(8, span=Span(0, 48_000), folder=tmp_path),
        replace(four[1], id="other model", recipe=replace(four[1].recipe, model="other")),
    )
    choose(store, (four[0], *others), four[0], others)
    assert pairs(store, tmp_path) == []


def test_base_and_adapter_may_be_compared(store, four, tmp_path):
    adapted = replace(four[1], id="adapted", recipe=replace(four[1].recipe, adapter="taste-1"))
    choose(store, (four[0], adapted), adapted, four[:1])
    assert len(pairs(store, tmp_path)) == 1


def test_sounds_that_are_gone_give_no_pair(store, four, tmp_path):
    choose(store, four, four[0], four)
    (tmp_path / f"{four[2].id}.wav").unlink()
    assert [pair.weight for pair in pairs(store, tmp_path)] == [0.5, 0.5]


def test_exported_and_read_is_the_same(store, four, tmp_path):
    choose(store, four, four[0], four)
    found = pairs(store, tmp_path)
    export_pairs(found, tmp_path / "pairs.jsonl")
    assert read_pairs(tmp_path / "pairs.jsonl") == found
    assert len((tmp_path / "pairs.jsonl").read_text().splitlines()) == 3


def test_an_export_that_cannot_be_is_refused(store, four, tmp_path):
    with pytest.raises(Refused):
        export_pairs([], tmp_path / "nowhere" / "pairs.jsonl")
    with pytest.raises(Refused):
        read_pairs(tmp_path / "nothing.jsonl")


def pair(name: str, start: int, end: int, media: str = "a") -> Pair:
    recipe = replace(candidate(0, Span(start, end)).recipe, media_hash=media)
    return Pair(name, recipe, "w", "l", 0, 1, 1.0, "human", name, "m")


CUES = [pair(f"{cue}-{i}", cue * 1000, cue * 1000 + 500) for cue in range(20) for i in range(3)]


def test_whole_cues_are_kept_aside():
    learn, aside = held_out(CUES, 0.25)
    assert len(aside) == 15 and len(learn) == 45
    assert not {one.recipe.span for one in learn} & {one.recipe.span for one in aside}
    assert held_out(list(CUES), 0.25) == (learn, aside)


def test_spans_that_overlap_stay_together():
    drifting = [pair(str(i), i * 100, i * 100 + 150) for i in range(10)]
    others = [pair("other", 5000, 6000), pair("another picture", 0, 150, media="b")]
    learn, aside = held_out([*drifting, *others], 0.34)
    assert {one.id in {two.id for two in aside} for one in drifting} in ({True}, {False})


@pytest.mark.parametrize("share", [0.01, 0.5, 1.0])
def test_something_is_left_to_learn_from_and_to_test_with(share):
    learn, aside = held_out(CUES, share)
    assert learn and aside
    assert sorted(one.id for one in learn + aside) == sorted(one.id for one in CUES)


def test_with_one_cue_or_no_share_nothing_is_kept_aside():
    assert held_out(CUES[:3], 0.5) == (CUES[:3], [])
    assert held_out(CUES, 0.0) == (CUES, [])
    assert held_out([], 0.5) == ([], [])
