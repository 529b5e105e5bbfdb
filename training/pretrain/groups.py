"""Which AudioSet classes count as right for a thing, and which others the tagger takes it for.

`GROUPS` is what evaluation and the agreement of a source are measured with: classes that a listener would accept as a
name of the thing, its material or the way it sounds. `ALIKE` is wider, and only keeps recordings from being dropped.
"""

from __future__ import annotations

IMPACT = ("Knock", "Tap", "Thump, thud", "Thunk", "Whack, thwack", "Bang", "Slap, smack", "Smash, crash", "Door",
          "Wood", "Wood block", "Hammer", "Crack", "Breaking", "Chop", "Tools", "Gunshot, gunfire", "Cap gun", "Arrow",
          "Sound effect", "Plop", "Tick", "Clatter")
METAL = (*IMPACT, "Clang", "Ding", "Ping", "Chink, clink", "Glass", "Bell", "Cowbell", "Dishes, pots, and pans",
         "Cutlery, silverware", "Percussion", "Musical instrument", "Music", "Mallet percussion", "Gong", "Steelpan",
         "Tuning fork", "Chime", "Church bell", "Shatter", "Jingle, tinkle", "Glockenspiel", "Tubular bells",
         "Singing bowl", "Coin (dropping)", "Keys jangling", "Cymbal", "Bicycle bell", "Zing", "Vibraphone")
STEPS = ("Walk, footsteps", "Run", "Shuffle", *IMPACT, "Crunch", "Crackle", "Rustle", "Crumpling, crinkling", "Whip",
         "Whoosh, swoosh, swish", "Rustling leaves", "Fire", "Firecracker", "Fireworks", "Explosion", "Crushing",
         "Clip-clop", "Horse", "Scrape", "Spray", "Liquid", "Snake", "Rub", "Sanding", "Sawing", "Wind",
         "Heart sounds, heartbeat", "Hands", "Patter", "Static", "Sizzle", "Tap", "Inside, small room")
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
        "Drum roll", "Tabla", "Timpani", "Musical instrument", "Music", "Heart sounds, heartbeat", "Thump, thud",
        "Wood block", "Tap", "Knock", "Cowbell", "Tambourine", "Techno", "Electronic music", "House music", "Dubstep")
AIR = ("Whoosh, swoosh, swish", "Arrow", "Whip", "Wind", "Whack, thwack", "Sound effect", "Flap", "Rustle", "Spray",
       "Wind noise (microphone)", "Bird flight, flapping wings", "Slap, smack", "Thump, thud", "Hiss")

ALIKE: dict[str, tuple[str, ...]] = {
    "steps": STEPS,
    "steps/water": (*STEPS, *WATER),
    "steps/hooves": ("Clip-clop", "Horse", *STEPS, "Animal", "Livestock, farm animals, working animals", "Plop"),
    "hit": METAL,
    "hit/wood": IMPACT,
    "hit/cardboard": IMPACT,
    "hit/plastic": (*IMPACT, "Basketball bounce"),
    "hit/woodshield": (*IMPACT, "Chink, clink", "Glass"),
    "hit/stone": (*METAL, "Scrape", "Crushing", "Crunch", "Hands"),
    "thud": (*IMPACT, "Drum", "Percussion", "Hands", "Basketball bounce", "Crunch", "Crushing",
             "Heart sounds, heartbeat", "Coin (dropping)", "Splinter"),
    "chop": (*IMPACT, "Chopping (food)", "Splinter"),
    "chop/meat": (*RUB, *BRITTLE),
    "saw": ("Sawing", "Wood", "Tools", "Rub", "Filing (rasp)", "Sanding", "Scrape", "Scratch"),
    "dig": (*STEPS, "Crushing", "Tools", "Tearing", "Biting"),
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
    "bounce": ("Basketball bounce", "Bouncing", "Boing", *IMPACT, "Drum", "Percussion"),
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
"""Classes that the tagger confuses with a thing, or with all of a family: no reason to drop a recording. It hears blows
as gunshots, a bowling ball as a vehicle, gravel as fire."""

WALKING = ("Walk, footsteps", "Run", "Shuffle", "Patter")
KNOCKING = ("Knock", "Tap", "Thump, thud", "Thunk", "Whack, thwack", "Wood", "Wood block", "Hammer")
RINGING = ("Clang", "Ding", "Ping", "Chink, clink", "Bell", "Church bell", "Bicycle bell", "Cowbell", "Hammer", "Chime",
           "Dishes, pots, and pans", "Cutlery, silverware", "Tuning fork", "Gong", "Steelpan", "Mallet percussion",
           "Glockenspiel", "Tubular bells", "Vibraphone", "Singing bowl", "Cymbal", "Jingle, tinkle", "Zing", "Glass",
           "Marimba, xylophone", "Wind chime")
WET = ("Water", "Liquid", "Splash, splatter", "Slosh", "Stream", "Gurgling", "Pour", "Trickle, dribble", "Drip", "Plop",
       "Gush", "Fill (with liquid)", "Raindrop", "Water tap, faucet", "Rowboat, canoe, kayak", "Boiling",
       "Sink (filling or washing)", "Bathtub (filling or washing)")

GROUPS: dict[str, tuple[str, ...]] = {
    "steps": WALKING,
    "steps/wood": (*WALKING, "Knock", "Tap", "Thump, thud", "Thunk", "Wood"),
    "steps/gravel": (*WALKING, "Crunch", "Crushing", "Crumpling, crinkling"),
    "steps/snow": (*WALKING, "Crunch", "Crushing", "Crumpling, crinkling"),
    "steps/grass": (*WALKING, "Rustle", "Rustling leaves", "Crunch"),
    "steps/leaves": (*WALKING, "Rustle", "Rustling leaves", "Crunch", "Crumpling, crinkling"),
    "steps/sand": (*WALKING, "Rub", "Sanding", "Crunch"),
    "steps/metal": (*WALKING, "Clang", "Knock", "Thump, thud", "Clatter"),
    "steps/water": (*WALKING, *WET),
    "steps/ice": (*WALKING, "Crack", "Crunch", "Breaking"),
    "steps/hooves": ("Clip-clop", "Horse", *WALKING),
    "hit": RINGING,
    "hit/wood": KNOCKING,
    "hit/woodshield": KNOCKING,
    "hit/cardboard": (*KNOCKING, "Slap, smack"),
    "hit/plastic": (*KNOCKING, "Clatter", "Basketball bounce"),
    "hit/stone": ("Hammer", "Chink, clink", "Clang", "Glass", "Breaking", "Crack", "Crushing", "Whack, thwack", "Tools",
                  "Ding", "Shatter", "Ping", "Clatter"),
    "hit/ice": ("Glass", "Crack", "Breaking", "Chink, clink", "Crunch", "Shatter"),
    "thud": ("Thump, thud", "Thunk", "Knock", "Whack, thwack", "Slap, smack", "Bang", "Arrow", "Smash, crash"),
    "chop": (*KNOCKING, "Chop", "Crack", "Splinter", "Tools", "Breaking"),
    "chop/vegetables": (*KNOCKING, "Chop", "Chopping (food)", "Cutlery, silverware"),
    "chop/meat": ("Crunch", "Tearing", "Biting", "Crumpling, crinkling", "Squish", "Chewing, mastication", "Chop"),
    "saw": ("Sawing", "Wood", "Filing (rasp)", "Sanding", "Rub", "Tools"),
    "dig": (*WALKING, "Crunch", "Crushing", "Scrape", "Rub", "Shuffle", "Sanding", "Tools", "Crackle", "Crack"),
    "break": ("Breaking", "Crack", "Splinter", "Smash, crash", "Crushing", "Shatter", "Crunch", "Wood", "Crackle"),
    "break/glass": ("Glass", "Shatter", "Breaking", "Smash, crash", "Chink, clink"),
    "break/rubble": ("Breaking", "Crack", "Smash, crash", "Crushing", "Rumble", "Explosion", "Boom", "Thump, thud"),
    "door": ("Door", "Slam", "Knock", "Thump, thud", "Thunk", "Sliding door", "Cupboard open or close", "Bang", "Creak",
             "Drawer open or close", "Squeak", "Clatter"),
    "door/creak": ("Creak", "Squeak", "Door", "Sliding door", "Squeal", "Ratchet, pawl", "Scrape"),
    "rustle": ("Rustle", "Rustling leaves", "Crumpling, crinkling", "Crunch", "Tearing", "Shuffle", "Rub", "Crackle",
               "Scratch", "Whoosh, swoosh, swish"),
    "rattle": ("Rattle", "Maraca", "Rattle (instrument)", "Tambourine", "Clatter", "Keys jangling", "Coin (dropping)",
               "Jingle, tinkle", "Jingle bell", "Chink, clink", "Cutlery, silverware", "Dishes, pots, and pans",
               "Shuffling cards"),
    "whoosh": ("Whoosh, swoosh, swish", "Arrow", "Whip", "Wind", "Flap"),
    "whip": ("Whip", "Slap, smack", "Crack"),
    "bow": ("Arrow", "Whoosh, swoosh, swish", "Boing", "Zing", "Plucked string instrument", "Thunk", "Creak"),
    "shot": ("Gunshot, gunfire", "Explosion", "Cap gun", "Machine gun", "Fusillade", "Artillery fire", "Firecracker",
             "Fireworks", "Bang", "Burst, pop"),
    "explosion": ("Explosion", "Boom", "Burst, pop", "Eruption", "Artillery fire", "Gunshot, gunfire", "Fireworks",
                  "Bang", "Rumble", "Thunder"),
    "thunder": ("Thunder", "Thunderstorm", "Rumble", "Boom"),
    "splash": WET,
    "bounce": ("Basketball bounce", "Bouncing", "Boing", "Thump, thud", "Thunk", "Slap, smack", "Whack, thwack",
               "Plop"),
    "bounce/pingpong": ("Bouncing", "Tap", "Tick", "Basketball bounce", "Wood block", "Knock", "Clicking", "Plop"),
    "tap": ("Tap", "Knock", "Clicking", "Tick", "Typing", "Thump, thud", "Hands"),
    "tap/keyboard": ("Typing", "Computer keyboard", "Typewriter", "Clicking", "Clickety-clack"),
    "tap/clock": ("Tick", "Tick-tock", "Clock", "Clicking", "Mechanisms"),
    "drum": ("Drum", "Drum kit", "Percussion", "Snare drum", "Bass drum", "Drum machine", "Rimshot", "Drum roll",
             "Tabla", "Timpani", "Wood block", "Musical instrument", "Thump, thud"),
    "drum/cymbal": ("Cymbal", "Hi-hat", "Percussion", "Drum kit", "Gong", "Musical instrument"),
    "drum/hihat": ("Hi-hat", "Cymbal", "Percussion", "Drum kit", "Drum machine", "Musical instrument"),
    "bed/storm": ("Thunderstorm", "Thunder", "Rain"),
    "bed/rain": ("Rain", "Rain on surface", "Raindrop", "Water", "Thunderstorm", "Stream", "Waterfall"),
    "bed/waterfall": ("Waterfall", "Stream", "Water", "Gush", "Ocean", "Rain"),
    "bed/waves": ("Ocean", "Waves, surf", "Water", "Wind", "Waterfall"),
    "bed/wind": ("Wind", "Wind noise (microphone)", "Rustling leaves", "Whoosh, swoosh, swish", "Howl"),
    "bed/fire": ("Fire", "Crackle", "Firecracker", "Fireworks", "Frying (food)"),
    "bed/steam": ("Steam", "Hiss", "Spray", "Frying (food)", "Sizzle", "Air brake", "Gush"),
    "bed/stream": WET,
    "bed/pour": WET,
    "bed/bubbles": WET,
}
"""Classes that count as right, by thing or for all of a family; what is not here is judged by `ALIKE`."""


def group_of(thing: str) -> tuple[str, ...]:
    """The classes that count as right for a thing."""
    family = thing.split("/")[0]
    return GROUPS.get(thing) or GROUPS.get(family) or ALIKE.get(thing) or ALIKE[family]


def tolerated(thing: str) -> tuple[str, ...]:
    """The classes that do not speak against a recording of a thing."""
    return (*group_of(thing), *(ALIKE.get(thing) or ALIKE[thing.split("/")[0]]))
