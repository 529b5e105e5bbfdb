"""CLIP as MMAudio is conditioned on it: words to a vector for each token, frames to one vector each.

The network is open_clip's ViT-H-14-378-quickgelu with the weights of DFN5B-CLIP-ViT-H-14-384 (Fang et al. 2023, after
Radford et al. 2021); only the tower that is asked for is built. As MMAudio uses it: words end after the last norm, with
no projection and no pooling; frames are 384 pixels wide on a network for 378, so the last six rows and columns are not
seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.conditioning.precision import Precision, in_floats, of_pictures
from engine.layers.int8 import on_its_own, quantised
from engine.spec import FAST, Refused

FPS = 8
"""Frames a second that MMAudio looks at."""
MEAN, DEVIATION = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
"""Of the pictures that it was trained on, by colour, in 0 to 1."""
QUICK = 1.702
"""QuickGELU is x · sigmoid(1.702 x)."""
FRAMES_AT_ONCE = {"cpu": 2, "cuda": 40}
"""More on a CPU do not make it faster, only larger; 40 is the published batch."""


@dataclass(frozen=True)
class ClipConfig:
    """Sizes; the published network's by default. `size` and `patch` in pixels, `shown`: what frames are squashed to."""

    embed: int = 1024
    size: int = 378
    shown: int = 384
    patch: int = 14
    vision_width: int = 1280
    vision_layers: int = 32
    vision_heads: int = 16
    words: int = 49408
    context: int = 77
    text_width: int = 1024
    text_layers: int = 24
    text_heads: int = 16


@cache
def _tokenizer() -> Any:
    from open_clip.tokenizer import SimpleTokenizer

    return SimpleTokenizer()


def tokens(prompts: Sequence[str]) -> Tensor:
    """(prompts, 77) long: byte-pair tokens between start and end, zeros behind them; too many are cut off."""
    found: Tensor = _tokenizer()(list(prompts), context_length=ClipConfig.context)
    return found


class FusedAttention(nn.Module):
    """Takes the place of torch's own attention in a block: one product for q, k and v, and torch's fused softmax."""

    def __init__(self, like: nn.MultiheadAttention) -> None:
        super().__init__()
        self.heads = like.num_heads
        self.qkv = nn.Linear(like.embed_dim, 3 * like.embed_dim, device="meta")
        self.qkv.weight, self.qkv.bias = like.in_proj_weight, like.in_proj_bias
        self.out = like.out_proj

    def forward(
        self, x: Tensor, k: Tensor, v: Tensor, need_weights: bool = False, attn_mask: Tensor | None = None
    ) -> tuple[Tensor, None]:
        """x: (batch, n, width); k and v are x too. A mask means: causal."""
        batch, n, width = x.shape
        q, keys, values = self.qkv(x).view(batch, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, keys, values, is_causal=attn_mask is not None)
        return self.out(seen.transpose(1, 2).reshape(batch, n, width)), None


class QuickGelu(nn.Module):
    """x · sigmoid(1.702 x) in the place of x: the widest array of the network is walked over, not copied."""

    def forward(self, x: Tensor) -> Tensor:
        return F.silu(x.mul_(QUICK), inplace=True).div_(QUICK)


class ClipText(nn.Module):
    """Tokens to one vector each; tensor names as published."""

    def __init__(self, config: ClipConfig | None = None) -> None:
        super().__init__()
        from open_clip.transformer import LayerNorm, QuickGELU, Transformer

        self.config = config = config or ClipConfig()
        self.token_embedding = nn.Embedding(config.words, config.text_width)
        self.positional_embedding = nn.Parameter(torch.zeros(config.context, config.text_width))
        self.transformer = Transformer(
            config.text_width, config.text_layers, config.text_heads, act_layer=QuickGELU, norm_layer=LayerNorm
        )
        self.ln_final = LayerNorm(config.text_width)

    @torch.inference_mode()
    def forward(self, tokens: Tensor) -> Tensor:
        """(n, 77) long → (n, 77, width) float32, each token's vector of length 1; on the network's device."""
        at = self.positional_embedding
        x = self.token_embedding(tokens.to(at.device)) + at
        after = torch.full((tokens.shape[1], tokens.shape[1]), -math.inf, device=at.device, dtype=at.dtype).triu(1)
        x = self.ln_final(self.transformer(x, attn_mask=after))
        return F.normalize(x.float(), dim=-1)


class ClipVision(nn.Module):
    """Frames to one vector each; tensor names as published."""

    def __init__(self, config: ClipConfig | None = None) -> None:
        super().__init__()
        from open_clip.transformer import LayerNorm, QuickGELU, VisionTransformer

        self.config = config = config or ClipConfig()
        self.visual = VisionTransformer(
            image_size=config.size, patch_size=config.patch, width=config.vision_width, layers=config.vision_layers,
            heads=config.vision_heads, mlp_ratio=4.0, output_dim=config.embed, act_layer=QuickGELU,
            norm_layer=LayerNorm,
        )

    @torch.inference_mode()
    def forward(self, frames: Tensor) -> Tensor:
        """uint8 (n, 3, 384, 384) → float32 (n, 1024), each of length 1; on the network's device."""
        device = self.visual.class_embedding.device
        mean, deviation = (torch.tensor(v, device=device)[:, None, None] for v in (MEAN, DEVIATION))
        pieces = frames.split(FRAMES_AT_ONCE.get(device.type, 8))
        return torch.cat([self.encoded((piece.to(device).float() / 255 - mean) / deviation) for piece in pieces])

    def encoded(self, pictures: Tensor) -> Tensor:
        """The same for normalised float pictures (n, 3, 384, 384), all at once."""
        like = self.visual.class_embedding
        return F.normalize(self.visual(pictures.to(like.device, like.dtype)).float(), dim=-1)


def is_text(name: str) -> bool:
    """Whether a published tensor belongs to what `ClipText` needs."""
    return name.startswith(("token_embedding.", "transformer.", "ln_final.")) or name == "positional_embedding"


def is_vision(name: str) -> bool:
    """Whether a published tensor belongs to what `ClipVision` needs."""
    return name.startswith("visual.")


def load_clip_text(
    tensors: Mapping[str, Tensor],
    device: torch.device | str = "cpu",
    config: ClipConfig | None = None,
    precision: Precision | None = None,
) -> ClipText:
    """The text tower with published tensors (open_clip's names, any float type); others are passed over.

    precision None: the fastest whose error is small on the device. Raises Refused when tensors are missing.
    """
    with torch.device("meta"):
        net = ClipText(config)
    state = {name: tensor for name, tensor in tensors.items() if is_text(name)}
    _load(net, net.transformer.resblocks, state, torch.device(device), precision or in_floats(FAST, device))
    return net


def load_clip_vision(
    tensors: Mapping[str, Tensor],
    device: torch.device | str = "cpu",
    config: ClipConfig | None = None,
    precision: Precision | None = None,
) -> ClipVision:
    """The visual tower with published tensors (open_clip's names, any float type); others are passed over.

    precision None: the fastest whose error is small on the device. Raises Refused when tensors are missing.
    """
    with torch.device("meta"):
        net = ClipVision(config)
    state = {name: tensor for name, tensor in tensors.items() if is_vision(name)}
    usual = of_pictures(FAST, device)
    _load(net, net.visual.transformer.resblocks, state, torch.device(device), precision or usual)
    return net


def _load(
    net: nn.Module, blocks: Iterable[Any], state: dict[str, Tensor], device: torch.device, precision: Precision
) -> None:
    """Put tensors in as they lie in the file, then turn them, layer by layer, into what is computed with."""
    try:
        net.load_state_dict(state, assign=True)
    except RuntimeError as error:
        raise Refused(
            "This is not the CLIP that MMAudio was trained with: tensors are missing or of another size; "
            "get DFN5B-CLIP-ViT-H-14-384 again."
        ) from error
    state.clear()
    net.eval().requires_grad_(False)
    for block in blocks:
        block.attn = FusedAttention(block.attn)
        block.mlp.gelu = QuickGelu()
        if precision == "int8":
            quantised(block)
    if precision == "int8":
        on_its_own(net)
    net.to(device, torch.bfloat16 if precision == "half" else torch.float32)
