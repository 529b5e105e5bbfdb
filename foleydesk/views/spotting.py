"""What the spotting list says of each cue, and what edit a cell that was written in means. Nothing is painted here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.spec import Refused
from foleydesk.document.cue_list import Column, found_cues, numbers, sorted_cues
from foleydesk.document.edits import ChangeCue
from foleydesk.document.project import Cue, Project, Status
from foleydesk.export.ucs import category, searched

NUMBER, TAKES = "number", "takes"
COLUMNS: tuple[str, ...] = (
    NUMBER, Column.NAME, Column.START, Column.END, Column.LENGTH, Column.PROMPT, Column.CATEGORY, Column.CHARACTER,
    Column.NOTES, Column.STATUS, TAKES,
)  # fmt: skip
FIXED = (NUMBER, TAKES)
"""Columns that say what follows from others."""


@dataclass(frozen=True)
class SpotRow:
    """A cue as a row, its cells in the order of COLUMNS. `working`: candidates are being made for it."""

    id: str
    cells: tuple[str, ...]
    working: bool = False

    def cell(self, column: str) -> str:
        return self.cells[COLUMNS.index(column)]


def spot_rows(
    project: Project, by: str = Column.START, reverse: bool = False, query: str = "", working: Iterable[str] = ()
) -> tuple[SpotRow, ...]:
    """The cues that the query finds, by one column; numbers and takes have an order of their own."""
    cues = found_cues(project.cues, query)
    if by == TAKES:
        count = {cue.id: len(project.takes_of(cue.id)) for cue in cues}
        ordered = tuple(sorted(sorted_cues(cues), key=lambda cue: count[cue.id], reverse=reverse))
    else:
        ordered = sorted_cues(cues, Column.START if by == NUMBER else Column(by), reverse)
    places, busy = numbers(project), set(working)
    return tuple(SpotRow(cue.id, _cells(project, cue, places[cue.id]), cue.id in busy) for cue in ordered)


def edited(project: Project, cue_id: str, column: str, text: str) -> ChangeCue | None:
    """What a cell that was written in asks for; None when it says what stands there already. Raises Refused."""
    cue = project.cue(cue_id)
    text = text.strip()
    if text == _cells(project, cue, 0)[COLUMNS.index(column)] or column in FIXED:
        return None
    if column in (Column.START, Column.END, Column.LENGTH):
        return _in_time(project, cue, column, text)
    if column == Column.CATEGORY:
        return ChangeCue(cue_id, category=_category(text))
    return ChangeCue(cue_id, **{str(column): text})


def _cells(project: Project, cue: Cue, number: int) -> tuple[str, ...]:
    rate, unit = project.rate, project.unit
    length = f"{cue.span.length / 48_000:.2f} s"
    return (
        f"{number:02d}", cue.name, rate.say(cue.start, unit, project.start), rate.say(cue.end, unit, project.start),
        length, cue.prompt, cue.category, cue.character, cue.notes, cue.status, str(len(project.takes_of(cue.id))),
    )  # fmt: skip


def _in_time(project: Project, cue: Cue, column: str, text: str) -> ChangeCue:
    if column == Column.LENGTH:
        return ChangeCue(cue.id, end=cue.start + project.rate.parse(text))
    at = project.rate.read(text, project.unit, project.start)
    return ChangeCue(cue.id, start=at) if column == Column.START else ChangeCue(cue.id, end=at)


def _category(text: str) -> str:
    """The CatID that was meant."""
    if not text:
        return ""
    found = category(text.split("·")[0].strip())
    if found is not None:
        return found.id
    like = searched(text)
    if len(like) == 1:
        return like[0].id
    hint = f"such as {', '.join(one.id for one in like[:3])}" if like else "such as FOLYFeet, or leave it empty"
    raise Refused(f"“{text}” is no UCS category; choose one {hint}.")


STATUSES = tuple(str(status) for status in Status)
