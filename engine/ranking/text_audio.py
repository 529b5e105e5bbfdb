"""An embedding that words and sounds share, trained on the sound bank: the ear behind the score "semantic".

Words come as sentence vectors, so that what was never said in training is still near what it means.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from engine.audio.mel import BANDS, HOP, Mel
from engine.conditioning.sentence import WIDTH, SentenceEncoder, load_sentence
from engine.ranking.semantic import TextAudio
from engine.registry import ModelCard
from engine.spec import from_json

SHORTEST_SAMPLES = 16 * HOP
RANGE = 9.0
"""What lies further below a sound's loudest moment, in natural log of magnitude (78 dB), is silence."""


@dataclass(frozen=True)
class TextAudioConfig:
    """Channels of the three picture layers, width of the layers along time, and of the shared embedding."""

    channels: tuple[int, int, int] = (16, 32, 64)
    width: int = 256
    heads: int = 4
    embedding: int = 128


class Listening(nn.Module):
    """One layer along time around a skip. (batch, width, frames) → the same."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm1d(width)
        self.near = nn.Conv1d(width, width, 5, padding=2 * dilation, dilation=dilation, groups=width)
        self.mix = nn.Conv1d(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        made: Tensor = self.mix(F.gelu(self.near(self.norm(x))))
        return x + made


class TextAudioNet(nn.Module):
    """Mel frames and sentence vectors to vectors of length 1."""

    def __init__(self, config: TextAudioConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or TextAudioConfig()
        widths = (1, *c.channels)
        self.look = nn.ModuleList(nn.Conv2d(a, b, 5 if a == 1 else 3, 2, 2 if a == 1 else 1)
                                  for a, b in zip(widths, widths[1:], strict=False))
        self.level = nn.ModuleList(nn.BatchNorm2d(b) for b in c.channels)
        self.enter = nn.Conv1d(c.channels[-1] * BANDS // 8, c.width, 1)
        self.layers = nn.ModuleList(Listening(c.width, dilation) for dilation in (1, 2, 4))
        self.weigh = nn.Conv1d(c.width, c.heads, 1)
        self.sound = nn.Sequential(nn.LayerNorm(3 * c.width), nn.Linear(3 * c.width, c.width), nn.GELU(),
                                   nn.Dropout(0.1), nn.Linear(c.width, c.embedding))
        self.words = nn.Sequential(nn.LayerNorm(WIDTH), nn.Linear(WIDTH, c.width), nn.GELU(), nn.Dropout(0.1),
                                   nn.Linear(c.width, c.embedding))
        self.temperature = nn.Parameter(torch.tensor(2.5))

    def hear(self, mel: Tensor) -> Tensor:
        """mel: (batch, 128, frames) natural log → (batch, embedding); loudness as a whole does not count."""
        x = mel - mel.amax(dim=(1, 2), keepdim=True)
        x = (x.clamp(min=-RANGE) / RANGE + 0.5)[:, None]
        for layer, norm in zip(self.look, self.level, strict=True):
            x = F.relu(norm(layer(x)))
        x = self.enter(x.flatten(1, 2))
        for layer in self.layers:
            x = layer(x)
        return F.normalize(self.sound(self.pooled(x)).float(), dim=-1)

    def pooled(self, x: Tensor) -> Tensor:
        """(batch, width, frames) → (batch, 3 · width): mean and spread of what is attended to, and the most of all.

        A blow in eight seconds of silence is the blow: attention weighs moments, each head for its own channels. The
        spread tells what stays, like rain, from what fades (attentive statistics: Okabe et al. 2018).
        """
        weight = self.weigh(x).float().softmax(dim=-1).repeat_interleave(x.shape[1] // self.config.heads, dim=1)
        mean = (x * weight).sum(-1)
        spread = ((x - mean[..., None]).square() * weight).sum(-1).clamp(min=1e-4).sqrt()
        return torch.cat([mean, spread, x.amax(-1)], dim=1)

    def read(self, whole: Tensor) -> Tensor:
        """whole: (batch, 384) sentence vectors → (batch, embedding)."""
        return F.normalize(self.words(whole).float(), dim=-1)


class TextAudioEmbedding:
    """A trained `TextAudioNet` on a device, with the encoder that reads words for it."""

    def __init__(self, net: TextAudioNet, sentence: SentenceEncoder, device: torch.device | str = "cpu") -> None:
        self.net, self.mel, self.device = net.eval().to(device), Mel().to(device), torch.device(device)
        self.sentence = sentence

    @torch.inference_mode()
    def embed_text(self, texts: list[str]) -> NDArray[np.float32]:
        """(n, embedding), rows of length 1."""
        return np.asarray(self.net.read(self.sentence(texts).whole).cpu().numpy())

    @torch.inference_mode()
    def embed_audio(self, waveform: NDArray[np.float32]) -> NDArray[np.float32]:
        """waveform: (n, samples) at 44.1 kHz → (n, embedding), rows of length 1; short sounds are padded."""
        x = torch.from_numpy(np.ascontiguousarray(waveform, np.float32)).to(self.device)
        x = F.pad(x, (0, max(0, SHORTEST_SAMPLES - x.shape[1])))
        return np.asarray(self.net.hear(self.mel(x)).cpu().numpy())


def to_config(data: dict[str, Any]) -> TextAudioConfig:
    """The configuration in a card's JSON data."""
    config: TextAudioConfig = from_json(TextAudioConfig, asdict(TextAudioConfig()) | data)
    return config


def load_text_audio(card: ModelCard, device: torch.device | str = "cpu") -> TextAudio:
    """The ear that a model card names."""
    net = TextAudioNet(to_config(card.config.get("text_audio", {})))
    net.load_state_dict({k: v.float() for k, v in load_file(card.path("text_audio")).items()})
    return TextAudioEmbedding(net, load_sentence(card, device), device)
