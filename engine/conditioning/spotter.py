"""The spotter: silent frames in, event curve out; and beside it what gives a generator its motion features.

Frame differences go through strided convolutions to a grid of cells; each cell looks along its own time, knowing how
the whole picture moves, before the cells are pooled: so what is small and quick is found wherever it is. Dilated
convolutions then look along time; each frame gets the chance that something visible should sound there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from engine.registry import ModelCard
from engine.spec import SAMPLE_RATE, Event

FPS = 25
"""Frames a second that the spotter looks at."""
SIZE = 64
"""Side of those frames in pixels, grey."""
BELL_S = 0.05
"""Standard deviation of the bell that a curve is smoothed by before its peaks are taken."""
AROUND_S, GAP_S = 4.0, 0.12
"""How far a peak is compared with others, and the least time between two events."""
MOTIONS = (
    "strike", "bounce", "step", "drop", "shake", "pour", "still", "door", "chop", "roll", "spin", "tap", "call",
)
"""What the spotter tells apart; everything silent is "still"."""


@dataclass(frozen=True)
class SpotterConfig:
    widths: tuple[int, int, int] = (16, 32, 48)
    cell_dilations: tuple[int, ...] = (1, 2, 4)
    temporal: int = 96
    dilations: tuple[int, ...] = (1, 2, 4, 8, 16)
    features: int = 32
    motions: int = len(MOTIONS)


def differences(frames: Tensor) -> Tensor:
    """(batch, n, 64, 64) in 0..1 → (batch, n, 4, 64, 64): to the last frame, to the next, and how they differ.

    In units of the picture's own contrast, large differences pressed together: what is faint counts beside what is
    bright, and neither a moving camera nor a cut drowns the rest of a clip.
    """
    contrast = frames.std(dim=(2, 3)).mean(dim=1)[:, None, None, None]
    change = torch.asinh((frames[:, 1:] - frames[:, :-1]) / (0.15 * contrast + 0.01))
    before, after = F.pad(change, (0, 0, 0, 0, 1, 0)), F.pad(change, (0, 0, 0, 0, 0, 1))
    return torch.stack([before, after, after - before, after.abs() - before.abs()], dim=2)


class SpotterNet(nn.Module):
    """Frames to a logit, a motion and features for each frame."""

    def __init__(self, config: SpotterConfig | None = None) -> None:
        super().__init__()
        self.config = config or SpotterConfig()
        a, b, c = self.config.widths
        self.look1 = nn.Conv2d(4, a, 5, stride=2, padding=2)
        self.look2 = nn.Conv2d(a, b, 3, stride=2, padding=1)
        self.look3 = nn.Conv2d(b, c, 3, stride=2, padding=1)
        self.around = nn.ModuleList(nn.Linear(c, c) for _ in self.config.cell_dilations)
        self.cells = nn.ModuleList(
            nn.Conv2d(c, c, (3, 1), padding=(d, 0), dilation=(d, 1)) for d in self.config.cell_dilations
        )
        width = self.config.temporal
        self.pooled = nn.LayerNorm(2 * c)
        self.enter = nn.Linear(2 * c, width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in self.config.dilations)
        self.time = nn.ModuleList(nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in self.config.dilations)
        self.features = nn.Linear(width, self.config.features)
        self.event = nn.Linear(width, 1)
        self.motion = nn.Linear(self.config.features, self.config.motions)

    def forward(self, frames: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """frames: (batch, n, 64, 64) in 0..1 → logits (batch, n), motions (batch, n, m), features (batch, n, f)."""
        pooled = self.watched(frames)
        h = F.relu(self.enter(self.pooled(pooled)))
        for norm, layer in zip(self.norms, self.time, strict=True):
            h = h + F.gelu(layer(norm(h).transpose(1, 2))).transpose(1, 2)
        features = torch.tanh(self.features(h))
        return self.event(h).squeeze(-1), self.motion(features), features

    def watched(self, frames: Tensor) -> Tensor:
        """(batch, n, 2 · width): mean and greatest over the cells, each of which has looked along its own time."""
        batch, n = frames.shape[:2]
        x = differences(frames).flatten(0, 1)
        x = F.relu(self.look1(x))
        x = F.relu(self.look2(x))
        x = F.relu(self.look3(x))
        x = x.view(batch, n, x.shape[1], -1).transpose(1, 2)
        for around, cells in zip(self.around, self.cells, strict=True):
            whole = around(x.mean(dim=3).transpose(1, 2)).transpose(1, 2)[..., None]
            x = x + F.relu(cells(x) + whole)
        return torch.cat([x.mean(dim=3), x.amax(dim=3)], dim=1).transpose(1, 2)


class Spotter:
    """Trained `SpotterNet`s on a device: one for the curve, and one for the features where a generator knows those of
    another; so the curve can become better without a generator being trained again."""

    def __init__(self, net: SpotterNet, device: torch.device | str = "cpu", motion: SpotterNet | None = None) -> None:
        self.net = net.eval().to(device)
        self.motion = None if motion is None else motion.eval().to(device)
        self.device = torch.device(device)

    @torch.inference_mode()
    def look(self, frames: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """frames: (n, 64, 64) uint8 at 25 fps → curve (n,) in 0..1, features (n, f), float32."""
        x = torch.from_numpy(np.ascontiguousarray(frames)).to(self.device).float().div(255)[None]
        logits, _, features = self.net(x)
        if self.motion is not None:
            features = self.motion(x)[2]
        return logits[0].sigmoid().cpu().numpy(), features[0].cpu().numpy()


def pick_events(curve: np.ndarray, start: int, floor: float = 0.3, share: float = 0.5) -> tuple[Event, ...]:
    """The peaks of a curve at 25 values a second, as events; `start` in samples from the start of the medium.

    The curve is smoothed first, so that what flickers about one moment is one peak. A peak counts from `floor` on, and
    from `share` of the highest within `AROUND_S`: in one stretch of picture, what sounds moves alike. It is refined to
    a fraction of a frame by a parabola through its neighbours; of two within `GAP_S` the higher stays. Its strength is
    its height beside the highest around it.
    """
    if len(curve) < 3:
        return ()
    calm = smoothed(curve)
    highest = greatest(calm, round(AROUND_S * FPS))
    # The first and the last frame have no neighbour to differ from: what seems to move there need not.
    left, middle, right = calm[:-2], calm[1:-1], calm[2:]
    least = np.maximum(floor, share * highest[1:-1])
    peaks = 1 + np.flatnonzero((left < middle) & (middle >= right) & (middle >= least))
    taken: list[tuple[float, float]] = []
    for i in sorted(peaks.tolist(), key=lambda i: -calm[i]):
        bend = calm[i - 1] - 2 * calm[i] + calm[i + 1]
        offset = 0.0 if bend >= 0 else float(np.clip(0.5 * (calm[i - 1] - calm[i + 1]) / bend, -0.5, 0.5))
        at = (i + offset) / FPS
        if all(abs(at - other) >= GAP_S for other, _ in taken):
            taken.append((at, float(calm[i] / highest[i])))
    return tuple(Event(start + round(at * SAMPLE_RATE), round(strength, 4)) for at, strength in sorted(taken))


def smoothed(curve: np.ndarray) -> np.ndarray:
    """(n,): under a bell of standard deviation `BELL_S`; the ends stay as high as they are."""
    reach = round(3 * BELL_S * FPS) + 1
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (BELL_S * FPS)) ** 2)
    return np.convolve(np.pad(np.asarray(curve, float), reach, mode="edge"), bell / bell.sum(), "valid")


def greatest(values: np.ndarray, reach: int) -> np.ndarray:
    """(n,): the greatest value within `reach` places on either side."""
    padded = np.pad(values, reach, mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(axis=1)


def to_config(data: dict[str, object] | None) -> SpotterConfig:
    """The configuration in a card's JSON data."""
    known = asdict(SpotterConfig())
    return SpotterConfig(**{k: tuple(v) if isinstance(v, Sequence) else v for k, v in (data or known).items()})  # type: ignore[arg-type]


ROLES = ("spotter", "motion")
"""Of the files on a card: the curve's network, and the features' where that is another."""


def load_spotter(card: ModelCard, device: torch.device | str = "cpu") -> Spotter:
    """The spotter that a model card names."""
    nets = []
    for role in ROLES[: 1 + (ROLES[1] in card.files)]:
        net = SpotterNet(to_config(card.config.get(role)))
        net.load_state_dict({k: v.float() for k, v in load_file(card.path(role)).items()})
        nets.append(net)
    return Spotter(nets[0], device, nets[1] if len(nets) > 1 else None)


def config_of(state: dict[str, Tensor]) -> SpotterConfig:
    """Of how many layers along time a network's weights are; each looks twice as far as the one before."""
    cells, layers = (
        tuple(2**i for i in range(sum(k.startswith(f"{part}.") and k.endswith(".weight") for k in state)))
        for part in ("cells", "time")
    )
    return SpotterConfig(cell_dilations=cells, dilations=layers)
