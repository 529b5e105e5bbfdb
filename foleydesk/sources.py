"""What a command names beside the video: a sound to be like, a sound to begin from, a part of it, a stretch of time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.media.probe import MediaInfo, content_hash, probe
from engine.spec import SAMPLE_RATE, Recipe, Refused, Span
from foleydesk.document.timebase import Rate

STRENGTH = 0.5
"""How far a variation goes when nothing is said."""


def sounding_like(recipe: Recipe, reference: Path | None) -> Recipe:
    """The recipe with a sound file to be like. Raises Refused for one that is missing or has no sound."""
    if reference is None:
        return recipe
    return replace(recipe, reference=str(reference), reference_hash=_sound(reference, "reference"))


def begun_from(recipe: Recipe, base: Path | None, strength: float | None, region: str, media: MediaInfo) -> Recipe:
    """The recipe as a variation of `base`, or as the base with `region` ("IN-OUT") made anew. Raises Refused."""
    if base is None:
        if strength is not None or region:
            given = "--region" if region else "--strength"
            raise Refused(f"{given} says what becomes of a sound; name that sound with --base.")
        return recipe
    if strength is not None and not 0 <= strength <= 1:
        raise Refused(f"A strength of {strength:g} cannot be used; give one from 0 to 1.")
    recipe = replace(recipe, base=str(base), base_hash=_sound(base, "base"))
    if not region:
        return replace(recipe, strength=STRENGTH if strength is None else strength)
    part = _region(region, recipe.span, media)
    return replace(recipe, region=part, strength=1.0 if strength is None else strength)


def between(media: MediaInfo, begin: str, end: str) -> Span:
    """From one time to another, each seconds or a time code; empty: the beginning, and the end. Raises Refused."""
    rate = Rate(media.rate)
    first = rate.parse(begin) if begin else 0
    last = rate.parse(end) if end else media.length
    if not 0 <= first < last or first >= media.length:
        raise Refused(
            f"There is nothing from {begin or 'the start'} to {end or 'the end'} in {media.path}, which is "
            f"{media.length / SAMPLE_RATE:.2f} s long; give two times within it."
        )
    return Span(first, min(last, media.length))


def _region(words: str, span: Span, media: MediaInfo) -> Span:
    begin, dash, end = (part.strip() for part in words.partition("-"))
    if not (begin and dash and end):
        raise Refused(f'"{words}" is no region; write where it begins and ends, such as 1.5-2.25.')
    part = between(media, begin, end)
    if part.start < span.start or part.end > span.end:
        start, stop = (at / SAMPLE_RATE for at in (span.start, span.end))
        raise Refused(f"The region {words} lies outside the cue, which goes from {start:.2f} to {stop:.2f} s.")
    return part


def _sound(path: Path, what: str) -> str:
    """The content hash of a file with sound."""
    if not path.is_file():
        raise Refused(f"There is no {what} sound {path}; check the name.")
    if not probe(path).has_audio:
        raise Refused(f"{path} has no sound; give a sound file as the {what}.")
    return content_hash(path)
