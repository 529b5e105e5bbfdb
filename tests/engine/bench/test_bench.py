"""The comparison's own arithmetic; the comparison itself needs the published program and minutes."""

from __future__ import annotations

import time

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from engine.audio.finish import finish
from engine.bench.__main__ import app
from engine.bench.difference import Differences, differences
from engine.bench.mmaudio import Comparison, Request, report
from engine.bench.synthetic import drawn
from engine.bench.timing import Timing, Watch

REQUEST = Request("small_16k", "clip.mp4", 8.0, 2, 25, "cpu", 2)


def noise(seed):
    return np.random.default_rng(seed).normal(0, 0.1, 48_000).astype(np.float32)


def test_the_same_sound_has_no_difference_and_another_has(tmp_path):
    np.save(tmp_path / "theirs.npy", noise(0))
    np.save(tmp_path / "other.npy", noise(1))
    soundfile.write(tmp_path / "ours.wav", 0.25 * finish(noise(0), 48_000, 48_000), 48_000, "FLOAT")
    theirs, other, ours = (str(tmp_path / name) for name in ("theirs.npy", "other.npy", "ours.wav"))
    found = differences(theirs, 48_000, other, theirs, ours)
    assert found.exact == 0
    assert found.raw > 0.3
    assert found.finished == pytest.approx(found.finishing, rel=1e-3)


def test_a_sound_off_zero_is_told_from_a_wrong_one(tmp_path):
    """Drawn vocoders rest beside zero, which finishing mends: that is a difference, and not the network's."""
    off = noise(0) + 0.1
    np.save(tmp_path / "theirs.npy", off)
    soundfile.write(tmp_path / "ours.wav", finish(off, 48_000, 48_000), 48_000, "FLOAT")
    theirs = str(tmp_path / "theirs.npy")
    found = differences(theirs, 48_000, theirs, None, str(tmp_path / "ours.wav"))
    assert found.raw == 0 and found.finished > 0.3
    assert found.finished == pytest.approx(found.finishing, rel=1e-3)


def test_a_stage_that_comes_twice_is_added_up_and_none_is_counted_twice():
    watch = Watch()
    for stage in ("picture", "sampling", "picture"):
        watch.enter(stage)
        time.sleep(0.01)
    whole = watch.whole()
    assert set(watch.seconds) == {"picture", "sampling"}
    assert watch.seconds["picture"] >= 0.02 and watch.seconds["sampling"] >= 0.01
    assert sum(watch.seconds.values()) <= whole


def test_the_report_gives_ratios_of_each_stage_and_of_the_whole():
    slow = Timing(20.0, 30.0, {"loading": 4.0, "sampling": 16.0}, 4_000_000_000)
    fast = Timing(10.0, 15.0, {"loading": 2.0, "sampling": 8.0}, 1_000_000_000)
    again = Timing(4.0, 5.0, {"sampling": 4.0}, 1_000_000_000)
    lines = report(Comparison(REQUEST, slow, fast, again, Differences(0.06, 1e-5, 0.4, 0.39)))
    row = next(line.split() for line in lines if line.startswith("whole"))
    assert row == ["whole", "20.00", "10.00", "2.00", "4.00", "5.00"]
    assert any(line.split()[-5:] == ["8.00", "4.00", "2.00", "2.00", "4.00"] for line in lines if "a candidate" in line)
    assert any("0.25 of it" in line for line in lines)
    for figure in ("6.00e-02", "1.00e-05", "4.00e-01", "3.90e-01"):
        assert any(figure in line for line in lines), figure


def test_drawn_weights_are_the_same_for_a_seed_and_keep_buffers_that_are_no_weights():
    torch = pytest.importorskip("torch")
    like = {"conv.weight": torch.zeros(8, 4, 3), "conv.bias": torch.zeros(8), "up.filter": torch.ones(1, 1, 12),
            "count": torch.tensor(3)}
    first, second, other = drawn(like, 1), drawn(like, 1), drawn(like, 2)
    assert all(torch.equal(first[name], second[name]) for name in like)
    assert not torch.equal(first["conv.weight"], other["conv.weight"])
    assert torch.equal(first["up.filter"], like["up.filter"]) and first["count"] == 3


def test_a_folder_that_is_no_checkout_is_refused_in_a_sentence(tmp_path):
    result = CliRunner().invoke(app, ["mmaudio", "--reference", str(tmp_path)])
    assert result.exit_code == 2
    assert "no checkout of MMAudio" in result.output and result.output.count("\n") == 1
