"""Synchformer's visual half: 25 frames a second in, eight tokens for each segment of sixteen frames out.

A ViT-B/16 over tubes of two frames, whose blocks attend along time and then over space (divided attention of Bertasius
et al. 2021 as in Motionformer, Patrick et al. 2021), then one transformer layer that gathers each pair of frames into a
token. Source: Iashin et al. 2024, "Synchformer"; names of the tensors as in hkchengrex/MMAudio's
synchformer_state_dict.pth, of which only `vfeat_extractor.` is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.conditioning.precision import Precision, in_floats
from engine.spec import FAST, Refused

FPS = 25
"""Frames a second that it was trained on."""
SEGMENT, STRIDE = 16, 8
"""Frames in a segment, and from one segment's start to the next."""
PREFIX = "vfeat_extractor."
EPS = 1e-6
SEGMENTS_AT_ONCE = 16
"""Enough to fill a GPU."""


@dataclass(frozen=True)
class SynchformerConfig:
    """Sizes; the published network's by default. `size` and `patch` in pixels."""

    size: int = 224
    patch: int = 16
    width: int = 768
    heads: int = 12
    depth: int = 12
    tube: int = 2
    """Frames that one patch reaches over."""

    @property
    def side(self) -> int:
        return self.size // self.patch

    @property
    def tokens(self) -> int:
        """Tokens that a segment ends up as."""
        return SEGMENT // self.tube


class DividedAttention(nn.Module):
    """Attention within groups of patches; the class token is in every group, and itself looks at everything."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x: Tensor, frames: int, along_time: bool) -> Tensor:
        """x: (batch, 1 + frames · places, width), the class token first, then frame by frame."""
        batch, length, width = x.shape
        places = (length - 1) // frames
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        alone = F.scaled_dot_product_attention(q[:, :, :1], k, v)
        groups = [self._grouped(part[:, :, 1:], frames, places, along_time) for part in (q, k, v)]
        first = [part[:, None, :, :1].expand(-1, groups[0].shape[1], -1, -1, -1) for part in (k, v)]
        keys, values = (torch.cat([one, rest], dim=3) for one, rest in zip(first, groups[1:], strict=True))
        together = F.scaled_dot_product_attention(groups[0], keys, values)
        order = (0, 3, 1, 2, 4) if along_time else (0, 1, 3, 2, 4)
        patches = together.permute(*order).reshape(batch, length - 1, width)
        joined: Tensor = self.proj(torch.cat([alone.transpose(1, 2).reshape(batch, 1, width), patches], dim=1))
        return joined

    @staticmethod
    def _grouped(x: Tensor, frames: int, places: int, along_time: bool) -> Tensor:
        """(batch, heads, frames · places, d) → (batch, groups, heads, group's length, d)."""
        batch, heads, _, d = x.shape
        grid = x.reshape(batch, heads, frames, places, d)
        return grid.permute(0, 3, 1, 2, 4) if along_time else grid.permute(0, 2, 1, 3, 4)


class Mlp(nn.Module):
    """Widen, GELU (by the error function), narrow."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(width, inner)
        self.fc2 = nn.Linear(inner, width)

    def forward(self, x: Tensor) -> Tensor:
        narrow: Tensor = self.fc2(F.gelu(self.fc1(x)))
        return narrow


class DividedBlock(nn.Module):
    """Along time, over space, then each token by itself; every time added to what was there."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width, EPS)
        self.attn = DividedAttention(width, heads)
        self.timeattn = DividedAttention(width, heads)
        self.norm2 = nn.LayerNorm(width, EPS)
        self.mlp = Mlp(width, 4 * width)
        self.norm3 = nn.LayerNorm(width, EPS)

    def forward(self, x: Tensor, frames: int) -> Tensor:
        x = x + self.timeattn(self.norm3(x), frames, along_time=True)
        x = x + self.attn(self.norm1(x), frames, along_time=False)
        out: Tensor = x + self.mlp(self.norm2(x))
        return out


class SelfAttention(nn.Module):
    """Of the last layer, where only the class token asks; tensor names as torch's own attention has them."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.in_proj_weight = nn.Parameter(torch.empty(3 * width, width))
        self.in_proj_bias = nn.Parameter(torch.empty(3 * width))
        self.out_proj = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, n, width) → (batch, width), for the first token."""
        batch, n, width = x.shape
        ask, offer = self.in_proj_weight.split([width, 2 * width])
        ask_bias, offer_bias = self.in_proj_bias.split([width, 2 * width])
        q = F.linear(x[:, :1], ask, ask_bias).view(batch, 1, self.heads, -1).transpose(1, 2)
        k, v = F.linear(x, offer, offer_bias).view(batch, n, 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        gathered = F.scaled_dot_product_attention(q, k, v).reshape(batch, width)
        out: Tensor = self.out_proj(gathered)
        return out


class SpatialGathering(nn.Module):
    """One transformer layer (norms first, GELU) over a frame's patches; what its class token becomes is the frame."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.self_attn = SelfAttention(width, heads)
        self.linear1 = nn.Linear(width, 4 * width)
        self.linear2 = nn.Linear(4 * width, width)
        self.norm1 = nn.LayerNorm(width, EPS)
        self.norm2 = nn.LayerNorm(width, EPS)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, patches, width) → (batch, width)."""
        x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], dim=1)
        frame = x[:, 0] + self.self_attn(self.norm1(x))
        out: Tensor = frame + self.linear2(F.gelu(self.linear1(self.norm2(frame))))
        return out


class TubePatches(nn.Module):
    """Patches of `tube` frames: (batch, 3, frames, size, size) → (batch, n, width), frame by frame."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        box = (config.tube, config.patch, config.patch)
        self.proj = nn.Conv3d(3, config.width, box, stride=box)

    def forward(self, x: Tensor) -> Tensor:
        patches: Tensor = self.proj(x)
        return patches.flatten(2).transpose(1, 2)


class VisualTransformer(nn.Module):
    """One segment of normalised frames to its tokens; tensor names as published."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, 1 + config.side**2, width))
        self.temp_embed = nn.Parameter(torch.zeros(1, config.tokens, width))
        self.patch_embed_3d = TubePatches(config)
        self.blocks = nn.ModuleList(DividedBlock(width, config.heads) for _ in range(config.depth))
        self.norm = nn.LayerNorm(width, EPS)
        self.spatial_attn_agg = SpatialGathering(width, config.heads)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, 3, 16, size, size) → (batch, 8, width)."""
        frames, places = self.config.tokens, self.config.side**2
        where = self.pos_embed[:, None, 1:] + self.temp_embed[:, :, None]
        patches = self.patch_embed_3d(x) + where.flatten(1, 2)
        first = (self.cls_token + self.pos_embed[:, :1]).expand(len(x), -1, -1)
        x = torch.cat([first, patches], dim=1)
        for block in self.blocks:
            x = block(x, frames)
        gathered: Tensor = self.spatial_attn_agg(self.norm(x[:, 1:]).reshape(-1, places, x.shape[-1]))
        return gathered.view(-1, frames, gathered.shape[-1])


class SynchformerVision(nn.Module):
    """Frames at 25 a second to the features that MMAudio is conditioned on."""

    def __init__(self, config: SynchformerConfig | None = None) -> None:
        super().__init__()
        self.config = config or SynchformerConfig()
        self.vfeat_extractor = VisualTransformer(self.config)

    @torch.inference_mode()
    def forward(self, frames: Tensor) -> Tensor:
        """uint8 (T, 3, size, size) → float32 (S, 8, width), S = (T - 16) // 8 + 1; on the network's device."""
        pieces = frames.unfold(0, SEGMENT, STRIDE).permute(0, 4, 1, 2, 3).split(SEGMENTS_AT_ONCE)
        return torch.cat([self.of_segments(piece) for piece in pieces])

    @torch.inference_mode()
    def of_segments(self, segments: Tensor) -> Tensor:
        """uint8 (n, 16, 3, size, size) → float32 (n, 8, width), all at once."""
        device = self.vfeat_extractor.cls_token.device
        return self.encoded((segments.to(device).float() / 255 - 0.5) / 0.5)

    def encoded(self, segments: Tensor) -> Tensor:
        """The same for float frames between -1 and 1."""
        like = self.vfeat_extractor.cls_token
        tokens: Tensor = self.vfeat_extractor(segments.transpose(1, 2).to(like.device, like.dtype))
        return tokens.float()


def segments(frames: int) -> int:
    """How many segments so many frames make."""
    return max(0, (frames - SEGMENT) // STRIDE + 1)


def wanted(name: str) -> bool:
    """Whether a tensor of the published file, which holds the whole of Synchformer, belongs to what is built here."""
    return name.startswith(PREFIX) and not name.startswith(PREFIX + "patch_embed.")


def load_synchformer(
    tensors: Mapping[str, Tensor],
    device: torch.device | str = "cpu",
    config: SynchformerConfig | None = None,
    precision: Precision | None = None,
) -> SynchformerVision:
    """The network with published tensors; what else is in the file is passed over.

    precision None: the fastest whose error is small on the device. Raises Refused when tensors are missing or of
    another shape.
    """
    device = torch.device(device)
    with torch.device("meta"):
        net = SynchformerVision(config)
    precision = precision or in_floats(FAST, device)
    kind = torch.bfloat16 if precision == "half" else torch.float32
    state = {name: tensor.to(device, kind) for name, tensor in tensors.items() if wanted(name)}
    try:
        net.load_state_dict(state, assign=True)
    except RuntimeError as error:
        raise Refused(
            "This is not Synchformer's visual network: tensors are missing or of another size; "
            "get synchformer_state_dict.pth again."
        ) from error
    return net.eval().requires_grad_(False)
