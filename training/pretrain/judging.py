"""Is a recording what its file name says? Held against what the audio tagger hears.

Two reasons to drop a file. A voice or music is heard clearly: the thresholds lie above what the tagger says of files
that cannot hold either (`KNOWN_GOOD`), because it takes a ringing blow for music and a scrape for a groan now and then.
Or something else is heard clearly while the tagger mostly agrees about the other files of the same source; where it
does not agree in general, as with short clicks on metal, its opinion of the one file is worth nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.pretrain.tagger import MUSIC, SINGING, SPEECH, scores, tagger

VOICE_ABOVE = 0.60
MUSIC_ABOVE = 0.85
"""Measured on known-good files: 99 in 100 lie below (`known_good_levels`)."""
AGREES = 0.10
"""The best class of the group has at least this probability: the tagger agrees."""
ABLE = 0.60
"""A source of whose files so many agree is one that the tagger is able to judge."""
OTHER_ABOVE = 0.50
"""Another class with more than this, where a source is judged well and the file has no agreement, is a mistake."""
NEUTRAL = frozenset((
    "Silence", "Sound effect", "Inside, small room", "Inside, large room or hall", "Inside, public space",
    "Outside, urban or manmade", "Outside, rural or natural", "Reverberation", "Echo", "Noise",
    "Environmental noise", "Field recording", "White noise", "Pink noise", "Distortion", "Cacophony", "Music",
))
"""Classes that say nothing against a recording."""

IMPACT = ("Knock", "Tap", "Thump, thud", "Thunk", "Whack, thwack", "Bang", "Slap, smack", "Smash, crash", "Door",
          "Wood", "Wood block", "Hammer", "Crack", "Breaking", "Chop", "Tools", "Gunshot, gunfire", "Cap gun", "Arrow",
          "Sound effect", "Plop", "Tick", "Clatter")
METAL = (*IMPACT, "Clang", "Ding", "Ping", "Chink, clink", "Glass", "Bell", "Cowbell", "Dishes, pots, and pans",
         "Cutlery, silverware", "Percussion", "Musical instrument", "Music", "Mallet percussion", "Gong", "Steelpan",
         "Tuning fork", "Chime", "Church bell", "Shatter", "Jingle, tinkle", "Glockenspiel", "Tubular bells",
         "Singing bowl", "Coin (dropping)", "Keys jangling", "Cymbal", "Bicycle bell", "Zing", "Vibraphone")
STEPS = ("Walk, footsteps", "Run", "Shuffle", *IMPACT, "Crunch", "Crackle", "Rustle", "Crumpling, crinkling", "Whip",
         "Whoosh, swoosh, swish", "Rustling leaves", "Fire", "Firecracker", "Fireworks", "Explosion", "Crushing",
         "Clip-clop", "Horse", "Scrape", "Spray", "Liquid", "Snake", "Rub", "Sanding", "Sawing", "Wind", "Heart sounds",
         "Hands", "Patter", "Static", "Sizzle", "Tap", "Inside, small room")
WATER = ("Water", "Liquid", "Splash, splatter", "Slosh", "Stream", "Gurgling", "Pour", "Trickle, dribble", "Drip",
         "Rain", "Rain on surface", "Raindrop", "Waterfall", "Ocean", "Waves, surf", "Boat, Water vehicle", "Gush",
         "Rowboat, canoe, kayak", "Fill (with liquid)", "Plop", "Boiling", "Bathtub (filling or washing)", "Spray",
         "Sink (filling or washing)", "Water tap, faucet", "Toilet flush", "White noise", "Pink noise", "Steam")
ANIMAL = ("Animal", "Domestic animals, pets", "Livestock, farm animals, working animals", "Wild animals")
BIRD = (*ANIMAL, "Bird", "Bird vocalization, bird call, bird song", "Chirp, tweet", "Fowl", "Squawk")
ENGINE = ("Engine", "Vehicle", "Motor vehicle (road)", "Car", "Truck", "Bus", "Motorcycle", "Idling", "Mechanisms",
          "Accelerating, revving, vroom", "Race car, auto racing", "Light engine (high frequency)",
          "Medium engine (mid frequency)", "Heavy engine (low frequency)", "Lawn mower", "Chainsaw", "Aircraft",
          "Helicopter", "Propeller, airscrew", "Fixed-wing aircraft, airplane", "Aircraft engine", "Jet engine",
          "Mechanical fan", "Air conditioning", "Power tool", "Tools", "Drill", "Vacuum cleaner", "Blender", "Whir",
          "Hum", "Mains hum", "Train", "Rail transport", "Hair dryer", "Printer", "Pump (liquid)",
          "Motorboat, speedboat", "Electric shaver, electric razor", "Sewing machine", "Car passing by",
          "Boat, Water vehicle", "Rumble",
          "Engine starting", "Engine knocking", "Railroad car, train wagon", "Subway, metro, underground")
BLAST = ("Explosion", "Gunshot, gunfire", "Artillery fire", "Boom", "Burst, pop", "Eruption", "Fireworks", "Fusillade",
         "Machine gun", "Firecracker", "Thunder", "Thunderstorm", "Cap gun", "Bang", "Crackle", "Crack", "Fire",
         "Smash, crash", "Rumble")
BRITTLE = ("Breaking", "Shatter", "Glass", "Crack", "Smash, crash", "Crushing", "Crunch", "Splinter", "Wood", "Chop",
           "Chink, clink", "Crackle", "Crumpling, crinkling", "Tearing", "Fire", "Dishes, pots, and pans")
RUB = ("Rustle", "Rustling leaves", "Crumpling, crinkling", "Crackle", "Crunch", "Tearing", "Fire", "Shuffle", "Rub",
       "Scrape", "Crack", "Walk, footsteps", "Zipper (clothing)", "Whoosh, swoosh, swish", "Breaking", "Biting",
       "Frying (food)", "Sizzle", "Scratch", "Wind", "Snake", "Crushing", "Writing", "Flap", "Spray", "Liquid")
RATTLE = ("Rattle", "Maraca", "Rattle (instrument)", "Tambourine", "Keys jangling", "Coin (dropping)", "Clatter",
          "Jingle, tinkle", "Jingle bell", "Chink, clink", "Glass", "Cutlery, silverware", "Dishes, pots, and pans",
          "Tools", "Percussion", "Shuffling cards", "Mechanisms", "Snake", "Insect", "Cash register", "Gears", "Hammer")
DOOR = ("Door", "Slam", "Knock", "Thump, thud", "Thunk", "Sliding door", "Cupboard open or close", "Creak", "Squeak",
        "Drawer open or close", "Tap", "Keys jangling", "Typing", "Typewriter", "Whack, thwack", "Wood", "Scrape",
        "Clatter", "Arrow", "Bang", "Clickety-clack", "Mechanisms", "Computer keyboard", "Coin (dropping)", "Glass",
        "Smash, crash", "Ratchet, pawl", "Roll", "Rumble")
DRUM = ("Drum", "Drum kit", "Percussion", "Snare drum", "Bass drum", "Drum machine", "Cymbal", "Hi-hat", "Rimshot",
        "Drum roll", "Tabla", "Timpani", "Musical instrument", "Music", "Heart sounds", "Thump, thud", "Wood block",
        "Tap", "Knock", "Cowbell", "Tambourine", "Techno", "Electronic music", "House music", "Dubstep")
AIR = ("Whoosh, swoosh, swish", "Arrow", "Whip", "Wind", "Whack, thwack", "Sound effect", "Flap", "Rustle", "Spray",
       "Wind noise (microphone)", "Bird flight, flapping wings", "Slap, smack", "Thump, thud", "Hiss")

GROUPS: dict[str, tuple[str, ...]] = {
    "steps": STEPS,
    "steps/water": (*STEPS, *WATER),
    "steps/hooves": ("Clip-clop", "Horse", *STEPS, "Animal", "Livestock, farm animals, working animals", "Plop"),
    "hit": METAL,
    "hit/wood": IMPACT,
    "hit/cardboard": IMPACT,
    "hit/plastic": (*IMPACT, "Basketball bounce"),
    "hit/woodshield": (*IMPACT, "Chink, clink", "Glass"),
    "hit/stone": (*METAL, "Scrape", "Crushing", "Crunch", "Hands"),
    "thud": (*IMPACT, "Drum", "Percussion", "Hands", "Basketball bounce", "Crunch", "Crushing", "Heart sounds",
             "Coin (dropping)", "Splinter"),
    "chop": (*IMPACT, "Chopping (food)", "Splinter"),
    "chop/meat": (*RUB, *BRITTLE),
    "saw": ("Sawing", "Wood", "Tools", "Rub", "Filing (rasp)", "Sanding", "Scrape", "Scratch"),
    "dig": (*STEPS, "Crushing", "Gravel", "Tools", "Tearing", "Biting"),
    "break": (*BRITTLE, *IMPACT, *BLAST),
    "door": DOOR,
    "rustle": RUB,
    "rattle": RATTLE,
    "whoosh": AIR,
    "whip": ("Whip", "Slap, smack", "Crack", "Burst, pop"),
    "bow": (*AIR, "Plucked string instrument", "Boing", "Creak", "Zing", "Crack", "Coin (dropping)", "Keys jangling",
            "Mechanisms", "Scrape", "Thunk", "Breaking"),
    "shot": BLAST,
    "explosion": (*BLAST, "Whoosh, swoosh, swish", "Arrow", "Sound effect", "Thump, thud"),
    "thunder": ("Thunder", "Thunderstorm", "Rain", *BLAST),
    "splash": WATER,
    "bounce": ("Basketball bounce", "Bouncing", "Boing", *IMPACT, "Tennis", "Drum", "Percussion"),
    "bounce/pingpong": ("Bouncing", "Tick", "Tick-tock", *IMPACT, "Clicking", "Basketball bounce"),
    "tap": (*IMPACT, "Clicking", "Typing", "Computer keyboard", "Typewriter", "Mechanisms", "Clickety-clack"),
    "tap/keyboard": ("Typing", "Computer keyboard", "Typewriter", "Clicking", "Clickety-clack", "Tick", "Tap",
                     "Mouse"),
    "tap/clock": ("Tick", "Tick-tock", "Clock", "Mechanisms", "Clicking", "Tap"),
    "drum": DRUM,
    "animal/dog": ("Dog", "Bark", "Bow-wow", "Yip", *ANIMAL, "Growling", "Whimper (dog)"),
    "animal/cat": ("Cat", "Meow", "Caterwaul", *ANIMAL),
    "animal/cow": ("Cattle, bovinae", "Moo", *ANIMAL),
    "animal/horse": ("Horse", "Neigh, whinny", *ANIMAL, "Snort", "Clip-clop"),
    "animal/sheep": ("Sheep", "Bleat", "Goat", *ANIMAL),
    "animal/goat": ("Goat", "Bleat", "Sheep", *ANIMAL),
    "animal/pig": ("Pig", "Oink", *ANIMAL, "Snort", "Stomach rumble", "Grunt", "Burping, eructation"),
    "animal/chicken": ("Chicken, rooster", "Cluck", *BIRD),
    "animal/rooster": ("Chicken, rooster", "Crowing, cock-a-doodle-doo", *BIRD),
    "animal/duck": ("Duck", "Quack", "Goose", "Honk", *BIRD),
    "animal/owl": ("Owl", "Hoot", *BIRD),
    "animal/frog": ("Frog", "Croak", *ANIMAL),
    "animal/crow": ("Crow", "Caw", *BIRD),
    "animal/hawk": BIRD,
    "animal/wolf": ("Howl", "Canidae, dogs, wolves", "Dog", *ANIMAL, "Music"),
    "animal/elephant": ("Roar", "Growling", "Roaring cats (lions, tigers)", *ANIMAL, "Trumpet"),
    "animal/lion": ("Roaring cats (lions, tigers)", "Roar", "Growling", *ANIMAL),
    "horn": ("Vehicle horn, car horn, honking", "Toot", "Vehicle", "Air horn, truck horn"),
    "bed/stream": WATER,
    "bed/pour": WATER,
    "bed/waterfall": (*WATER, "Wind", "Vehicle"),
    "bed/waves": (*WATER, "Wind", "Noise"),
    "bed/bubbles": WATER,
    "bed/rain": (*WATER, "Thunderstorm", "Thunder"),
    "bed/storm": ("Thunderstorm", "Thunder", *WATER),
    "bed/wind": ("Wind", "Wind noise (microphone)", "Rustling leaves", "Whoosh, swoosh, swish", "Noise", "White noise",
                 "Pink noise", "Waves, surf", "Ocean", "Howl"),
    "bed/fire": ("Fire", "Crackle", "Firecracker", "Fireworks", "Explosion", "Crack", "Burst, pop", "Eruption",
                 "Crumpling, crinkling", "Frying (food)", "Typing", "Crunch", "Tearing", "Rustle"),
    "bed/steam": ("Steam", "Hiss", "Spray", "Frying (food)", "Sizzle", "Liquid", "Water", "Gush", "White noise",
                  "Static", "Snake", "Air brake"),
    "bed/birds": (*BIRD, "Insect", "Cricket", "Environmental noise", "Outside, rural or natural"),
    "bed/crickets": ("Cricket", "Insect", *ANIMAL, "Frog", "Snake", "Buzz", "Bird", "Environmental noise"),
    "engine": ENGINE,
    "skid": ("Skidding", "Tire squeal", *ENGINE),
    "roll": ("Roll", "Rumble", "Skateboard", *ENGINE, "Scrape", "Rub", "Thunder", "Thunderstorm", "Clatter", "Wood"),
    "scrape": ("Scrape", "Rub", "Filing (rasp)", "Sawing", "Sanding", "Scratch", "Tools", "Squeal", "Creak", "Wood",
               "Shuffle", "Tearing"),
}
"""AudioSet classes that count as right for a thing, or for all of a family. Generous: the tagger hears blows as
gunshots, a bowling ball as a vehicle, gravel as fire."""

KNOWN_GOOD = ("steps", "dig", "chop", "thud", "break", "saw")
"""Families whose packages hold neither voice nor music under these names."""


@dataclass(frozen=True)
class Verdict:
    """agreement: probability of the best class of the thing's group; heard: the five classes heard most."""

    keep: bool
    why: str
    agreement: float
    heard: tuple[tuple[str, float], ...]


def group_of(thing: str) -> tuple[str, ...]:
    """The classes that count as right for a thing."""
    return GROUPS.get(thing) or GROUPS[thing.split("/")[0]]


def level(heard: np.ndarray, classes: Sequence[str]) -> float:
    """The best probability among some classes. heard: (521,)."""
    names = tagger().names
    return float(max((heard[names.index(c)] for c in classes if c in names), default=0.0))


def agreement(wave: np.ndarray, thing: str) -> float:
    """How far the tagger hears the thing in a wave at 44.1 kHz: the probability of the best class of its group."""
    return level(scores(wave), group_of(thing))


def verdicts(files: Sequence[tuple[str, str, np.ndarray]]) -> list[Verdict]:
    """One for each (source, thing, wave at 44.1 kHz), each file held against the other files of its source."""
    heard = [scores(wave[: 12 * 44_100]) for _, _, wave in files]
    agreements = [level(h, group_of(thing)) for h, (_, thing, _) in zip(heard, files, strict=True)]
    of: dict[str, list[bool]] = defaultdict(list)
    for (source, _, _), agreed in zip(files, agreements, strict=True):
        of[source].append(agreed >= AGREES)
    able = {source: bool(np.mean(own) >= ABLE) for source, own in of.items()}
    return [judge(h, thing, a, able[source]) for h, a, (source, thing, _) in zip(heard, agreements, files, strict=True)]


def judge(heard: np.ndarray, thing: str, agreed: float, able: bool) -> Verdict:
    """Keep a file or not, and why not."""
    names, right = tagger().names, group_of(thing)
    best = tuple((names[i], round(float(heard[i]), 3)) for i in np.argsort(heard)[::-1][:5])
    voice = level(heard, [c for c in (*SPEECH, *SINGING) if c not in right])
    music = level(heard, [] if "Music" in right else MUSIC)
    other = level(heard, [c for c in names if c not in right and c not in NEUTRAL])
    if voice > max(VOICE_ABOVE, agreed):
        return Verdict(False, "voice", agreed, best)
    if music > max(MUSIC_ABOVE, agreed):
        return Verdict(False, "music", agreed, best)
    if able and agreed < AGREES and other > OTHER_ABOVE:
        return Verdict(False, "something else", agreed, best)
    return Verdict(True, "", agreed, best)


def known_good_levels(files: Sequence[tuple[str, str, np.ndarray]]) -> dict[str, float]:
    """The 99th percentile of voice and of music among files that hold neither: what the thresholds stand on."""
    heard = [scores(wave) for _, thing, wave in files if thing.split("/")[0] in KNOWN_GOOD]
    return {"voice": float(np.percentile([level(h, (*SPEECH, *SINGING)) for h in heard], 99)),
            "music": float(np.percentile([level(h, MUSIC) for h in heard], 99))}


def table(sources: Sequence[str], judged: Sequence[Verdict]) -> str:
    """One line a source: files kept and dropped, why, and the share of files that the tagger agrees on."""
    lines = [f"{'source':74} kept dropped agreement"]
    for source in sorted(set(sources)):
        own = [v for s, v in zip(sources, judged, strict=True) if s == source]
        kept, agreed = sum(v.keep for v in own), np.mean([v.agreement >= AGREES for v in own])
        why = ", ".join(sorted({v.why for v in own if v.why}))
        lines.append(f"{source:74} {kept:4} {len(own) - kept:7} {agreed:9.2f}  {why}")
    return "\n".join(lines)
