"""What evaluation asks for: one prompt a thing, fixed before any generated sound was heard.

Chosen among things that the tagger is at all able to hear: in recordings of them that were kept out of training (and,
for things that are only synthesised, in takes of other seeds) it finds one of the thing's classes (`groups.GROUPS`)
among its first three. Short clicks on metal or glass are mostly out of its reach; a few are asked for none the less,
because designers ask for little else. `python -m training.pretrain.prompts WORK` prints the ceiling.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Prompt:
    """Words, the thing that they ask for, and the kind of motion that is seen."""

    text: str
    thing: str
    motion: str


PROMPTS = (
    Prompt("footsteps on gravel", "steps/gravel", "step"),
    Prompt("shoes on a wooden floor", "steps/wood", "step"),
    Prompt("footsteps on grass", "steps/grass", "step"),
    Prompt("horse hooves", "steps/hooves", "step"),
    Prompt("hammering an anvil", "hit/anvil", "strike"),
    Prompt("drumstick hitting a metal bar", "hit/bar", "strike"),
    Prompt("knocking on wood", "hit/wood", "strike"),
    Prompt("swords clashing", "hit/sword", "strike"),
    Prompt("an axe hitting a tree", "chop/wood", "chop"),
    Prompt("knife chopping vegetables on a board", "chop/vegetables", "chop"),
    Prompt("glass shattering", "break/glass", "drop"),
    Prompt("something falls into water", "splash/water", "drop"),
    Prompt("a ball bouncing", "bounce/rubber", "bounce"),
    Prompt("a tennis ball bouncing", "bounce/tennis", "bounce"),
    Prompt("typing on a keyboard", "tap/keyboard", "tap"),
    Prompt("a snare drum", "drum/snare", "strike"),
    Prompt("a wooden door slams", "door/wood", "door"),
    Prompt("rustling leaves", "rustle/leaves", "shake"),
    Prompt("dog barking", "animal/dog", "call"),
    Prompt("a cow mooing", "animal/cow", "call"),
    Prompt("pouring water into a glass", "bed/pour", "pour"),
    Prompt("heavy rain", "bed/rain", "drift"),
    Prompt("a crackling fire", "bed/fire", "drift"),
    Prompt("a helicopter", "engine/rotor", "spin"),
)


def ceiling(work: Path, a_thing: int = 12) -> dict[str, tuple[float, float, int]]:
    """Of test recordings of each thing asked for: how many are heard as it (one of its classes among the first three),
    how many of the other things' are heard as it too, and how many there were. Things of too few files have none."""
    from training.pretrain import bank
    from training.pretrain.groups import group_of
    from training.pretrain.sounding import Shelf
    from training.pretrain.tagger import top

    shelf = Shelf(bank.read(work / "bank"), "test")
    waves = {p.thing: shelf.takes[p.thing][:a_thing] for p in PROMPTS if p.thing in shelf.takes}
    heard = {thing: [{name for name, _ in top(wave, 4) if name != "Silence"} for wave in own]
             for thing, own in waves.items()}
    rates = {}
    for thing, own in heard.items():
        right = set(group_of(thing))
        others = [one for other, taken in heard.items() if other != thing for one in taken]
        rates[thing] = (float(np.mean([bool(right & one) for one in own])),
                        float(np.mean([bool(right & one) for one in others])), len(own))
    return rates


if __name__ == "__main__":
    found = ceiling(Path(sys.argv[1]))
    for thing, (own, others, count) in found.items():
        print(f"{thing:18} {own:.2f} of {count:2} recordings kept out of training; of other things {others:.2f}")
    print(f"{'all':18} {np.mean([r[0] for r in found.values()]):.2f}; {np.mean([r[1] for r in found.values()]):.2f}")
