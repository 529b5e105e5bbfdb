"""The eye: the published network, looking at film of any shape."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import torch
from torchvision.models import mobilenet_v2

from engine import registry
from engine.conditioning.cache import Cache
from engine.conditioning.suggestions import suggest
from engine.conditioning.vision import MobileNetV2, Vision, frames_of, load_vision, shown
from engine.media.probe import probe
from engine.spec import Span


@pytest.fixture(scope="module")
def vision() -> Vision:
    return load_vision(registry.model("visiosonic-mini"))


def film(path: Path, width: int, height: int, stripe: tuple[int, int, int]) -> Path:
    """One second of flat grey with a stripe of a colour down the middle."""
    picture = np.full((height, width, 3), 128, np.uint8)
    picture[:, width // 2 - width // 16 : width // 2 + width // 16] = stripe
    with av.open(path, "w") as container:
        stream = container.add_stream("mpeg4", Fraction(25))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for _ in range(25):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())
    return path


def test_the_network_is_mobilenet_v2() -> None:
    """The same weights give the same logits as torchvision's network."""
    torch.manual_seed(0)
    theirs, ours = mobilenet_v2().eval(), MobileNetV2().eval()
    ours.load_state_dict(theirs.state_dict())
    x = torch.randn(2, 3, 224, 224)
    with torch.inference_mode():
        assert torch.allclose(ours(x), theirs(x), atol=1e-5)


def test_probabilities_are_the_mean_of_the_frames(vision: Vision) -> None:
    frames = np.random.default_rng(0).integers(0, 255, (2, 224, 224, 3), np.uint8)
    both = vision.look(frames)
    assert both.shape == (1000,) and both.sum() == pytest.approx(1, abs=1e-4)
    assert np.allclose(both, (vision.look(frames[:1]) + vision.look(frames[1:])) / 2, atol=1e-5)


@pytest.mark.parametrize(("width", "height"), [(320, 180), (180, 320), (64, 64), (1280, 32)])
def test_the_middle_of_any_picture_is_looked_at_in_its_own_shape(tmp_path: Path, width: int, height: int) -> None:
    media = probe(film(tmp_path / "film.mp4", width, height, (200, 20, 20)))
    frames = frames_of(media, Span(0, media.length))
    assert frames.shape == (6, 224, 224, 3)
    assert frames[0, 112, 112, 0] > frames[0, 112, 112, 1] + 100


def test_a_flat_picture_suggests_nothing_and_is_looked_at_once(vision: Vision, tmp_path: Path) -> None:
    path = film(tmp_path / "grey.mp4", 320, 180, (128, 128, 128))
    media, cache = probe(path), Cache(tmp_path / "cache")
    first = shown(media, Span(0, media.length), vision, "weights", cache)
    assert suggest(first) == ()
    path.unlink()
    again = shown(media, Span(0, media.length), vision, "weights", Cache(tmp_path / "cache"))
    assert np.array_equal(first, again)
