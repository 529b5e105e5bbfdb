"""What a picture shows: MobileNetV2's thousand ImageNet classes, averaged over a few frames of a span.

The network is that of Sandler et al. 2018 with torchvision's layout, so that its published weights fit by name; built
here because importing torchvision takes two seconds.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

from engine.conditioning.cache import Cache
from engine.media.decode import frames_at
from engine.media.probe import MediaInfo
from engine.registry import ModelCard
from engine.spec import Span

SIZE = 224
"""Side of the frames looked at, in pixels, RGB."""
SHORTER, LONGER = 256, 1024
"""The picture's shorter side before its middle is cut out, and the most that the longer one may be."""
FRAMES = 6
"""Frames looked at in a span, evenly spread."""
CLASSES = 1000
STAGES = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
"""Widening, channels, blocks and first stride of each stage (Sandler et al. 2018, table 2)."""
FIRST, LAST = 32, 1280
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of ImageNet's pictures, by colour, as the weights expect them."""
VERSION = 1
"""Raise it when the same frames would give other probabilities; old cache entries are then passed over."""


def convolution(enter: int, leave: int, size: int = 3, stride: int = 1, groups: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(enter, leave, size, stride, (size - 1) // 2, groups=groups, bias=False),
        nn.BatchNorm2d(leave), nn.ReLU6(),
    )


class InvertedResidual(nn.Module):
    """Widen, filter each channel by itself, narrow without a bend; add the input where the shape allows."""

    def __init__(self, enter: int, leave: int, widen: int, stride: int) -> None:
        super().__init__()
        inner = enter * widen
        wider = [convolution(enter, inner, 1)] if widen > 1 else []
        self.conv = nn.Sequential(*wider, convolution(inner, inner, 3, stride, inner),
                                  nn.Conv2d(inner, leave, 1, bias=False), nn.BatchNorm2d(leave))
        self.adds = stride == 1 and enter == leave

    def forward(self, x: Tensor) -> Tensor:
        made: Tensor = self.conv(x)
        return x + made if self.adds else made


class MobileNetV2(nn.Module):
    """(batch, 3, 224, 224), colours as ImageNet's → logits (batch, 1000)."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = [convolution(3, FIRST, stride=2)]
        width = FIRST
        for widen, channels, blocks, stride in STAGES:
            for i in range(blocks):
                layers.append(InvertedResidual(width, channels, widen, stride if i == 0 else 1))
                width = channels
        self.features = nn.Sequential(*layers, convolution(width, LAST, 1))
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(LAST, CLASSES))

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.classifier(self.features(x).mean(dim=(2, 3)))
        return logits


class Vision:
    """A trained `MobileNetV2` on a device."""

    def __init__(self, net: MobileNetV2, device: torch.device | str = "cpu") -> None:
        self.net, self.device = net.eval().requires_grad_(False).to(device), torch.device(device)

    @torch.inference_mode()
    def look(self, frames: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(n, 224, 224, 3) uint8 RGB → probabilities (1000,), the mean of the frames'."""
        colours = torch.from_numpy(np.ascontiguousarray(frames)).to(self.device).permute(0, 3, 1, 2).float() / 255
        mean, deviation = (torch.tensor(v, device=self.device)[:, None, None] for v in (MEAN, DEVIATION))
        found: Tensor = self.net((colours - mean) / deviation).softmax(dim=-1).mean(dim=0)
        return np.asarray(found.cpu().numpy(), np.float32)


def load_vision(card: ModelCard, device: torch.device | str = "cpu") -> Vision:
    """The eye that a model card names."""
    net = MobileNetV2()
    weights = {k: v.float() for k, v in load_file(card.path("vision")).items()}
    # How many batches training averaged over is not published here, and says nothing once it is over.
    counts = {k: v for k, v in net.state_dict().items() if k.endswith("num_batches_tracked")}
    net.load_state_dict(weights | counts)
    return Vision(net, device)


def shown(media: MediaInfo, span: Span, vision: Vision, encoder: str, cache: Cache) -> NDArray[np.float32]:
    """Probabilities (1000,) of what `vision`, whose weights hash to `encoder`, sees in a span."""

    def make() -> dict[str, NDArray[np.float32]]:
        return {"probabilities": vision.look(frames_of(media, span))}

    key = {"what": "shown", "version": VERSION, "media": media.hash, "encoder": encoder,
           "span": [span.start, span.end]}
    return cache.get(key, make)["probabilities"]


def frames_of(media: MediaInfo, span: Span) -> NDArray[np.uint8]:
    """(6, 224, 224, 3): the middle of the picture, its shorter side at 256, as the network's weights expect it.

    Squeezing the whole picture into the square keeps what happens at its edges, but things lose their shape: a drum
    kit was a drum with half the chance.
    """
    at = [span.start + int((i + 0.5) * span.length / FRAMES) for i in range(FRAMES)]
    scale = SHORTER / min(media.width, media.height)
    width, height = (min(round(side * scale), LONGER) for side in (media.width, media.height))
    x, y = (width - SIZE) // 2, (height - SIZE) // 2
    return frames_at(media.path, at, width, height)[:, y : y + SIZE, x : x + SIZE]
