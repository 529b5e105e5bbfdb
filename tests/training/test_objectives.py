"""Preference losses and the curriculum against float64 formula vectors, and the properties that define them."""

import json
import math
from pathlib import Path

import pytest
import torch

from training.curriculum import margin, stage_at, stage_of, winner_and_loser
from training.objectives import OBJECTIVES
from training.objectives.errors import Errors, gap, implicit_accuracy, squared_error
from training.objectives.flow_dpo import flow_dpo
from training.objectives.star_dpo import star_dpo

GOLDEN = json.loads((Path(__file__).parent / "golden" / "case8_preference_formulas.json").read_text())
LOSSES = GOLDEN["losses"]
CURRICULUM = GOLDEN["v2a_dpo_curriculum"]
FLOW = {
    "diffusion_dpo_beta2000": 2000.0,
    "diffusion_dpo_beta5000": 5000.0,
    "diffusion_dpo_beta600": 600.0,
    "diffusion_dpo_beta100": 100.0,
    "tango2_beta2000": 2000.0,
    "flow_dpo_beta100": 100.0,
    "v2a_dpo_beta600": 600.0,
}


def column(name):
    return torch.tensor(GOLDEN["inputs"][name], dtype=torch.float64)


@pytest.fixture
def sides():
    winner, loser = column("ew").requires_grad_(), column("el").requires_grad_()
    return Errors(winner, column("rw")), Errors(loser, column("rl"))


def check_against(golden, loss, winner, loser):
    assert loss.mean().item() == pytest.approx(golden["loss"], rel=1e-12)
    loss.mean().backward()
    torch.testing.assert_close(
        winner.model.grad, torch.tensor(golden["grad_ew"], dtype=torch.float64), rtol=1e-10, atol=0
    )
    torch.testing.assert_close(
        loser.model.grad, torch.tensor(golden["grad_el"], dtype=torch.float64), rtol=1e-10, atol=0
    )


@pytest.mark.parametrize("name", FLOW)
def test_flow_dpo_gives_the_published_formula(name, sides):
    winner, loser = sides
    loss = flow_dpo(winner, loser, FLOW[name])
    assert loss.tolist() == pytest.approx(LOSSES[name]["per_pair"], rel=1e-12)
    assert implicit_accuracy(winner, loser).item() == LOSSES[name]["implicit_accuracy"]
    assert (-0.5 * FLOW[name] * gap(winner, loser)).tolist() == pytest.approx(LOSSES[name]["inside"], rel=1e-12)
    check_against(LOSSES[name], loss, winner, loser)


def test_flow_dpo_with_the_winners_error_is_tangoflux(sides):
    winner, loser = sides
    check_against(LOSSES["tangoflux_beta2000"], OBJECTIVES["flow-dpo"](winner, loser, 2000.0, 1.0), winner, loser)


def test_star_dpo_holds_to_the_winner(sides):
    winner, loser = sides
    check_against(LOSSES["star_dpo_beta1000_rfm_winner"], star_dpo(winner, loser, 1000.0), winner, loser)


def test_star_dpo_holds_to_another_sound_if_given(sides):
    winner, loser = sides
    loss = star_dpo(winner, loser, 1000.0, rfm=column("rfm"))
    check_against(LOSSES["star_dpo_beta1000_rfm_given"], loss, winner, loser)


def test_the_misprinted_equation_is_not_ours(sides):
    wrong = LOSSES["v2a_dpo_equation_as_printed_DO_NOT_USE"]["loss"]
    assert flow_dpo(*sides, 600.0).mean().item() != pytest.approx(wrong, rel=1e-3)


@pytest.mark.parametrize("objective", OBJECTIVES.values(), ids=OBJECTIVES)
def test_at_the_reference_the_loss_is_ln_2_and_nothing_counts_as_right(objective):
    winner, loser = Errors(column("rw"), column("rw")), Errors(column("rl"), column("rl"))
    assert objective(winner, loser, 600.0, 0.0).tolist() == pytest.approx([math.log(2)] * 8)
    assert implicit_accuracy(winner, loser).item() == 0.0


def test_swapping_the_sides_flips_the_inside_term(sides):
    winner, loser = sides
    torch.testing.assert_close(gap(winner, loser), -gap(loser, winner))


def test_a_step_down_lowers_the_winners_error_and_raises_the_losers(sides):
    winner, loser = sides
    flow_dpo(winner, loser).sum().backward()
    assert (winner.model.grad > 0).all()
    assert (loser.model.grad < 0).all()


def test_the_error_is_a_mean_over_frames_and_channels():
    error = squared_error(torch.ones(2, 5, 3), torch.zeros(2, 5, 3))
    assert error.tolist() == [1.0, 1.0]


def test_winner_and_loser_are_the_likeliest_good_and_bad():
    for sounds, golden in zip(CURRICULUM["probabilities"], CURRICULUM["from_probabilities"], strict=True):
        expected = None if golden["same"] else (golden["winner"], golden["loser"])
        assert winner_and_loser(sounds) == expected
        found = margin(sounds[golden["winner"]], sounds[golden["loser"]])
        assert found == pytest.approx(golden["score_c"], abs=1e-12)
        assert stage_of(found) == golden["stage"]


def test_the_margin_follows_the_examples_worked_by_hand():
    for golden in CURRICULUM["by_hand"]:
        found = margin(golden["p_winner"], golden["p_loser"])
        assert found == pytest.approx(golden["score_c"], abs=1e-12)
        assert stage_of(round(found, 12)) == golden["stage"]


def test_easy_pairs_come_first_in_proportion():
    assert [stage_at(step, 10, 0.3) for step in range(10)] == [1] * 3 + [2] * 7
    assert {stage_at(step, 10, 0.0) for step in range(10)} == {2}
    assert {stage_at(step, 10, 1.0) for step in range(10)} == {1}
