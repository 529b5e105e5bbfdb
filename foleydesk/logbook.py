"""What nobody foresaw, kept in a file: messages say that the log has it."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from foleydesk.paths import log_file

MOST_BYTES = 1_000_000
KEPT = 1
"""So many older files beside the newest."""


def keep_log() -> None:
    """Warnings and faults of this process go to the log file, too; where that cannot be written, to the terminal."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        book = RotatingFileHandler(path, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return
    book.setLevel(logging.WARNING)
    book.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(book)
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)
    logging.getLogger().addHandler(terminal)
