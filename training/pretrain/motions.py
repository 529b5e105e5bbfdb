"""How things move in a scene, and when that motion sounds.

A motion gives, for times in seconds, the place, turn and size of its bodies, and the events. Positions are in units
of the picture's side, (0, 0) top left; a body far outside 0..1 is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from training.pretrain.strokes import event_times, lifted, nearest, runs, smooth, wobble

Array = np.ndarray
AWAY = -9.0
"""Where a body is that is not there."""


@dataclass(frozen=True)
class Shape:
    """An outline, "round" or "square", with its sides in units of the picture's; None: drawn by chance."""

    outline: str
    long: float
    wide: float


@dataclass(frozen=True)
class Motion:
    """bodies: (bodies, frames, 2) centres; events: (time in s, strength 0..1); spans: stretches that sound on.

    turns: (bodies, frames) radians that the long side is turned by; grows: (bodies, frames, 2) factors on the
    sides; shapes: one a body, None where any will do. Later bodies hide earlier ones.
    """

    kind: str
    bodies: Array
    events: tuple[tuple[float, float], ...]
    spans: tuple[tuple[float, float], ...] = ()
    turns: Array | None = None
    grows: Array | None = None
    shapes: tuple[Shape | None, ...] = ()


@dataclass(frozen=True)
class Body:
    """One thing that moves: path (frames, 2), turn (frames,), grow (frames, 2)."""

    path: Array
    turn: Array
    grow: Array
    shape: Shape | None = None


def body(path: Array, turn: Array | float = 0.0, grow: Array | float = 1.0, shape: Shape | None = None) -> Body:
    n = len(path)
    wide = np.broadcast_to(np.asarray(grow, float).reshape(-1, 1) if np.ndim(grow) == 1 else grow, (n, 2))
    return Body(path, np.broadcast_to(turn, n), wide, shape)


def motion(kind: str, bodies: Sequence[Body], events: Sequence[tuple[float, float]],
           spans: Sequence[tuple[float, float]] = ()) -> Motion:
    """Bodies side by side as arrays."""
    return Motion(kind, np.stack([b.path for b in bodies]), tuple((float(a), float(s)) for a, s in events),
                  tuple((float(a), float(b)) for a, b in spans), np.stack([b.turn for b in bodies]),
                  np.stack([b.grow for b in bodies]), tuple(b.shape for b in bodies))


def ray(angle: Array | float, length: float) -> Array:
    """(…, 2): a way of that length at an angle."""
    return length * np.stack([np.cos(angle), np.sin(angle)], -1)


def struck(rng: np.random.Generator, t: Array, place: Array, times: list[float], strengths: Array) -> list[Body]:
    """What is hit: it may tremble or be pushed a little at each blow, and let chips fly."""
    since, _, last, _ = nearest(t, times, strengths)
    ringing = last * np.exp(-since / rng.uniform(0.04, 0.2)) * np.sin(2 * np.pi * rng.uniform(4, 12) * since)
    path = place + rng.choice([0.0, 0.006, 0.02]) * ringing[:, None] * ray(rng.uniform(0, np.pi), 1.0)
    things = [body(path, rng.uniform(0, np.pi), shape=Shape(str(rng.choice(["round", "square"])),
                                                            rng.uniform(0.1, 0.5), rng.uniform(0.05, 0.3)))]
    if rng.random() < 0.25:
        for _ in range(int(rng.integers(1, 4))):
            fly = rng.uniform(-0.5, 0.5) * since, rng.uniform(-0.9, -0.2) * since + rng.uniform(0.8, 2.5) * since**2
            chip = np.where((since < 0.5)[:, None], place + np.stack(fly, -1), AWAY)
            things.append(body(chip, shape=Shape("round", 0.03, 0.03)))
    return things


def tool(rng: np.random.Generator, t: Array, height: Array, place: Array) -> list[Body]:
    """A stick, hammer or hand turned about a wrist, the wrist borne by an arm; its tip meets `place` at height 0."""
    length, hit, side = rng.uniform(0.12, 0.5), rng.uniform(-np.pi, np.pi), rng.choice([-1.0, 1.0])
    angle = hit + side * rng.uniform(0.3, 1.5) * height
    up = ray(hit + side * np.pi / 2, rng.choice([0.0, 0.1, 0.3]))
    wrist = place - ray(hit, length) + height[:, None] * up + height[:, None] * wobble(rng, t, 0.03)
    thick = rng.uniform(0.02, 0.09)
    bodies = [body(wrist + 0.5 * ray(angle, length), angle, shape=Shape("square", length, thick))]
    if rng.random() < 0.4:
        head = Shape(str(rng.choice(["round", "square"])), rng.uniform(0.06, 0.15), rng.uniform(0.06, 0.2))
        bodies.append(body(wrist + ray(angle, length - 0.3 * head.long), angle, shape=head))
    if rng.random() < 0.6:
        reach = rng.uniform(0.3, 0.7)
        arm = hit + rng.normal(0, 0.6) + side * rng.uniform(0.0, 0.4) * height
        bodies.append(body(wrist - 0.5 * ray(arm, reach), arm, shape=Shape("square", reach, rng.uniform(0.07, 0.16))))
    return bodies


def beats(rng: np.random.Generator, seconds: float) -> list[float]:
    """Blows: mostly one or two a second, now and then few and far between."""
    far = rng.random() < 0.3
    return event_times(rng, seconds, 1.2, 4.0) if far else event_times(rng, seconds, 0.3, 1.5)


def strike(rng: np.random.Generator, t: Array) -> Motion:
    """Something is raised slowly, falls fast, stops dead, rebounds a little: by itself, or at the end of an arm."""
    times = beats(rng, t[-1])
    strengths = rng.uniform(0.4, 1.0, len(times))
    height = lifted(rng, t, times, strengths, rng.uniform(0.06, 0.22))
    place = np.array([rng.uniform(0.3, 0.7), rng.uniform(0.4, 0.8)])
    if rng.random() < 0.6:
        movers = tool(rng, t, height, place)
    else:
        movers = [body(place + height[:, None] * ray(rng.normal(-np.pi / 2, 0.6), rng.uniform(0.12, 0.5)))]
    below = struck(rng, t, place, times, strengths) if rng.random() < 0.6 else []
    return motion("strike", below + movers, list(zip(times, strengths, strict=True)))


def chop(rng: np.random.Generator, t: Array) -> Motion:
    """A blade goes up and down on a board and wanders along it, a hand behind it."""
    times = runs(rng, t[-1], 1.0, 4.5)
    strengths = rng.uniform(0.5, 1.0, len(times))
    height = lifted(rng, t, times, strengths, rng.uniform(0.05, 0.14))
    along = rng.uniform(-0.1, 0.1) * smooth(t / t[-1]) + wobble(rng, t, 0.01)[:, 0]
    base = np.array([rng.uniform(0.35, 0.65), rng.uniform(0.5, 0.75)]) + along[:, None] * ray(rng.normal(0, 0.3), 1.0)
    lift = rng.uniform(0.04, 0.2)
    blade = base + np.stack([0 * t, -lift * height], -1)
    tilt = rng.normal(0, 0.3) + rng.uniform(0, 0.6) * height
    long, wide = rng.uniform(0.2, 0.45), rng.uniform(0.05, 0.14)
    hand = blade + ray(tilt, 0.5 * long)
    bodies = [body(base + [0, 0.05], shape=Shape("round", rng.uniform(0.15, 0.4), 0.12)),
              body(blade, tilt, shape=Shape("square", long, wide)),
              body(hand, tilt, shape=Shape("round", 0.17, 0.12))]
    if rng.random() < 0.5:
        bodies.append(body(base + [-0.2, 0.02] + wobble(rng, t, 0.01), shape=Shape("round", 0.2, 0.15)))
    return motion("chop", bodies, list(zip(times, strengths, strict=True)))


def tap(rng: np.random.Generator, t: Array) -> Motion:
    """Fingers, sticks or hands in quick turn: typing, drumming."""
    times = runs(rng, t[-1], 2.0, 8.0)
    strengths = rng.uniform(0.4, 1.0, len(times))
    hands = int(rng.integers(1, 4))
    turn = np.arange(len(times)) % hands if rng.random() < 0.5 else rng.integers(0, hands, len(times))
    lift, sticks = rng.uniform(0.04, 0.3), rng.random() < 0.5
    bodies = []
    for hand in range(hands):
        own = [i for i in range(len(times)) if turn[i] == hand]
        height = lifted(rng, t, [times[i] for i in own], strengths[own], rng.uniform(0.05, 0.15))
        place = np.array([0.5 + 0.16 * (hand - hands / 2) + rng.normal(0, 0.03), rng.uniform(0.5, 0.65)])
        if sticks:
            rest = np.pi / 2 + rng.normal(0, 0.9)
            angle = rest + rng.choice([-1, 1]) * lift * 4 * height
            pivot = place - ray(rest, 0.3)
            still = body(np.tile(place, (len(t), 1)), shape=Shape("round", 0.2, 0.08))
            bodies += [still, body(pivot + 0.5 * ray(angle, 0.3), angle, shape=Shape("square", 0.3, 0.03))]
        else:
            wide = rng.uniform(0.04, 0.12)
            bodies.append(body(place - [0, 1] * (lift * height)[:, None], rng.normal(np.pi / 2, 0.4),
                               shape=Shape("round", rng.uniform(1, 4) * wide, wide)))
    return motion("tap", bodies, list(zip(times, strengths, strict=True)))


def bounce(rng: np.random.Generator, t: Array) -> Motion:
    """A ball falls, and falls again lower, until it lies; then the next one. Or it is kept bouncing."""
    floor, top = rng.uniform(0.6, 0.9), rng.uniform(0.05, 0.4)
    gravity, keeps = rng.uniform(2.0, 7.0), rng.uniform(0.6, 0.85)
    if rng.random() < 0.3:
        keeps = 1.0
    y, events = np.full_like(t, floor), []
    start = rng.uniform(0.0, 0.6)
    while start < t[-1] - 0.2:
        drop = float(np.sqrt(2 * (floor - top) / gravity))
        y = np.where((t >= start) & (t < start + drop), top + 0.5 * gravity * (t - start) ** 2, y)
        now, speed = start + drop, gravity * drop
        fastest = speed
        while speed > 0.22 * fastest and now < t[-1]:
            events.append((now, float(speed / fastest)))
            speed *= keeps
            flight = 2 * speed / gravity
            inside = (t >= now) & (t < now + flight)
            y = np.where(inside, floor - speed * (t - now) + 0.5 * gravity * (t - now) ** 2, y)
            now += flight
        start = now + rng.uniform(0.3, 1.2)
    x = rng.uniform(0.3, 0.7) + rng.normal(0, 0.05) * t
    ball = body(np.stack([x, y], -1), rng.normal(0, 3) * t)
    return motion("bounce", [ball], [e for e in events if e[0] < t[-1] - 0.05])


def step(rng: np.random.Generator, t: Array) -> Motion:
    """Two feet, in turn lifted and set down, often under legs and a body that sways with them."""
    pace = rng.uniform(0.3, 0.8)
    times = np.arange(rng.uniform(0.3, 0.3 + pace), t[-1] - 0.1, pace)
    times = np.clip(times + rng.normal(0, 0.02, len(times)), 0.05, t[-1] - 0.06)
    strengths = rng.uniform(0.5, 1.0, len(times))
    floor, lift, stride = rng.uniform(0.65, 0.9), rng.uniform(0.05, 0.25), rng.uniform(0.0, 0.3)
    speed = rng.choice([0.0, 1.0]) * stride / (2 * pace) * 0.5
    bodies, legs, length = [], rng.random() < 0.6, rng.uniform(0.25, 0.5)
    for side in (0, 1):
        y = np.full_like(t, floor)
        x = np.full_like(t, 0.42 + 0.16 * side)
        for landing in times[side::2]:
            swinging = np.clip((t - (landing - 0.75 * pace)) / (0.75 * pace), 0, 1)
            arc = np.where(swinging < 1, np.sin(np.pi * swinging**1.6), 0)
            y = y - lift * arc
            x = x + stride * (swinging - np.clip((t - landing) / pace, 0, 1))
        foot = np.stack([x + speed * (t - t[-1] / 2), y], -1)
        if legs:
            hip = np.stack([0.5 + speed * (t - t[-1] / 2), np.full_like(t, floor - length)], -1)
            way = hip - foot
            reach = np.linalg.norm(way, axis=1)
            bodies.append(body(0.5 * (foot + hip), np.arctan2(way[:, 1], way[:, 0]),
                               np.stack([reach / length, np.ones_like(t)], -1), Shape("square", length, 0.09)))
        bodies.append(body(foot, shape=Shape("round", rng.uniform(0.1, 0.2), rng.uniform(0.06, 0.12))))
    if legs:
        sway = 0.015 * np.cos(2 * np.pi * (t - times[0]) / pace) if len(times) else 0 * t
        trunk = np.stack([0.5 + speed * (t - t[-1] / 2), floor - length - 0.15 + sway], -1)
        bodies.append(body(trunk, shape=Shape("round", rng.uniform(0.15, 0.25), rng.uniform(0.25, 0.45))))
    return motion("step", bodies, list(zip(times, strengths, strict=True)))


def drop(rng: np.random.Generator, t: Array) -> Motion:
    """Something falls from above and stays where it lands."""
    times = event_times(rng, t[-1], 0.7, 2.8)
    floor, gravity = rng.uniform(0.6, 0.9), rng.uniform(3.0, 8.0)
    y, x, turn, events = np.full_like(t, AWAY), np.full_like(t, 0.5), np.zeros_like(t), []
    for hit in times:
        fall = float(np.sqrt(2 * (floor + 0.1) / gravity))
        inside = t >= hit - fall
        height = np.clip(t - (hit - fall), 0, fall)
        y = np.where(inside, -0.1 + 0.5 * gravity * height**2, y)
        x = np.where(inside, rng.uniform(0.25, 0.75), x)
        turn = np.where(inside, rng.normal(0, 3) * (height - fall), turn)
        events.append((hit, float(rng.uniform(0.6, 1.0))))
    return motion("drop", [body(np.stack([x, y], -1), turn)], events)


def shake(rng: np.random.Generator, t: Array) -> Motion:
    """Bursts of fast to and fro; each turn sounds."""
    place = rng.uniform(0.3, 0.7, 2)
    moved, events = np.zeros_like(t), []
    for start in event_times(rng, t[-1], 1.2, 2.8):
        turns, rate = int(rng.integers(2, 6)), rng.uniform(2.2, 4.0)
        end = min(start + turns / rate, t[-1])
        inside = (t >= start) & (t < end)
        moved = np.where(inside, np.sin(2 * np.pi * rate / 2 * (t - start)), moved)
        at = start + (np.arange(turns) + 0.5) / rate
        events += [(float(turn), float(rng.uniform(0.4, 0.9))) for turn in at if turn < end]
    path = place + moved[:, None] * ray(rng.uniform(0, np.pi), rng.uniform(0.1, 0.25))
    return motion("shake", [body(path, rng.normal(0, 0.5) * moved)], events)


def call(rng: np.random.Generator, t: Array) -> Motion:
    """A mouth opens with a jerk of the head, as in a bark or a shout; the sound comes with the opening."""
    times = event_times(rng, t[-1], 0.35, 2.5) if rng.random() < 0.5 else runs(rng, t[-1], 1.5, 4.0)
    strengths = rng.uniform(0.5, 1.0, len(times))
    since, till, last, coming = nearest(t, times, strengths)
    opening, closing = rng.uniform(0.04, 0.1), rng.uniform(0.08, 0.25)
    open_ = np.maximum(last * (1 - smooth((since - opening) / closing)) * smooth((since + 0.02) / opening),
                       coming * smooth(1 - (till + 0.5 * opening) / opening))
    tip = ray(rng.normal(-np.pi / 2, 0.8), rng.choice([0.02, 0.05, 0.1]))
    size = rng.uniform(0.25, 0.5)
    head = rng.uniform(0.4, 0.6, 2) + open_[:, None] * tip + wobble(rng, t, rng.choice([0.0, 0.01, 0.05]))
    turn = rng.normal(0, 0.4) + rng.normal(0, 0.4) * open_
    front = ray(turn, 0.3 * size) + ray(turn + np.pi / 2, 0.15 * size)
    jaw = np.stack([np.ones_like(t), 0.1 + open_], -1)
    bodies = [body(head + [0.0, 0.35], shape=Shape("round", size, 1.3 * size)),
              body(head, turn, shape=Shape("round", size, 0.8 * size)),
              body(head + front, turn, jaw, Shape("round", 0.4 * size, 0.35 * size))]
    return motion("call", bodies, list(zip(times, strengths, strict=True)))


def door(rng: np.random.Generator, t: Array) -> Motion:
    """A panel turns on its hinge or slides: a latch as it opens, a slam as it shuts."""
    events, shut, now = [], np.ones_like(t), rng.uniform(0.3, 1.5)
    while now < t[-1] - 0.8:
        opening, stay, closing = rng.uniform(0.4, 1.2), rng.uniform(0.2, 1.5), rng.uniform(0.25, 0.9)
        slam = now + opening + stay + closing
        shut = np.where(t >= now, 1 - smooth((t - now) / opening), shut)
        speed = np.clip((t - (slam - closing)) / closing, 0, 1) ** rng.uniform(1.2, 2.5)
        shut = np.where(t >= slam - closing, speed, shut)
        events.append((now, float(rng.uniform(0.3, 0.6))))
        if slam < t[-1] - 0.06:
            events.append((slam, float(rng.uniform(0.7, 1.0))))
        now = slam + rng.uniform(0.4, 1.5)
    wide, tall = rng.uniform(0.25, 0.6), rng.uniform(0.4, 0.9)
    hinge, way = rng.uniform(0.2, 0.4), rng.choice([-1.0, 1.0])
    frame = body(np.tile([hinge + wide / 2, 0.5], (len(t), 1)), shape=Shape("square", wide, tall))
    if rng.random() < 0.6:
        grow = np.stack([0.15 + 0.85 * shut, 1 + 0.1 * (1 - shut)], -1)
        path = np.stack([hinge + 0.5 * wide * grow[:, 0], np.full_like(t, 0.5)], -1)
        panel = body(path, 0.0, grow, Shape("square", wide, tall))
    else:
        path = np.stack([hinge + wide / 2 + way * wide * (1 - shut), np.full_like(t, 0.5)], -1)
        panel = body(path, shape=Shape("square", wide, tall))
    return motion("door", [frame, panel], events)


def stretch(rng: np.random.Generator, seconds: float) -> tuple[float, float]:
    """When something that goes on goes on; often all the time."""
    if rng.random() < 0.4:
        return 0.0, seconds
    start = rng.uniform(0.3, seconds * 0.5)
    return float(start), float(min(seconds, start + rng.uniform(1.0, 5.0)))


def roll(rng: np.random.Generator, t: Array) -> Motion:
    """A ball or wheel rolls along and slows down; it sounds on while it moves."""
    start, end = stretch(rng, t[-1])
    size = rng.uniform(0.1, 0.35)
    way = rng.choice([-1.0, 1.0]) * rng.uniform(0.3, 1.2) * smooth((t - start) / (end - start))
    path = np.stack([rng.uniform(0.2, 0.8) + way - 0.5 * way[-1], np.full_like(t, rng.uniform(0.5, 0.8))], -1)
    wheel = body(path, way / (0.5 * size), shape=Shape("round", size, size))
    return motion("roll", [wheel], (), ((start, end),))


def spin(rng: np.random.Generator, t: Array) -> Motion:
    """Blades turn about a middle, running up and down; they sound on while they turn."""
    start, end = stretch(rng, t[-1])
    speed = rng.uniform(3, 40) * smooth((t - start) / 0.8 + (start == 0)) * (1 - smooth((t - end + 0.4) / 0.8))
    turn = np.cumsum(speed * np.gradient(t))
    middle = np.tile(rng.uniform(0.35, 0.65, 2), (len(t), 1))
    blades = [body(middle, turn + k * np.pi / 2, shape=Shape("square", rng.uniform(0.3, 0.6), rng.uniform(0.04, 0.1)))
              for k in range(int(rng.integers(1, 3)))]
    return motion("spin", blades, (), ((start, end),))


def pour(rng: np.random.Generator, t: Array) -> Motion:
    """Something runs for a while: bodies fall over and over, too fast to follow."""
    start = rng.uniform(0.3, t[-1] * 0.5)
    end = min(t[-1], start + rng.uniform(1.0, 4.0))
    inside = (t >= start) & (t < end)
    x = rng.uniform(0.3, 0.7)
    streams = []
    for part in range(3):
        fall = (t * rng.uniform(2.5, 4.0) + part / 3) % 1.0
        y = np.where(inside, 0.15 + 0.7 * fall, AWAY)
        streams.append(body(np.stack([np.full_like(t, x) + rng.normal(0, 0.01, len(t)), y], -1)))
    return motion("pour", streams, ((start, 0.6),), ((start, end),))


def swing(rng: np.random.Generator, t: Array) -> Motion:
    """Smooth to and fro, or smooth reaching from place to place, without a blow: silent."""
    place = rng.uniform(0.3, 0.7, 2)
    if rng.random() < 0.5:
        turn = 2 * np.pi * rng.uniform(0.2, 0.8) * t + rng.uniform(0, 6)
        moved = np.sin(turn)[:, None] * ray(rng.uniform(0, np.pi), rng.uniform(0.05, 0.3))
    else:
        moved, now = np.zeros((len(t), 2)), rng.uniform(0.0, 1.0)
        while now < t[-1]:
            takes = rng.uniform(0.35, 1.2)
            moved = moved + smooth((t - now) / takes)[:, None] * rng.normal(0, 0.15, 2)
            now += takes + rng.uniform(0.0, 1.5)
        moved = np.clip(moved, -0.4, 0.4)
    angle = rng.uniform(0, np.pi) + rng.normal(0, 2) * moved[:, 0]
    return motion("swing", [body(place + moved, angle)], ())


def drift(rng: np.random.Generator, t: Array) -> Motion:
    """Something passes slowly, sways, or there is nothing at all: silent."""
    start, speed = rng.uniform(0.1, 0.9, 2), rng.normal(0, 0.08, 2)
    if rng.random() < 0.2:
        start, speed = np.full(2, AWAY), np.zeros(2)
    path = start + t[:, None] * speed + wobble(rng, t, rng.choice([0.0, 0.02, 0.06]))
    return motion("drift", [body(path, rng.normal(0, 0.1) * t)], ())


MOTIONS: dict[str, tuple[Callable[[np.random.Generator, Array], Motion], float]] = {
    "strike": (strike, 0.24),
    "bounce": (bounce, 0.09),
    "step": (step, 0.12),
    "drop": (drop, 0.07),
    "shake": (shake, 0.05),
    "pour": (pour, 0.03),
    "swing": (swing, 0.07),
    "drift": (drift, 0.05),
    "door": (door, 0.04),
    "chop": (chop, 0.07),
    "roll": (roll, 0.03),
    "spin": (spin, 0.03),
    "tap": (tap, 0.11),
    "call": (call, 0.06),
}
"""Every motion with its share of the scenes."""


def any_motion(rng: np.random.Generator, t: Array) -> Motion:
    names = list(MOTIONS)
    shares = np.array([MOTIONS[name][1] for name in names])
    return MOTIONS[names[rng.choice(len(names), p=shares / shares.sum())]][0](rng, t)
