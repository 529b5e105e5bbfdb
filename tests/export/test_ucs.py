"""File names by the Universal Category System: built, judged, taken apart."""

from __future__ import annotations

import pytest

from engine.spec import Refused
from foleydesk.document.project import Cue
from foleydesk.export.ucs import Name, Naming, categories, category, parse, preview, remarks, searched, title

NAMING = Naming("FD", "BUNNY")


def cue(prompt: str = "", kind: str = "") -> Cue:
    return Cue("c", 0, 48_000, prompt, category=kind)


def grave(name: Name) -> list[str]:
    return [remark.says for remark in remarks(name) if remark.grave]


def test_the_whole_list_is_there_and_every_category_makes_a_valid_name():
    assert len(categories()) == 752
    assert categories()["FEETHmn"].full == "FOOTSTEPS-HUMAN"
    assert not [one for one in categories() if grave(Name(one, "Boot On Leaves", "FD", "BUNNY"))]


@pytest.mark.parametrize("words", ["FEETHmn", "feethmn", "FOOTSTEPS-HUMAN", "footsteps human", " Footsteps / Human "])
def test_a_category_is_known_by_its_id_and_by_its_name(words: str):
    assert category(words) is categories()["FEETHmn"]


def test_no_other_words_are_a_category():
    assert category("steps") is None and category("") is None


def test_the_conventions_own_examples_are_valid_and_come_apart():
    name = parse("GUNAuto-EXT_UZI 9mm-Rapid Fire Close Up Short Bursts_TN_NONE_416-MKH8040-DualMono")
    assert name == Name(
        "GUNAuto", "Rapid Fire Close Up Short Bursts", "TN", "NONE", "EXT", "UZI 9mm", "416-MKH8040-DualMono"
    )
    assert not grave(name) and str(name).startswith("GUNAuto-EXT_UZI 9mm-Rapid")
    assert not grave(parse("GUNAuto_Uzi 9mm Rapid Fire Close Up Short Bursts_TN_DORY"))


def test_too_few_blocks_are_refused():
    with pytest.raises(Refused, match="2 of the blocks"):
        parse("FEETHmn_Boot")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (Name("feetHmn", "Boot", "FD", "BUNNY"), "must be written FEETHmn"),
        (Name("STEPS", "Boot", "FD", "BUNNY"), "not in the list"),
        (Name("", "Boot", "FD", "BUNNY"), "Nothing is not in the list"),
        (Name("FEETHmn", "", "FD", "BUNNY"), "title is missing"),
        (Name("FEETHmn", "Boot", "", "BUNNY"), "creator is missing"),
        (Name("FEETHmn", "Boot", "FD", " "), "source is missing"),
        (Name("FEETHmn", "Boot_Leaves", "FD", "BUNNY"), "no underscore"),
        (Name("FEETHmn", "Boot?", "FD", "BUNNY"), "some file systems"),
        (Name("FEETHmn", "Boot ", "FD", "BUNNY"), "space"),
        (Name("FEETHmn", "Boot", "FD", "B" * 200), "characters"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(name: Name, says: str):
    assert any(says in sentence for sentence in grave(name)), remarks(name)


def test_a_long_title_is_only_advised_against():
    name = Name("FEETHmn", "Boot Steps On Very Dry Leaves", "FD", "BUNNY")
    assert not grave(name) and "29 characters" in remarks(name)[0].says


def test_a_preview_is_the_file_name_of_a_cue():
    seen = preview(cue("a boot steps on dry leaves, close", "footsteps-human"), NAMING, data="01")
    assert seen.file == "FEETHmn_Boot Steps On Dry Leaves_FD_BUNNY_01.wav"
    assert seen.valid and not seen.remarks


def test_without_a_category_the_track_says_which_and_the_preview_says_so():
    seen = preview(cue("steps"), NAMING, track="Feet")
    assert seen.file.startswith("FOLYFeet_Steps_") and seen.valid
    assert "no category" in seen.remarks[0].says
    assert "no UCS category" in preview(cue("steps", "loud things"), NAMING).remarks[0].says


def test_a_preview_without_names_of_ones_own_is_not_valid():
    seen = preview(cue("steps", "FEETHmn"), Naming("", ""))
    assert not seen.valid and len(seen.remarks) == 2


@pytest.mark.parametrize("prompt", ["", "a", "___", "the / of: a?", "w" * 300, "Schritte im Schnee, ganz nah", "足音"])
def test_whatever_a_prompt_holds_its_name_is_valid_and_comes_apart_again(prompt: str):
    seen = preview(cue(prompt, "FEETHmn"), Naming("F_D", "BUN/NY"))
    assert seen.valid, seen.remarks
    assert parse(str(seen.name)) == seen.name and len(seen.name.title) <= 25


def test_a_title_ends_with_a_whole_word_that_means_something():
    assert title("a drumstick hits a metal rail, close, dry") == "Drumstick Hits A Metal"
    assert title("keys fall down the stairs to a floor") == "Keys Fall Down The Stairs"
    assert title("rain on the") == "Rain"


def test_the_list_can_be_searched():
    assert "FEETHors" in [one.id for one in searched("hoof clop")]
    assert searched("no such thing at all") == ()
