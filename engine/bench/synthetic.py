"""Files like those that are published, with drawn weights: what the published program and ours are both given.

Names, shapes and nesting come from the published program's own modules, so that it loads them strictly.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

VOCODER_44K = "nvidia/bigvgan_v2_44khz_128band_512x"
"""The published program takes a folder of this name, seen from where it runs, for the model of that name."""

CONFIG_44K: dict[str, Any] = {
    "resblock": "1", "num_mels": 128, "upsample_initial_channel": 1536, "upsample_rates": [8, 4, 2, 2, 2, 2],
    "upsample_kernel_sizes": [16, 8, 4, 4, 4, 4], "resblock_kernel_sizes": [3, 7, 11],
    "resblock_dilation_sizes": [[1, 3, 5]] * 3, "activation": "snakebeta", "snake_logscale": True,
    "use_tanh_at_final": False, "use_bias_at_final": False, "sampling_rate": 44100, "hop_size": 512, "n_fft": 2048,
}

SMALL, FEW = 0.02, 0.1
"""Deviation of biases and of gains."""

GAINS = {"convs2": 0.3, "conv_post": 0.25}
"""Length of a normalised weight where it is not 1: residual branches add little, and the wave stays within ±1."""


def drawn(names: dict[str, Tensor], seed: int) -> dict[str, Tensor]:
    """Weights that keep a signal's size through a network: 1/√fan-in for what multiplies, 1 for gains, little else."""
    chance = torch.Generator().manual_seed(seed)
    return {name: _one(name, like, chance) for name, like in names.items()}


def _one(name: str, like: Tensor, chance: torch.Generator) -> Tensor:
    if not like.is_floating_point() or name.endswith("filter"):
        return like.clone()
    noise = torch.randn(like.shape, generator=chance)
    last = name.rsplit(".", 1)[-1]
    if last in ("alpha", "beta", "learnable_gain"):
        return FEW * noise
    if last in ("weight_g", "original0"):
        return torch.full_like(like, next((gain for part, gain in GAINS.items() if part in name), 1.0))
    if last in ("data_mean", "data_std", "latent_std"):
        return noise.abs() * FEW + 1
    if last.endswith("bias") or last == "latent_mean":
        return SMALL * noise
    if last == "logit_scale" or like.dim() <= 1:
        return 1 + FEW * noise
    if last != "weight" and last not in ("weight_v", "original1", "in_proj_weight", "proj"):
        return 0.5 * noise
    return noise / math.sqrt(math.prod(like.shape[1:]))


def write_all(folder: Path, variant: str, seed: int) -> None:
    """Into `weights/`, `ext_weights/` and beside them, as the published program looks for them.

    The published program must be importable.
    """
    from mmaudio.ext.autoencoder.vae import get_my_vae
    from mmaudio.ext.synchformer import Synchformer
    from mmaudio.model.networks import get_my_mmaudio

    rate = variant.rsplit("_v2", 1)[0].rsplit("_", 1)[1]
    weights, beside = folder / "weights", folder / "ext_weights"
    weights.mkdir(parents=True, exist_ok=True)
    beside.mkdir(parents=True, exist_ok=True)
    _save(get_my_mmaudio(variant), weights / f"mmaudio_{variant}.pth", seed)
    _save(get_my_vae(rate), beside / f"v1-{rate[:2]}.pth", seed + 1)
    _save(Synchformer(), beside / "synchformer_state_dict.pth", seed + 2)
    _write_vocoder(folder, rate, seed + 3)
    _write_clip(beside / "open_clip_model.safetensors", seed + 4)


def _save(module: nn.Module, path: Path, seed: int, inside: str | None = None) -> None:
    state = drawn(module.state_dict(), seed)
    torch.save({inside: state} if inside else state, path)


def _write_vocoder(folder: Path, rate: str, seed: int) -> None:
    if rate == "16k":
        import mmaudio.ext.bigvgan.bigvgan as published
        from omegaconf import OmegaConf

        config = OmegaConf.load(published._bigvgan_vocoder_path)
        _save(published.BigVGANVocoder(config), folder / "ext_weights" / "best_netG.pt", seed, "generator")
        return
    from mmaudio.ext.bigvgan_v2.bigvgan import AttrDict, BigVGAN

    home = folder / VOCODER_44K
    home.mkdir(parents=True, exist_ok=True)
    (home / "config.json").write_text(json.dumps(CONFIG_44K), encoding="utf-8")
    _save(BigVGAN(AttrDict(CONFIG_44K)), home / "bigvgan_generator.pt", seed, "generator")


def _write_clip(path: Path, seed: int) -> None:
    import open_clip

    model = open_clip.create_model("ViT-H-14-378-quickgelu", pretrained=None)
    save_file(drawn(model.state_dict(), seed), path)
