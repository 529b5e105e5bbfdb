"""Onset metrics against numbers of the published implementation, and by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from training.metrics.average_precision import average_precision
from training.metrics.onset import onset_scores, pooled
from training.metrics.onset_condfoleygen import count_accuracy, match_onsets

GOLDEN = json.loads((Path(__file__).parent / "golden" / "case1_onset_condfoleygen.json").read_text())
RATE = GOLDEN["rate"]
RULES = [case for case in GOLDEN["direct_rules"]["cases"] if case["error"] is None]
PAIRS = [case for case in GOLDEN["pairs"] if case["error"] is None and case["name"] != "noisy_background"]


def clicks(times, gains, seconds=2.0):
    """Two decaying tones a click, as the golden file's note describes them."""
    wave = np.zeros(round(seconds * RATE))
    u = np.arange(round(0.06 * RATE)) / RATE
    click = np.exp(-u / 0.012) * (0.7 * np.sin(2 * np.pi * 1800 * u) + 0.3 * np.sin(2 * np.pi * 4300 * u))
    for at, gain in zip(times, gains, strict=True):
        start = round(at * RATE)
        wave[start : start + click.size] += gain * click[: max(0, wave.size - start)]
    return wave


@pytest.mark.parametrize("case", RULES, ids=lambda case: case["name"])
def test_matching_follows_the_published_rules(case):
    generated = case["gen_onset_samples"]
    wave = clicks(np.array(generated) / RATE, case["gen_gains"]) if generated else clicks([0.1], [0.5])
    match = match_onsets(case["target_onset_samples"], generated, wave)
    assert match.kept == tuple(case["gen_onset_samples_after_nms"])
    assert match.matched == tuple(bool(flag) for flag in case["matched_flags_of_kept"])
    assert match.detection_accuracy == pytest.approx(case["detection_acc"])
    assert match.average_precision == pytest.approx(case["ap"], abs=1e-6)


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["name"])
def test_whole_clips_give_the_published_numbers(case):
    match = match_onsets(
        case["target_onset_samples"], case["gen_onset_samples"], clicks(case["gen_times"], case["gen_gains"])
    )
    assert match.detection_accuracy == pytest.approx(case["detection_acc"])
    assert match.average_precision == pytest.approx(case["ap"], abs=1e-6)
    assert match.matched == tuple(bool(flag) for flag in case["matched_flags_of_kept"])
    counts = count_accuracy([case["target_onset_samples"]], [case["gen_onset_samples"]])
    assert counts == float(case["count_equal"])


@pytest.mark.parametrize("case", GOLDEN["pairs"], ids=lambda case: case["name"])
def test_our_f1_agrees_where_nothing_is_ambiguous(case):
    true, found = np.array(case["target_onset_samples"]) / RATE, np.array(case["gen_onset_samples"]) / RATE
    scores = onset_scores(true, found)
    assert (scores.precision, scores.recall, scores.f1) == pytest.approx(
        (case["precision"], case["recall"], case["f1"])
    )


def test_an_onset_in_the_first_50_ms_is_scored_too():
    match = match_onsets([600], [600], clicks([600 / RATE], [0.8]))
    assert match.detection_accuracy == 1.0


def test_one_sound_cannot_answer_two_events():
    scores = onset_scores([1.0, 1.05], [1.02])
    assert (scores.hits, scores.recall, scores.precision) == (1, 0.5, 1.0)


def test_matching_gives_way_so_that_both_are_hit():
    assert onset_scores([1.0, 1.15], [1.09, 0.95]).hits == 2


def test_exactly_the_tolerance_is_a_hit():
    assert onset_scores([1.0], [1.1]).hits == 1
    assert onset_scores([1.0], [1.101]).hits == 0


def test_pooling_adds_the_clips_up():
    assert pooled([onset_scores([1.0], [1.0]), onset_scores([1.0, 2.0, 3.0], [])]).recall == 0.25


def test_average_precision_takes_ties_together():
    assert average_precision([1, 0], [0.5, 0.5]) == 0.5
    assert average_precision([0, 1, 1], [0.9, 0.8, 0.7]) == pytest.approx((0.5 + 2 / 3) / 2)
