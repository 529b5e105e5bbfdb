"""A whole MMAudio of a few hundred thousand random weights, installed as the real ones are: card, network, parts.

`install(home)` writes it below a FOLEYDESK_HOME and gives its name. Every network has the published structure and
names of tensors; only the sizes are small, and stand on the card.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from engine.backbones.mmaudio.config import MMAudioConfig
from engine.backbones.mmaudio.network import MMAudio
from engine.backbones.mmaudio.parts import Sizes
from engine.codecs.bigvgan import BigVGAN, BigVGANConfig
from engine.codecs.magnitude_autoencoder import MagnitudeAutoencoder, MagnitudeAutoencoderConfig
from engine.conditioning.clip import ClipConfig, ClipText, ClipVision
from engine.conditioning.synchformer import SynchformerConfig, SynchformerVision

NAME = "mmaudio-tiny"

NETWORK = MMAudioConfig(
    "tiny", latent_dim=8, heads=1, depth=3, fused_depth=1, v2=False, sample_rate=16_000, hop=256, head=32,
    clip_dim=32, sync_dim=24, text_dim=32,
)  # fmt: skip
AUTOENCODER = MagnitudeAutoencoderConfig(
    bands=80, channels=8, width=16, widths=(1, 1, 1), encoder_blocks=1, decoder_blocks=1
)
VOCODER = BigVGANConfig(
    80, (4, 4, 4, 4), (8, 8, 8, 8), squashed=True, width=32, block_kernels=(3,), dilations=(1,)
)
CLIP = ClipConfig(
    embed=32, size=28, shown=28, vision_width=32, vision_layers=1, vision_heads=2, text_width=32, text_layers=1,
    text_heads=2,
)  # fmt: skip
SYNCHFORMER = SynchformerConfig(size=32, width=24, heads=2, depth=1)


TINY = Sizes(NETWORK, AUTOENCODER, VOCODER, CLIP, SYNCHFORMER)


def install(home: Path, name: str = NAME, seed: int = 1, sizes: Sizes = TINY) -> str:
    """Write the model's files and its card below `home`, shared parts beside it; gives its name."""
    folder, parts = home / "models" / name, home / "models" / "parts"
    folder.mkdir(parents=True)
    parts.mkdir(exist_ok=True)
    files = {
        "generator": folder / f"{name}.pth",
        "autoencoder": parts / f"{name}-autoencoder.pth",
        "vocoder": parts / f"{name}-vocoder.pt",
        "clip": parts / f"{name}-clip.safetensors",
        "synchformer": parts / f"{name}-synchformer.pth",
    }
    torch.save(drawn(MMAudio(sizes.network), seed), files["generator"])
    torch.save(drawn(MagnitudeAutoencoder(sizes.autoencoder), seed), files["autoencoder"])
    torch.save({"generator": drawn(BigVGAN(sizes.vocoder), seed)}, files["vocoder"])
    save_file(drawn(ClipText(sizes.clip), seed) | drawn(ClipVision(sizes.clip), seed), files["clip"])
    torch.save(drawn(SynchformerVision(sizes.synchformer), seed), files["synchformer"])
    card = {
        "name": name, "title": "MMAudio tiny", "about": "Random weights.", "backbone": "mmaudio",
        "licence": "CC-BY-NC-4.0", "parameters": 300_000, "sample_rate": sizes.network.sample_rate, "longest_s": 8.0,
        "shortest_s": 0.64, "capabilities": ["text", "negative", "picture", "variation", "region"],
        "files": {role: _file(path, folder) for role, path in files.items()}, "config": asdict(sizes),
    }  # fmt: skip
    (folder / "card.json").write_text(json.dumps(card))
    return name


def drawn(module: nn.Module, seed: int) -> dict[str, Tensor]:
    """A state dict of the module's names and shapes, each tensor drawn by its name, of sizes that keep sounds alive."""
    found = {}
    for name, tensor in module.state_dict().items():
        number = int.from_bytes(hashlib.sha256(f"{seed}:{name}".encode()).digest()[:6], "big")
        value = torch.randn(tensor.shape, generator=torch.Generator().manual_seed(number))
        last = name.rsplit(".", 1)[-1]
        if last == "filter":
            value = tensor.clone()
        elif last in ("latent_std", "data_std"):
            value = 1 + 0.1 * value.abs()
        elif last in ("latent_mean", "data_mean", "bias", "alpha", "beta", "learnable_gain"):
            value = 0.1 * value
        elif tensor.dim() == 1:
            value = 1 + 0.1 * value
        elif tensor.dim() > 1 and last == "weight" or last.endswith("proj_weight"):
            value = value / tensor[0].numel() ** 0.5
        found[name] = value.contiguous()
    return found


def _file(path: Path, folder: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    place = path.name if path.parent == folder else f"../parts/{path.name}"
    return {"path": place, "sha256": digest, "bytes": path.stat().st_size}
