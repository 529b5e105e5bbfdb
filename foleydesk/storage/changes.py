"""What differs between two projects, as small JSON data, and one project from the other with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from engine.spec import Refused, from_json, to_json
from foleydesk.document.project import Project

LISTS = ("tracks", "cues", "takes", "clips", "sounds", "markers")
"""Fields of a project that hold things with ids."""


def changes(before: Project, after: Project, written: Callable[[Any], Any] = lambda thing: thing) -> dict[str, Any]:
    """Fields that changed. Of the lists: the order of ids, and only those things that are new or other.

    `written` turns a thing into its stored form.
    """
    found: dict[str, Any] = {}
    for field in dataclasses.fields(Project):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        if field.name in LISTS:
            known = {thing.id: thing for thing in old}
            found[field.name] = {
                "order": [thing.id for thing in new],
                "set": [to_json(written(thing)) for thing in new if known.get(thing.id) != thing],
            }
        else:
            found[field.name] = to_json(written(new))
    return found


def changed(before: Project, data: dict[str, Any]) -> Project:
    """The project after `changes`. Raises Refused when they do not fit it."""
    return from_json(Project, changed_data(to_json(before), data))


def changed_data(before: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """The same of a project's JSON data, of whatever version, as long as both are of the same. Changes neither.

    What a thing's new data does not say stays as it was.
    """
    after = dict(before)
    for name, value in data.items():
        after[name] = _list(before.get(name, ()), value) if name in LISTS else value
    return after


def _list(before: list[dict[str, Any]], data: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        things = {thing["id"]: thing for thing in before}
        for item in data["set"]:
            things[item["id"]] = {**things.get(item["id"], {}), **item}
        return [things[name] for name in data["order"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused(f"The journal does not fit the project: {error}.") from error
