"""LoRA adapters in the making: attach, switch off, save whole or not at all.

On disk an adapter is a folder: `adapter_config.json` and `adapter_model.safetensors` as peft writes them, and
`adapter.json`, the card that `engine.adapters` reads: which model it belongs to and what it was made of.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from torch import Tensor, nn

from engine.adapters import CARD, AdapterCard
from engine.media.atomic import cannot_write
from engine.registry import ModelCard
from engine.spec import Refused, to_json
from training.config import DPOConfig


def attach(module: nn.Module, config: DPOConfig) -> PeftModel:
    """Put a LoRA beside the linear layers of `module`, in place; it changes nothing until it is trained.

    Raises Refused when no linear layer matches `config.targets`.
    """
    targets = linear_layers(module, config.targets)
    if not targets:
        raise Refused(f"No layer of the model matches {config.targets!r}; leave the training setting targets empty.")
    lora = LoraConfig(r=config.rank, lora_alpha=config.alpha, lora_dropout=0.0, target_modules=targets, bias="none")  # type: ignore[arg-type]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        return get_peft_model(module, lora)  # type: ignore[arg-type]


def linear_layers(module: nn.Module, pattern: str = "") -> list[str]:
    """Names of the plain linear layers that match; layers that attention reads behind forward's back are left out."""
    return [name for name, layer in module.named_modules() if type(layer) is nn.Linear and re.search(pattern, name)]


@contextmanager
def switched_off(adapter: PeftModel) -> Iterator[None]:
    """Inside, the network is the reference: the model without its adapter, without gradients."""
    with torch.no_grad(), adapter.disable_adapter():
        yield


def detach(adapter: PeftModel) -> None:
    """Take the adapter off again; the module is what it was before."""
    adapter.unload()


def state(adapter: PeftModel) -> dict[str, Tensor]:
    """The adapter's tensors, on the CPU."""
    return {name: tensor.detach().cpu() for name, tensor in get_peft_model_state_dict(adapter).items()}


def restore(adapter: PeftModel, tensors: dict[str, Tensor]) -> None:
    set_peft_model_state_dict(adapter, tensors)


def save(adapter: PeftModel, card: AdapterCard, folder: Path) -> None:
    """Write the folder whole or not at all; one that is there is replaced. Raises Refused when it cannot be written."""
    part = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        adapter.save_pretrained(str(part))
        (part / "README.md").unlink(missing_ok=True)
        data = {key: value for key, value in to_json(card).items() if key != "folder"}
        (part / CARD).write_text(json.dumps(data, indent=1), encoding="utf-8")
        for path in part.iterdir():
            _flush(path)
        _swap(part, folder)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise Refused(cannot_write(folder, error)) from error


def model_sha256(model: ModelCard) -> str:
    """What an adapter is bound to: the generator's weights."""
    return model.file("generator").sha256 if "generator" in model.files else ""


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _swap(part: Path, folder: Path) -> None:
    """Put `part` where `folder` is. A folder cannot be replaced at once, so the old one steps aside first."""
    aside = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if folder.exists():
        os.replace(folder, aside)
    os.replace(part, folder)
    shutil.rmtree(aside, ignore_errors=True)
