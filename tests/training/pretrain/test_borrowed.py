"""Parts that others trained come in only as published, at half precision, with their licences named."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from engine import registry
from engine.spec import Refused
from training.pretrain import borrowed


def test_a_file_that_is_not_the_published_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    with pytest.raises(Refused, match="model.safetensors"):
        borrowed.check(borrowed.SENTENCE, path)
    save_file({"a": torch.zeros(1)}, path)
    with pytest.raises(Refused, match="all-MiniLM"):
        borrowed.bring(path, path, tmp_path / "out")
    assert not (tmp_path / "out" / borrowed.SENTENCE.path).exists()


def test_names_stay_and_numbers_are_halved(tmp_path: Path) -> None:
    borrowed.convert({"keep.weight": torch.ones(2, 2), "drop": torch.ones(1)}, tmp_path / "w", lambda n: n != "drop")
    assert {name: t.dtype for name, t in load_file(tmp_path / "w").items()} == {"keep.weight": torch.float16}


def test_every_borrowed_part_is_small_and_credited() -> None:
    card = registry.model("visiosonic-mini")
    told = (Path(card.folder) / borrowed.CREDITS_FILE).read_text()
    for part in borrowed.ALL:
        assert card.file(part.role).bytes < 50e6
        assert part.sha256 in told and part.licence in told
    assert "Soumith Chintala" in told
