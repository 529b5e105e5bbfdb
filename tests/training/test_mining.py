"""Pairs that the ranker makes by itself."""

import pytest

from engine.spec import Candidate, Direction, Recipe, Score, ScoreCard, Span
from training.mining import joint_scores, mine


def candidate(seed, similarity, offset_s, prompt="steps", levels=(0.5, 0.5)):
    scores = (
        Score("semantic", similarity, "", Direction.HIGHER, levels[0], "", "test"),
        Score("temporal", offset_s, "s", Direction.LOWER, levels[1], "", "test"),
    )
    recipe = Recipe("clip.mp4", "hash", Span(0, 48_000), prompt, seed=seed)
    return Candidate(f"{prompt}{seed}", recipe, f"{prompt}{seed}.wav", "", 48_000, ScoreCard(scores))


def test_the_best_by_both_scores_is_paired_with_the_worst():
    (mined,) = mine([candidate(1, 0.2, 0.3), candidate(2, 0.4, 0.1), candidate(3, 0.3, 0.2)])
    assert (mined.pair.winner_seed, mined.pair.loser_seed) == (2, 1)
    assert (mined.pair.winner_wav, mined.pair.source) == ("steps2.wav", "auto")


def test_pairs_never_cross_requests():
    found = mine([candidate(1, 0.2, 0.3), candidate(2, 0.4, 0.1), candidate(3, 0.9, 0.0, prompt="rain")])
    assert [mined.pair.recipe.prompt for mined in found] == ["steps"]


def test_each_score_counts_alike_whatever_its_unit():
    totals = joint_scores([candidate(1, 0.30, 0.0), candidate(2, 0.31, 2.0)])
    assert totals == pytest.approx([0.0, 0.0])


def test_the_margin_is_the_difference_of_levels():
    (mined,) = mine([candidate(1, 0.2, 0.3, levels=(0.1, 0.2)), candidate(2, 0.4, 0.1, levels=(0.9, 0.8))])
    assert mined.margin == pytest.approx(0.7)


def test_what_cannot_be_told_apart_gives_no_pair():
    assert mine([candidate(1, 0.2, 0.1), candidate(2, 0.2, 0.1)]) == []
    assert mine([candidate(1, 0.2, 0.1)]) == []
