"""Which published file a file is, told by its tensors and never by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.hub.catalogue import CATALOGUE, Catalogue
from engine.hub.layouts import LAYOUTS, Shapes, plain
from engine.spec import Refused

ALIKE = 0.3
"""From this share of its tensors on, a file is taken for one that something is missing of, not for a foreign one."""
EXPECTED = "a network, autoencoder or vocoder of MMAudio, Synchformer or CLIP"


@dataclass(frozen=True)
class Seen:
    """A weight file that was looked at: the name of the part that it is, or the sentence that says why it is none."""

    path: Path
    bytes: int
    part: str | None
    says: str = ""
    foreign: bool = False
    """Whether it is whole, but nothing that belongs here."""


def published_layouts() -> dict[str, Shapes]:
    """Of every part, the networks among them. Imports torch: their layouts are those of the code that runs them."""
    import torch

    from engine.backbones.mmaudio.config import VARIANTS
    from engine.backbones.mmaudio.network import MMAudio

    found = dict(LAYOUTS)
    with torch.device("meta"):
        for name, config in VARIANTS.items():
            state = MMAudio(config).state_dict()
            found[f"mmaudio_{name}"] = {key: tuple(tensor.shape) for key, tensor in state.items()}
    return found


def recognise(path: Path, layouts: Mapping[str, Shapes], catalogue: Catalogue = CATALOGUE) -> Seen:
    """`layouts`: part to its tensors. Only names and shapes are read. Never refuses: what is wrong is in the answer."""
    from engine.checkpoints import looks_like, shapes

    size = path.stat().st_size
    try:
        found = plain(shapes(path))
    except Refused as refusal:
        return Seen(path, size, None, str(refusal))
    shares = {part: _share(found, layout) for part, layout in layouts.items()}
    best = max(shares, key=lambda part: shares[part])
    if shares[best] == 1.0:
        return Seen(path, size, best)
    if shares[best] < ALIKE:
        says = f"{path} looks like {looks_like(found)}; {EXPECTED} was expected."
        return Seen(path, size, None, says, foreign=True)
    return Seen(path, size, None, _lacking(path, found, layouts[best], catalogue.part(best).title))


def _share(found: Shapes, layout: Shapes) -> float:
    """How much of the layout is there in the right shape."""
    return sum(found.get(name) == shape for name, shape in layout.items()) / max(1, len(layout))


def _lacking(path: Path, found: Shapes, layout: Shapes, title: str) -> str:
    missing = [name for name in layout if name not in found]
    if missing:
        what = f"lacks {len(missing)} of its {len(layout)} tensors, such as {missing[0]}"
    else:
        name = next(name for name, shape in layout.items() if found[name] != shape)
        what = f"has {name} in another size, {_told(found[name])} instead of {_told(layout[name])}"
    return f"{path} looks like {title} of MMAudio but {what}; the whole published file was expected."


def _told(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "a single number"
