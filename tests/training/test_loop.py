"""Training from picks: it learns the rule, repeats itself, stops when told, and goes on after a kill."""

import json
import math
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from engine.adapters import attach, detach, read_adapter
from engine.spec import Cancelled, Refused
from training.adapters import attach as put_on
from training.config import DPOConfig, check, read_config
from training.examples import encode_pairs, group, starts
from training.loop import train
from training.objectives.errors import gap
from training.steps import draw, errors, times

ROOT = Path(__file__).parents[2]


def weights(folder):
    return (folder / "adapter_model.safetensors").read_bytes()


def leftovers(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


@pytest.fixture(scope="module")
def trained(tiny, tmp_path_factory):
    home = tmp_path_factory.mktemp("trained")
    reports = []
    card = tiny.learn(home / "sounds", home / "bright", on_report=reports.append)
    return home, card, reports


def test_the_loss_starts_at_ln_2_with_nothing_right(trained):
    _, _, reports = trained
    assert reports[0].loss == pytest.approx(math.log(2), abs=1e-6)
    assert reports[0].accuracy == 0.0


def test_it_learns_to_order_pairs_of_cues_it_never_saw(trained):
    _, card, _ = trained
    assert card.passed
    assert card.metrics["held_out_accuracy"] == 1.0
    assert "ordered as you did" in card.says


def test_the_folder_holds_what_the_engine_reads(trained, tiny):
    home, card, _ = trained
    assert {path.name for path in (home / "bright").iterdir()} == {
        "adapter.json",
        "adapter_config.json",
        "adapter_model.safetensors",
    }
    read = read_adapter(home / "bright")
    assert (read.name, read.model, read.model_sha256, read.steps) == ("bright", "tiny", "tiny-0", 60)
    assert replace(read, folder="") == card
    assert leftovers(home) == []


def test_the_engine_puts_it_on_and_takes_it_off(trained, tiny):
    home, _, _ = trained
    backbone = tiny.TinyBackbone()
    x, t = torch.randn(1, 20, 4), torch.tensor([0.5])
    given = backbone.prepare(tiny.conditions_of(tiny.bright_picks(home / "sounds", 1)[0].recipe))
    with torch.no_grad():
        before = backbone.predict(x, t, given)
        attached = attach(backbone.module, read_adapter(home / "bright"))
        assert not torch.allclose(before, backbone.predict(x, t, given), atol=1e-3)
        detach(attached)
        assert torch.equal(before, backbone.predict(x, t, given))


def test_the_same_seed_gives_the_same_adapter_and_another_another(trained, tiny, tmp_path):
    home, _, _ = trained
    tiny.learn(tmp_path / "sounds", tmp_path / "again")
    assert weights(tmp_path / "again") != b""
    pairs = tiny.bright_picks(tmp_path / "sounds", 12)
    train(pairs, tiny.TinyBackbone(), tiny.conditions_of, tiny.QUICK, tmp_path / "same")
    train(pairs, tiny.TinyBackbone(), tiny.conditions_of, replace(tiny.QUICK, seed=1), tmp_path / "other")
    assert weights(tmp_path / "again") == weights(tmp_path / "same") == weights(home / "bright")
    assert weights(tmp_path / "other") != weights(tmp_path / "same")


def test_cancelling_stops_within_a_step_and_loses_none(trained, tiny, tmp_path):
    home, _, _ = trained
    seen = []

    def cancel_at_12(progress):
        if progress.stage == "Learning":
            seen.append(progress.step)
            if progress.step == 12:
                raise Cancelled

    backbone = tiny.TinyBackbone()
    before = {name: tensor.clone() for name, tensor in backbone.module.state_dict().items()}
    pairs = tiny.bright_picks(tmp_path, 12)
    with pytest.raises(Cancelled):
        train(pairs, backbone, tiny.conditions_of, tiny.QUICK, tmp_path / "out", cancel_at_12)
    assert seen[-1] == 12
    assert not (tmp_path / "out").exists()
    after = backbone.module.state_dict()
    assert after.keys() == before.keys()
    assert all(torch.equal(after[name], before[name]) for name in before)
    assert all(parameter.requires_grad for parameter in backbone.module.parameters())
    steps = []
    train(
        pairs,
        backbone,
        tiny.conditions_of,
        tiny.QUICK,
        tmp_path / "out",
        on_report=lambda report: steps.append(report.step),
    )
    assert steps[0] == 13
    assert weights(tmp_path / "out") == weights(home / "bright")
    assert leftovers(tmp_path) == []


def test_after_kill_9_it_goes_on_and_comes_to_the_same_adapter(trained, tmp_path):
    home, _, _ = trained
    command = [sys.executable, str(ROOT / "tests" / "training" / "tiny_backbone.py"), str(tmp_path / "sounds")]
    command += [str(tmp_path / "bright"), "60"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        for line in process.stdout:
            if int(line) == 23:
                process.send_signal(signal.SIGKILL)
                break
    assert not (tmp_path / "bright").exists()
    again = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT, check=True)
    assert int(again.stdout.split()[0]) > 20
    assert weights(tmp_path / "bright") == weights(home / "bright")
    assert leftovers(tmp_path) == []


def test_a_checkpoint_of_other_picks_is_not_gone_on_from(tiny, tmp_path):
    pairs = tiny.bright_picks(tmp_path, 6)

    class Killed(BaseException):
        pass

    def kill(report):
        if report.step == 11:
            raise Killed

    with pytest.raises(Killed):
        train(pairs, tiny.TinyBackbone(), tiny.conditions_of, tiny.QUICK, tmp_path / "out", on_report=kill)
    assert leftovers(tmp_path) == [".out.training"]
    steps = []
    train(
        pairs[:5],
        tiny.TinyBackbone(),
        tiny.conditions_of,
        tiny.QUICK,
        tmp_path / "out",
        on_report=lambda report: steps.append(report.step),
    )
    assert steps[0] == 1


def test_a_damaged_checkpoint_starts_anew(tiny, tmp_path):
    (tmp_path / ".out.training").mkdir()
    (tmp_path / ".out.training" / "checkpoint.pt").write_bytes(b"half")
    card = train(
        tiny.bright_picks(tmp_path, 4),
        tiny.TinyBackbone(),
        tiny.conditions_of,
        replace(tiny.QUICK, steps=3),
        tmp_path / "out",
    )
    assert card.steps == 3


def test_a_missing_sound_is_skipped_and_named(tiny, tmp_path):
    pairs = tiny.bright_picks(tmp_path, 5)
    Path(pairs[0].winner_wav).unlink()
    config = replace(tiny.QUICK, steps=2, held_out=0.0)
    card = train(pairs, tiny.TinyBackbone(), tiny.conditions_of, config, tmp_path / "out")
    assert card.pairs == 4
    assert [skipped["pair"] for skipped in card.metrics["skipped"]] == ["pair0"]
    assert card.passed is None


def test_nothing_to_learn_from_is_refused_in_a_sentence(tiny, tmp_path):
    with pytest.raises(Refused, match="pick between heard candidates"):
        train([], tiny.TinyBackbone(), tiny.conditions_of, tiny.QUICK, tmp_path / "out")
    pairs = tiny.bright_picks(tmp_path, 2)
    for pair in pairs:
        Path(pair.winner_wav).unlink()
    with pytest.raises(Refused, match="None of the 2 pairs"):
        train(pairs, tiny.TinyBackbone(), tiny.conditions_of, tiny.QUICK, tmp_path / "out")


def test_a_training_that_breaks_the_sound_ends_early_and_says_so(tiny, tmp_path):
    config = replace(tiny.QUICK, learning_rate=0.1, clip_norm=1e3, beta=10_000.0, rfm_weight=0.0, guard=0.0, seed=3)
    pairs = tiny.bright_picks(tmp_path, 6)
    card = train(pairs, tiny.TinyBackbone(), tiny.conditions_of, config, tmp_path / "out")
    assert card.steps < config.steps
    assert "before the sound came apart" in card.says


def test_clear_pairs_are_learned_before_the_designers(tiny, tmp_path):
    """The clear pair is 1 s long, the picked one 2 s: the length of what the network sees tells them apart."""
    clear, picked = tiny.bright_picks(tmp_path, 2, seconds=(1.0, 2.0))
    backbone = tiny.TinyBackbone()
    predict, lengths = backbone.predict, []
    backbone.predict = lambda x, t, prepared: (lengths.append(x.shape[1]), predict(x, t, prepared))[1]
    config = replace(tiny.QUICK, steps=10, held_out=0.0)
    margins = {clear.id: 0.9}
    train([picked, clear], backbone, tiny.conditions_of, config, tmp_path / "out", margins=margins)
    assert lengths == [20] * 10 + [40] * 10


def test_both_sides_see_the_same_noise_and_moment(tiny, tmp_path):
    backbone = tiny.TinyBackbone()
    encoded, _ = encode_pairs(tiny.bright_picks(tmp_path, 2), backbone, tiny.conditions_of)
    same = [replace(one, loser=one.winner) for one in encoded]
    batch = draw(group(same, backbone, 4.0), tiny.QUICK, 0)
    winner, loser = errors(backbone, put_on(backbone.module, tiny.QUICK), batch)
    assert torch.equal(winner.model, loser.model)
    assert gap(winner, loser).tolist() == [0.0] * 4


def test_a_step_draws_the_same_whenever_it_is_asked(tiny, tmp_path):
    backbone = tiny.TinyBackbone()
    groups = group(encode_pairs(tiny.bright_picks(tmp_path, 3), backbone, tiny.conditions_of)[0], backbone, 4.0)
    first, again, other = (draw(groups, tiny.QUICK, step) for step in (7, 7, 8))
    assert torch.equal(first.noise, again.noise)
    assert torch.equal(first.t, again.t)
    assert not torch.equal(first.t, other.t)


def test_long_sounds_are_seen_whole_in_pieces_that_share_their_weight(tiny, tmp_path):
    backbone = tiny.TinyBackbone()
    encoded, _ = encode_pairs(tiny.bright_picks(tmp_path, 1, seconds=(2.5,)), backbone, tiny.conditions_of)
    (only,) = group(encoded, backbone, longest_s=1.0)
    assert only.winner.shape == (3, 20, 4)
    assert only.weight.sum().item() == pytest.approx(1.0)
    assert torch.equal(only.winner[2], encoded[0].winner[-20:])
    assert starts(50, 20) == [0, 15, 30]
    assert starts(20, 20) == [0]


def test_pairs_of_unlike_length_are_not_cut_to_the_shortest(tiny, tmp_path):
    backbone = tiny.TinyBackbone()
    encoded, _ = encode_pairs(tiny.bright_picks(tmp_path, 3), backbone, tiny.conditions_of)
    assert [g.winner.shape[1] for g in group(encoded, backbone, 4.0)] == [20, 50]


@pytest.mark.parametrize("kind", ["uniform", "logit-normal"])
def test_the_moments_of_a_batch_are_spread_over_the_flow(kind):
    drawn = times(64, kind, torch.Generator().manual_seed(0))
    assert ((drawn > 0) & (drawn < 1)).all()
    assert drawn.mean().item() == pytest.approx(0.5, abs=0.05)
    assert drawn.std().item() == pytest.approx(0.29 if kind == "uniform" else 0.21, abs=0.02)


def test_settings_out_of_range_are_refused(tmp_path):
    with pytest.raises(Refused, match="learning_rate"):
        check(DPOConfig(learning_rate=5.0))
    with pytest.raises(Refused, match="objective"):
        check(DPOConfig(objective="ppo"))
    (tmp_path / "settings.json").write_text(json.dumps({"beta": 100.0}))
    assert read_config(tmp_path / "settings.json") == DPOConfig(beta=100.0)
    (tmp_path / "settings.json").write_text(json.dumps({"betta": 100.0}))
    with pytest.raises(Refused, match="betta"):
        read_config(tmp_path / "settings.json")
