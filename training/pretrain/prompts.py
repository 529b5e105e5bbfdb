"""What evaluation asks for: one prompt a thing, fixed before any generated sound was heard.

Chosen among things that the tagger is able to hear. For that, recordings kept out of training (and for things that are
only synthesised, takes of seeds kept out) were laid along the events of drawn scenes; a thing was taken when one of its
classes (`groups.GROUPS`) was among the tagger's first three in most of them. Gravel and a barking dog were taken none
the less, as designers ask for them so often; typing, tennis, snow, digging and rolling are out of the tagger's reach.
The judge is not wholly independent: the same tagger cleaned the recordings (`judging`) and the colours of synthesised
typing and chopping were sought with it. No network was trained on what it says.
`python -m training.pretrain.prompts WORK` prints this ceiling.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.pretrain import bank
from training.pretrain.groups import group_of
from training.pretrain.motions import MOTIONS, Motion
from training.pretrain.sounding import Shelf, sound_of
from training.pretrain.tagger import top


@dataclass(frozen=True)
class Prompt:
    """Words, the thing that they ask for, and the kind of motion that is seen."""

    text: str
    thing: str
    motion: str


PROMPTS = (
    Prompt("shoes on a wooden floor", "steps/wood", "step"),
    Prompt("footsteps on gravel", "steps/gravel", "step"),
    Prompt("drumstick hitting a metal bar", "hit/bar", "strike"),
    Prompt("hammering an anvil", "hit/anvil", "strike"),
    Prompt("knocking on wood", "hit/wood", "strike"),
    Prompt("clinking glasses", "hit/glass", "strike"),
    Prompt("swords clashing", "hit/sword", "strike"),
    Prompt("sword on a metal shield", "hit/shield", "strike"),
    Prompt("a snare drum", "drum/snare", "strike"),
    Prompt("an explosion", "explosion/blast", "strike"),
    Prompt("an axe hitting a tree", "chop/wood", "chop"),
    Prompt("knife chopping vegetables on a board", "chop/vegetables", "chop"),
    Prompt("glass shattering", "break/glass", "drop"),
    Prompt("something falls into water", "splash/water", "drop"),
    Prompt("a basketball bouncing", "bounce/basket", "bounce"),
    Prompt("fingers tapping on a table", "tap/table", "tap"),
    Prompt("keys jangling", "rattle/keys", "shake"),
    Prompt("a wooden door slams", "door/wood", "door"),
    Prompt("dog barking", "animal/dog", "call"),
    Prompt("a cow mooing", "animal/cow", "call"),
    Prompt("pouring water into a glass", "bed/pour", "pour"),
    Prompt("heavy rain", "bed/rain", "drift"),
    Prompt("a crackling fire", "bed/fire", "drift"),
    Prompt("a helicopter", "engine/rotor", "spin"),
)
SECONDS = 8.0


def drawn(kind: str, rng: np.random.Generator) -> Motion:
    """A motion of a kind that sounds: with two events at least, unless it goes on or is silent by itself."""
    t = np.arange(int(SECONDS * 25)) / 25
    made = MOTIONS[kind][0](rng, t)
    while len(made.events) < 2 and not made.spans and kind not in ("swing", "drift"):
        made = MOTIONS[kind][0](rng, t)
    return made


def ceiling(work: Path, scenes: int = 6) -> dict[str, tuple[float, float]]:
    """Of scenes with sounds kept out of training, for each thing asked for: how many are heard as it (one of its
    classes among the first three, silence aside), and how many of the other things' scenes are. Without things of
    too few files to test on."""
    shelf = Shelf(bank.read(work / "bank"), "test")
    heard: dict[str, list[set[str]]] = {}
    for prompt in PROMPTS:
        if prompt.thing in shelf.takes:
            rngs = [np.random.default_rng([71, i]) for i in range(scenes)]
            waves = [sound_of(rng, shelf, prompt.thing, drawn(prompt.motion, rng), SECONDS).wave for rng in rngs]
            heard[prompt.thing] = [set([name for name, _ in top(w, 4) if name != "Silence"][:3]) for w in waves]
    rates = {}
    for thing, own in heard.items():
        right = set(group_of(thing))
        others = [one for other, taken in heard.items() if other != thing for one in taken]
        rates[thing] = (float(np.mean([bool(right & one) for one in own])),
                        float(np.mean([bool(right & one) for one in others])))
    return rates


if __name__ == "__main__":
    found = ceiling(Path(sys.argv[1]))
    for thing, (own, others) in found.items():
        print(f"{thing:18} {own:.2f}, other things' scenes {others:.2f}")
    print(f"{'all':18} {np.mean([r[0] for r in found.values()]):.2f}, {np.mean([r[1] for r in found.values()]):.2f}")
