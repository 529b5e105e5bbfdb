"""Our networks are the published ones, to rounding, on weights that a seed determines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.parity import __main__ as command
from tests.parity.runner import judged
from tests.parity.vector import Vector
from tests.parity.weights import check_numpy

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.npz")), ids=lambda path: path.stem)
def test_ours_gives_what_the_published_network_gave(path: Path) -> None:
    verdict = judged(path)
    assert verdict.passes, "\n".join(command.told([verdict]))


def test_numpy_draws_the_numbers_that_the_vectors_were_made_with() -> None:
    check_numpy()


def test_a_folder_without_vectors_is_told_in_a_sentence(tmp_path, capsys) -> None:
    assert command.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"The folder {tmp_path} holds no vectors (*.npz).\n"
    assert command.main([str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err == f"There is no folder {tmp_path / 'none'}.\n"


def test_a_vector_that_nothing_checks_fails_in_a_sentence(tmp_path, capsys) -> None:
    np.savez(tmp_path / "of_tomorrow_seed7.npz", meta='{"case": "of_tomorrow", "seed": 7}')
    assert command.main([str(tmp_path)]) == 1
    assert "of_tomorrow_seed7.npz: nothing here checks the case of_tomorrow." in capsys.readouterr().out


def test_a_broken_file_fails_in_a_sentence(tmp_path, capsys) -> None:
    (tmp_path / "cut.npz").write_bytes((GOLDEN / "frame_sampling.npz").read_bytes()[:1000])
    assert command.main([str(tmp_path)]) == 1
    assert "is not a parity vector" in capsys.readouterr().out


def test_the_worst_stands_last() -> None:
    vector = Vector(Path("v.npz"), {"case": "v", "outputs": {}}, {"x": np.ones(4), "y": np.arange(4)})
    exact = vector.same("y", [0, 1, 2, 4])
    assert (exact.error, exact.passes) == (1.0, False)
    lines = command.told([command.Verdict("v.npz", (exact, vector.same("y", range(4))))])
    assert [line[:4] for line in lines] == ["ok  ", "OVER"]
