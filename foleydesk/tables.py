"""Tables as the command line prints them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

WIDTH = 160
"""Columns of a table that goes into a file or a pipe."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]], nothing: str = "", title: str = "") -> None:
    """On stdout; `nothing` is what is said instead of a table without rows."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows and nothing:
        print(nothing)
        return
    made = Table(box=box.SIMPLE_HEAD, header_style="bold", title=title or None, title_justify="left")
    for heading in head:
        made.add_column(heading, min_width=len(heading), overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else WIDTH).print(made)
