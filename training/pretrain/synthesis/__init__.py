"""Sounds made by formula, where recordings are few or missing.

Every maker gives (samples,) float32 at 44.1 kHz with peak 1; blows begin at their attack, beds can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from training.pretrain.synthesis import drums, engines, impacts, small, textures, water
from training.pretrain.synthesis.shaping import Array, Rng

Maker = Callable[[Rng], Array]


def struck(material: str) -> Maker:
    return partial(impacts.impact, name=material)


SYNTHETIC: dict[str, Maker] = {
    **{f"hit/{m}": struck(m) for m in ("metal", "bar", "anvil", "pipe", "bell", "cowbell", "wood", "stone",
                                       "glass", "ceramic", "plastic", "cardboard", "ice")},
    "hit/pan": partial(impacts.several, name="pan", count=(1, 4), within_s=0.12),
    "thud/heavy": impacts.thud,
    "chop/vegetables": impacts.chopping,
    "break/glass": impacts.breaking_glass,
    "drum/kick": drums.kick,
    "drum/tom": drums.tom,
    "drum/snare": drums.snare,
    "drum/cymbal": drums.cymbal,
    "drum/hihat": drums.hihat,
    "steps/leaves": textures.leaves_step,
    "steps/metal": textures.metal_step,
    "dig/sand": textures.sand_scoop,
    "dig/snow": textures.snow_scoop,
    "rustle/cloth": textures.cloth,
    "rustle/paper": textures.paper,
    "whoosh/air": textures.whoosh,
    "whip/air": small.whip,
    "rattle/box": small.rattle,
    "rattle/coins": small.coins,
    "rattle/keys": small.keys,
    "rattle/chain": small.chain,
    "bounce/rubber": small.rubber,
    "bounce/tennis": small.tennis,
    "bounce/basket": small.basket,
    "bounce/pingpong": small.pingpong,
    "tap/keyboard": small.typed,
    "tap/click": small.switch,
    "tap/table": small.fingers,
    "tap/clock": small.ticking,
    "door/creak": small.hinge,
    "door/wood": partial(small.shutting, name="hollow"),
    "door/steel": partial(small.shutting, name="plate"),
    "shot/gun": small.shot,
    "explosion/blast": small.blast,
    "splash/drip": water.drip,
    "splash/plop": water.plop,
    "bed/stream": water.stream,
    "bed/pour": water.pour,
    "bed/bubbles": water.boiling,
    "bed/waterfall": water.waterfall,
    "bed/rain": textures.rain,
    "bed/wind": textures.wind,
    "bed/waves": textures.waves,
    "bed/fire": textures.fire,
    "bed/steam": textures.steam,
    "engine/car": engines.car,
    "engine/truck": engines.truck,
    "engine/motorbike": engines.motorbike,
    "engine/rotor": engines.rotor,
    "engine/fan": engines.fan,
    "engine/jet": engines.jet,
    "engine/machine": engines.machine,
    "engine/hum": engines.hum,
    "engine/train": engines.train,
    "horn/car": engines.horn,
    "skid/tyre": engines.skid,
    "roll/ball": partial(engines.rolling, low=60, high=700, bumps=2.0),
    "roll/cart": partial(engines.rolling, low=120, high=2500, bumps=9.0),
    "roll/stone": partial(engines.rolling, low=150, high=3500, bumps=25.0),
    "roll/metal": partial(engines.rolling, low=400, high=6000, bumps=6.0, ring=850.0),
    "scrape/metal": partial(textures.scraping, low=1500, high=9000, ring=1.0),
    "scrape/wood": partial(textures.scraping, low=200, high=2500, ring=0.1),
}
"""What can be synthesised."""
