"""Preference training and its adapters on MMAudio: a few steps from two pairs, on, off, and as before to the bit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile
import torch
from safetensors.torch import load_file

from engine.adapters import WEIGHTS, read_adapter
from engine.media.audio_file import read_audio
from engine.service import Engine
from engine.spec import Recipe, Span
from training.adapters import linear_layers
from training.config import DPOConfig
from training.examples import encode_pairs, group, prepared
from training.loop import train
from training.preferences.pairs import Pair

SECOND = 48_000


@pytest.fixture
def pairs(engine: Engine, model: str, bunny: Path, tmp_path: Path) -> list[Pair]:
    """Two cues of unlike length, each with two sounds of which one was picked; the longer one has no prompt."""
    found = []
    for i, (seconds, prompt) in enumerate(((1.0, "boots on gravel"), (1.3, ""))):
        span = Span(i * SECOND, i * SECOND + round(seconds * SECOND))
        recipe = Recipe(str(bunny), "", span, prompt, model=model, steps=2)
        one, other = engine.generate(recipe, 2, tmp_path / f"cue{i}")
        found.append(Pair(f"pair{i}", recipe, one.wav, other.wav, 1, 2, 1.0, "human", f"event{i}", model))
    return found


def test_three_steps_make_an_adapter_that_changes_the_sound_and_comes_off_without_trace(
    make_engine: Callable[[], Engine], pairs: list[Pair], ran: Counter[str], tmp_path: Path
):
    engine, recipe = make_engine(), pairs[0].recipe
    looked = dict(ran)
    config = DPOConfig(steps=3, batch=2, learning_rate=0.1, warm_up=1, rank=2, beta=50.0, held_out=0.0)
    card = train(pairs, engine.backbone(recipe.model), engine.conditions, config, tmp_path / "taste")
    assert (card.steps, card.pairs, card.model) == (3, 2, recipe.model)
    assert all(ran[name] == looked[name] for name in ("clip_text", "clip_vision", "synchformer"))
    bytes_of = {}
    for name, adapter in (("off", None), ("on", str(tmp_path / "taste")), ("off again", None)):
        (made,) = engine.generate(replace(recipe, adapter=adapter), 1, tmp_path / name)
        bytes_of[name] = Path(made.wav).read_bytes()
    assert bytes_of["off"] == bytes_of["off again"] != bytes_of["on"]
    assert read_adapter(tmp_path / "taste").model_sha256


def test_an_adapter_may_sit_on_any_linear_layer(engine: Engine, model: str, tmp_path: Path):
    names = linear_layers(engine.backbone(model).module)
    for part in ("joint_blocks.0.latent_block.attn.qkv", "joint_blocks.0.text_block.linear1", "fused_blocks.0.attn.qkv",
                 "t_embed.mlp.0", "adaLN_modulation", "final_layer"):  # fmt: skip
        assert any(part in name for name in names), part


def test_long_picks_are_cut_where_their_conditions_can_be(engine: Engine, pairs: list[Pair], bunny: Path):
    recipe = replace(pairs[0].recipe, span=Span(0, 5 * SECOND))
    sound = read_audio(pairs[0].winner_wav, mono=True)
    long = Path(pairs[0].winner_wav).with_name("long.wav")
    soundfile.write(long, sound.repeat(5, axis=0)[: 5 * SECOND], SECOND)
    pair = replace(pairs[0], recipe=recipe, winner_wav=str(long), loser_wav=str(long))
    backbone = engine.backbone(recipe.model)
    (encoded,), skipped = encode_pairs([pair], backbone, engine.conditions)
    (pieces,) = group([encoded], backbone, longest_s=2.0)
    assert not skipped
    assert pieces.winner.shape == (3, 62, 8)
    assert len(pieces.given) == 3 and pieces.weight.sum() == 1
    sync = prepared(pieces.given, backbone).tensors["sync"]
    assert not torch.equal(sync[0], sync[1]) and not torch.equal(sync[1], sync[2])


@pytest.mark.parametrize("targets", ["^text_input_proj", "clip_cond_proj", "global_cond_mlp", "clip_input_proj"])
def test_layers_that_only_conditions_go_through_learn_too(
    engine: Engine, pairs: list[Pair], tmp_path: Path, targets: str
):
    recipe = pairs[0].recipe
    config = DPOConfig(steps=3, batch=2, learning_rate=0.1, warm_up=1, rank=2, beta=50.0, held_out=0.0, targets=targets)
    train(pairs, engine.backbone(recipe.model), engine.conditions, config, tmp_path / "taste")
    learned = load_file(tmp_path / "taste" / WEIGHTS)
    assert learned and all(bool(tensor.any()) for tensor in learned.values())
    without, on = (
        engine.generate(replace(recipe, adapter=adapter), 1, tmp_path / name)[0]
        for name, adapter in (("off", None), ("on", str(tmp_path / "taste")))
    )
    assert Path(without.wav).read_bytes() != Path(on.wav).read_bytes()
