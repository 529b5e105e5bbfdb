"""Which keys each action has: a preset of another editor's habits, and over it what the user has said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.spec import Refused
from foleydesk.actions import ACTIONS, action

Keys = dict[str, tuple[str, ...]]
"""By action id: its keys as Qt writes them portably ("Ctrl+Shift+Z"); the first stands in the menu."""

OURS = "Foleydesk"
PRESETS: dict[str, Keys] = {
    OURS: {},
    "Pro Tools": {
        "split": ("Ctrl+E",),
        "export_mix": ("Ctrl+Alt+B",),
        "marker": ("Enter", "M"),
        "pick": ("Return",),
        "loop": ("Ctrl+Shift+L",),
        "zoom_in": ("Ctrl+]",),
        "zoom_out": ("Ctrl+[",),
        "fit_cue": ("Alt+F",),
        "fit_all": ("Alt+A",),
        "louder": ("Ctrl+Alt+Up",),
        "softer": ("Ctrl+Alt+Down",),
    },
    "Reaper": {
        "loop": ("R",),
        "reference": ("Ctrl+R",),
        "export_mix": ("Ctrl+Alt+R",),
        "next_marker": ("]",),
        "previous_marker": ("[",),
        "ripple": ("Alt+P",),
        "snap": ("Alt+S",),
        "louder": ("Ctrl+Alt+Up",),
        "softer": ("Ctrl+Alt+Down",),
        "fit_cue": ("Ctrl+PgUp",),
        "fit_all": ("Ctrl+PgDown",),
        "palette": ("?", "Ctrl+K"),
        "preferences": ("Ctrl+P",),
    },
    "Premiere": {
        "split": ("Ctrl+K",),
        "snap": ("S",),
        "palette": ("Ctrl+Shift+P",),
        "export_mix": ("Ctrl+M",),
        "models": ("Ctrl+Shift+M",),
        "mark_clear": ("Ctrl+Shift+X",),
        "to_start": ("Shift+I", "Home"),
        "to_end": ("Shift+O", "End"),
        "select_in": ("Alt+I",),
        "select_out": ("Alt+O",),
        "zoom_in": ("=", "+"),
        "fit_all": ("\\",),
        "earlier": ("Alt+Left",),
        "later": ("Alt+Right",),
    },
}
"""What differs from the program's own keys. An own key that a preset gives away is lost to its action."""

FORMS = {"Del": "Delete", "Ins": "Insert", "Escape": "Esc"}
FORBIDDEN = {
    "Tab": "Tab moves between the controls",
    "Shift+Tab": "Shift+Tab moves between the controls",
}


class Taken(Refused):
    """A key that is another action's. `now`: only since the user gave it away."""

    def __init__(self, key: str, other: str, now: bool = False) -> None:
        words = "now; change or reset that first" if now else "already; give that another key first"
        super().__init__(f"{key} is “{action(other).text}” {words}.")
        self.key, self.other, self.now = key, other, now


@dataclass(frozen=True)
class OwnKeys:
    """What the user has said for one action; no keys at all is an answer too."""

    action: str
    keys: tuple[str, ...]


def preset_keys(preset: str) -> Keys:
    """Every action's keys in a preset; an unknown one is the program's own."""
    return _over(PRESETS.get(preset, {}), {one.id: one.keys for one in ACTIONS})


def keys_in_force(preset: str, own: tuple[OwnKeys, ...] = ()) -> Keys:
    """Every action's keys, no key twice: what the user has said comes first, then the preset."""
    return _over({one.action: one.keys for one in own}, preset_keys(preset))


def _over(first: Mapping[str, tuple[str, ...]], rest: Keys) -> Keys:
    known = {name: keys for name, keys in first.items() if name in rest}
    taken: set[str] = set()
    clean: Keys = {}
    for name, keys in known.items():
        clean[name] = tuple(dict.fromkeys(key for key in keys if key not in taken))
        taken |= set(clean[name])
    return {
        name: clean[name] if name in clean else tuple(key for key in keys if key not in taken)
        for name, keys in rest.items()
    }


def portable(key: str) -> str:
    """As the actions write it: Qt shortens some names."""
    modifiers, _, last = key.rpartition("+") if key not in ("+", "") and not key.endswith("++") else ("", "", key)
    word = FORMS.get(last, last)
    return f"{modifiers}+{word}" if modifiers else word


def holder(keys: Keys, key: str) -> str | None:
    """The action that has this key."""
    return next((name for name, held in keys.items() if key in held), None)


def with_keys(preset: str, own: tuple[OwnKeys, ...], name: str, keys: tuple[str, ...]) -> tuple[OwnKeys, ...]:
    """`own` with these keys for the action `name`. Refused when one of them is another action's, or may not be used."""
    now = keys_in_force(preset, own)
    for key in keys:
        if key in FORBIDDEN:
            raise Refused(f"{FORBIDDEN[key]}; choose another key.")
        other = holder({other: held for other, held in now.items() if other != name}, key)
        if other is not None:
            raise Taken(key, other)
    kept = tuple(one for one in own if one.action != name)
    if keys == keys_in_force(preset, kept)[name]:
        return kept
    return (*kept, OwnKeys(name, keys))


def reset(preset: str, own: tuple[OwnKeys, ...], name: str) -> tuple[OwnKeys, ...]:
    """`own` without what was said for `name`. Refused while another action has one of its keys."""
    kept = tuple(one for one in own if one.action != name)
    for key in preset_keys(preset)[name]:
        other = next((one.action for one in kept if key in one.keys), None)
        if other is not None:
            raise Taken(key, other, now=True)
    return kept
