"""MMAudio from a video to sounds on disk, with random weights of a small size and every step of the real way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from engine import memory
from engine.audio.finish import finish
from engine.backbones.base import Conditions
from engine.bench.ours import raw_sound
from engine.generation import Plan, latents, waveform
from engine.layers.int8 import vnni
from engine.service import Engine
from engine.spec import Cancelled, Event, Guidances, Progress, Recipe, Refused, Span

SECOND = 48_000
ENCODERS = ("clip_text", "clip_vision", "synchformer")


@pytest.fixture
def recipe(model: str, bunny: Path) -> Recipe:
    return Recipe(str(bunny), "", Span(0, 2 * SECOND), "boots on gravel", "music", model=model, steps=2)


def sound(engine: Engine, recipe: Recipe, out: Path) -> np.ndarray:
    (candidate,) = engine.generate(recipe, 1, out)
    return soundfile.read(candidate.wav)[0]


@pytest.mark.parametrize("length", [1, 20_000, 96_000, 100_001])
def test_a_sound_is_as_long_as_its_cue_to_the_sample(engine: Engine, recipe: Recipe, tmp_path: Path, length: int):
    made = sound(engine, replace(recipe, span=Span(4_321, 4_321 + length)), tmp_path)
    assert len(made) == length
    assert np.isfinite(made).all()


def test_the_sound_hangs_on_words_picture_motion_seed_and_negative(engine: Engine, recipe: Recipe, tmp_path: Path):
    others = [
        recipe,
        replace(recipe, prompt="rain"),
        replace(recipe, negative=""),
        replace(recipe, seed=1),
        replace(recipe, span=Span(SECOND, 3 * SECOND)),
        replace(recipe, guidances=Guidances(picture=0.0)),
        replace(recipe, guidances=Guidances(events=0.0)),
        replace(recipe, guidances=Guidances(picture=0.0, events=0.0)),
    ]
    sounds = [sound(engine, other, tmp_path) for other in others]
    for i, one in enumerate(sounds):
        assert not any(np.array_equal(one, other) for other in sounds[:i]), i


def test_the_same_request_makes_the_same_bytes_after_a_restart(
    make_engine: Callable[[], Engine], recipe: Recipe, tmp_path: Path
):
    first, second = (make_engine().generate(recipe, 2, tmp_path / name) for name in "ab")
    assert [Path(one.wav).read_bytes() for one in first] == [Path(one.wav).read_bytes() for one in second]


def test_a_second_request_on_the_same_cue_runs_no_encoder(
    make_engine: Callable[[], Engine], recipe: Recipe, ran: Counter[str], tmp_path: Path
):
    make_engine().generate(recipe, 1, tmp_path)
    assert all(ran[name] == 1 for name in ENCODERS)
    make_engine().generate(replace(recipe, seed=7, steps=1), 2, tmp_path)
    assert all(ran[name] == 1 for name in ENCODERS), ran
    assert ran["network"] == 2


def test_where_memory_is_short_what_reads_words_leaves_too(
    engine: Engine, recipe: Recipe, ran: Counter[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(memory, "_main_memory", lambda: (3 << 29, 16 << 30))
    for prompt in ("boots", "rain on leaves"):
        engine.generate(replace(recipe, prompt=prompt), 1, tmp_path)
    assert (ran["clip_text"], ran["clip_vision"]) == (2, 1)


def test_exact_and_fast_are_looked_at_apart_and_kept_apart(
    make_engine: Callable[[], Engine], recipe: Recipe, ran: Counter[str], tmp_path: Path
):
    both = [replace(recipe, precision=precision) for precision in ("fast", "exact")]
    first, second = (make_engine().generate(one, 1, tmp_path)[0] for one in both)
    assert first.id != second.id
    looked = 2 if vnni() else 1
    assert (ran["clip_vision"], ran["synchformer"]) == (looked, 1), "Synchformer is exact on every CPU"
    for one in both:
        make_engine().generate(replace(one, seed=5), 1, tmp_path)
    assert (ran["clip_vision"], ran["synchformer"]) == (looked, 1)


def test_a_precision_that_there_is_not_is_refused(engine: Engine, recipe: Recipe, tmp_path: Path):
    with pytest.raises(Refused, match="choose fast or exact"):
        engine.generate(replace(recipe, precision="double"), 1, tmp_path)


def test_other_words_on_the_same_cue_do_not_look_at_the_picture_again(
    engine: Engine, recipe: Recipe, ran: Counter[str], tmp_path: Path
):
    engine.generate(recipe, 1, tmp_path)
    for prompt in ("rain on leaves", "a bell", "wind"):
        engine.generate(replace(recipe, prompt=prompt), 1, tmp_path)
    assert (ran["clip_text"], ran["clip_vision"], ran["synchformer"]) == (1, 1, 1)
    assert (ran["network"], ran["autoencoder"], ran["vocoder"]) == (1, 1, 1)


def test_encoders_of_the_picture_are_gone_and_the_network_is_not_there_yet_when_sampling_starts(
    engine: Engine, recipe: Recipe, ran: Counter[str], tmp_path: Path
):
    seen: list[tuple[str, set[str], dict[str, int]]] = []
    engine.generate(recipe, 1, tmp_path, lambda progress: seen.append((progress.stage, set(held(engine)), dict(ran))))
    looking = [counts for stage, _, counts in seen if stage == "Looking at the picture"]
    assert "network" not in looking[-1] and "clip_vision" in looking[-1]
    assert all(names <= {"clip_text"} for stage, names, _ in seen if stage == "Generating")
    first = next(counts for stage, _, counts in seen if stage == "Generating")
    assert "vocoder" not in first and "autoencoder" not in first


def held(engine: Engine) -> dict:
    """The encoders in memory."""
    return engine._shelf._loaded.system().encoders._held


def test_a_muted_picture_is_not_looked_at_but_its_motion_is(
    engine: Engine, recipe: Recipe, ran: Counter[str], tmp_path: Path
):
    engine.generate(replace(recipe, guidances=Guidances(picture=0.0)), 1, tmp_path)
    assert (ran["clip_vision"], ran["synchformer"]) == (0, 1)


def test_words_alone_need_no_picture(engine: Engine, recipe: Recipe, ran: Counter[str], tmp_path: Path):
    (unseen,) = engine.generate(replace(recipe, guidances=Guidances(picture=0.0, events=0.0)), 1, tmp_path)
    assert unseen.card.score("temporal") is None
    soundfile.write(tmp_path / "tone.wav", np.zeros(3 * SECOND), SECOND)
    heard = sound(engine, replace(recipe, media=str(tmp_path / "tone.wav")), tmp_path)
    assert np.array_equal(heard, soundfile.read(unseen.wav)[0])
    assert (ran["clip_vision"], ran["synchformer"]) == (0, 0)


def test_drawn_events_serve_the_ranking_of_a_model_that_cannot_follow_them(
    engine: Engine, recipe: Recipe, tmp_path: Path
):
    drawn = replace(recipe, events=(Event(SECOND, 1.0),))
    (free,), (judged,) = engine.generate(recipe, 1, tmp_path / "a"), engine.generate(drawn, 1, tmp_path / "b")
    assert np.array_equal(soundfile.read(free.wav)[0], soundfile.read(judged.wav)[0])
    assert judged.card.score("temporal") is not None and judged.card.score("semantic") is not None


def test_a_batch_of_four_is_four_sounds_made_alone(engine: Engine, recipe: Recipe):
    backbone, plan = engine.backbone(recipe.model), Plan("euler", 25, 4.5, "music")
    given = engine.conditions(recipe)
    together = latents(backbone, given, plan, [3, 4, 5, 6], 4, lambda *_: None)
    alone = torch.cat([latents(backbone, given, plan, [seed], 1, lambda *_: None) for seed in (3, 4, 5, 6)])
    assert torch.linalg.norm(together - alone) < 1e-4 * torch.linalg.norm(alone)
    assert (together[0] - together[1]).abs().max() > 0.1


def test_guidance_is_the_published_one(engine: Engine, recipe: Recipe):
    """v = s · v(picture, words) + (1 − s) · v(nothing, negative words), in even Euler steps from the seed's noise."""
    backbone, given = engine.backbone(recipe.model), engine.conditions(recipe)
    found = latents(backbone, given, Plan("euler", 5, 4.5, "music"), [9], 1, lambda *_: None)
    x = torch.randn(backbone.latent_shape(2.0), generator=torch.Generator().manual_seed(9))[None]
    with torch.inference_mode():
        whole, nothing = backbone.prepare(given), backbone.prepare(Conditions(2.0, ("music",)))
        for i in range(5):
            t = torch.tensor([i / 5])
            x = x + (4.5 * backbone.predict(x, t, whole) - 3.5 * backbone.predict(x, t, nothing)) / 5
    assert torch.linalg.norm(found - x) < 1e-5 * torch.linalg.norm(x)


def test_a_variation_stays_near_its_take_and_a_region_keeps_the_rest(engine: Engine, recipe: Recipe, tmp_path: Path):
    (take,) = engine.generate(recipe, 1, tmp_path / "take")
    base = soundfile.read(take.wav)[0]
    part = replace(recipe, base=take.wav, region=Span(SECOND // 2, SECOND), seed=3)
    anew = sound(engine, part, tmp_path / "part")
    assert np.array_equal(anew[: SECOND // 2], base[: SECOND // 2]) and np.array_equal(anew[SECOND:], base[SECOND:])
    assert not np.array_equal(anew, base)
    assert len(sound(engine, replace(recipe, base=take.wav, strength=0.4, seed=3), tmp_path / "varied")) == len(base)


@pytest.mark.parametrize("stage", ["Looking at the picture", "Generating", "Decoding"])
def test_cancelling_at_any_stage_leaves_no_files(engine: Engine, recipe: Recipe, tmp_path: Path, stage: str):
    def cancel(progress: Progress) -> None:
        if progress.stage == stage:
            raise Cancelled

    with pytest.raises(Cancelled):
        engine.generate(recipe, 2, tmp_path / "out", cancel)
    assert not list((tmp_path / "out").iterdir())


def test_the_estimate_is_there_before_anything_is_loaded(engine: Engine, recipe: Recipe, ran: Counter[str]):
    short = engine.estimate(recipe, 1)
    assert 0 < short.needed < 8 << 30
    assert "GB" in short.says
    assert not ran


def test_unloading_lets_everything_go(engine: Engine, recipe: Recipe, ran: Counter[str], tmp_path: Path):
    engine.generate(recipe, 1, tmp_path)
    engine.unload()
    engine.generate(recipe, 1, tmp_path)
    assert ran["network"] == ran["vocoder"] == 2


def test_a_latent_decodes_to_its_whole_length_in_windows_too(engine: Engine, recipe: Recipe):
    backbone = engine.backbone(recipe.model)
    frames, channels = backbone.latent_shape(20.0)
    wave = waveform(backbone, torch.randn(frames, channels))
    assert len(wave) == frames * 512 == 20 * 16_000


def test_the_sound_that_a_comparison_takes_raw_is_the_candidate_before_finishing(
    engine: Engine, recipe: Recipe, tmp_path: Path
):
    recipe = replace(recipe, sampler="euler")
    raw = np.load(raw_sound(engine, recipe, tmp_path))
    assert len(raw) == 63 * 512
    assert np.allclose(finish(raw, 16_000, 2 * SECOND), sound(engine, recipe, tmp_path), atol=1e-4)
