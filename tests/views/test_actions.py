"""Every action can be done, is reached by menu and key, and no two want the same key."""

from __future__ import annotations

from collections import Counter

from foleydesk.actions import ACTIONS, MENUS, action, of_menu
from foleydesk.views.handlers import Handlers


def test_every_action_has_a_handler() -> None:
    for one in ACTIONS:
        assert one.id.startswith("candidate_") or callable(getattr(Handlers, one.id)), one.id


def test_no_key_means_two_things() -> None:
    keys = Counter(key for one in ACTIONS for key in one.keys)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_action_stands_in_a_menu() -> None:
    assert {one.id for menu in MENUS for one in of_menu(menu)} == {one.id for one in ACTIONS}
    assert len({one.id for one in ACTIONS}) == len(ACTIONS)


def test_the_working_loop_is_on_bare_keys() -> None:
    loop = {"mark_in": "I", "mark_out": "O", "generate": "G", "play": "Space", "candidate_4": "4", "pick": "Return"}
    assert {name: action(name).keys[0] for name in loop} == loop
