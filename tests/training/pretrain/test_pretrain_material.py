"""Scenes sound when they say so, licences are read as written, and stages go on where they stopped."""

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.conditioning.spotter import pick_events
from training.pretrain.bank import RATE, Recording, hits
from training.pretrain.checkpoint import Run, cosine
from training.pretrain.licences import licence_of, may_train, stanzas
from training.pretrain.motions import MOTIONS
from training.pretrain.scenes import scene
from training.pretrain.sounding import FITS, Shelf, sound
from training.pretrain.spotting import target
from training.pretrain.strokes import lifted


def test_a_seed_is_a_scene() -> None:
    one, other = scene(5, 2.0), scene(5, 2.0)
    assert np.array_equal(one.frames, other.frames) and one.events == other.events
    assert not np.array_equal(one.frames, scene(6, 2.0).frames)


@pytest.mark.parametrize("kind", MOTIONS)
def test_events_lie_in_the_scene(kind: str) -> None:
    t = np.arange(200) / 25
    for seed in range(5):
        motion = MOTIONS[kind][0](np.random.default_rng(seed), t)
        assert all(0 <= at < 8.0 and 0 < strength <= 1 for at, strength in motion.events)
        assert motion.bodies.shape[1:] == (200, 2)
        assert kind in FITS


def test_a_blow_falls_fast_and_stops_dead() -> None:
    t = np.arange(0, 8, 0.002)
    times = [1.0, 2.5, 4.0, 5.5]
    for seed in range(10):
        height = lifted(np.random.default_rng(seed), t, times, np.full(4, 0.8), fall_s=0.12)
        for at in times:
            at_once, before, after = (height[int((at + by) / 0.002)] for by in (0.0, -0.02, 0.02))
            assert at_once == pytest.approx(0, abs=0.02)
            assert before > 2 * after


def test_sound_begins_at_the_events() -> None:
    t = np.arange(200) / 25
    motion = MOTIONS["drop"][0](np.random.default_rng(2), t)
    click = Recording(np.r_[1.0, np.zeros(999)].astype(np.float32), "hit/metal", ("x",), False, "", "CC0")
    shelf = Shelf([click])
    shelf.takes = {thing: [click.wave] for thing in shelf.takes}
    wave = sound(np.random.default_rng(0), shelf, motion, 8.0).wave
    peaks = np.flatnonzero(np.abs(wave) > 0.1)
    for at, _ in motion.events:
        assert np.min(np.abs(peaks - at * RATE)) < 4


def test_a_spotted_curve_gives_its_events_back() -> None:
    made = next(s for s in (scene(seed, 6.0) for seed in range(20)) if s.motion.kind == "strike")
    events = pick_events(target(made)[0], start=48_000)
    assert len(events) == len(made.events)
    for event, (at, _) in zip(events, made.events, strict=True):
        assert abs((event.at - 48_000) / 48_000 - at) < 0.03


def test_a_recording_is_cut_into_its_blows() -> None:
    t = np.arange(RATE) / RATE
    blow = np.exp(-t / 0.03) * np.sin(2 * np.pi * 600 * t)
    wave = np.concatenate([np.zeros(4000), blow, 0.8 * blow]).astype(np.float32)
    pieces = hits(wave)
    assert len(pieces) == 2
    assert all(np.argmax(np.abs(piece) > 0.3) < 0.02 * RATE for piece in pieces)


COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: 2010 Somebody
License: LGPL-2.1+

Files: sounds/*
       more/*.ogg
Copyright: 2012 Else
License: CC-BY-SA-3.0
 Full text.

Files: sounds/song.ogg
Copyright: 2013 Third
License: CC-BY-NC-3.0
"""


def test_the_last_matching_paragraph_tells_the_licence() -> None:
    rules = stanzas(COPYRIGHT)
    found = {p: licence_of(p, rules) for p in ("a.c", "sounds/hit.ogg", "more/x.ogg", "sounds/song.ogg")}
    assert [rule.licence for rule in found.values() if rule] == [
        "LGPL-2.1+",
        "CC-BY-SA-3.0",
        "CC-BY-SA-3.0",
        "CC-BY-NC-3.0",
    ]


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("CC0-1.0", True),
        ("CC-BY-3.0", True),
        ("CC-BY-SA-3.0 or MIT", True),
        ("GPL-2+", False),
        ("CC-BY-NC-3.0", False),
        ("CC-BY-SA-3.0 and GPL-2+", False),
        ("CC-BY-ND-3.0", False),
    ],
)
def test_only_free_licences_train(licence: str, allowed: bool) -> None:
    assert may_train(licence) is allowed


def test_a_stage_goes_on_where_it_stopped(tmp_path: Path) -> None:
    net = torch.nn.Linear(2, 2)
    run = Run(tmp_path / "stage.pt", steps=10, save_s=0.0)
    run.start({"net": net})
    while run.going() and run.step < 4:
        net.weight.data.fill_(run.step)
        run.advance({"net": net})
    again, fresh = Run(tmp_path / "stage.pt", steps=10), torch.nn.Linear(2, 2)
    again.start({"net": fresh})
    assert again.step == 4 and torch.equal(fresh.weight, net.weight) and not again.done()
    assert not list(tmp_path.glob("*.part"))


def test_the_rate_warms_up_and_comes_down() -> None:
    rates = [cosine(share / 100) for share in range(101)]
    assert max(rates) > 0.99 and rates[0] < 0.05 and rates[-1] < 0.03
