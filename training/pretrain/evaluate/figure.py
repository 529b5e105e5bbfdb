"""A figure: rows with a value, what is wanted of it, and whether it is so. Prints as a table, travels as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured value. `least`/`most`: what is wanted; neither: for information. None: not measured, `note` why."""

    name: str
    value: float | None
    unit: str = ""
    least: float | None = None
    most: float | None = None
    above: float | None = None
    """Wanted to be greater than this, not equal to it."""
    note: str = ""

    @property
    def wanted(self) -> str:
        parts = [f"{sign} {bound:g}" for sign, bound in (("≥", self.least), ("≤", self.most), (">", self.above))
                 if bound is not None]
        return " and ".join(parts)

    @property
    def met(self) -> bool | None:
        """None where nothing is wanted, or nothing was measured."""
        if not self.wanted or self.value is None:
            return None
        return ((self.least is None or self.value >= self.least)
                and (self.most is None or self.value <= self.most)
                and (self.above is None or self.value > self.above))


@dataclass(frozen=True)
class Figure:
    """`how`: on what it was measured, in one line. `missing`: why there are no rows."""

    name: str
    asks: str
    how: str
    rows: tuple[Row, ...] = ()
    missing: str = ""


def shown(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    number = f"{value:.0f}" if abs(value) >= 1000 or float(value).is_integer() else f"{value:.3g}"
    return f"{number} {unit}".strip()


def verdict(row: Row) -> str:
    if row.value is None:
        return row.note or "not measured"
    word = {True: "met", False: "NOT MET", None: ""}[row.met]
    return "; ".join(part for part in (word, row.note) if part)


def table(figure: Figure) -> str:
    """The figure as people read it: a heading and aligned rows."""
    lines = [f"{figure.name}: {figure.asks}", f"  {figure.how}" if figure.how else ""]
    if figure.missing:
        lines.append(f"  not measured: {figure.missing}")
    cells = [(row.name, shown(row.value, row.unit), row.wanted, verdict(row)) for row in figure.rows]
    widths = [max((len(cell[i]) for cell in cells), default=0) for i in range(3)]
    lines += [f"  {a:<{widths[0]}}  {b:>{widths[1]}}  {c:<{widths[2]}}  {d}".rstrip() for a, b, c, d in cells]
    return "\n".join(line for line in lines if line)


def markdown(figures: Sequence[Figure], command: str) -> str:
    """One table of all figures, for the model's page."""
    lines = ["| figure | value | wanted | command |", "|---|---|---|---|"]
    for figure in figures:
        for row in figure.rows:
            value = shown(row.value, row.unit) if row.value is not None else verdict(row)
            missed = " (not met)" if row.met is False else ""
            lines.append(f"| {figure.name}: {row.name} | {value}{missed} | {row.wanted} | `{command} {figure.name}` |")
    return "\n".join(lines)
