"""The bundled model through the whole engine, on real footage. Skips until its weights are installed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
import torch
from torch.nn import functional as F

from engine import registry
from engine.audio.mel import SAMPLE_RATE as MODEL_RATE
from engine.audio.mel import Mel
from engine.audio.resample import resample
from engine.service import DEFAULT_MODEL, Engine
from engine.spec import Guidances, Recipe, Refused, Span

SECOND = 48_000


@pytest.fixture(scope="module")
def bundled() -> Engine:
    try:
        registry.model(DEFAULT_MODEL)
    except Refused as refusal:
        pytest.skip(str(refusal))
    return Engine(device="cpu")


@pytest.fixture
def recipe(bunny: str) -> Recipe:
    return Recipe(bunny, "", Span(SECOND, 3 * SECOND), prompt="footsteps on grass", steps=6, seed=7)


def waves(engine: Engine, recipe: Recipe, candidates: int, into: Path) -> dict[int, np.ndarray]:
    """Sounds by seed."""
    found = engine.generate(recipe, candidates, into)
    return {candidate.recipe.seed: soundfile.read(candidate.wav)[0] for candidate in found}


def test_two_candidates_are_two_of_the_three_below_minus_80_db(bundled: Engine, recipe: Recipe, tmp_path: Path):
    three = waves(bundled, recipe, 3, tmp_path / "three")
    two = waves(bundled, recipe, 2, tmp_path / "two")
    for seed in two:
        assert np.abs(two[seed] - three[seed]).max() <= 1e-4 * np.abs(three[seed]).max()
        assert (tmp_path / "two").exists()
    same = {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert all((tmp_path / "three" / name).read_bytes() == data for name, data in same.items())


def test_seeds_prompts_and_negatives_make_sounds_that_differ(bundled: Engine, recipe: Recipe, tmp_path: Path):
    base = waves(bundled, recipe, 1, tmp_path / "a")[7]
    for change in ({"seed": 8}, {"prompt": "rain"}, {"negative": "music"}):
        (other,) = waves(bundled, replace(recipe, **change), 1, tmp_path / "b").values()
        assert abs(np.corrcoef(base, other)[0, 1]) < 0.98


def test_cards_say_something_about_what_when_and_clean(bundled: Engine, recipe: Recipe, tmp_path: Path):
    (candidate,) = bundled.generate(recipe, 1, tmp_path)
    assert candidate.card.score("semantic") and candidate.card.score("perceptual")
    assert 0 < candidate.card.total <= 1
    assert candidate.card.says


def test_the_model_chooses_how_it_is_sampled_and_the_candidate_says_so(
    bundled: Engine, recipe: Recipe, tmp_path: Path
):
    (own,) = bundled.generate(recipe, 1, tmp_path)
    (same,) = bundled.generate(replace(recipe, sampler=own.recipe.sampler), 1, tmp_path)
    (plain,) = bundled.generate(replace(recipe, sampler="euler"), 1, tmp_path)
    assert own.recipe.sampler == "adams"
    assert own.id == same.id != plain.id
    assert bundled.generate(own.recipe, 1, tmp_path)[0].id == own.id


def fine(wave: np.ndarray) -> np.ndarray:
    """What of a sound's mel its neighbourhood does not tell."""
    mel = Mel()(torch.from_numpy(resample(wave.astype(np.float32), SECOND, MODEL_RATE))[None])[0]
    around = F.avg_pool2d(F.pad(mel[None, None], (2, 2, 4, 4), mode="replicate"), (9, 5), stride=1)[0, 0]
    return (mel - around).numpy().ravel()


def test_a_variation_keeps_the_grain_of_its_take_until_nothing_of_it_is_left(
    bundled: Engine, recipe: Recipe, tmp_path: Path
):
    (take,) = bundled.generate(recipe, 1, tmp_path / "take")
    (fresh,) = waves(bundled, replace(recipe, seed=8), 1, tmp_path).values()
    near, anew = (next(iter(waves(bundled, replace(recipe, seed=8, base=take.wav, strength=strength), 1,
                                  tmp_path / "varied").values())) for strength in (0.2, 1.0))
    grain = fine(soundfile.read(take.wav)[0])
    alike = {name: np.corrcoef(grain, fine(wave))[0, 1] for name, wave in (("near", near), ("anew", anew))}
    assert alike["near"] > 0.5 > 2 * abs(alike["anew"])
    assert np.array_equal(anew, fresh)


def test_a_reference_is_taken_after_unless_it_has_no_weight(bundled: Engine, recipe: Recipe, tmp_path: Path):
    (like,) = bundled.generate(replace(recipe, prompt="heavy rain"), 1, tmp_path / "like")
    referred = replace(recipe, reference=like.wav)
    plain, after, weightless = (next(iter(waves(bundled, one, 1, tmp_path).values())) for one in (
        recipe, referred, replace(referred, guidances=Guidances(reference=0.0))))
    assert np.array_equal(plain, weightless)
    rain = np.log(np.abs(np.fft.rfft(soundfile.read(like.wav)[0])).reshape(-1)[:-1].reshape(100, -1).mean(1))
    apart = [np.std(np.log(np.abs(np.fft.rfft(one))[:-1].reshape(100, -1).mean(1)) - rain) for one in (after, plain)]
    assert apart[0] < 0.5 * apart[1]


@pytest.fixture
def still(tmp_path: Path) -> str:
    """Two seconds of one grey picture."""
    path = tmp_path / "still.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width = stream.height = 96
        stream.pix_fmt = "yuv420p"
        grey = np.tile(np.linspace(40, 200, 96).astype(np.uint8)[:, None, None], (1, 96, 3))
        for _ in range(50):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        container.mux(stream.encode(None))
    return str(path)


def test_a_picture_in_which_nothing_happens_is_believed_not_exaggerated(bundled: Engine, still: str, tmp_path: Path):
    recipe = Recipe(still, "", Span(0, 2 * SECOND), prompt="wind in the trees", steps=6, seed=7)
    assert bundled.spot(still).events == ()
    own, believed, exaggerated = (
        waves(bundled, replace(recipe, guidances=Guidances(picture=weight)), 1, tmp_path / str(weight))[7]
        for weight in (None, 1.0, recipe.guidance)
    )
    assert np.array_equal(own, believed)
    assert not np.allclose(own, exaggerated, atol=1e-3)
