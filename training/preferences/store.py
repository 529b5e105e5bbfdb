"""Where picks are kept: one SQLite file that only ever grows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.spec import Candidate, Refused, from_json, to_json
from training.preferences.events import ACTIONS, PickEvent, Retraction, now
from training.preferences.places import found, stored

VERSION = 1
WAIT_S = 10.0
"""How long a writer waits for another process."""
SCHEMA = (
    """CREATE TABLE IF NOT EXISTS events (
        line INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('pick', 'retraction')),
        data TEXT NOT NULL
    )""",
    "CREATE TABLE IF NOT EXISTS candidates (id TEXT PRIMARY KEY NOT NULL, data TEXT NOT NULL) WITHOUT ROWID",
)
GUARD = """CREATE TRIGGER IF NOT EXISTS {table}_{name} BEFORE {verb} ON {table} {when}
    BEGIN SELECT RAISE(ABORT, 'picks are only ever added'); END"""
AGAIN = {
    "events": "WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id OR line = NEW.line)",
    "candidates": "WHEN EXISTS (SELECT 1 FROM candidates WHERE id = NEW.id)",
}
"""Guards against INSERT OR REPLACE, which deletes without a word."""


class PickStore:
    """Opens or makes the file. Each addition is on the disk when its function returns."""

    def __init__(self, path: Path) -> None:
        """Paths of sounds are stored relative to the file's folder. Raises Refused for a damaged or newer file."""
        self.path = Path(path)
        self.folder = self.path.absolute().parent
        with self._refusing():
            self._db = sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None)
        try:
            with self._refusing():
                self._prepare()
        except Refused:
            self._db.close()
            raise

    def add(self, event: PickEvent, candidates: tuple[Candidate, ...]) -> None:
        """Keep the event with every candidate that was shown. Raises Refused, and then nothing is kept."""
        _check(event, candidates)
        known = {candidate.id: json.dumps(to_json(stored(candidate, self.folder))) for candidate in candidates}
        with self._refusing(), self._writing():
            for name, data in known.items():
                self._db.execute(
                    "INSERT INTO candidates SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM candidates WHERE id = ?1)",
                    (name, data),
                )
            self._insert(event.id, event.at, "pick", event)

    def retract(self, event_id: str) -> Retraction:
        """Take a pick back. Raises Refused when there is no such pick; a second time changes nothing."""
        retraction = Retraction(event_id, now())
        with self._refusing(), self._writing():
            row = self._db.execute("SELECT 1 FROM events WHERE id = ? AND kind = 'pick'", (event_id,)).fetchone()
            if row is None:
                raise Refused(f"There is no pick {event_id} in {self.path}.")
            name = f"{event_id} retracted"
            earlier = self._db.execute("SELECT data FROM events WHERE id = ?", (name,)).fetchone()
            if earlier is not None:
                return from_json(Retraction, json.loads(earlier[0]))
            self._insert(name, retraction.at, "retraction", retraction)
        return retraction

    def events(self) -> list[PickEvent]:
        """The picks that stand, in the order in which they were made."""
        history = self.history()
        gone = {event.event_id for event in history if isinstance(event, Retraction)}
        return [event for event in history if isinstance(event, PickEvent) and event.id not in gone]

    def history(self) -> list[PickEvent | Retraction]:
        """Everything that was ever written, in order."""
        with self._refusing():
            rows = self._db.execute("SELECT kind, data FROM events ORDER BY line").fetchall()
        return [_event(kind, json.loads(data)) for kind, data in rows]

    def candidates(self) -> dict[str, Candidate]:
        """Every candidate that was ever shown, by id, with absolute paths."""
        with self._refusing():
            rows = self._db.execute("SELECT data FROM candidates").fetchall()
        known = [found(from_json(Candidate, json.loads(data)), self.folder) for (data,) in rows]
        return {candidate.id: candidate for candidate in known}

    def stats(self) -> dict[str, int]:
        """Counts of what stands, and of what was taken back."""
        standing = self.events()
        counts = {action: sum(event.action == action for event in standing) for action in ACTIONS}
        return {
            "picks": counts["pick"],
            "ties": counts["tie"],
            "none good": counts["none"],
            "blind": sum(event.blind for event in standing),
            "retracted": sum(isinstance(event, Retraction) for event in self.history()),
            "cues": len({(event.media_hash, event.cue) for event in standing}),
            "candidates": len(self.candidates()),
        }

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> PickStore:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.execute("PRAGMA synchronous = EXTRA")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise Refused(f"{self.path} was written by a newer Foleydesk; update Foleydesk to use its picks.")
        if version == VERSION:
            return
        with self._writing():
            for statement in SCHEMA:
                self._db.execute(statement)
            for table in ("events", "candidates"):
                for name, verb in (("stay", "DELETE"), ("same", "UPDATE")):
                    self._db.execute(GUARD.format(table=table, name=name, verb=verb, when=""))
                self._db.execute(GUARD.format(table=table, name="once", verb="INSERT", when=AGAIN[table]))
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _insert(self, name: str, at: str, kind: str, event: PickEvent | Retraction) -> None:
        self._db.execute(
            "INSERT INTO events (id, at, kind, data) VALUES (?, ?, ?, ?)", (name, at, kind, json.dumps(to_json(event)))
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk has rolled back already
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise Refused(f"This pick is in {self.path} already.") from error
        except sqlite3.Error as error:
            raise Refused(_sentence(self.path, error)) from error


def _event(kind: str, data: object) -> PickEvent | Retraction:
    return from_json(PickEvent, data) if kind == "pick" else from_json(Retraction, data)


def _check(event: PickEvent, candidates: tuple[Candidate, ...]) -> None:
    given = {candidate.id for candidate in candidates}
    missing = [name for name in event.shown if name not in given]
    if missing:
        raise Refused(f"The candidate {missing[0]} was shown but not handed over; the pick is not kept.")
    if event.action not in ACTIONS or (event.action == "pick") != (event.winner is not None):
        raise Refused("A pick has a winner; a tie and none good have not.")
    if event.winner is not None and event.winner not in event.shown:
        raise Refused("The winner is not among the candidates that were shown.")


def _sentence(path: Path, error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return f"The disk is full or failing: {path} was not written; free some space and try again."
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return f"{path} cannot be opened for writing; check that its folder exists and is not read-only."
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return f"{path} is damaged; move it away to begin a new one, or restore it from a copy."
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"{path} is in use by another program; try again when it is done."
    return f"{path} cannot be used ({error}); check the file, or restore it from a copy."
