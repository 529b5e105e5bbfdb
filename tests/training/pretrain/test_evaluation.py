"""Figures say what was measured and whether it is enough; measuring tells the right from the wrong."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from engine.backbones.base import Conditions
from engine.media.audio_file import write_wav
from engine.media.probe import probe
from engine.spec import SAMPLE_RATE, Candidate, Event, Recipe, Refused, Span, from_json, to_json
from training.metrics.onset import onset_scores
from training.pretrain.evaluate.ablations import Without, variant
from training.pretrain.evaluate.bench import Bench, Setting, digest, heard, model_key, request
from training.pretrain.evaluate.figure import Figure, Row, markdown, table
from training.pretrain.evaluate.footage import Clip, in_time, mean
from training.pretrain.evaluate.novelty import blow, chosen, draw, nearest, strongest, tuned
from training.pretrain.evaluate.pictures import heat, strips
from training.pretrain.evaluate.reference import likeness, nearer
from training.pretrain.evaluate.spectral import between, centroid, colour, distance, within
from training.pretrain.evaluate.timing import edited, scored, shuffled, sounding
from training.pretrain.held_out import held_out, of_motion


def burst(seed: int = 0, hz: float = 900.0, seconds: float = 0.5, rate: int = SAMPLE_RATE) -> np.ndarray:
    """A struck thing: a decaying tone and a short noise."""
    t, rng = np.arange(round(seconds * rate)) / rate, np.random.default_rng(seed)
    tone = np.exp(-t / 0.08) * np.sin(2 * np.pi * hz * t)
    return (0.5 * tone + 0.3 * np.exp(-t / 0.01) * rng.uniform(-1, 1, len(t))).astype(np.float32)


def sequence(times: list[float], hz: float = 900.0, seconds: float = 4.0) -> np.ndarray:
    wave = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    for i, at in enumerate(times):
        piece = burst(i, hz)[: len(wave) - round(at * SAMPLE_RATE)]
        wave[round(at * SAMPLE_RATE) :][: len(piece)] += piece
    return wave


class Brightness:
    """An ear of two dimensions: how much of a sound lies below and above 1 kHz."""

    def embed_text(self, texts: list[str]) -> np.ndarray:
        return np.tile([1.0, 0.0], (len(texts), 1))

    def embed_audio(self, waveform: np.ndarray) -> np.ndarray:
        power = np.abs(np.fft.rfft(waveform, axis=1)) ** 2
        edge = int(1000 * waveform.shape[1] / 44_100)
        parts = np.stack([power[:, :edge].sum(1), power[:, edge:].sum(1)], axis=1) ** 0.5
        return parts / np.linalg.norm(parts, axis=1, keepdims=True)


def test_onsets_that_are_late_lower_f1(tmp_path: Path) -> None:
    true = [[0.5, 1.2, 2.1, 3.0], [0.4, 1.7, 2.6]]
    found = []
    for late in (0.0, 0.05, 0.2):
        for i, times in enumerate(true):
            write_wav(tmp_path / f"{i}.wav", sequence([at + late for at in times]), SAMPLE_RATE)
        found.append(scored(true, [heard(tmp_path / f"{i}.wav") for i in range(2)]).f1)
    assert found[0] == found[1] == 1.0 and found[2] == 0.0


def test_shuffled_scenes_are_scored_against_others() -> None:
    times = [[0.3 + 0.4 * i, 7.5 - 0.4 * i] for i in range(17)]
    assert scored(times, times).f1 == 1.0 and shuffled(times, times).f1 < 0.3


def test_a_hand_moves_removes_and_adds_and_says_what() -> None:
    events = [Event(round((0.4 + 0.7 * i) * SAMPLE_RATE), 0.8) for i in range(11)]
    for seed in range(20):
        edit = edited(events, 8.0, np.random.default_rng(seed))
        times = [event.at / SAMPLE_RATE for event in edit.events]
        assert times == sorted(times) and all(0 <= at < 8 for at in times)
        assert all(sounding([at], times) for at in edit.changed) and not sounding(edit.removed, times)
        assert onset_scores([e.at / SAMPLE_RATE for e in events], times).f1 < 1.0
        assert all(np.diff(times) > 0.2)
    again = edited(events, 8.0, np.random.default_rng(3))
    assert again == edited(events, 8.0, np.random.default_rng(3))


def test_a_row_is_met_missed_or_for_information() -> None:
    assert Row("f1", 0.8, least=0.75).met and not Row("f1", 0.7, least=0.75).met
    assert Row("peak", -1.2, most=-1).met and not Row("gap", 0.0, above=0).met
    assert Row("slid", 0.4).met is None and Row("gpu", None, most=0.5, note="none here").met is None


def test_a_figure_prints_its_verdicts_and_comes_back_from_json() -> None:
    figure = Figure("timing", "in time?", "8 scenes", (Row("generated", 0.701, least=0.75), Row("seeds apart", 3, "dB"),
                                                       Row("gpu", None, "s", most=0.5, note="this machine has none")))
    text = table(figure)
    assert "0.701" in text and "NOT MET" in text and "3 dB" in text and "this machine has none" in text
    assert from_json(Figure, to_json(figure)) == figure
    assert "(not met)" in markdown([figure], "evaluate") and "`evaluate timing`" in markdown([figure], "evaluate")
    assert "not measured: no clips" in table(Figure("footage", "in time?", "", missing="no clips"))


def test_a_figure_is_measured_once_for_a_setting(tmp_path: Path) -> None:
    calls = []

    def measure(bench: Bench) -> Figure:
        calls.append(bench.setting.scenes)
        return Figure("timing", "in time?", "", (Row("f1", 0.5, least=0.25),))

    for scenes, fresh in ((5, False), (5, False), (6, False), (5, True)):
        Bench(Setting(tmp_path, scenes=scenes)).kept("timing", measure, fresh)
    assert calls == [5, 6, 5]


def test_options_of_one_figure_leave_others_measured(tmp_path: Path) -> None:
    plain, other = Setting(tmp_path), Setting(tmp_path / "x", clips=Path("clips"), sounds=3)
    assert plain.key("timing") == other.key("timing")
    assert plain.key("footage") != other.key("footage") and plain.key("clean") != other.key("clean")
    assert plain.key("timing") != Setting(tmp_path, steps=4).key("timing")


def test_a_model_is_known_by_its_weights_not_by_its_prose(tmp_path: Path) -> None:
    card = Bench(Setting(tmp_path)).card
    assert model_key(card) == model_key(replace(card, about="other words")) != model_key(card, "without events")
    assert model_key(card) != model_key(replace(card, config={}))
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_a_request_is_known_by_content(tmp_path: Path) -> None:
    for name, hz in (("a.wav", 400.0), ("same.wav", 400.0), ("b.wav", 800.0)):
        write_wav(tmp_path / name, sequence([0.5], hz), SAMPLE_RATE)
    plain = Recipe("here.mp4", "hash", Span(0, SAMPLE_RATE), "a knock")
    a, same, b = (replace(plain, reference=str(tmp_path / name)) for name in ("a.wav", "same.wav", "b.wav"))
    assert request(plain, 1) == request(replace(plain, media="there.mp4"), 1) != request(plain, 2)
    assert request(a, 1) == request(same, 1)
    assert len({request(one, 1) for one in (plain, a, b, replace(plain, seed=1))}) == 4


def test_footage_is_in_time_unless_it_is_slid() -> None:
    clip = Clip(Path("clip.mp4"), 8.0, (0.5, 1.3, 2.9, 4.1, 6.6))
    right, late = in_time(clip, [list(clip.onsets)]), in_time(clip, [[at + 0.3 for at in clip.onsets]])
    assert right.f1 == 1.0 and right.slid < 0.5 and late.f1 < 0.3
    assert mean([right, late]).f1 == pytest.approx((right.f1 + late.f1) / 2)


def test_colour_hears_what_sounds_and_not_when_or_how_loud() -> None:
    one, later = sequence([0.3, 1.1, 2.0]), sequence([0.7, 1.9, 2.6, 3.1])
    other = sequence([0.3, 1.1, 2.0], hz=3500.0)
    apart = distance(colour(one), colour(other))
    assert distance(colour(one), colour(0.2 * one)) < 0.1
    assert distance(colour(one), colour(later)) < 0.5 * apart
    assert within([colour(one)] * 3) == [0.0] * 3 and between([colour(one)], [colour(other)]) == [apart]


def test_the_centroid_is_in_octaves() -> None:
    t = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    low, high = (centroid(np.sin(2 * np.pi * hz * t)) for hz in (500.0, 4000.0))
    assert low == pytest.approx(-1, abs=0.01) and high == pytest.approx(2, abs=0.01)
    assert centroid(np.zeros(1000)) == 0.0


def test_the_nearer_candidate_is_told(tmp_path: Path) -> None:
    def written(name: str, hz: float) -> Candidate:
        write_wav(tmp_path / name, sequence([0.5, 1.5], hz), SAMPLE_RATE)
        return Candidate(name, Recipe("", "", Span(0, 1)), str(tmp_path / name), "", 1)

    reference, alike, unlike = written("r.wav", 2500.0), written("a.wav", 2400.0), written("u.wav", 300.0)
    assert likeness(Brightness(), alike.wav, reference.wav)[0] > likeness(Brightness(), unlike.wav, reference.wav)[0]
    assert nearer(Brightness(), [alike], [unlike], [reference.wav]) == (1.0, 1.0)
    assert nearer(Brightness(), [unlike], [alike], [reference.wav]) == (0.0, 0.0)


def test_a_sample_played_back_is_recognised_however_it_is_tuned() -> None:
    learned = [blow(burst(i, hz), 0.0, f"thing {i}") for i, hz in enumerate((300.0, 900.0, 2200.0, 5000.0))]
    played = sequence([1.3], 2200.0)
    back = nearest([blow(played, strongest(played), "played")], learned)[0]
    new = nearest([blow(sequence([1.3], 1400.0), 1.3, "new")], learned)[0]
    assert back.learned.name == "thing 2" and back.distance < 0.5 * new.distance
    assert len(tuned(played, 2.0)) == pytest.approx(len(played) / 2, abs=1)


def test_the_picture_of_nearest_sounds_is_small(tmp_path: Path) -> None:
    learned = [blow(burst(i, 400.0 * (i + 1)), 0.0, f"thing {i}") for i in range(3)]
    found = nearest([blow(burst(9 + i, 650.0), 0.0, f"prompt {i % 5}") for i in range(14)], learned)
    draw(chosen(found), tmp_path / "novelty.png")
    with Image.open(tmp_path / "novelty.png") as image:
        assert image.width > 600 and image.height > 300
    assert (tmp_path / "novelty.png").stat().st_size < 300_000
    assert len({one.blow.name for one in chosen(found)[:5]}) == 5


def test_strips_show_sounds_with_their_events(tmp_path: Path) -> None:
    sound = sequence([0.5, 1.5, 2.5])
    strips([("from the picture", sound, [0.5, 1.5, 2.5], []), ("edited", sound, [0.5, 1.5], [2.5])], tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        assert image.width > 700 and image.height > 200
    assert heat(np.ones((128, 40)), 50, 80).getpixel((40, 25)) == (252, 255, 164)


def test_held_out_scenes_are_videos_with_their_events(tmp_path: Path) -> None:
    first, again = held_out(2, tmp_path, seconds=3.0), held_out(2, tmp_path, seconds=3.0)
    assert first == again and len(list(tmp_path.iterdir())) == 2
    for scene in first:
        assert len(scene.events) >= 2 and scene.prompt and scene.thing.count("/") == 1
        assert probe(scene.video).length == 3 * SAMPLE_RATE
    assert of_motion("step", tmp_path, seconds=3.0).motion == "step"


def test_another_training_is_named_by_its_state_and_settings(tmp_path: Path) -> None:
    (tmp_path / "cross.pt").touch()
    found = variant(f"cross={tmp_path / 'cross.pt'},text_attention=cross,blocks=4")
    assert found.name == "cross" and found.settings == {"text_attention": "cross", "blocks": 4}
    for wrong in ("cross", f"cross={tmp_path / 'none.pt'}", f"cross={tmp_path / 'cross.pt'},fast"):
        with pytest.raises(Refused):
            variant(wrong)


def test_a_condition_that_is_dropped_never_reaches_the_backbone() -> None:
    class Prepares:
        channels = 32

        def prepare(self, conditions: Conditions) -> Conditions:
            return conditions

    given = Conditions(1.0, ("a knock",), torch.zeros(1, 22, 32), torch.ones(1, 22))
    without = Without(Prepares(), ("picture", "seen"))
    assert without.channels == 32
    assert without.prepare(given).picture is None and without.prepare(given).events is given.events
    nothing = Conditions(1.0)
    assert without.prepare(nothing) is nothing
