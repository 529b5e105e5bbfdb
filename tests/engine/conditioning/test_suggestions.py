"""From what a picture shows to prompts for what may sound."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine import registry
from engine.conditioning.sentence import load_sentence
from engine.conditioning.suggestions import SOUNDS, class_names, prompts, seen_vector, suggest
from engine.spec import Suggestion


def picture_of(**chances: float) -> np.ndarray:
    """Probabilities with the named classes (blanks as underscores), the rest spread evenly."""
    found = np.full(1000, (1 - sum(chances.values())) / 1000, np.float32)
    for name, chance in chances.items():
        found[class_names().index(name.replace("_", " "))] += chance
    return found


def test_every_class_is_told_once_and_most_of_what_sounds_is_there() -> None:
    told = [class_names().index(end) for classes in SOUNDS.values() for part in classes.split(", ")
            for end in (part.split("..")[0],)]
    assert len(told) == len(set(told))
    assert len(class_names()) == len(set(class_names())) == 1000
    assert len(prompts()) > 500


@pytest.mark.parametrize(("seen", "prompt"), [
    ("Pomeranian", "dog barking"), ("tabby", "cat meowing"), ("freight car", "train passing"),
    ("cleaver", "knife chopping vegetables"), ("tennis ball", "tennis ball bouncing"), ("drum", "drum kit"),
    ("computer keyboard", "typing on a keyboard"), ("seashore", "waves on a shore"), ("umbrella", "rain falling"),
    ("cowboy boot", "footsteps"), ("hammer", "hammering"), ("wall clock", "clock ticking"),
])
def test_what_is_seen_is_heard(seen: str, prompt: str) -> None:
    (best,) = suggest(picture_of(**{seen.replace(" ", "_"): 0.8}))
    assert best.prompt == prompt and best.confidence == pytest.approx(0.8, abs=0.03)


def test_breeds_of_dog_are_one_dog() -> None:
    (dog,) = suggest(picture_of(Lhasa=0.3, beagle=0.3, pug=0.2))
    assert dog.prompt == "dog barking" and dog.confidence > 0.75


def test_the_surest_comes_first() -> None:
    found = suggest(picture_of(hammer=0.3, drum=0.5))
    assert [suggestion.prompt for suggestion in found] == ["drum kit", "hammering"]


def test_a_silent_thing_suggests_nothing() -> None:
    assert suggest(picture_of(web_site=0.95)) == ()
    assert suggest(picture_of()) == ()


def test_what_is_seen_is_a_vector_near_the_words_for_it() -> None:
    encoder = load_sentence(registry.model("visiosonic-mini"))
    seen = seen_vector((Suggestion("dog barking", 0.6), Suggestion("car engine", 0.2)), encoder)
    assert seen is not None and seen.shape == (384,)
    bark, engine, rain = encoder(["a dog barks", "an engine", "rain"]).whole
    assert seen @ bark > seen @ engine > seen @ rain
    assert seen_vector((), encoder) is None
    alone = seen_vector((Suggestion("rain falling", 0.1),), encoder)
    assert alone is not None and torch.allclose(alone, encoder(["rain falling"]).whole[0])
