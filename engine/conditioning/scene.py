"""What a recipe asks for and what was found out about it, before any system has made tensors of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from torch import Tensor

from engine.conditioning.cache import Cache
from engine.conditioning.look import OnPiece, Seen, unwatched
from engine.media.probe import MediaInfo
from engine.spec import Event, Recipe


def nothing_shown() -> Tensor | None:
    """What is shown where nobody can tell."""
    return None


@dataclass(frozen=True)
class Scene:
    """`seconds`: length of the sound to make, from the start of the recipe's span. `events`: the designer's or the
    spotter's. `left_out`: conditions that the recipe gives no weight; a system need not work them out.

    `seen`: what the model's own spotter saw; `shown`: gives what the model's own eye saw, as a sentence vector (384,).
    Systems with conditioners of their own look for themselves, keep what they find in `cache` and tell `on_piece`.
    """

    recipe: Recipe
    media: MediaInfo
    seconds: float
    events: tuple[Event, ...] | None = None
    left_out: frozenset[str] = frozenset()
    seen: Seen | None = None
    shown: Callable[[], Tensor | None] = nothing_shown
    cache: Cache = field(default_factory=Cache)
    on_piece: OnPiece = unwatched
