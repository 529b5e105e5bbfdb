"""What the engine suggests for a picture, and when it has nothing to say."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from engine.service import Engine
from engine.spec import Refused, Span

SECOND = 48_000


def test_a_film_suggests_what_it_seems_to_show_and_the_second_look_costs_nothing(bunny: str, tmp_path: Path) -> None:
    engine = Engine(cache=tmp_path, device="cpu")
    found = engine.suggest(bunny)
    assert any("seagulls" in suggestion.prompt for suggestion in found)
    confidences = [suggestion.confidence for suggestion in found]
    assert confidences == sorted(confidences, reverse=True) and 0 < confidences[-1] <= confidences[0] <= 1
    began = time.monotonic()
    assert engine.suggest(bunny) == found
    assert time.monotonic() - began < 0.5


def test_suggestions_belong_to_a_span(bunny: str, tmp_path: Path) -> None:
    engine = Engine(cache=tmp_path, device="cpu")
    assert engine.suggest(bunny, Span(0, 2 * SECOND)) == Engine(tmp_path, "cpu").suggest(bunny, Span(0, 2 * SECOND))
    with pytest.raises(Refused, match="outside"):
        engine.suggest(bunny, Span(0, 1000 * SECOND))


def test_without_a_picture_there_is_nothing_to_suggest(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    soundfile.write(path, np.zeros(SECOND), SECOND)
    with pytest.raises(Refused, match="no picture"):
        Engine(device="cpu").suggest(path)


def test_a_model_without_an_eye_borrows_the_bundled_ones(engine: Engine, bunny: str) -> None:
    assert engine.suggest(bunny, model="tiny") == engine.suggest(bunny)
