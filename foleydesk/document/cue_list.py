"""The spotting list: cues in the order that is asked for, and those that hold the words that are looked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from foleydesk.document.project import Cue, Project, Status


class Column(StrEnum):
    """What the list is sorted by, and what a search may name: "status:picked"."""

    START = "in"
    END = "out"
    LENGTH = "length"
    NAME = "name"
    PROMPT = "prompt"
    CATEGORY = "category"
    CHARACTER = "character"
    STATUS = "status"
    NOTES = "notes"


WORDS: dict[str, Callable[[Cue], str]] = {
    Column.NAME: lambda cue: cue.name,
    Column.PROMPT: lambda cue: cue.prompt,
    Column.CATEGORY: lambda cue: cue.category,
    Column.CHARACTER: lambda cue: cue.character,
    Column.STATUS: lambda cue: cue.status,
    Column.NOTES: lambda cue: cue.notes,
}
STAGES = {status.value: stage for stage, status in enumerate(Status)}


def numbers(project: Project) -> dict[str, int]:
    """Each cue's number: its place in time, from 1."""
    return {cue.id: place for place, cue in enumerate(sorted(project.cues, key=_when), 1)}


def sorted_cues(cues: Iterable[Cue], by: Column = Column.START, reverse: bool = False) -> tuple[Cue, ...]:
    """By one column; what is equal there by time. What has no word there comes last, either way."""
    in_time = sorted(cues, key=_when)
    if by in (Column.START, Column.END, Column.LENGTH, Column.STATUS):
        return tuple(sorted(in_time, key=lambda cue: _number(cue, by), reverse=reverse))
    told = [cue for cue in in_time if WORDS[by](cue).strip()]
    silent = [cue for cue in in_time if not WORDS[by](cue).strip()]
    return (*sorted(told, key=lambda cue: plain(WORDS[by](cue)), reverse=reverse), *silent)


def found_cues(cues: Iterable[Cue], query: str) -> tuple[Cue, ...]:
    """Those that hold every word of the query somewhere, whatever the case and the accents, in the order given.

    "status:picked" looks in one column only; a word in quotes may hold spaces.
    """
    asked = [_asked(word) for word in _words(query)]
    return tuple(cue for cue in cues if all(_holds(cue, column, word) for column, word in asked))


def plain(text: str) -> str:
    """Lower case, without accents: how words are compared."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).strip()


def _when(cue: Cue) -> tuple[int, int]:
    return cue.start, cue.end


def _number(cue: Cue, by: Column) -> Any:
    if by is Column.STATUS:
        return STAGES.get(cue.status, len(STAGES))
    return {Column.START: cue.start, Column.END: cue.end, Column.LENGTH: cue.span.length}[by]


def _words(query: str) -> list[str]:
    """Split at spaces that are not within quotes; quotes are let go."""
    found, word, quoted = [], "", False
    for letter in query:
        if letter == '"':
            quoted = not quoted
        elif letter.isspace() and not quoted:
            found.append(word)
            word = ""
        else:
            word += letter
    return [one for one in (*found, word) if one]


def _asked(word: str) -> tuple[str, str]:
    """(column or nothing, plain word)."""
    column, colon, rest = word.partition(":")
    if colon and plain(column) in WORDS:
        return plain(column), plain(rest)
    return "", plain(word)


def _holds(cue: Cue, column: str, word: str) -> bool:
    places = [WORDS[column]] if column else list(WORDS.values())
    return any(word in plain(place(cue)) for place in places)
