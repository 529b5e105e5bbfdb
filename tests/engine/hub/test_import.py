"""Files that are here already: recognised by their tensors, linked, and told about where they are of no use."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
import torch
from hub_shop import header_only, refusal
from safetensors.torch import save_file

from engine import registry, weights
from engine.hub.catalogue import CATALOGUE, Catalogue
from engine.hub.importing import Look, import_folder, install, look_through
from engine.hub.layouts import LAYOUTS, Shapes, autoencoder, bigvgan, clip, synchformer
from engine.hub.recognise import published_layouts, recognise
from engine.spec import Cancelled, Progress

MODEL = "mmaudio-small-16k"
TINY: dict[str, Shapes] = {
    "mmaudio_small_16k": {
        "audio_input_proj.0.bias": (4,),
        "final_layer.conv.weight": (2, 4, 7),
        "latent_mean": (1, 1, 2),
    },
    "v1-16": autoencoder(8, 4, 2),
    "best_netG": bigvgan(8, (8, 8, 4, 4, 4, 4), tail_bias=True, first=64),
    "synchformer": synchformer(8, 1),
    "dfn5b-clip-vit-h-14-384": clip(8, 1, 8, 1, 16),
}
"""The files of small_16k, much smaller."""


def filled(layout: Shapes, dtype: torch.dtype = torch.float32) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    return {name: torch.randn(shape, generator=generator).to(dtype) for name, shape in layout.items()}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Laid out as MMAudio's own checkout, with the two files that it leaves to the hub's cache beside it."""
    home = tmp_path / "MMAudio"
    (home / "weights").mkdir(parents=True)
    (home / "ext_weights").mkdir()
    torch.save(filled(TINY["mmaudio_small_16k"]), home / "weights" / "mmaudio_small_16k.pth")
    torch.save(filled(TINY["v1-16"]), home / "ext_weights" / "v1-16.pth")
    torch.save({"generator": normalised(filled(TINY["best_netG"]))}, home / "ext_weights" / "best_netG.pt")
    whole = {**filled(TINY["synchformer"]), "afeat_extractor.conv.weight": torch.zeros(3, 3)}
    torch.save(whole, home / "ext_weights" / "synchformer_state_dict.pth")
    save_file(filled(TINY["dfn5b-clip-vit-h-14-384"], torch.float16), home / "apple_DFN5B_fp16.safetensors")
    (home / "README.md").write_text("x" * 2000)
    return home


def normalised(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """As `torch.nn.utils.weight_norm` keeps its weights."""
    found = {}
    for name, tensor in state.items():
        if name.endswith(".weight"):
            found[f"{name}_g"], found[f"{name}_v"] = torch.ones(tensor.shape[0], 1, 1), tensor
        else:
            found[name] = tensor
    return found


def look(folder: Path) -> Look:
    return look_through(folder, layouts=TINY)


def test_a_checkout_becomes_an_installed_model_and_stays_as_it_is(checkout: Path, home: Path) -> None:
    before = {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()}
    done = install(look(checkout))
    assert [card.name for card in done.installed] == [MODEL] and not done.lacking and not done.complaints
    card = registry.model(MODEL)
    weights.check(card)
    assert card.file("clip").path == "../parts/DFN5B-CLIP-ViT-H-14-384.safetensors"
    assert {path: path.read_bytes() for path in before} == before
    assert card.path("generator").samefile(checkout / "weights" / "mmaudio_small_16k.pth")
    again = install(look(checkout))
    assert not again.taken and [card.name for card in again.installed] == [MODEL]


def test_names_do_not_matter(checkout: Path, home: Path) -> None:
    for i, path in enumerate(sorted(checkout.rglob("*.p*t*"))):
        path.rename(path.with_name(f"download({i}){path.suffix}"))
    assert [card.name for card in install(look(checkout)).installed] == [MODEL]


def test_where_links_cannot_be_made_files_are_copied(checkout: Path, home: Path, monkeypatch) -> None:
    def no_links(*given: object, **named: object) -> None:
        raise OSError("no links on this disk")

    monkeypatch.setattr(os, "link", no_links)
    card = install(look(checkout)).installed[0]
    weights.check(card)
    copied = card.path("generator")
    assert not copied.samefile(checkout / "weights" / "mmaudio_small_16k.pth")
    assert copied.read_bytes() == (checkout / "weights" / "mmaudio_small_16k.pth").read_bytes()


def test_what_is_missing_is_told_and_what_is_there_is_kept(checkout: Path, home: Path) -> None:
    (checkout / "apple_DFN5B_fp16.safetensors").unlink()
    done = install(look(checkout))
    assert not done.installed
    [(model, lacking)] = done.lacking
    assert model.name == MODEL and [part.title for part in lacking] == ["CLIP"]
    assert len(done.taken) == 4 and not (home / "models" / MODEL / "card.json").exists()


def test_of_two_forms_the_finer_one_is_taken(checkout: Path, home: Path) -> None:
    save_file(filled(TINY["v1-16"], torch.float16), checkout / "mmaudio_vae_16k_fp16.safetensors")
    card = install(look(checkout)).installed[0]
    assert card.file("autoencoder").path.endswith("v1-16.pth")


def test_a_file_found_twice_through_a_link_is_looked_at_once(checkout: Path, home: Path) -> None:
    (checkout / "snapshot").mkdir()
    (checkout / "snapshot" / "model.pth").symlink_to(checkout / "weights" / "mmaudio_small_16k.pth")
    assert len(look(checkout).seen) == 5


def test_a_file_cut_short_is_named(checkout: Path) -> None:
    path = checkout / "weights" / "mmaudio_small_16k.pth"
    path.write_bytes(path.read_bytes()[:-300])
    found = look(checkout)
    assert found.models() == ()
    [sentence] = found.complaints
    assert str(path) in sentence and "cut short" in sentence and "expected" in sentence


def test_a_file_that_lacks_tensors_is_named_with_one_of_them(checkout: Path) -> None:
    state = filled(TINY["v1-16"])
    state.pop("decoder.conv_out.weight")
    torch.save(state, checkout / "ext_weights" / "v1-16.pth")
    [sentence] = look(checkout).complaints
    assert "16 kHz autoencoder" in sentence and "lacks 1 of its 57 tensors" in sentence
    assert "decoder.conv_out.weight" in sentence


def test_a_tensor_of_another_size_is_named(checkout: Path) -> None:
    state = {**filled(TINY["v1-16"]), "data_mean": torch.zeros(1, 9, 1)}
    torch.save(state, checkout / "ext_weights" / "v1-16.pth")
    [sentence] = look(checkout).complaints
    assert "data_mean" in sentence and "1 × 9 × 1 instead of 1 × 8 × 1" in sentence


def test_a_foreign_file_is_named_with_what_it_looks_like(tmp_path: Path, home: Path) -> None:
    save_file({"model.diffusion_model.input_blocks.0.weight": torch.zeros(40, 40)}, tmp_path / "sdxl.safetensors")
    (tmp_path / "pointer.pth").write_text("version https://git-lfs.github.com/spec/v1\n" + "x" * 2000)
    found = look(tmp_path)
    assert any("model.diffusion_model" in one and "was expected" in one for one in found.complaints)
    assert len(found.broken) == 1 and "pointer.pth" in found.complaints[0]
    assert "None of the 2 weight files" in refusal(lambda: install(found))


def test_an_empty_folder_and_one_that_is_not_there(tmp_path: Path) -> None:
    assert "no weight file" in refusal(lambda: look(tmp_path))
    assert "no folder" in refusal(lambda: look(tmp_path / "nowhere"))


def test_cancelled_nothing_has_a_final_name(checkout: Path, home: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.stage.startswith("Taking"):
            raise Cancelled

    with pytest.raises(Cancelled):
        install(look(checkout), stop)
    assert not [path for path in (home / "models").rglob("*") if path.is_file() and ".locks" not in path.parts]


def test_a_part_that_is_damaged_is_not_kept_over_a_good_one(checkout: Path, home: Path) -> None:
    install(look(checkout))
    card = registry.model(MODEL)
    shutil.copy(card.path("autoencoder"), checkout / "good.pth")
    (checkout / "ext_weights" / "v1-16.pth").unlink()
    card.path("autoencoder").write_bytes(b"broken")
    done = install(look(checkout))
    assert [part.name for part in done.taken] == ["v1-16"]
    weights.check(registry.model(MODEL))


def test_every_published_file_is_recognised_in_its_published_shapes(tmp_path: Path, home: Path) -> None:
    layouts = published_layouts()
    assert set(layouts) == {part.name for part in CATALOGUE.parts}
    for name, layout in layouts.items():
        path = header_only(tmp_path / f"{name}.safetensors", layout)
        assert recognise(path, layouts).part == name
    sizes = {name: sum(_count(shape) for shape in layout.values()) for name, layout in LAYOUTS.items()}
    assert sizes["v1-16"] - 2 * 80 == 171_657_218 and sizes["v1-44"] - 2 * 128 == 305_479_682  # less mean and deviation


def _count(shape: tuple[int, ...]) -> int:
    count = 1
    for size in shape:
        count *= size
    return count


def test_the_command_for_a_whole_import_takes_published_sizes(tmp_path: Path, home: Path) -> None:
    layouts = published_layouts()
    for name in ("v1-16", "best_netG"):
        header_only(tmp_path / f"{name}.safetensors", layouts[name])
    done = import_folder(tmp_path)
    assert {part.name for part in done.taken} == {"v1-16", "best_netG"} and not done.installed
    record = json.loads((home / "models" / "parts" / "v1-16.json").read_text())
    assert record["as_published"] is False and record["path"] == "v1-16.safetensors"


def test_the_catalogue_names_parts_that_are_there() -> None:
    names = {part.name for part in CATALOGUE.parts}
    assert all(set(model.files.values()) <= names for model in CATALOGUE.models)
    assert isinstance(CATALOGUE, Catalogue) and len({part.file for part in CATALOGUE.parts}) == len(names)
