"""Variations of a take, parts of it made anew, and sounds to be like: what a designer would count on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from engine.audio.loudness import true_peak
from engine.media.probe import content_hash
from engine.service import Engine
from engine.spec import Candidate, Guidances, Recipe, Refused, Span

SECOND = 48_000
CEILING = 10 ** (-1 / 20)
START = 12_345


@pytest.fixture
def recipe(bunny: str, able: Path) -> Recipe:
    return Recipe(bunny, "", Span(START, START + 3 * SECOND), prompt="a twig snaps", model="tiny", steps=4, seed=7)


@pytest.fixture
def take(engine: Engine, recipe: Recipe, tmp_path: Path) -> Candidate:
    return engine.generate(recipe, 1, tmp_path / "take")[0]


def samples(path: str) -> np.ndarray:
    return soundfile.read(path, dtype="int32")[0]


def made(engine: Engine, recipe: Recipe, into: Path) -> Candidate:
    return engine.generate(recipe, 1, into)[0]


@pytest.mark.parametrize("strength", [0.4, 1.0])
@pytest.mark.parametrize("length", [3 * SECOND, SECOND])
def test_outside_the_part_made_anew_not_a_sample_changes(
    engine: Engine, recipe: Recipe, tmp_path: Path, strength: float, length: int
) -> None:
    recipe = replace(recipe, span=Span(START, START + length))
    take = made(engine, recipe, tmp_path / "take")
    region = Span(START + length // 3, START + length // 2)
    part = replace(recipe, base=take.wav, region=region, strength=strength, seed=70)
    before, after = samples(take.wav), samples(made(engine, part, tmp_path / "new").wav)
    inside = slice(region.start - START, region.end - START)
    assert np.array_equal(np.delete(before, np.r_[inside]), np.delete(after, np.r_[inside]))
    assert (before[inside] != after[inside]).mean() > 0.9


def test_a_sound_with_a_new_part_is_safe_to_play(
    engine: Engine, recipe: Recipe, take: Candidate, tmp_path: Path
) -> None:
    for region in (Span(START, START + SECOND), Span(START + 2 * SECOND, START + 3 * SECOND), recipe.span):
        wave = soundfile.read(made(engine, replace(recipe, base=take.wav, region=region), tmp_path).wav)[0]
        assert true_peak(wave.astype(np.float32)) <= CEILING


def test_a_variation_of_no_strength_is_the_take_to_the_bit(
    engine: Engine, recipe: Recipe, take: Candidate, tmp_path: Path
) -> None:
    same = made(engine, replace(recipe, base=take.wav, strength=0.0, seed=70), tmp_path)
    assert np.array_equal(samples(same.wav), samples(take.wav))


def test_a_variation_of_full_strength_is_a_fresh_sound_of_its_seed(
    engine: Engine, recipe: Recipe, take: Candidate, tmp_path: Path
) -> None:
    fresh = made(engine, replace(recipe, seed=70), tmp_path / "fresh")
    varied = made(engine, replace(recipe, base=take.wav, strength=1.0, seed=70), tmp_path / "varied")
    assert np.array_equal(samples(fresh.wav), samples(varied.wav))


def test_a_variation_knows_its_take_wherever_that_lies(
    engine: Engine, recipe: Recipe, take: Candidate, tmp_path: Path
) -> None:
    varied = made(engine, replace(recipe, base=take.wav, strength=0.5), tmp_path / "a")
    assert varied.recipe.base_hash == content_hash(take.wav)
    moved = Path(take.wav).rename(tmp_path / "elsewhere.wav")
    again = made(engine, replace(recipe, base=str(moved), strength=0.5), tmp_path / "b")
    assert again.id == varied.id and again.id != take.id


@pytest.mark.parametrize("cue", [0.3, 5.0])
def test_short_and_long_cues_can_be_changed_too(
    engine: Engine, able: Path, recipe: Recipe, tmp_path: Path, cue: float
) -> None:
    (able / "card.json").write_text((able / "card.json").read_text().replace('"longest_s": 8.0', '"longest_s": 2.0'))
    recipe = replace(recipe, span=Span(0, round(cue * SECOND)))
    take = made(engine, recipe, tmp_path / "take")
    middle = Span(recipe.span.length // 4, recipe.span.length // 2)
    for change in ({"region": middle}, {"strength": 0.5}, {"region": middle, "strength": 0.5}):
        found = made(engine, replace(recipe, base=take.wav, seed=9, **change), tmp_path / "new")
        assert found.length == recipe.span.length and found.id != take.id


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"base": "/nowhere/take.wav"}, "/nowhere/take.wav is missing"),
        ({"base_hash": "0" * 64}, "not the take"),
        ({"span": Span(START, START + SECOND)}, "3.00 s long, the cue 1.00 s"),
        ({"region": Span(START - 5, START + 50)}, "not within the cue"),
        ({"region": Span(START + 50, START + 50)}, "not within the cue"),
        ({"strength": 1.5}, "0 to 1"),
        ({"base": None, "strength": 0.5}, "Only a take"),
        ({"base": None, "region": Span(START, START + 50)}, "Only a take"),
        ({"guidances": Guidances(picture=-1)}, "guidance of -1"),
    ],
)
def test_what_cannot_be_changed_is_refused_in_a_sentence(
    engine: Engine, recipe: Recipe, take: Candidate, tmp_path: Path, change: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        engine.generate(replace(recipe, **{"base": take.wav, "strength": 0.5, **change}), 1, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*"))


def test_a_model_that_starts_from_noise_alone_says_so(
    engine: Engine, able: Path, recipe: Recipe, take: Candidate, tmp_path: Path
) -> None:
    (able / "card.json").write_text((able / "card.json").read_text().replace('"variation"', '"other"'))
    with pytest.raises(Refused, match="cannot start from a take"):
        engine.generate(replace(recipe, base=take.wav, strength=0.5), 1, tmp_path / "out")


def tone(path: Path, seconds: float = 1.0, hertz: float = 440.0, gain: float = 0.1) -> str:
    soundfile.write(path, gain * np.sin(2 * np.pi * hertz * np.arange(int(seconds * SECOND)) / SECOND), SECOND)
    return str(path)


def test_a_reference_changes_the_sound_and_is_known_by_its_content(
    engine: Engine, recipe: Recipe, take: Candidate, tmp_path: Path
) -> None:
    like = made(engine, replace(recipe, reference=tone(tmp_path / "a.wav")), tmp_path / "out")
    moved = made(engine, replace(recipe, reference=str((tmp_path / "a.wav").rename(tmp_path / "b.wav"))), tmp_path)
    assert like.recipe.reference_hash == content_hash(tmp_path / "b.wav")
    assert like.id == moved.id != take.id
    assert not np.array_equal(samples(like.wav), samples(take.wav))


def test_how_loud_a_reference_is_says_nothing(engine: Engine, recipe: Recipe, tmp_path: Path) -> None:
    waves = [samples(made(engine, replace(recipe, reference=tone(tmp_path / f"{gain}.wav", gain=gain)),
                          tmp_path / "out").wav) for gain in (0.5, 0.05)]
    assert np.corrcoef(*waves)[0, 1] > 0.99


def middle_of_power(path: str) -> float:
    """In Hz."""
    power = np.abs(np.fft.rfft(soundfile.read(path)[0])) ** 2
    return float((np.fft.rfftfreq(3 * SECOND, 1 / SECOND) * power).sum() / power.sum())


def test_a_candidate_takes_the_colour_of_its_reference_where_that_has_weight(
    engine: Engine, recipe: Recipe, take: Candidate, tmp_path: Path
) -> None:
    low, high = (replace(recipe, reference=tone(tmp_path / f"{hertz}.wav", hertz=hertz)) for hertz in (300, 6000))
    dull, bright = (middle_of_power(made(engine, like, tmp_path / "out").wav) for like in (low, high))
    assert dull < 0.5 * middle_of_power(take.wav) and dull < 0.5 * bright
    without = made(engine, replace(low, guidances=Guidances(reference=0.0)), tmp_path / "out")
    assert np.array_equal(samples(without.wav), samples(take.wav))


@pytest.mark.parametrize("what", ["missing", "text", "silent", "changed"])
def test_a_reference_that_cannot_be_heard_is_named(
    engine: Engine, recipe: Recipe, tmp_path: Path, what: str
) -> None:
    path = tmp_path / "like.wav"
    if what == "text":
        path.write_text("no sound")
    elif what != "missing":
        tone(path, gain=0.0 if what == "silent" else 0.1)
    with pytest.raises(Refused, match=r"like\.wav") as caught:
        engine.generate(replace(recipe, reference=str(path), reference_hash="0" * 64 if what == "changed" else ""), 1,
                        tmp_path / "out")
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


def test_of_a_long_reference_the_loudest_seconds_are_heard(engine: Engine, recipe: Recipe, tmp_path: Path) -> None:
    quiet, loud = np.zeros(10 * SECOND), soundfile.read(tone(tmp_path / "loud.wav", 1.0, gain=0.5))[0]
    quiet[7 * SECOND : 8 * SECOND] = loud
    soundfile.write(tmp_path / "long.wav", quiet, SECOND)
    from engine.conditioning.reference import loudest_start

    assert 6.8 * SECOND < loudest_start(str(tmp_path / "long.wav")) <= 7 * SECOND


@pytest.mark.parametrize("name", ["text", "picture", "events"])
def test_each_guidance_changes_the_sound_and_its_name(
    engine: Engine, recipe: Recipe, take: Candidate, tmp_path: Path, name: str
) -> None:
    other = made(engine, replace(recipe, guidances=Guidances(**{name: 1.5})), tmp_path)
    assert other.id != take.id
    assert not np.array_equal(samples(other.wav), samples(take.wav))


def test_guidances_that_say_what_the_overall_one_says_make_the_same_sound(
    engine: Engine, recipe: Recipe, take: Candidate, tmp_path: Path
) -> None:
    alike = Guidances(text=recipe.guidance, picture=recipe.guidance)
    assert np.array_equal(samples(made(engine, replace(recipe, guidances=alike), tmp_path).wav), samples(take.wav))
