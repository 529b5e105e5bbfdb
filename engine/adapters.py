"""Adapters: LoRA weights that lie beside their card, and how they are put on a backbone and taken off. Torch-free
until one is attached.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.registry import ModelCard, adapters_home
from engine.spec import Refused, from_json

CARD = "adapter.json"
WEIGHTS = "adapter_model.safetensors"
"""The name that peft gives its file."""


@dataclass(frozen=True)
class AdapterCard:
    """What an adapter is, which model it belongs to and what it was trained from."""

    name: str
    model: str
    model_sha256: str
    """Of the model's generator file."""
    pairs: int = 0
    pairs_hash: str = ""
    steps: int = 0
    metrics: dict[str, Any] = field(default_factory=dict)
    created: str = ""
    says: str = ""
    """One plain sentence: what the training came to."""
    passed: bool | None = None
    """Whether held-out picks agree with it; None where too few were kept aside."""
    folder: str = ""
    """Where the card was read; not part of the card on disk."""

    @property
    def weights(self) -> Path:
        return Path(self.folder) / WEIGHTS


def adapters() -> list[AdapterCard]:
    """Those in the user's folder whose cards can be read, by name."""
    return [read_adapter(path.parent) for path in sorted(adapters_home().glob(f"*/{CARD}"))]


def find_adapter(name: str, model: ModelCard) -> AdapterCard:
    """The adapter of that name, or in the folder of that path, for that model. Raises Refused when there is none."""
    folder = next((path for path in (Path(name), adapters_home() / name) if (path / CARD).is_file()), None)
    if folder is None:
        known = ", ".join(card.name for card in adapters()) or "none"
        raise Refused(f"There is no adapter {name}; give the folder of one, or a name of those installed: {known}.")
    card = read_adapter(folder)
    if card.model != model.name:
        raise Refused(f"The adapter {card.name} belongs to {card.model}, not to {model.name}; choose another.")
    if card.model_sha256 and card.model_sha256 != model.file("generator").sha256:
        raise Refused(f"The adapter {card.name} was trained for other weights of {model.name}; train it again.")
    if not card.weights.is_file():
        raise Refused(f"The adapter file {card.weights} is missing; train or copy the adapter again.")
    return card


def read_adapter(folder: Path) -> AdapterCard:
    """Raises Refused when the card is missing or damaged."""
    path = folder / CARD
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"The adapter card {path} cannot be read ({error}); train or copy the adapter again.") from error
    if not isinstance(data, dict):
        raise Refused(f"The adapter card {path} is no adapter card; train or copy the adapter again.")
    return from_json(AdapterCard, {**data, "folder": str(folder)})


def attach(module: Any, card: AdapterCard) -> Any:
    """Put the adapter on a backbone's module, in place; `detach` takes what this returns."""
    from peft import PeftModel

    try:
        return PeftModel.from_pretrained(module, card.folder, is_trainable=False).eval()
    except Exception as error:  # whatever a damaged file makes peft, torch or safetensors raise
        raise Refused(f"The adapter file {card.weights} is damaged; train or copy the adapter again.") from error


def detach(attached: Any) -> None:
    """The module is what it was before, to the last bit."""
    attached.unload()
