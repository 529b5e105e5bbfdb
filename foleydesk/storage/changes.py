"""What differs between two projects, as small JSON data, and one project from the other with it."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from typing import Any

from engine.spec import Refused, from_json, to_json
from foleydesk.document.project import Clip, Cue, Project, Take, Track

LISTS: dict[str, type[Track] | type[Cue] | type[Take] | type[Clip]] = {
    "tracks": Track, "cues": Cue, "takes": Take, "clips": Clip,
}  # fmt: skip


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
    hints = typing.get_type_hints(Project)
    values: dict[str, Any] = {}
    for name, value in data.items():
        if name in LISTS:
            values[name] = _list(getattr(before, name), LISTS[name], value)
        elif name in hints:
            values[name] = _value(name, value)
    return dataclasses.replace(before, **values)


def _list(before: tuple[Any, ...], kind: type[Any], data: dict[str, Any]) -> tuple[Any, ...]:
    try:
        things = {thing.id: thing for thing in before}
        for item in data["set"]:
            thing = from_json(kind, item)
            things[thing.id] = thing
        return tuple(things[name] for name in data["order"])
    except (KeyError, TypeError) as error:
        raise Refused(f"The journal does not fit the project: {error}.") from error


def _value(name: str, value: Any) -> Any:
    """One plain field, read as a project reads it."""
    return getattr(from_json(Project, {name: value}), name)
