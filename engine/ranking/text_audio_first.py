"""The ear of cards whose text side hashes letters (their configuration names "text_rows")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from engine.audio.mel import BANDS, HOP, Mel
from engine.conditioning.text import WordEmbedding
from engine.registry import ModelCard

SHORTEST_SAMPLES = 8 * HOP


@dataclass(frozen=True)
class HashedTextAudioConfig:
    width: int = 160
    embedding: int = 96
    text_rows: int = 4096
    longest_text: int = 24


class HashedTextAudioNet(nn.Module):
    """Mel frames and prompts to vectors of length 1."""

    def __init__(self, config: HashedTextAudioConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or HashedTextAudioConfig()
        self.enter = nn.Conv1d(BANDS, c.width, 3, stride=2, padding=1)
        self.layers = nn.ModuleList(nn.Conv1d(c.width, c.width, 5, stride=s, padding=2) for s in (2, 1, 1))
        self.norms = nn.ModuleList(nn.GroupNorm(8, c.width) for _ in range(3))
        self.weigh = nn.Conv1d(c.width, 1, 1)
        self.sound = nn.Sequential(nn.Linear(2 * c.width, c.width), nn.GELU(), nn.Linear(c.width, c.embedding))
        self.text = WordEmbedding(c.text_rows, c.width, c.longest_text)
        self.words = nn.Sequential(nn.LayerNorm(c.width), nn.Linear(c.width, c.width), nn.GELU(),
                                   nn.Linear(c.width, c.embedding))
        self.temperature = nn.Parameter(torch.tensor(2.5))

    def hear(self, mel: Tensor) -> Tensor:
        """mel: (batch, 128, frames) natural log → (batch, embedding); loudness as a whole does not count."""
        x = mel - mel.amax(dim=(1, 2), keepdim=True)
        x = F.gelu(self.enter(x.clamp(min=-9) / 3 + 1.5))
        for norm, layer in zip(self.norms, self.layers, strict=True):
            made = F.gelu(layer(norm(x)))
            x = x + made if made.shape == x.shape else made
        weight = self.weigh(x).softmax(dim=-1)
        pooled = torch.cat([(x * weight).sum(-1), x.amax(-1)], dim=1)
        return F.normalize(self.sound(pooled).float(), dim=-1)

    def read(self, prompts: list[str]) -> Tensor:
        """(batch, embedding): the mean of the words' vectors, turned."""
        words, said = self.text(prompts)
        weight = said[..., None].to(words.dtype)
        mean = (words * weight).sum(1) / weight.sum(1).clamp(min=1)
        return F.normalize(self.words(mean).float(), dim=-1)


class HashedTextAudio:
    """A trained `HashedTextAudioNet` on a device."""

    def __init__(self, net: HashedTextAudioNet, device: torch.device | str = "cpu") -> None:
        self.net, self.mel, self.device = net.eval().to(device), Mel().to(device), torch.device(device)

    @torch.inference_mode()
    def embed_text(self, texts: list[str]) -> NDArray[np.float32]:
        """(n, embedding), rows of length 1."""
        return self.net.read(texts).cpu().numpy()

    @torch.inference_mode()
    def embed_audio(self, waveform: NDArray[np.float32]) -> NDArray[np.float32]:
        """waveform: (n, samples) at 44.1 kHz → (n, embedding), rows of length 1; short sounds are padded."""
        x = torch.from_numpy(np.ascontiguousarray(waveform, np.float32)).to(self.device)
        x = F.pad(x, (0, max(0, SHORTEST_SAMPLES - x.shape[1])))
        return self.net.hear(self.mel(x)).cpu().numpy()


def load_hashed(card: ModelCard, device: torch.device | str = "cpu") -> HashedTextAudio:
    """The ear that a model card names."""
    net = HashedTextAudioNet(HashedTextAudioConfig(**card.config.get("text_audio", {})))
    net.load_state_dict({k: v.float() for k, v in load_file(card.path("text_audio")).items()})
    return HashedTextAudio(net, device)
