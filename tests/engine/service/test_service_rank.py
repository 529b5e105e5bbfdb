"""Ranking of sound files against a picture, and spotting, with a tiny model on real footage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.media.audio_file import write_wav
from engine.media.probe import probe
from engine.service import Engine
from engine.spec import Event, Refused, Span

SECOND = 48_000
TIMES = (0.5, 1.1, 2.0)


def hits(path: Path, late: float) -> str:
    t = np.arange(SECOND // 4) / SECOND
    wave = np.zeros(3 * SECOND, np.float32)
    for at in TIMES:
        start = int((at + late) * SECOND)
        wave[start : start + len(t)] += (0.5 * np.sin(2 * np.pi * 900 * t) * np.exp(-t / 0.04)).astype(np.float32)
    write_wav(path, wave)
    return str(path)


def test_the_sound_in_time_comes_first_and_the_late_one_says_so(engine: Engine, bunny: str, tmp_path: Path):
    span = Span(SECOND, 4 * SECOND)
    events = tuple(Event(span.start + int(t * SECOND), 1.0) for t in TIMES)
    late, timely = hits(tmp_path / "late.wav", 0.12), hits(tmp_path / "timely.wav", 0.0)
    ranked = engine.rank(bunny, span, [late, timely], events=events, model="tiny")
    assert [path for path, _ in ranked] == [timely, late]
    assert "120 ms late" in ranked[1][1].says


def test_a_card_is_the_same_alone_and_among_others(engine: Engine, bunny: str, tmp_path: Path):
    paths = [hits(tmp_path / f"{i}.wav", i / 10) for i in range(3)]
    together = dict(engine.rank(bunny, None, paths, "a twig snaps", model="tiny"))
    for path in paths:
        assert engine.rank(bunny, None, [path], "a twig snaps", model="tiny") == ((path, together[path]),)


def test_generated_candidates_are_ranked_as_their_own_cards_say(engine: Engine, bunny: str, tmp_path: Path):
    from engine.spec import Recipe

    recipe = Recipe(bunny, "", Span(0, 2 * SECOND), "a twig snaps", model="tiny", steps=2)
    made = engine.generate(recipe, 3, tmp_path)
    ranked = engine.rank(bunny, recipe.span, [c.wav for c in made][::-1], recipe.prompt, model="tiny")
    assert [path for path, _ in ranked] == [candidate.wav for candidate in made]
    assert ranked[0][1].total == pytest.approx(made[0].card.total, abs=0.01)


def test_a_sound_that_is_missing_is_named(engine: Engine, bunny: str, tmp_path: Path):
    with pytest.raises(Refused, match="gone.wav"):
        engine.rank(bunny, None, [tmp_path / "gone.wav"], model="tiny")


def test_spotting_gives_a_curve_over_the_span_and_its_peaks(engine: Engine, bunny: str):
    span = Span(SECOND, 3 * SECOND)
    curve = engine.spot(bunny, span, model="tiny")
    assert curve.start == SECOND
    assert len(curve.values) == 50
    assert all(span.start <= event.at < span.end for event in curve.events)
    assert all(0 <= value <= 1 for value in curve.values)


def test_a_moment_looks_the_same_whichever_span_asks(engine: Engine, bunny: str):
    whole = engine.spot(bunny, model="tiny")
    part = engine.spot(bunny, Span(SECOND, 3 * SECOND), model="tiny")
    assert part.values == whole.values[25:75]
    assert len(whole.values) == -(-probe(bunny).length * 25 // SECOND)


def test_conditions_for_training_are_those_of_the_span(engine: Engine, bunny: str):
    from engine.spec import Recipe

    recipe = Recipe(bunny, "", Span(0, SECOND), "a twig snaps", model="tiny", events=())
    given = engine.conditions(recipe)
    frames = engine.backbone("tiny").latent_shape(1.0)[0]
    assert given.text == ("a twig snaps",)
    assert given.picture is not None and given.picture.shape[:2] == (1, frames)
    assert given.events is not None and not given.events.any()
