"""What a request for candidates gives, with real footage and a tiny model."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from engine.audio.loudness import true_peak
from engine.candidates import read_candidate
from engine.loaders import Loaders
from engine.service import Engine
from engine.spec import Cancelled, Event, Guidances, Progress, Recipe, Span

SECOND = 48_000


@pytest.fixture
def recipe(bunny: str) -> Recipe:
    span = Span(12_345, 12_345 + 3 * SECOND + 7)
    return Recipe(bunny, "", span, prompt="a twig snaps", model="tiny", steps=4, seed=7)


def waves(folder: Path) -> dict[int, np.ndarray]:
    """Sounds in a folder by seed."""
    found = [read_candidate(path) for path in folder.glob("*.json")]
    return {candidate.recipe.seed: soundfile.read(candidate.wav)[0] for candidate in found}


def test_four_candidates_have_their_own_seeds_and_stand_in_rank_order(engine: Engine, recipe: Recipe, tmp_path: Path):
    found = engine.generate(recipe, 4, tmp_path / "out")
    assert {candidate.recipe.seed for candidate in found} == {7, 8, 9, 10}
    totals = [candidate.card.total for candidate in found]
    assert totals == sorted(totals, reverse=True)
    assert all(candidate.card.says and candidate.recipe.media_hash for candidate in found)


def test_a_candidate_is_a_24_bit_mono_wav_of_the_spans_length_to_the_sample(
    engine: Engine, recipe: Recipe, tmp_path: Path
):
    for candidate in engine.generate(recipe, 2, tmp_path / "out"):
        info = soundfile.info(candidate.wav)
        assert (info.samplerate, info.subtype, info.channels) == (SECOND, "PCM_24", 1)
        assert info.frames == candidate.length == recipe.span.length
        assert Path(candidate.mel).is_file()


def test_candidates_peak_below_minus_one_and_rest_on_zero(engine: Engine, recipe: Recipe, tmp_path: Path):
    engine.generate(recipe, 2, tmp_path / "out")
    for wave in waves(tmp_path / "out").values():
        assert true_peak(wave.astype(np.float32)) <= 10 ** (-1 / 20)
        assert abs(wave.mean()) < 1e-3
        assert np.abs(wave).max() > 0.01


def test_the_same_request_writes_the_same_files_byte_for_byte(
    engine: Engine, tiny: Loaders, recipe: Recipe, tmp_path: Path
):
    engine.generate(recipe, 2, tmp_path / "first")
    Engine(device="cpu", loaders=tiny).generate(recipe, 2, tmp_path / "second")
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("first", "second"))
    assert len(first) == 6
    assert first == second


def test_two_candidates_are_two_of_the_four(engine: Engine, recipe: Recipe, tmp_path: Path):
    engine.generate(recipe, 4, tmp_path / "four")
    engine.generate(replace(recipe, seed=8), 2, tmp_path / "two")
    four, two = waves(tmp_path / "four"), waves(tmp_path / "two")
    for seed in (8, 9):
        difference = np.abs(two[seed] - four[seed]).max() / np.abs(four[seed]).max()
        assert difference < 1e-4
    names = [{path.name for path in (tmp_path / folder).iterdir()} for folder in ("four", "two")]
    assert names[1] < names[0]


def test_candidates_differ_clearly(engine: Engine, recipe: Recipe, tmp_path: Path):
    engine.generate(replace(recipe, guidance=1.0, events=()), 2, tmp_path / "out")
    one, other = waves(tmp_path / "out").values()
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.5


@pytest.mark.parametrize("change", [{"prompt": "rain"}, {"negative": "music"}, {"guidance": 1.0}, {"steps": 5}])
def test_every_part_of_a_recipe_changes_the_sound_and_its_name(
    engine: Engine, recipe: Recipe, tmp_path: Path, change: dict[str, object]
):
    (one,) = engine.generate(recipe, 1, tmp_path)
    (other,) = engine.generate(replace(recipe, **change), 1, tmp_path)
    assert one.id != other.id
    assert Path(one.wav).read_bytes() != Path(other.wav).read_bytes()


def test_the_designers_events_move_the_sound(engine: Engine, recipe: Recipe, tmp_path: Path):
    drawn = replace(recipe, events=(Event(recipe.span.start + 2 * SECOND, 1.0),), guidance=1.0)
    engine.generate(drawn, 1, tmp_path)
    (wave,) = waves(tmp_path).values()
    power = [np.mean(part**2) for part in np.array_split(wave, 30)]
    assert int(np.argmax(power)) in (19, 20)


@pytest.mark.parametrize("seconds", [0.3, 0.05])
def test_a_very_short_cue_gets_its_sound(engine: Engine, recipe: Recipe, tmp_path: Path, seconds: float):
    short = replace(recipe, span=Span(0, int(seconds * SECOND)))
    (candidate,) = engine.generate(short, 1, tmp_path)
    assert soundfile.info(candidate.wav).frames == short.span.length


def test_a_cue_longer_than_the_model_can_is_made_in_windows(
    engine: Engine, home: Path, recipe: Recipe, tmp_path: Path
):
    card = json.loads((home / "card.json").read_text())
    (home / "card.json").write_text(json.dumps({**card, "longest_s": 2.0}))
    whole = replace(recipe, span=Span(0, 5 * SECOND))
    (candidate,) = engine.generate(whole, 1, tmp_path)
    wave, _ = soundfile.read(candidate.wav)
    assert len(wave) == 5 * SECOND
    assert min(np.mean(part**2) for part in np.array_split(wave, 25)) > 1e-8


@pytest.mark.parametrize("stage", ["Looking at the picture", "Generating", "Decoding", "Ranking"])
def test_cancelling_at_any_stage_leaves_no_files(engine: Engine, recipe: Recipe, tmp_path: Path, stage: str):
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.stage == stage:
            raise Cancelled

    with pytest.raises(Cancelled):
        engine.generate(recipe, 2, tmp_path / "out", stop)
    assert seen[-1].stage == stage
    assert not list((tmp_path / "out").iterdir())


def test_progress_counts_every_step_of_every_candidate_and_tells_the_time_to_go(
    engine: Engine, recipe: Recipe, tmp_path: Path
):
    seen: list[Progress] = []
    engine.generate(recipe, 2, tmp_path, seen.append)
    steps = [progress for progress in seen if progress.stage == "Generating"]
    assert [progress.step for progress in steps] == list(range(1, 9))
    assert steps[0].steps == 8
    assert steps[-1].seconds_left == 0


def test_one_decoding_of_the_picture_serves_every_later_request(
    engine: Engine, tiny: Loaders, recipe: Recipe, tmp_path: Path
):
    engine.spot(recipe.media, model="tiny")
    looked = tiny.spotter(None, None).looked  # type: ignore[arg-type]
    engine.generate(recipe, 1, tmp_path / "a")
    Engine(cache=tmp_path / "cache", device="cpu", loaders=tiny).generate(recipe, 1, tmp_path / "b")
    assert tiny.spotter(None, None).looked == looked  # type: ignore[arg-type]


def test_a_damaged_cache_is_looked_past(engine: Engine, tiny: Loaders, recipe: Recipe, tmp_path: Path):
    engine.generate(recipe, 1, tmp_path / "a")
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(path.read_bytes()[:50])
    Engine(cache=tmp_path / "cache", device="cpu", loaders=tiny).generate(recipe, 1, tmp_path / "b")
    assert {p.name for p in (tmp_path / "a").iterdir()} == {p.name for p in (tmp_path / "b").iterdir()}


def test_a_sound_file_without_picture_gets_candidates_from_words_alone(engine: Engine, recipe: Recipe, tmp_path: Path):
    soundfile.write(tmp_path / "tone.wav", np.zeros(2 * SECOND), SECOND)
    heard = replace(recipe, media=str(tmp_path / "tone.wav"), span=Span(0, SECOND))
    (candidate,) = engine.generate(heard, 1, tmp_path / "out")
    assert candidate.card.score("temporal") is None
    assert candidate.card.score("semantic") is not None


def test_a_card_says_how_much_the_usual_guidance_is_in_its_model(
    engine: Engine, recipe: Recipe, home: Path, tmp_path: Path
):
    """4.5 and 3 where beyond 1 half is taken are 2.75 and 2 where all is; 0 and 1 are what they are everywhere."""
    card = home / "card.json"
    usual = replace(recipe, guidance=4.5, guidances=Guidances(text=3.0))
    plain = replace(recipe, guidance=4.5, guidances=Guidances(text=2.0, events=2.75, picture=4.5))
    still = replace(usual, guidances=Guidances(text=0.0, events=1.0))
    wanted, same = waves_of(engine, plain, tmp_path / "plain"), waves_of(engine, still, tmp_path / "still")
    assert not np.array_equal(waves_of(engine, usual, tmp_path / "before"), wanted)
    said = json.loads(card.read_text())
    shares = {"guidance_shares": {"text": 0.5, "events": 0.5}}
    card.write_text(json.dumps(said | {"config": said.get("config", {}) | shares}))
    assert np.array_equal(waves_of(engine, usual, tmp_path / "after"), wanted)
    assert np.array_equal(waves_of(engine, still, tmp_path / "still again"), same)


def waves_of(engine: Engine, recipe: Recipe, into: Path) -> np.ndarray:
    """The first candidate's samples."""
    return soundfile.read(engine.generate(recipe, 1, into)[0].wav)[0]
