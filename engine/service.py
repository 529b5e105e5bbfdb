"""The engine: the one class that the outside calls. Everything happens in the caller's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from engine import memory, registry
from engine.adapters import AdapterCard, find_adapter
from engine.asked import checked
from engine.audio.colour import coloured
from engine.backbones.base import Backbone, Conditions
from engine.basis import at_rate, basis, begin_from, completed, hash_of
from engine.candidates import candidate_id, check_folder, write_all
from engine.clock import Clock
from engine.conditioning import reference
from engine.conditioning.cache import Cache
from engine.conditioning.conditions import check_span, events_of, medium
from engine.conditioning.look import Seen, look
from engine.conditioning.scene import Scene, nothing_shown
from engine.conditioning.suggestions import seen_vector, suggest
from engine.conditioning.vision import shown
from engine.generation import Plan, latents, waveform
from engine.loaded import Loaded, Loaders, Shelf
from engine.media.audio_file import read_audio
from engine.media.probe import MediaInfo, probe
from engine.ranking import ranker
from engine.ranking.base import Asked, Scorer, Sound
from engine.ranking.perceptual import Perceptual
from engine.ranking.semantic import Scale, Semantic
from engine.ranking.temporal import Temporal
from engine.registry import ModelCard
from engine.senses import BUNDLED, identity
from engine.spec import Candidate, Event, EventCurve, OnProgress, Recipe, Refused, ScoreCard, Span, Suggestion, ignore

DEFAULT_MODEL = BUNDLED


class Engine:
    """Generates, ranks and spots. `cache`: a folder for features that may be deleted at any time."""

    def __init__(self, cache: Path | None = None, device: str = "auto", loaders: Loaders | None = None) -> None:
        self.cache = Cache(cache)
        self._shelf = Shelf(device, loaders)

    def generate(
        self, recipe: Recipe, candidates: int, into: Path, on_progress: OnProgress = ignore
    ) -> tuple[Candidate, ...]:
        """`candidates` sounds for the recipe with its seed and those after it, in rank order, written into `into`.

        `on_progress` may raise Cancelled at any step; then, as after Refused, `into` holds nothing new.
        """
        card = checked(recipe, candidates)
        adapter = find_adapter(recipe.adapter, card) if recipe.adapter else None
        media = medium(recipe)
        loaded = self._shelf.take(card)
        check_folder(into)
        self._refuse_what_cannot_fit(recipe, candidates, loaded)
        named = _with_hashes(replace(recipe, media_hash=media.hash, sampler=_sampler(recipe, card)))
        recipes = [replace(named, seed=recipe.seed + i) for i in range(candidates)]
        sounds, events = self._sounds(recipes, media, loaded, adapter, on_progress)
        asked = Asked(recipe.span, recipe.prompt, None if _unseen(recipe) else events)
        cards = _cards(loaded, asked, sounds, on_progress)
        hashes = _hashes(loaded, adapter)
        found = [
            (Candidate(candidate_id(own, hashes), own, "", "", own.span.length, judged), sound.samples)
            for own, judged, sound in zip(recipes, cards, sounds, strict=True)
        ]
        return write_all([found[i] for i in ranker.order(cards)], into)

    def rank(
        self,
        media: str | Path,
        span: Span | None,
        audio: Sequence[str | Path],
        prompt: str = "",
        on_progress: OnProgress = ignore,
        events: tuple[Event, ...] | None = None,
        model: str = DEFAULT_MODEL,
    ) -> tuple[tuple[str, ScoreCard], ...]:
        """(path, card) of each sound file, best first. A file's first sample belongs to the start of the span.

        `events` None: the spotter finds them.
        """
        info, span = _placed(media, span)
        loaded = self._shelf.take(registry.model(model))
        sounds = [Sound(read_audio(path, mono=True)[: span.length, 0]) for path in audio]
        if events is None:
            seen = self._seen(info, span, loaded, on_progress)
            events = seen.events(span) if seen else None
        cards = _cards(loaded, Asked(span, prompt, events), sounds, on_progress)
        return tuple((str(audio[i]), cards[i]) for i in ranker.order(cards))

    def spot(
        self,
        media: str | Path,
        span: Span | None = None,
        model: str = DEFAULT_MODEL,
        on_progress: OnProgress = ignore,
    ) -> EventCurve:
        """The visible events of a span, or of the whole medium. Raises Refused for a medium without a picture."""
        info, span = _placed(media, span)
        if not info.has_picture:
            raise Refused(f"{media} has no picture to find events in; choose a video.")
        loaded = self._shelf.take(registry.model(model))
        seen = self._seen(info, span, loaded, on_progress)
        if seen is None:
            raise Refused(f"The model {model} cannot find events; choose another.")
        return seen.event_curve(span)

    def suggest(
        self, media: str | Path, span: Span | None = None, model: str = DEFAULT_MODEL
    ) -> tuple[Suggestion, ...]:
        """Prompts for what is seen in a span, or in the whole medium, surest first; none where nothing seen sounds.

        Raises Refused for a medium without a picture.
        """
        info, span = _placed(media, span)
        if not info.has_picture:
            raise Refused(f"{media} has no picture to suggest sounds for; choose a video.")
        loaded = self._shelf.take(registry.model(model))
        chances = self._chances(info, span, loaded)
        if chances is None:
            raise Refused(f"The model {model} cannot tell what a picture shows; choose another.")
        return suggest(chances)

    def backbone(self, model: str = DEFAULT_MODEL, adapter: str | None = None) -> Backbone:
        """The generator itself, for those who train or measure it."""
        card = registry.model(model)
        return self._shelf.take(card).backbone(find_adapter(adapter, card) if adapter else None)

    def conditions(self, recipe: Recipe) -> Conditions:
        """What `generate` would condition on for the recipe's span: a batch of one, on the engine's device."""
        loaded = self._shelf.take(registry.model(recipe.model))
        media = medium(recipe)
        seen = self._seen(media, recipe.span, loaded, ignore)
        scene = self._scene(recipe, media, loaded, seen, recipe.span.seconds, ignore)
        return loaded.system().conditions(scene)

    def estimate(self, recipe: Recipe, candidates: int) -> memory.Estimate:
        """How much memory `generate` will take for this, before it starts. Loads no weights that come in stages.

        Raises Refused for what `generate` would refuse at once.
        """
        card = checked(recipe, candidates)
        if recipe.adapter:
            find_adapter(recipe.adapter, card)
        loaded = self._shelf.take(card)
        return self._estimate(recipe, candidates, loaded)

    def devices(self) -> list[memory.Device]:
        """What this machine can compute on, best first."""
        return memory.devices()

    def unload(self) -> None:
        """Let go of every model and of the GPU's memory."""
        self._shelf.clear()

    def _seen(self, media: MediaInfo, span: Span, loaded: Loaded, on_progress: OnProgress) -> Seen | None:
        """What a spotter sees; None where there is no picture, or nobody has a spotter."""
        owner, spotter = (loaded.owner("spotter"), loaded.spotter()) if media.has_picture else (None, None)
        if owner is None or spotter is None:
            return None
        clock = Clock("Looking at the picture", on_progress)
        return look(media, span, spotter, identity("spotter", owner), self.cache, clock)

    def _scene(
        self,
        recipe: Recipe,
        media: MediaInfo,
        loaded: Loaded,
        seen: Seen | None,
        seconds: float,
        on_progress: OnProgress,
    ) -> Scene:
        """What the model is conditioned on: of what the senses found, only what its own did."""
        own = loaded.has("vision", "sentence")
        return Scene(
            recipe,
            media,
            seconds,
            events_of(recipe, seen),
            _plan(recipe, loaded).left_out,
            seen if loaded.has("spotter") else None,
            partial(self._shown, media, recipe.span, loaded) if own else nothing_shown,
            self.cache,
            Clock("Looking at the picture", on_progress),
        )

    def _sounds(
        self,
        recipes: Sequence[Recipe],
        media: MediaInfo,
        loaded: Loaded,
        adapter: AdapterCard | None,
        on_progress: OnProgress,
    ) -> tuple[list[Sound], tuple[Event, ...] | None]:
        """A finished sound for each recipe (alike but for the seed), and the events that they were made for."""
        first = recipes[0]
        start_from = basis(first)
        seen = self._seen(media, first.span, loaded, on_progress)
        events = events_of(first, seen)
        if start_from is not None and start_from.strength == 0:
            return [Sound(start_from.wave) for _ in recipes], events
        system = loaded.system()
        seconds = system.made_s(first.span.seconds)
        given = system.conditions(self._scene(first, media, loaded, seen, seconds, on_progress))
        system.settle()
        backbone = loaded.backbone(adapter)
        take = at_rate(start_from, backbone.sample_rate) if start_from else None
        base = begin_from(start_from, take, backbone, seconds) if start_from and take is not None else None
        seeds, rows = [recipe.seed for recipe in recipes], _rows(backbone, len(recipes))
        plan = _plan(first, loaded, nothing_happens=events is None)
        made = latents(backbone, given, plan, seeds, rows, Clock("Generating", on_progress), base)
        decoded, sounds, like = Clock("Decoding", on_progress), [], _reference_sound(first, plan, backbone)
        example = take if start_from is not None and start_from.stays_heard else like
        for i, (latent, recipe) in enumerate(zip(made, recipes, strict=True)):
            wave = waveform(backbone, latent, recipe.seed, given, example)
            if like is not None:
                wave = coloured(wave, like, backbone.sample_rate)
            sounds.append(Sound(completed(start_from, wave, backbone.sample_rate, first.span.length)))
            decoded(i + 1, len(recipes))
        return sounds, events

    def _estimate(self, recipe: Recipe, candidates: int, loaded: Loaded) -> memory.Estimate:
        system = loaded.system()
        needed = system.needs(recipe.span.seconds, _rows(system, candidates), recipe.precision)
        return memory.estimate(needed, loaded.device)

    def _refuse_what_cannot_fit(self, recipe: Recipe, candidates: int, loaded: Loaded) -> None:
        estimate = self._estimate(recipe, candidates, loaded)
        if estimate.hopeless:
            raise Refused(
                f"{loaded.card.title} needs about {estimate.needed / memory.GIB:.1f} GB of memory for this cue and "
                f"{estimate.free / memory.GIB:.1f} GB are free; close other programs or choose a smaller model."
            )

    def _shown(self, media: MediaInfo, span: Span, loaded: Loaded) -> Tensor | None:
        """What the picture shows, as a sentence vector (384,); None where there is nobody to tell."""
        chances, sentence = self._chances(media, span, loaded), loaded.sentence()
        return None if chances is None or sentence is None else seen_vector(suggest(chances), sentence)

    def _chances(self, media: MediaInfo, span: Span, loaded: Loaded) -> NDArray[np.float32] | None:
        """Probabilities (1000,) of what the picture shows; None where there is nobody to tell."""
        owner, vision = (loaded.owner("vision"), loaded.vision()) if media.has_picture else (None, None)
        if owner is None or vision is None:
            return None
        return shown(media, span, vision, owner.file("vision").sha256, self.cache)


def _rows(backbone: Backbone, candidates: int) -> int:
    """How many candidates are sampled together."""
    most = memory.ROWS_FILLED if backbone.fills_up else min(candidates, memory.MOST_ROWS // memory.PASSES)
    return memory.rows_at_once(backbone.device, backbone.row_bytes, most)


def _plan(recipe: Recipe, loaded: Loaded, nothing_happens: bool = False) -> Plan:
    """`nothing_happens`: no event was seen or drawn. Then a model's card may say how much is to be made of the picture
    beside the words."""
    config, guidances = loaded.card.config, recipe.guidances
    begin, still = float(config.get("guidance_from", 0.0)), config.get("guidance_of_stillness")
    if nothing_happens and recipe.prompt.strip() and still is not None and guidances.picture is None:
        guidances = replace(guidances, picture=min(float(still), recipe.guidance))
    guidances = guidances.in_measure(recipe.guidance, config.get("guidance_shares", {}))
    sampler, negative = _sampler(recipe, loaded.card), recipe.negative.strip()
    return Plan(sampler, recipe.steps, recipe.guidance, negative, begin, guidances)


def _sampler(recipe: Recipe, card: ModelCard) -> str:
    """What the recipe names, else what the model's card does, else what published models are sampled by."""
    return recipe.sampler or str(card.config.get("sampler", "euler"))


def _unseen(recipe: Recipe) -> bool:
    """Whether the recipe gives the picture no weight at all: a sound from words need not fall together with it."""
    own = recipe.guidances
    return own.picture == 0 and own.events == 0


def _with_hashes(recipe: Recipe) -> Recipe:
    """The recipe with the content hash of each sound that it names. Raises Refused for one that is missing."""
    like, base = recipe.reference, recipe.base
    return replace(
        recipe,
        reference_hash=(recipe.reference_hash or reference.hash_of(like)) if like else "",
        base_hash=(recipe.base_hash or hash_of(base)) if base else "",
    )


def _reference_sound(recipe: Recipe, plan: Plan, backbone: Backbone) -> NDArray[np.float32] | None:
    """(samples,) at the backbone's rate: the reference that gives its colour and its grain, where it has any weight."""
    if recipe.reference is None or "reference" in plan.left_out:
        return None
    sound = reference.loudest_part(recipe.reference, recipe.reference_hash, backbone.sample_rate)
    return reference.levelled(sound, recipe.reference)


def _placed(media: str | Path, span: Span | None) -> tuple[MediaInfo, Span]:
    info = probe(media)
    span = span or Span(0, info.length)
    check_span(span, info)
    return info, span


def _cards(loaded: Loaded, asked: Asked, sounds: Sequence[Sound], on_progress: OnProgress) -> list[ScoreCard]:
    """The score cards, one a sound; each is judged by itself."""
    scorers, clock = _scorers(loaded, asked), Clock("Ranking", on_progress)
    cards = []
    for i, sound in enumerate(sounds):
        cards += ranker.cards(scorers, asked, [sound])
        clock(i + 1, len(sounds))
    return cards


def _scorers(loaded: Loaded, asked: Asked) -> list[Scorer]:
    scorers: list[Scorer] = [Temporal(), Perceptual()]
    ear = loaded.ear() if asked.prompt.strip() else None
    if ear is not None:
        owner = loaded.owner("text_audio") or loaded.card
        scorers.insert(0, Semantic(ear, Scale(**owner.config.get("semantic_scale", {}))))
    return scorers


def _hashes(loaded: Loaded, adapter: AdapterCard | None) -> list[str]:
    """What besides the recipe decides how a candidate sounds."""
    model_hashes = [loaded.card.file(role).sha256 for role in sorted(loaded.card.files)]
    return [*model_hashes, loaded.adapter_hash] if adapter and loaded.adapter_hash else model_hashes
