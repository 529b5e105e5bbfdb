"""What is on this machine: is it whole, and how it goes again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hub_shop import MODEL, OTHER, Shop, refusal

from engine import registry, weights
from engine.hub.catalogue import CATALOGUE, Catalogue
from engine.hub.pull import pull
from engine.hub.remove import remove
from engine.hub.standing import State, standing
from engine.hub.verify import verify
from engine.spec import Progress, Refused


@pytest.fixture
def both(catalogue: Catalogue) -> Catalogue:
    pull(MODEL, catalogue=catalogue)
    pull(OTHER, catalogue=catalogue)
    return catalogue


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    stat = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # as a disk that goes bad does it: nothing else tells


def test_a_bit_that_turned_over_is_found_named_and_mended_by_a_pull(both: Catalogue, shop: Shop) -> None:
    card = registry.model(MODEL)
    assert all(verdict.fine for verdict in verify([card]))
    path = card.path("vocoder")
    flip(path)
    bad = [verdict for verdict in verify([card]) if not verdict.fine]
    assert [verdict.path.name for verdict in bad] == ["best_netG.pt"]
    assert "damaged" in bad[0].says and f"`foleydesk models pull {MODEL}`" in bad[0].says
    assert standing(both.model(MODEL), both).state == State.DAMAGED
    with pytest.raises(Refused, match="models pull"):
        weights.check(card)
    shop.asked.clear()
    pull(MODEL, catalogue=both)
    assert {asked.rpartition("/")[2] for _, asked, _ in shop.asked} == {"best_netG.pt"}
    assert all(verdict.fine for verdict in verify([registry.model(MODEL)]))
    assert standing(both.model(MODEL), both).state == State.INSTALLED


def test_a_missing_file_is_found(both: Catalogue) -> None:
    registry.model(MODEL).path("clip").unlink()
    verdicts = verify([registry.model(MODEL), registry.model(OTHER)])
    assert [verdict.model for verdict in verdicts if not verdict.fine] == [MODEL, OTHER]
    assert standing(both.model(OTHER), both).state == State.DAMAGED


def test_removing_one_leaves_what_the_other_needs(both: Catalogue, home: Path) -> None:
    kept = {path for path in registry.model(OTHER).files}
    gone = remove(MODEL, both)
    assert gone.freed >= 3 * 300_000 and gone.freed < 4 * 300_000  # network, autoencoder, vocoder, and their records
    assert {part.name for part, _ in gone.kept} == {"synchformer", "dfn5b-clip-vit-h-14-384"}
    assert {title for _, title in gone.kept} == {"MMAudio small 44 kHz"} and kept
    weights.check(registry.model(OTHER))
    with pytest.raises(Refused, match="is not on this machine"):
        registry.model(MODEL)
    assert remove(OTHER, both).freed >= 5 * 300_000
    left = [path for path in (home / "models").rglob("*") if path.is_file() and ".locks" not in path.parts]
    assert left == []
    assert "nothing to remove" in refusal(lambda: remove(OTHER, both))


def test_a_download_that_was_given_up_can_be_removed(catalogue: Catalogue, shop: Shop, home: Path, monkeypatch) -> None:
    monkeypatch.setattr("engine.hub.download.PAUSE_S", 0.01)
    source = catalogue.part("mmaudio_small_16k").source
    shop.breaks_at[f"/{source.repo}/resolve/main/{source.paths[0]}"] = [100_000] * 6
    refusal(lambda: pull(MODEL, catalogue=catalogue))
    now = standing(catalogue.model(MODEL), catalogue)
    assert (now.state, now.here) == (State.PARTLY, 100_000) and now.to_come == now.whole - 100_000
    assert remove(MODEL, catalogue).freed >= 100_000
    assert standing(catalogue.model(MODEL), catalogue).state == State.MISSING


def test_what_is_being_fetched_is_not_removed(catalogue: Catalogue, home: Path) -> None:
    def meanwhile(progress: Progress) -> None:
        if progress.stage.startswith("Getting v1-16"):
            sentences.append(refusal(lambda: remove(MODEL, catalogue)))

    sentences: list[str] = []
    pull(MODEL, meanwhile, catalogue=catalogue)
    assert sentences and "v1-16.pth is being fetched" in sentences[0]
    weights.check(registry.model(MODEL))


def test_the_bundled_model_and_ones_own_are_not_removed(home: Path) -> None:
    assert "not removed" in refusal(lambda: remove("visiosonic-mini"))
    assert "No model named" in refusal(lambda: remove("nothing-like-this"))


def test_a_known_model_that_is_not_here_is_refused_with_command_size_and_licence(home: Path) -> None:
    sentence = refusal(lambda: registry.model("mmaudio-large-44k-v2"))
    assert "`foleydesk models pull mmaudio-large-44k-v2`" in sentence
    assert "GB" in sentence and "CC-BY-NC 4.0" in sentence and sentence.count(". ") == 0


def test_a_card_is_what_the_registry_reads(both: Catalogue, home: Path) -> None:
    data = json.loads((home / "models" / MODEL / "card.json").read_text())
    assert data["config"] == {"variant": "small_16k"} and data["backbone"] == "mmaudio"
    assert data["capabilities"] == ["text", "negative", "picture", "variation", "region"]
    assert {card.name for card in registry.models()} == {"visiosonic-mini", MODEL, OTHER}


def test_every_model_says_what_it_is_for_and_how_large_it_is() -> None:
    for model in CATALOGUE.models:
        assert model.about.endswith(".") and model.memory_bytes > 4e9
        assert CATALOGUE.about_bytes(model) > 5e9 and len(CATALOGUE.licences_of(model)) >= 2
