"""The rule that only `tests.taste` knows is learned from 40 picks. Minutes; not part of the everyday run."""

import argparse
import sys
from pathlib import Path

import pytest

from engine.registry import model_folders

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_forty_picks_of_the_brighter_sound_make_the_next_ones_brighter(tmp_path, monkeypatch):
    if not any(folder.name == "visiosonic-mini" for folder in model_folders()):
        pytest.skip("the bundled model is not there")
    monkeypatch.syspath_prepend(str(ROOT))
    from tests import taste

    options = argparse.Namespace(work=tmp_path, picks=40, candidates=2, held_out=40, sampler_steps=25, adapter="bright")
    figures = taste.play(options)
    print(figures, file=sys.stderr)
    assert figures["picks"] == 40
    assert figures["adapter_preferred"] >= taste.WANTED_SHARE
    assert figures["onset_f1_base"] - figures["onset_f1_adapter"] <= taste.ALLOWED_DROP
