"""Our two towers beside open_clip's own model, small and with drawn weights."""

from __future__ import annotations

import pytest
import torch
from open_clip.model import CLIP
from torch import Tensor
from torch.nn import functional as F

from engine.conditioning.clip import (
    DEVIATION,
    MEAN,
    ClipConfig,
    is_text,
    is_vision,
    load_clip_text,
    load_clip_vision,
    tokens,
)
from engine.layers.int8 import vnni
from engine.spec import Refused

SMALL = ClipConfig(
    embed=24, size=42, shown=48, patch=14, vision_width=64, vision_layers=3, vision_heads=4,
    text_width=32, text_layers=2, text_heads=4,
)
needs_vnni = pytest.mark.skipif(not vnni(), reason="this processor is not fast at whole numbers")


@pytest.fixture(scope="module")
def published() -> CLIP:
    torch.manual_seed(3)
    vision = {"image_size": 42, "layers": 3, "width": 64, "head_width": 16, "patch_size": 14}
    text = {"context_length": 77, "vocab_size": 49408, "width": 32, "heads": 4, "layers": 2}
    net = CLIP(24, vision, text, quick_gelu=True).eval()
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            around = 1.0 if name.endswith("weight") and parameter.dim() == 1 else 0.0
            parameter.copy_(around + torch.randn_like(parameter) * (0.1 if parameter.dim() < 2 else 0.2))
    return net


def pictures(count: int = 3) -> Tensor:
    return torch.randint(0, 256, (count, 3, 48, 48), dtype=torch.uint8, generator=torch.Generator().manual_seed(4))


def as_published(frames: Tensor, net: CLIP) -> Tensor:
    mean, deviation = (torch.tensor(v)[:, None, None] for v in (MEAN, DEVIATION))
    with torch.inference_mode():
        return net.encode_image((frames.float() / 255 - mean) / deviation, normalize=True)


def test_frames_give_what_open_clip_gives(published: CLIP) -> None:
    ours = load_clip_vision(published.state_dict(), config=SMALL, precision="exact")
    assert torch.allclose(ours(pictures()), as_published(pictures(), published), atol=1e-6)


def test_the_last_rows_and_columns_are_not_seen(published: CLIP) -> None:
    ours = load_clip_vision(published.state_dict(), config=SMALL, precision="exact")
    cut = pictures()
    cut[:, :, 42:], cut[..., 42:] = 0, 0
    assert torch.equal(ours(pictures()), ours(cut))


def test_words_end_after_the_last_norm_each_of_length_one(published: CLIP) -> None:
    ours = load_clip_text(published.state_dict(), config=SMALL)
    ids = tokens(["a dog barks", ""])
    with torch.inference_mode():
        x = published.token_embedding(ids) + published.positional_embedding
        x = published.ln_final(published.transformer(x, attn_mask=published.attn_mask))
    assert torch.allclose(ours(ids), F.normalize(x, dim=-1), atol=1e-6)


def test_a_later_word_does_not_change_an_earlier_one(published: CLIP) -> None:
    ours = load_clip_text(published.state_dict(), config=SMALL)
    one, other = ours(tokens(["rain on tin", "rain on leaves"]))
    assert torch.allclose(one[:3], other[:3], atol=1e-6)
    assert not torch.allclose(one[3], other[3], atol=1e-3)


def test_tokens_stand_between_start_and_end() -> None:
    ids = tokens(["Rain", "", "word " * 200])
    assert ids.shape == (3, 77) and ids.dtype == torch.long
    assert ids[0].tolist()[:4] == [49406, 2443, 49407, 0]
    assert ids[1].tolist()[:3] == [49406, 49407, 0]
    assert ids[2, -1] == 49407


def test_each_tower_needs_only_its_own_tensors(published: CLIP) -> None:
    state = published.state_dict()
    load_clip_text({name: state[name] for name in state if is_text(name)}, config=SMALL)
    load_clip_vision({name: state[name] for name in state if is_vision(name)}, config=SMALL)


def test_half_the_digits_in_the_file_give_nearly_the_same(published: CLIP) -> None:
    state = {name: tensor.half() for name, tensor in published.state_dict().items()}
    ours = load_clip_vision(state, config=SMALL, precision="exact")
    assert ours(pictures()).dtype == torch.float32
    assert torch.allclose(ours(pictures()), as_published(pictures(), published), atol=5e-3)


def test_a_file_that_lacks_a_tensor_is_refused(published: CLIP) -> None:
    state = published.state_dict()
    del state["visual.ln_post.weight"]
    with pytest.raises(Refused, match="CLIP"):
        load_clip_vision(state, config=SMALL)


@needs_vnni
def test_whole_numbers_are_nearly_exact(published: CLIP) -> None:
    exact = load_clip_vision(published.state_dict(), config=SMALL, precision="exact")(pictures())
    fast = load_clip_vision(published.state_dict(), config=SMALL, precision="int8")(pictures())
    assert F.cosine_similarity(fast, exact).min() > 0.99
    assert not torch.equal(fast, exact)
