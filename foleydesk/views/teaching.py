"""Tool tips and words that name keys: always those that are in force, also after the user has changed them."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from foleydesk.shortcuts import OURS, Keys, preset_keys
from foleydesk.views.wording import later

ACTION, TIP, WORDS, SENTENCE = "teaches", "teaches_tip", "teaches_words", "teaches_sentence"
"""Properties of a widget: its action, its tip without keys, its words before the key; of a label, what it says."""
SIGNS = {"Return": "↵", "Enter": "↵"}
SAID = {
    "Return": later("Keys", "Enter"),
    "Enter": later("Keys", "Enter"),
    "PgUp": later("Keys", "Page Up"),
    "PgDown": later("Keys", "Page Down"),
}
"""How people call a key, where that is not its portable name."""
_PLACE = re.compile(r"\{(\w+)\}")
_keys: Keys = preset_keys(OURS)


def use_keys(keys: Keys, widgets: list[QWidget] | None = None) -> None:
    """From now on these are the keys; the widgets that teach any are put right."""
    global _keys
    _keys = keys
    for widget in widgets or []:
        retell(widget)


def key_of(action_id: str) -> str:
    """The action's first key as this system writes it; empty where it has none."""
    keys = _keys.get(action_id, ())
    return native(keys[0]) if keys else ""


def native(key: str) -> str:
    """As this system writes it."""
    modifiers, _, last = key.rpartition("+")
    if last in SAID:
        held = native(f"{modifiers}+A")[:-1] if modifiers else ""
        return held + QCoreApplication.translate("Keys", SAID[last])
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def with_keys(sentence: str) -> str:
    """`{play}` in a sentence becomes the key of the action `play`; where it has none, the place stays empty."""
    return _PLACE.sub(lambda found: key_of(found[1]), sentence)


def short_key(action_id: str) -> str:
    """For a button's own words: Enter is a sign there."""
    keys = _keys.get(action_id, ())
    return SIGNS.get(keys[0], key_of(action_id)) if keys else ""


def teach(widget: QWidget, action_id: str, tip: str, words: str = "") -> None:
    """Give the widget a tip that ends with the action's key; `words`, for a button, stand before the key."""
    widget.setProperty(ACTION, action_id)
    widget.setProperty(TIP, tip)
    widget.setProperty(WORDS, words)
    retell(widget)


def say(label: QLabel, sentence: str) -> None:
    """Let a label say a sentence with keys in it ("{generate}")."""
    label.setProperty(SENTENCE, sentence)
    retell(label)


def retell(widget: QWidget) -> None:
    """Say the keys in force; nothing where the widget teaches none."""
    sentence = widget.property(SENTENCE)
    if sentence and isinstance(widget, QLabel):
        widget.setText(with_keys(sentence))
    action_id = widget.property(ACTION)
    if not action_id:
        return
    key, tip, words = key_of(action_id), widget.property(TIP), widget.property(WORDS)
    widget.setToolTip(f"{tip} ({key})" if key else tip)
    if words and isinstance(widget, QAbstractButton):
        widget.setText(f"{words}  {short_key(action_id)}".rstrip())
