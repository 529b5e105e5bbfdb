"""Published weight files in the forms that they come in, and what is said of the others."""

from __future__ import annotations

import datetime
import pickle
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn.utils import parametrizations, weight_norm

from engine import checkpoints
from engine.spec import Refused


@pytest.fixture
def state() -> dict[str, Tensor]:
    drawn = torch.Generator().manual_seed(1)
    return {"a.weight": torch.randn(4, 3, generator=drawn), "a.bias": torch.randn(4, generator=drawn)}


def saved(state: object, path: Path, **how: object) -> Path:
    torch.save(state, path, **how)  # type: ignore[arg-type]
    return path


def equal(one: dict[str, Tensor], other: dict[str, Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def refusal(path: Path) -> str:
    """What is said of a file; the same from `shapes` as from `tensors`, and one sentence that names it."""
    with pytest.raises(Refused) as of_tensors:
        checkpoints.tensors(path)
    with pytest.raises(Refused) as of_shapes:
        checkpoints.shapes(path)
    said = str(of_tensors.value)
    assert str(of_shapes.value) == said
    assert str(path) in said and said.count(". ") == 0 and said.endswith(".") and "checkpoint" in said
    return said


@pytest.mark.parametrize("how", [{}, {"_use_new_zipfile_serialization": False}], ids=["zip", "legacy"])
def test_pytorch_files_of_both_forms(state, tmp_path, how) -> None:
    path = saved(state, tmp_path / "m.pth", **how)
    assert equal(checkpoints.tensors(path), state)
    assert checkpoints.shapes(path) == {"a.weight": (4, 3), "a.bias": (4,)}


@pytest.mark.parametrize("kind", [torch.float32, torch.float16, torch.bfloat16])
def test_safetensors_keep_their_type(state, tmp_path, kind) -> None:
    path = tmp_path / "m.safetensors"
    save_file({name: tensor.to(kind) for name, tensor in state.items()}, path)
    found = checkpoints.tensors(path)
    assert equal(found, {name: tensor.to(kind) for name, tensor in state.items()})
    assert checkpoints.shapes(path) == {"a.weight": (4, 3), "a.bias": (4,)}


def test_the_content_says_what_a_file_is_not_its_ending(state, tmp_path) -> None:
    save_file(state, tmp_path / "m.pth")
    assert equal(checkpoints.tensors(tmp_path / "m.pth"), state)
    assert equal(checkpoints.tensors(saved(state, tmp_path / "m.safetensors")), state)


@pytest.mark.parametrize("nest", ["generator", "state_dict"])
def test_a_nest_is_opened(state, tmp_path, nest) -> None:
    assert equal(checkpoints.tensors(saved({nest: state, "steps": 3}, tmp_path / "m.pt")), state)


def test_only_what_is_wanted_is_given(state, tmp_path) -> None:
    path = saved(state, tmp_path / "m.pt")
    save_file(state, tmp_path / "m.safetensors")
    for file in (path, tmp_path / "m.safetensors"):
        assert list(checkpoints.tensors(file, lambda name: name.endswith("bias"))) == ["a.bias"]


def test_a_missing_file(tmp_path) -> None:
    assert "There is no file" in refusal(tmp_path / "none.pth")


@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_a_file_that_is_cut_short(tmp_path, share) -> None:
    big = {f"layer{i}.weight": torch.zeros(50, 50) for i in range(4)}
    save_file(big, tmp_path / "m.safetensors")
    for path in (saved(big, tmp_path / "m.pth"), tmp_path / "m.safetensors",
                 saved(big, tmp_path / "old.pth", _use_new_zipfile_serialization=False)):
        whole = path.read_bytes()
        path.write_bytes(whole[: int(share * len(whole))])
        assert "cut short" in refusal(path)


def test_a_pickle_of_something_else_is_not_opened(tmp_path) -> None:
    path = tmp_path / "m.pth"
    path.write_bytes(pickle.dumps({"a": datetime.date(2024, 1, 1)}))
    assert "a Python pickle that is no checkpoint" in refusal(path)
    assert "could run code" in refusal(saved({"a": Path("x")}, path))


def test_text_web_pages_and_pointers(tmp_path) -> None:
    path = tmp_path / "m.pth"
    for content, kind in (("Not found\n", "a text file"), ("<!doctype html><p>Gone", "a web page"),
                          ('{"error": 404}', "JSON"), ("", "an empty file"),
                          ("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "a Git LFS pointer")):
        path.write_text(content)
        assert f"looks like {kind}" in refusal(path)
    path.write_bytes(bytes(range(255, 100, -1)))
    assert "data of an unknown kind" in refusal(path)


def test_an_archive_without_tensors(tmp_path) -> None:
    path = tmp_path / "m.pth"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "a zip archive of something else" in refusal(path)
    assert "without named tensors" in refusal(saved([torch.zeros(2)], path))


def test_wrong_tensors_are_told_by_name(state, tmp_path) -> None:
    module, path = nn.Sequential(), tmp_path / "m.pth"
    module.add_module("a", nn.Linear(3, 4))
    checkpoints.fit(module, state, path, "a test's layer")
    for wrong, words in (({**state, "a.bias": torch.zeros(5)}, "with a.bias of shape 5 instead of 4"),
                         ({"a.weight": state["a.weight"]}, "without a.bias"),
                         ({**state, "b": torch.zeros(1)}, "with b, which does not belong there"),
                         ({"conv_pre.weight": torch.zeros(1)}, "looks like a BigVGAN vocoder without a.weight")):
        with pytest.raises(Refused, match="a test's layer was expected") as refused:
            checkpoints.fit(module, wrong, path, "a test's layer")
        assert words in str(refused.value) and str(path) in str(refused.value)


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("make", [weight_norm, parametrizations.weight_norm], ids=["weight_g", "parametrizations"])
@pytest.mark.parametrize("layer", [nn.Conv1d, nn.ConvTranspose1d])
def test_weight_normalisation_folds_to_what_the_layer_computes(make, layer) -> None:
    torch.manual_seed(1)
    module = make(layer(3, 5, 4))
    with torch.no_grad():
        for name, tensor in module.named_parameters():
            if "_g" in name or "original0" in name:
                tensor.mul_(1 + torch.rand_like(tensor))
    module(torch.zeros(1, 3, 8))
    plain = checkpoints.folded(module.state_dict())
    assert set(plain) == {"weight", "bias"}
    assert torch.allclose(plain["weight"], module.weight, atol=1e-6)
    halves = checkpoints.folded({name: tensor.half() for name, tensor in module.state_dict().items()})
    assert halves["weight"].dtype == torch.float32
    assert torch.equal(checkpoints.folded(plain)["weight"], plain["weight"])


def test_half_a_normalisation_is_refused() -> None:
    with pytest.raises(Refused, match="without the other half"):
        checkpoints.folded({"conv_pre.weight_g": torch.ones(2, 1, 1)})
