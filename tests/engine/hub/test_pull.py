"""Downloads from a server that behaves in every way a server may."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hub_shop import MODEL, OTHER, Shop, content, path_of, refusal, serving, stocked

from engine import registry, weights
from engine.hub import acceptance
from engine.hub.catalogue import CATALOGUE, Catalogue
from engine.hub.pull import pull
from engine.spec import Cancelled, Progress, Refused, ignore

ROOT = Path(__file__).resolve().parents[3]


def parts(home: Path) -> Path:
    return home / "models" / "parts"


def final_names(home: Path) -> set[str]:
    """Weight files under their final names, whatever they hold."""
    files = (path for path in (home / "models").rglob("*") if path.is_file())
    return {path.name for path in files if path.suffix in (".pth", ".pt", ".bin", ".safetensors")}


def test_a_pulled_model_is_installed_with_every_hash_on_its_card(catalogue: Catalogue, home: Path) -> None:
    seen: list[Progress] = []
    card = pull(MODEL, seen.append, catalogue=catalogue)
    assert registry.model(MODEL) == card and card.longest_s == 8.0 and card.shortest_s == 0.64
    assert set(card.files) == {"generator", "autoencoder", "vocoder", "synchformer", "clip"}
    for role, name in catalogue.model(MODEL).files.items():
        data = content(name)
        assert card.path(role).read_bytes() == data
        assert (card.file(role).sha256, card.file(role).bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    weights.check(card)
    assert card.file("autoencoder").path == "../parts/v1-16.pth"
    assert seen[-1].step == seen[-1].steps == 5 * 300_000
    steps = [one.step for one in seen if one.stage.startswith("Getting")]
    assert steps == sorted(steps) and len(set(steps)) > 5
    assert not list((home / "models").rglob("*.part*"))


def test_shared_parts_are_fetched_once(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    pull(MODEL, catalogue=catalogue)
    shop.asked.clear()
    pull(OTHER, catalogue=catalogue)
    fetched = {path.rpartition("/")[2] for method, path, _ in shop.asked if method == "GET"}
    assert fetched == {"mmaudio_small_44k.pth", "v1-44.pth", "bigvgan_generator.pt"}
    shop.asked.clear()
    pull(OTHER, catalogue=catalogue)
    assert shop.asked == []


def test_broken_off_at_40_per_cent_it_goes_on_from_there(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    path = path_of(catalogue, "v1-16")
    shop.breaks_at[path] = [120_000]
    pull(MODEL, catalogue=catalogue)
    assert shop.sent_from(path) == [0, 120_000]
    assert (parts(home) / "v1-16.pth").read_bytes() == content("v1-16")


def test_a_line_that_stays_dead_is_said_and_the_next_pull_goes_on(
    catalogue: Catalogue, shop: Shop, home: Path, monkeypatch
) -> None:
    monkeypatch.setattr("engine.hub.download.PAUSE_S", 0.01)
    path = path_of(catalogue, "synchformer")
    shop.breaks_at[path] = [120_000] * 6
    sentence = refusal(lambda: pull(MODEL, catalogue=catalogue))
    assert "synchformer_state_dict.pth is kept" in sentence and "keeps breaking off" in sentence
    assert "synchformer_state_dict.pth" not in final_names(home)
    assert (parts(home) / "synchformer_state_dict.pth.part").stat().st_size == 120_000
    with pytest.raises(Refused, match="is not on this machine"):
        registry.model(MODEL)
    shop.asked.clear()
    pull(MODEL, catalogue=catalogue)
    assert shop.sent_from(path) == [120_000]
    assert (parts(home) / "synchformer_state_dict.pth").read_bytes() == content("synchformer")


def test_cancelled_it_ends_at_once_and_goes_on_next_time(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    path = path_of(catalogue, "mmaudio_small_16k")

    def at_40_per_cent(progress: Progress) -> None:
        if progress.stage.startswith("Getting") and progress.step >= 120_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        pull(MODEL, at_40_per_cent, catalogue=catalogue)
    assert final_names(home) == set()
    came = (home / "models" / MODEL / "mmaudio_small_16k.pth.part").stat().st_size
    assert 120_000 <= came < 120_000 + 256 * 1024
    pull(MODEL, catalogue=catalogue)
    assert shop.sent_from(path) == [0, came] if came < 300_000 else [0]


def test_a_wrong_file_is_refused_and_nothing_of_it_stays(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    path = path_of(catalogue, "best_netG")
    shop.files[path] = b"x" + shop.files[path][1:]
    sentence = refusal(lambda: pull(MODEL, catalogue=catalogue))
    assert "best_netG.pt" in sentence and "MD5" in sentence and catalogue.part("best_netG").md5 in sentence
    assert not list(parts(home).glob("best_netG*"))


def test_the_hubs_own_hash_is_checked_where_none_is_published(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    path = path_of(catalogue, "dfn5b-clip-vit-h-14-384")
    true = shop.files[path]

    class Turned(dict):
        """Other bytes for GET than those that HEAD tells the hash of."""

        def __getitem__(self, key):
            asked = shop.asked[-1]
            return true[::-1] if key == path and asked[0] == "GET" else super().__getitem__(key)

    shop.files = Turned(shop.files)
    assert "SHA-256" in refusal(lambda: pull(MODEL, catalogue=catalogue))
    assert not list(parts(home).glob("DFN5B*"))


@pytest.mark.parametrize(("status", "words"), [(404, "does not have it"), (403, "does not allow it")])
@pytest.mark.parametrize("part", ["v1-16", "mmaudio_small_16k"])
def test_an_error_of_the_server_is_one_sentence(
    catalogue: Catalogue, shop: Shop, home: Path, part, status, words
) -> None:
    shop.status[path_of(catalogue, part)] = status
    sentence = refusal(lambda: pull(MODEL, catalogue=catalogue))
    assert words in sentence and str(status) in sentence and catalogue.part(part).file in sentence
    assert final_names(home) == set()


def test_a_server_that_is_not_there_is_one_sentence(catalogue: Catalogue, home: Path, monkeypatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert "127.0.0.1:9 cannot be reached" in refusal(lambda: pull(MODEL, catalogue=catalogue))


def test_the_disk_is_looked_at_before_the_first_byte(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    shop.claims[path_of(catalogue, "v1-16")] = 10**15
    sentence = refusal(lambda: pull(MODEL, catalogue=catalogue))
    assert "no room" in sentence and "free" in sentence
    assert final_names(home) == set() and not list((home / "models").rglob("*.part"))


def test_a_server_without_range_starts_again_and_comes_whole(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    path = path_of(catalogue, "v1-16")
    shop.knows_range, shop.breaks_at[path] = False, [120_000]
    pull(MODEL, catalogue=catalogue)
    assert shop.sent_from(path) == [0, 120_000]  # asked to go on; the answer was the whole file
    assert (parts(home) / "v1-16.pth").read_bytes() == content("v1-16")


@pytest.mark.parametrize("tells_version", [True, False])
def test_a_file_that_changed_between_the_tries_is_fetched_anew(
    catalogue: Catalogue, shop: Shop, home: Path, tells_version: bool
) -> None:
    path = path_of(catalogue, "best_netG")
    true = shop.files[path]
    shop.files[path] = content("an earlier version")
    shop.tells_version = tells_version
    begun = parts(home) / "best_netG.pt.part"

    def early(progress: Progress) -> None:
        if begun.is_file() and begun.stat().st_size > 50_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        pull(MODEL, early, catalogue=catalogue)
    assert begun.stat().st_size > 0
    shop.files[path] = true
    pull(MODEL, catalogue=catalogue)
    assert (parts(home) / "best_netG.pt").read_bytes() == true


def test_a_file_that_changes_while_it_comes_is_fetched_anew(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    path = path_of(catalogue, "best_netG")
    true, other = shop.files[path], content("a later version")
    shop.heeds_if_range, shop.breaks_at[path] = False, [120_000]
    shop.files[path] = other

    def change(progress: Progress) -> None:
        if progress.stage.startswith("Getting best_netG") and shop.sent_from(path):
            shop.files[path] = true  # as when a release is replaced under a download

    pull(MODEL, change, catalogue=catalogue)
    assert (parts(home) / "best_netG.pt").read_bytes() == true
    assert shop.sent_from(path) == [0, 120_000, 0]


def test_offline_it_says_so_and_asks_nobody(catalogue: Catalogue, shop: Shop, home: Path, monkeypatch) -> None:
    assert "--offline" in refusal(lambda: pull(MODEL, offline=True, catalogue=catalogue))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    sentence = refusal(lambda: pull(MODEL, catalogue=catalogue))
    assert "HF_HUB_OFFLINE" in sentence and "v1-16.pth" in sentence and shop.asked == []
    monkeypatch.delenv("HF_HUB_OFFLINE")
    pull(MODEL, catalogue=catalogue)
    pull(MODEL, offline=True, catalogue=catalogue)


def test_without_the_terms_accepted_nothing_comes(shop, home: Path) -> None:
    catalogue = stocked(shop)
    sentence = refusal(lambda: pull(MODEL, catalogue=catalogue))
    assert "CC-BY-NC 4.0" in sentence and shop.asked == [] and not (home / "models").exists()
    model = catalogue.model(MODEL)
    acceptance.accept(model, catalogue)
    assert acceptance.accepted(model, catalogue) and not acceptance.accepted(catalogue.model(OTHER), catalogue)
    pull(MODEL, catalogue=catalogue)


def test_a_name_that_is_not_published_is_refused_with_the_nearest(catalogue: Catalogue) -> None:
    assert "did you mean mmaudio-small-16k" in refusal(lambda: pull("mmaudio-smal-16k", catalogue=catalogue))


def test_the_proxy_of_the_environment_is_used(catalogue: Catalogue, shop: Shop, home: Path, monkeypatch) -> None:
    from engine.hub.asking import get

    monkeypatch.setenv("http_proxy", shop.url)
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(Exception, match="404"):
        get("http://models.example/some.pth", {})
    assert any(path.startswith("http://models.example/") for _, path, _ in shop.asked)


PULL = """
import sys
sys.path.insert(0, sys.argv[1])
from hub_shop import MODEL, Shop, stocked
from engine.hub.pull import pull
from engine.spec import Refused
catalogue = stocked(Shop(url=sys.argv[2]))
limit = int(sys.argv[3])
if limit:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
print("begins", flush=True)
stages = set()
try:
    pull(MODEL, lambda progress: stages.add(progress.stage.split(";")[0]), catalogue=catalogue)
except Refused as refusal:
    print(refusal, flush=True)
else:
    print("done", any("Another" in stage for stage in stages), flush=True)
"""


def start(shop, limit: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PULL, str(ROOT / "tests"), shop.url, str(limit)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ}, stdout=subprocess.PIPE, text=True)


def test_two_at_once_share_the_work_and_both_end_well(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    shop.slow_s = 0.02
    both = [start(shop), start(shop)]
    said = [one.communicate(timeout=120)[0].split("\n") for one in both]
    assert all(lines[1].startswith("done") for lines in said), said
    for name in catalogue.model(MODEL).files.values():
        assert shop.sent_from(path_of(catalogue, name)) == [0]
    weights.check(registry.model(MODEL))


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_killed_in_the_middle_it_leaves_no_half_file_and_goes_on(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    shop.slow_s = 0.03
    begun = home / "models" / MODEL / "mmaudio_small_16k.pth.part"
    one = start(shop)
    try:
        until = time.monotonic() + 60
        while not (begun.is_file() and begun.stat().st_size > 60_000) and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        os.kill(one.pid, signal.SIGKILL)
        one.communicate()
    assert final_names(home) == set()
    came = begun.stat().st_size
    assert 60_000 < came < 300_000
    shop.slow_s = 0.0
    pull(MODEL, catalogue=catalogue)
    path = path_of(catalogue, "mmaudio_small_16k")
    assert shop.sent_from(path) == [0, came]
    weights.check(registry.model(MODEL))


@pytest.mark.skipif(os.name == "nt", reason="limits as Unix has them")
def test_a_disk_that_fills_up_is_said_and_what_came_is_kept(catalogue: Catalogue, shop: Shop, home: Path) -> None:
    said = start(shop, limit=200_000).communicate(timeout=60)[0].split("\n")
    assert "disk is full" in said[1] and "kept" in said[1]
    assert final_names(home) == set()
    pull(MODEL, ignore, catalogue=catalogue)
    weights.check(registry.model(MODEL))


def test_a_store_behind_the_hub_is_followed_and_learns_no_login(
    catalogue: Catalogue, shop: Shop, home: Path, monkeypatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_of_the_user")
    with serving() as store:
        for name in catalogue.model(MODEL).files.values():
            path = path_of(catalogue, name)
            store.files[f"/store/{name}"] = shop.files[path]
            shop.moved[path] = f"{store.url}/store/{name}?signed=yes"
        store.breaks_at["/store/mmaudio_small_16k"] = [120_000]
        pull(MODEL, catalogue=catalogue)
        weights.check(registry.model(MODEL))
        assert store.sent_from("/store/mmaudio_small_16k") == [0, 120_000]
        assert set(store.logins.values()) == {""}
    assert shop.logins[path_of(catalogue, "mmaudio_small_16k")] == "Bearer hf_of_the_user"
    record = (home / "models" / MODEL / "mmaudio_small_16k.json").read_text()
    assert "signed" not in record and "hf_of_the_user" not in record


def test_mirrors_of_both_places_are_asked_instead(shop: Shop, home: Path, monkeypatch) -> None:
    stock = stocked(shop)
    released = tuple(replace(part, md5=stock.part(part.name).md5) for part in CATALOGUE.parts)
    catalogue = replace(CATALOGUE, parts=released)  # the published addresses, with the hashes of what the shop has
    acceptance.accept(catalogue.model(MODEL), catalogue)
    monkeypatch.setenv("FOLEYDESK_GITHUB", shop.url)
    pull(MODEL, catalogue=catalogue)
    weights.check(registry.model(MODEL))
    assert any(path.endswith("/releases/download/v0.1/v1-16.pth") for _, path, _ in shop.asked)
