"""Models from the command line: listed, fetched, imported, checked and removed, as a user reads it."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from hub_shop import MODEL, OTHER, Shop, path_of, stocked  # noqa: E402

from engine.hub.catalogue import Catalogue  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


def test_a_known_model_that_is_missing_is_one_sentence_with_the_command(foleydesk, bunny, tmp_path) -> None:
    sentence = foleydesk("generate", bunny, "--model", "mmaudio-large-44k-v2", "--out", tmp_path / "out").refused()
    assert "`foleydesk models pull mmaudio-large-44k-v2`" in sentence
    assert "GB" in sentence and "CC-BY-NC 4.0" in sentence
    assert not (tmp_path / "out").exists()


def test_the_list_says_what_can_be_fetched_and_what_it_takes(foleydesk) -> None:
    said = json.loads(foleydesk("models", "list", "--json").out)
    assert [card["name"] for card in said["models"]] == ["visiosonic-mini"]
    found = {one["name"]: one for one in said["available"]}
    assert len(found) == 5 and found["mmaudio-large-44k-v2"]["state"] == "not installed"
    assert found["mmaudio-large-44k-v2"]["bytes"] > found[MODEL]["bytes"] > 5e9
    table = foleydesk("models", "list").out
    assert "visiosonic-mini" in table and "mmaudio-medium-44k" in table and "models pull NAME" in table


def test_the_terms_come_first_and_are_asked_once(foleydesk, shop: Shop, stock: Catalogue) -> None:
    sentence = foleydesk("models", "pull", MODEL).refused()
    assert "CC-BY-NC 4.0" in sentence and "--accept-licence" in sentence and shop.asked == []
    ended = foleydesk("models", "pull", MODEL, "--accept-licence")
    assert ended.code == 0 and "not for commercial purposes" in ended.err and "is installed" in ended.out
    assert "of 1 MB" in ended.err  # lines of progress, where there is no terminal
    again = foleydesk("models", "pull", MODEL)
    assert (again.code, again.err) == (0, "") and "already" in again.out


def test_from_nothing_to_nothing_again(foleydesk, stock: Catalogue) -> None:
    assert foleydesk("models", "pull", MODEL, "--accept-licence").code == 0
    said = json.loads(foleydesk("models", "list", "--json").out)
    assert {card["name"] for card in said["models"]} == {"visiosonic-mini", MODEL}
    assert MODEL not in {one["name"] for one in said["available"]}
    checked = foleydesk("models", "verify")
    assert checked.code == 0 and "5 files" in checked.out
    gone = foleydesk("models", "remove", MODEL)
    assert gone.code == 0 and "are free again" in gone.out
    assert "not on this machine" in foleydesk("models", "verify", MODEL).refused()


def test_a_damaged_file_is_named_with_its_remedy(foleydesk, stock: Catalogue, home: Path) -> None:
    foleydesk("models", "pull", MODEL, "--accept-licence")
    path = home / "models" / "parts" / "v1-16.pth"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    ended = foleydesk("models", "verify", MODEL)
    assert ended.code == 2 and str(path) in ended.err and f"models pull {MODEL}" in ended.err
    assert "damaged" in json.loads(foleydesk("models", "list", "--json").out)["available"][0]["state"]
    assert foleydesk("models", "pull", MODEL).code == 0
    assert foleydesk("models", "verify", MODEL).code == 0


def test_published_names_with_other_bytes_are_refused_by_their_md5(foleydesk, shop: Shop) -> None:
    stocked(shop)  # the true catalogue asks for them, at the mirror
    sentence = foleydesk("models", "pull", MODEL, "--accept-licence", "--offline")
    assert sentence.code == 2 and "mmaudio_small_16k.pth" in sentence.err


def test_an_import_of_what_is_no_model_is_refused(foleydesk, tmp_path: Path) -> None:
    (tmp_path / "notes.pth").write_text("no weights " * 200)
    sentence = foleydesk("models", "import", tmp_path)
    assert sentence.code == 2 and str(tmp_path / "notes.pth") in sentence.err
    assert "no folder" in foleydesk("models", "import", tmp_path / "nowhere").refused()


COMMAND = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is born deaf to it
sys.path.insert(0, sys.argv[1])
from hub_shop import Shop, stocked
from engine.hub import catalogue
catalogue.CATALOGUE = stocked(Shop(url=sys.argv[2]))
from foleydesk.cli import main
sys.exit(main(["models", "pull", *sys.argv[3:]]))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals as Unix has them")
def test_ctrl_c_ends_with_130_and_the_next_pull_goes_on(foleydesk, shop: Shop, stock: Catalogue, home: Path) -> None:
    shop.slow_s = 0.1
    begun = home / "models" / MODEL / "mmaudio_small_16k.pth.part"
    command = [sys.executable, "-c", COMMAND, str(ROOT / "tests"), shop.url, MODEL, "--accept-licence"]
    going = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    until = time.monotonic() + 60
    while not (begun.is_file() and begun.stat().st_size > 60_000) and time.monotonic() < until:
        time.sleep(0.01)
    going.send_signal(signal.SIGINT)
    said = going.communicate(timeout=30)[1]
    assert going.returncode == 130 and "Stopped." in said and "Traceback" not in said
    came = begun.stat().st_size
    shop.slow_s = 0.0
    assert foleydesk("models", "pull", MODEL).code == 0
    assert shop.sent_from(path_of(stock, "mmaudio_small_16k")) == [0, came]


@pytest.mark.skipif(os.name == "nt", reason="a terminal as Unix has it")
@pytest.mark.parametrize(("answer", "code"), [("n", 2), ("", 2), ("y", 0)])
def test_on_a_terminal_the_terms_are_shown_and_asked(shop: Shop, stock: Catalogue, home: Path, answer, code) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        arguments = [sys.executable, "-c", COMMAND, str(ROOT / "tests"), shop.url, OTHER]
        os.execve(sys.executable, arguments, {**os.environ, "TERM": "xterm"})
    said = b""
    while b"[y/N]" not in said:
        said += os.read(terminal, 4096)
    os.write(terminal, answer.encode() + b"\n")
    try:
        while piece := os.read(terminal, 4096):
            said += piece
    except OSError:  # how a terminal says that the other side has gone
        pass
    ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(terminal)
    assert ended == code, said.decode()
    assert b"CC-BY-NC 4.0" in said and b"creativecommons.org" in said
    assert (home / "models" / OTHER / "card.json").is_file() == (answer == "y")
    assert (home / "licences.json").is_file() == (answer == "y")
