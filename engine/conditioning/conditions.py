"""From a recipe to the tensors that a backbone is conditioned on."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import torch
from torch import Tensor

from engine.backbones.base import Backbone, Conditions
from engine.conditioning.cache import Cache
from engine.conditioning.events import at_times, curve, frame_times, within
from engine.conditioning.look import OnPiece, Seen, Spotter, look, unwatched
from engine.conditioning.reference import reference
from engine.conditioning.spotter import FPS, load_spotter
from engine.media.probe import MediaInfo, probe
from engine.registry import ModelCard, read_card
from engine.spec import SAMPLE_RATE, Event, Recipe, Refused, Span


def conditions(
    recipe: Recipe,
    backbone: Backbone,
    cache: Cache | None = None,
    spotter: Spotter | None = None,
    shown: Tensor | None = None,
) -> Conditions:
    """A batch of one for the recipe's span, at the backbone's latent rate, on its device.

    Text is left out where there is no prompt, the picture where the medium has none. Where the designer has drawn no
    events and the spotter finds none, the curve is left out too: the model is free, not told to be silent.
    Raises Refused for a medium that is missing, changed or shorter than the span.
    """
    media = medium(recipe)
    seen = see(media, recipe.span, backbone.card, cache or Cache(), spotter)
    return assembled(recipe, backbone, seen, events_of(recipe, seen), shown=shown)


def medium(recipe: Recipe) -> MediaInfo:
    """The recipe's medium, if it is the one that the recipe was made for and the span lies in it."""
    media = probe(recipe.media)
    if recipe.media_hash and recipe.media_hash != media.hash:
        raise Refused(f"{recipe.media} is not the file that this cue was made for; import or relink it again.")
    check_span(recipe.span, media)
    return media


def check_span(span: Span, media: MediaInfo) -> None:
    if span.length <= 0:
        raise Refused(f"The span from {_s(span.start)} to {_s(span.end)} is empty; put its end after its start.")
    if span.start < 0 or span.end > media.length:
        raise Refused(
            f"The span from {_s(span.start)} to {_s(span.end)} lies outside {media.path}, "
            f"which is {_s(media.length)} long; choose one within it."
        )


def _s(samples: int) -> str:
    return f"{samples / SAMPLE_RATE:.2f} s"


def see(
    media: MediaInfo,
    span: Span,
    card: ModelCard,
    cache: Cache,
    spotter: Spotter | None = None,
    on_piece: OnPiece = unwatched,
) -> Seen | None:
    """None where there is no picture, or the model has no spotter."""
    if not media.has_picture or "spotter" not in card.files:
        return None
    encoder = card.file("spotter").sha256
    return look(media, span, spotter or _spotter(card.folder, encoder), encoder, cache, on_piece)


@lru_cache(maxsize=2)
def _spotter(folder: str, sha256: str) -> Spotter:
    return load_spotter(read_card(Path(folder)), "cpu")


def events_of(recipe: Recipe, seen: Seen | None) -> tuple[Event, ...] | None:
    """The designer's events in the span; else what the spotter found; None where nobody knows of any."""
    if recipe.events is not None:
        return within(recipe.events, recipe.span)
    return (seen.events(recipe.span) if seen else ()) or None


def latent_rate(backbone: Backbone) -> float:
    """Latent frames a second."""
    return backbone.latent_shape(1000.0)[0] / 1000.0


def assembled(
    recipe: Recipe,
    backbone: Backbone,
    seen: Seen | None,
    events: tuple[Event, ...] | None,
    seconds: float | None = None,
    shown: Tensor | None = None,
) -> Conditions:
    """The tensors for `seconds` (the span's own where None) from the start of the span.

    shown: (384,), what the picture shows as a sentence vector. Raises Refused for a reference that cannot be heard.
    """
    seconds = recipe.span.seconds if seconds is None else seconds
    frames, rate, start = backbone.latent_shape(seconds)[0], latent_rate(backbone), recipe.span.start
    device = next(backbone.module.parameters()).device
    picture = None
    if seen is not None:
        times = frame_times(frames, rate) + (start - seen.start) / SAMPLE_RATE
        picture = torch.from_numpy(at_times(seen.features, FPS, times))[None].to(device)
    strength = None if events is None else torch.from_numpy(curve(events, start, frames, rate))[None].to(device)
    text = (recipe.prompt.strip(),) if recipe.prompt.strip() else None
    like = reference(recipe.reference, recipe.reference_hash, backbone) if recipe.reference else None
    # Words overrule sight: what the designer names is not argued with by what a classifier takes the picture for.
    sight = shown[None].to(device) if shown is not None and text is None else None
    return Conditions(seconds, text, picture, strength, sight, like)


def part(given: Conditions, place: slice, rate: float) -> Conditions:
    """The conditions of one window of the latent."""

    def cut(tensor: Tensor | None) -> Tensor | None:
        return None if tensor is None else tensor[:, place]

    length = (place.stop - place.start) / rate
    return replace(given, seconds=length, picture=cut(given.picture), events=cut(given.events))
