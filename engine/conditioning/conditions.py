"""From a recipe to the tensors that a backbone is conditioned on."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from engine.backbones.base import Backbone, Conditions
from engine.conditioning.events import at_times, curve, frame_times, within
from engine.conditioning.look import Seen
from engine.conditioning.reference import reference
from engine.conditioning.scene import Scene
from engine.conditioning.spotter import FPS
from engine.media.probe import MediaInfo, probe
from engine.spec import SAMPLE_RATE, Event, Recipe, Refused, Span


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


def events_of(recipe: Recipe, seen: Seen | None) -> tuple[Event, ...] | None:
    """The designer's events in the span; else what the spotter found; None where nobody knows of any."""
    if recipe.events is not None:
        return within(recipe.events, recipe.span)
    return (seen.events(recipe.span) if seen else ()) or None


def latent_rate(backbone: Backbone) -> float:
    """Latent frames a second."""
    return backbone.latent_shape(1000.0)[0] / 1000.0


def assembled(scene: Scene, backbone: Backbone) -> Conditions:
    """A batch of one for the scene, at the backbone's latent rate, on its device.

    Text is left out where there is no prompt, the picture where the medium has none. Where the designer has drawn no
    events and the spotter finds none, the curve is left out too: the model is free, not told to be silent.
    Raises Refused for a reference that cannot be heard.
    """
    recipe, seen, events = scene.recipe, scene.seen, scene.events
    frames, rate, start = backbone.latent_shape(scene.seconds)[0], latent_rate(backbone), recipe.span.start
    picture = None
    if seen is not None:
        times = frame_times(frames, rate) + (start - seen.start) / SAMPLE_RATE
        picture = torch.from_numpy(at_times(seen.features, FPS, times))[None].to(backbone.device)
    strength = None
    if events is not None:
        strength = torch.from_numpy(curve(events, start, frames, rate))[None].to(backbone.device)
    text = (recipe.prompt.strip(),) if recipe.prompt.strip() else None
    # A reference without weight is none: else it would stand in the way of what the words bring.
    heard = recipe.reference if "reference" not in scene.left_out else None
    like = reference(heard, recipe.reference_hash, backbone) if heard else None
    # Words overrule sight: what the designer names is not argued with by what a classifier takes the picture for.
    shown = scene.shown() if text is None else None
    sight = shown[None].to(backbone.device) if shown is not None else None
    return Conditions(scene.seconds, text, picture, strength, sight, like)


def cut(given: Conditions, place: slice, backbone: Backbone) -> Conditions:
    """The conditions of one window of the latent, where they have a row for each of its frames."""

    def rows(tensor: Tensor | None) -> Tensor | None:
        return None if tensor is None else tensor[:, place]

    length = (place.stop - place.start) / latent_rate(backbone)
    return replace(given, seconds=length, picture=rows(given.picture), events=rows(given.events))
