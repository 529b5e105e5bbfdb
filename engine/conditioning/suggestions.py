"""What might sound in a picture: ImageNet's classes, gathered under prompts for the sounds that such things make.

Torch-free but for what is handed in, so that a view can show a suggestion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.spec import Suggestion

if TYPE_CHECKING:
    from torch import Tensor

    from engine.conditioning.sentence import SentenceEncoder

LEAST = 0.08
"""A sound less likely than this is not worth a designer's glance."""
MOST = 4

SOUNDS = {
    "dog barking": "Chihuahua..Mexican hairless, dingo..African hunting dog",
    "wolf howling": "timber wolf..coyote",
    "cat meowing": "tabby..Egyptian cat",
    "lion roaring": "cougar..cheetah",
    "bear growling": "brown bear..sloth bear",
    "rooster crowing": "cock",
    "chicken clucking": "hen, black grouse..prairie chicken, quail, partridge",
    "birds singing": "brambling..water ouzel, bee eater, hummingbird, jacamar, coucal",
    "parrot squawking": "African grey..lorikeet, hornbill, toucan, peacock",
    "owl hooting": "great grey owl",
    "eagle calling": "kite..vulture",
    "duck quacking": "drake, red-breasted merganser, European gallinule, American coot",
    "goose honking": "goose, black swan, white stork..crane bird, limpkin, bustard",
    "seagulls calling": "ruddy turnstone..oystercatcher, pelican, king penguin, albatross",
    "frog croaking": "bullfrog..tailed frog",
    "snake hissing": "thunder snake..sidewinder",
    "crickets chirping": "grasshopper..leafhopper",
    "bee buzzing": "fly, bee, dragonfly, damselfly, apiary",
    "whale blowing water": "grey whale, killer whale, dugong",
    "sea lion barking": "sea lion",
    "underwater bubbles": "goldfish..stingray, jellyfish, sea anemone, loggerhead, leatherback turtle, coral reef, "
                          "scuba diver, rock beauty..puffer, starfish..sea cucumber",
    "horse hooves on a road": "sorrel, zebra, horse cart, oxcart",
    "pig grunting": "hog..warthog",
    "cow mooing": "ox..bison",
    "sheep bleating": "ram..ibex, llama",
    "monkey screeching": "orangutan..titi, spider monkey, squirrel monkey",
    "elephant trumpeting": "tusker, Indian elephant, African elephant",
    "drum kit": "drum, drumstick",
    "steel drum": "steel drum",
    "gong": "gong",
    "marimba": "marimba",
    "shaking a maraca": "maraca",
    "acoustic guitar": "acoustic guitar, banjo, pick",
    "electric guitar": "electric guitar",
    "piano": "grand piano, upright",
    "organ": "organ, accordion",
    "violin": "violin, cello, harp",
    "brass band": "cornet, French horn, trombone",
    "saxophone": "sax, bassoon, oboe",
    "flute": "flute, panpipe, ocarina, harmonica",
    "church bell ringing": "bell cote, church",
    "wind chimes ringing": "chime",
    "whistle blowing": "whistle",
    "clock ticking": "analog clock, wall clock, digital clock, stopwatch, hourglass",
    "telephone ringing": "dial telephone, pay-phone",
    "typing on a keyboard": "computer keyboard, typewriter keyboard, space bar, laptop, notebook",
    "clicking a mouse": "mouse",
    "printer": "printer, photocopier",
    "camera shutter": "reflex camera, Polaroid camera",
    "hammering": "hammer, nail",
    "hammering metal": "horizontal bar, barbell, dumbbell",
    "swords clashing": "scabbard, shield, breastplate, cuirass, chain mail",
    "chopping wood": "hatchet, lumbermill",
    "drilling": "power drill",
    "planing wood": "plane",
    "screwing": "screwdriver, screw",
    "filing metal": "file",
    "knife chopping vegetables": "cleaver, head cabbage..bell pepper, mushroom, Granny Smith, butcher shop",
    "frying in a pan": "frying pan, wok, spatula",
    "boiling water": "caldron, hot pot, Crock Pot, teapot, Dutch oven",
    "stirring in a bowl": "mixing bowl, wooden spoon, ladle, soup bowl",
    "dishes clattering": "plate rack, plate, tray, dishwasher, dining table, china cabinet",
    "glasses clinking": "beer glass, goblet, red wine, wine bottle, beer bottle, beaker",
    "pouring a drink": "pitcher, water jug, whiskey jug, measuring cup, cocktail shaker, water bottle, pop bottle",
    "coffee machine": "espresso maker, coffeepot, espresso",
    "cup put down on a table": "coffee mug, cup",
    "microwave oven": "microwave",
    "toaster popping": "toaster, waffle iron",
    "fridge humming": "refrigerator",
    "washing machine": "washer",
    "water running into a basin": "washbasin, bathtub, tub",
    "shower": "shower curtain",
    "toilet flushing": "toilet seat",
    "vacuum cleaner": "vacuum",
    "hair dryer": "hand blower",
    "fan humming": "electric fan",
    "sewing machine": "sewing machine",
    "broom sweeping": "broom",
    "door closing": "sliding door, shoji, wardrobe, chiffonier, medicine chest",
    "wooden chest closing": "chest, crate",
    "metal door closing": "safe, vault, prison",
    "lock clicking": "padlock, combination lock",
    "chain rattling": "chain, chainlink fence",
    "creaking wood": "rocking chair, swing, cradle",
    "coins falling": "piggy bank, slot",
    "tearing paper": "packet, envelope, paper towel, toilet tissue",
    "crumpling a plastic bag": "plastic bag",
    "turning pages": "comic book, book jacket, library, bookshop, crossword puzzle",
    "writing with a pen": "ballpoint, fountain pen, quill",
    "footsteps": "running shoe, cowboy boot, clog, sandal, Loafer, crutch",
    "cloth rustling": "cloak, kimono, gown, quilt, poncho, velvet",
    "tennis ball bouncing": "tennis ball, racket",
    "ping-pong ball bouncing": "ping-pong ball",
    "basketball bouncing": "basketball",
    "kicking a ball": "soccer ball, rugby ball, football helmet",
    "ball hit with a bat": "baseball, ballplayer",
    "ball bouncing": "volleyball, balloon",
    "golf ball hit": "golf ball",
    "billiard balls clicking": "pool table, croquet ball",
    "ice hockey puck": "puck",
    "punching": "punching bag",
    "arrow shot from a bow": "bow",
    "gunshot": "rifle, assault rifle, revolver, holster",
    "cannon shot": "cannon, tank, missile, projectile",
    "digging with a shovel": "shovel, plow",
    "lawn mower": "lawn mower",
    "chain saw": "chain saw",
    "tractor engine": "tractor, harvester, thresher, forklift, half track",
    "train passing": "freight car, passenger car, electric locomotive, bullet train, streetcar",
    "steam train passing": "steam locomotive",
    "car engine": "beach wagon, cab, convertible, jeep, limousine, minivan, Model T, pickup, racer, sports car, "
                  "car wheel, car mirror, grille, go-kart, golfcart, odometer, disk brake",
    "truck engine": "garbage truck, moving van, tow truck, trailer truck, snowplow, minibus, school bus, trolleybus, "
                    "recreational vehicle",
    "siren": "ambulance, fire engine, police van",
    "motorcycle engine": "moped, motor scooter, snowmobile, crash helmet",
    "bicycle": "bicycle-built-for-two, mountain bike, tricycle, unicycle",
    "aeroplane": "airliner, warplane, wing, space shuttle",
    "motor boat": "speedboat, lifeboat, fireboat, amphibian",
    "ship horn": "container ship, liner, aircraft carrier, dock",
    "rowing": "canoe, paddle, gondola",
    "sails in the wind": "catamaran, schooner, trimaran, yawl, pirate",
    "fountain splashing": "fountain",
    "waterfall": "dam, geyser",
    "waves on a shore": "seashore, sandbar, lakeside, breakwater, promontory, pier",
    "wind blowing": "alp, cliff, flagpole, pinwheel, parachute, ski",
    "rain falling": "umbrella, rain barrel, trench coat",
    "fire crackling": "stove, fire screen, volcano, torch, space heater, jack-o'-lantern",
    "candle flame": "candle",
    "striking a match": "matchstick, lighter",
    "bubbles": "bubble",
    "rustling leaves": "hay, corn, rapeseed, greenhouse",
}
"""Prompt: the classes that it stands for; A..B is every class from A to B in ImageNet's order."""


@cache
def class_names() -> tuple[str, ...]:
    """ImageNet's thousand, in the order of their numbers (Russakovsky et al. 2015; short names as torchvision's)."""
    return tuple(Path(__file__).with_name("imagenet.txt").read_text(encoding="utf-8").splitlines())


@cache
def prompts() -> dict[int, str]:
    """Class number to prompt; classes that make no sound of their own are not there."""
    places = {name: i for i, name in enumerate(class_names())}
    found: dict[int, str] = {}
    for prompt, classes in SOUNDS.items():
        for part in classes.split(", "):
            first, _, last = part.partition("..")
            found |= dict.fromkeys(range(places[first], places[last or first] + 1), prompt)
    return found


def suggest(probabilities: NDArray[np.float32]) -> tuple[Suggestion, ...]:
    """probabilities: (1000,) → what may sound, surest first.

    Classes of one prompt are counted together, above what chance would give so many: a hundred breeds of dog are no
    reason to hear one in a picture of nothing.
    """
    classes: dict[str, list[int]] = defaultdict(list)
    for number, prompt in prompts().items():
        classes[prompt].append(number)
    sure = {prompt: _above_chance(probabilities[numbers]) for prompt, numbers in classes.items()}
    likely = sorted((prompt for prompt in sure if sure[prompt] >= LEAST), key=lambda prompt: -sure[prompt])
    return tuple(Suggestion(prompt, sure[prompt]) for prompt in likely[:MOST])


def _above_chance(probabilities: NDArray[np.float32]) -> float:
    """0 where a thousand classes are all as likely, 1 where it is certain to be one of these."""
    chance = len(probabilities) / len(class_names())
    return round(min(1.0, max(0.0, (float(probabilities.sum()) - chance) / (1 - chance))), 3)


def seen_vector(suggestions: Sequence[Suggestion], encoder: SentenceEncoder) -> Tensor | None:
    """(384,): the prompts' sentence vectors, weighted by how sure they are; None where nothing was suggested."""
    if not suggestions:
        return None
    whole = encoder([suggestion.prompt for suggestion in suggestions]).whole
    weights = whole.new_tensor([suggestion.confidence for suggestion in suggestions])
    return (weights[:, None] * whole).sum(0) / weights.sum()
