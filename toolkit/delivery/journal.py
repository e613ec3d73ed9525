"""The journal, one SQLite file with a row for each letter."""

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from toolkit.channels.channel import Mode
from toolkit.delivery.letter_record import LetterRecord, PastRun, State
from toolkit.delivery.schema import STEPS
from toolkit.delivery.sqlite_errors import explained, no_access
from toolkit.errors import SetupError
from toolkit.letters.letter import LetterHeader
from toolkit.rules.contact import Route, RouteKind

VERSION: Final = len(STEPS)
"""The layout that this code reads and writes."""

_HEADER: Final = tuple(field.name for field in fields(LetterHeader))
_RECORD: Final = tuple(field.name for field in fields(LetterRecord) if field.name != "header")
_NAMES: Final = (*_HEADER, "address", *_RECORD)
_COLUMNS: Final = ", ".join(_NAMES)
_ADD: Final = (
    f"INSERT INTO letters (lane, message, {_COLUMNS}) VALUES (?, ?{', ?' * len(_NAMES)}) "  # noqa: S608 - our own names
    "ON CONFLICT (lane, key) DO NOTHING"
)
_ALL: Final = f"SELECT {_COLUMNS} FROM letters WHERE lane = ? "  # noqa: S608 - our own names
_FIND: Final = _ALL + "AND key = ?"
_AT: Final = f"SELECT {_COLUMNS} FROM letters WHERE rowid = ?"  # noqa: S608 - our own names
_OLDEST_FIRST: Final = " ORDER BY planned_on, rowid"
_NUMBER: Final = "SELECT rowid FROM letters WHERE lane = ? AND key = ?"
_NUMBERS: Final = "SELECT rowid, state FROM letters WHERE lane = ? ORDER BY planned_on, rowid"
_STATES: Final = {str(state): state for state in State}
_MOVE: Final = """
    UPDATE letters SET state = ?, words = ?, channel = ?, dated = coalesce(dated, ?),
        retry_at = ?, done_at = ? WHERE lane = ? AND key = ?
"""
_PURGE: Final = """
    UPDATE letters SET message = NULL WHERE lane = ? AND message IS NOT NULL AND done_at < ?
        AND state IN ('sent', 'failed', 'suppressed', 'expired')
"""


class Journal:
    """The journal of one shop, to be used in a `with`.

    Args:
        path: the SQLite file, on this computer's own disk; it is made, for its owner's eyes only, where missing.
        patience: how many seconds to wait for another program to let go.

    Raises:
        SetupError: it cannot be opened, is damaged, or was written by a newer version.
        RunLocked: another program holds it.
    """

    def __init__(self, path: Path, *, patience: float = 10.0) -> None:
        self._path = path
        with self._mapped():
            _make_private(path)
            self._sql = sqlite3.connect(path, timeout=patience, isolation_level=None)
        try:
            self._open()
        except BaseException:
            self._sql.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._sql.close()

    @property
    def file(self) -> str:
        """The file's number on the disk, which a copy does not have."""
        return str(self._path.stat().st_ino)

    def belong_to(self, shop: str) -> None:
        """Check that the journal is this shop's, or make it so.

        Raises:
            SetupError: the journal belongs to another shop.
        """
        with self.transaction():
            self._run("INSERT INTO meta VALUES ('shop', ?) ON CONFLICT (name) DO NOTHING", shop)
            [(owner,)] = self._run("SELECT value FROM meta WHERE name = 'shop'")
        if owner != shop:
            raise SetupError(
                f"{self._path}: this journal belongs to another shop",
                why=f"it was begun for shop {owner}; sheetclerk.toml says {shop}",
                next_step="put this shop's own id back, or point SHEETCLERK_DATA to another folder",
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._sql.rollback()
            raise
        self._run("COMMIT")

    def add(self, mode: Mode, letters: Iterable[tuple[LetterRecord, bytes]]) -> None:
        """Write new letters with their messages, unless their keys are known."""
        for record, message in letters:
            self._run(_ADD, mode, message, *_row(record))

    def find(self, mode: Mode, key: str) -> LetterRecord | None:
        """Return one letter, or None where it is not known."""
        return next((_record(row) for row in self._run(_FIND, mode, key)), None)

    def at(self, number: int) -> LetterRecord:
        """Return the letter in a row by its number.

        No row is ever taken away.
        """
        [row] = self._run(_AT, number)
        return _record(row)

    def number(self, mode: Mode, key: str) -> int:
        """Return the number of a letter's row, or 0 for an unknown letter."""
        return next((number for (number,) in self._run(_NUMBER, mode, key)), 0)

    def records(self, mode: Mode, states: Collection[State] = tuple(State)) -> tuple[LetterRecord, ...]:
        """Return the letters in some states, oldest plan first."""
        in_states = f"AND state IN ({', '.join('?' * len(states))})"
        return tuple(_record(row) for row in self._each(_ALL + in_states + _OLDEST_FIRST, mode, *states))

    def each(self, mode: Mode) -> Iterator[LetterRecord]:
        """Return every letter of a mode, oldest plan first.

        They are read one after the other, and nothing may be written meanwhile.
        """
        return (_record(row) for row in self._each(_ALL + _OLDEST_FIRST, mode))

    def order(self, mode: Mode) -> Iterator[tuple[int, State]]:
        """Return row number and state of every letter, as `each` does."""
        return ((number, _STATES[state]) for number, state in self._each(_NUMBERS, mode))

    def message(self, mode: Mode, key: str) -> bytes:
        """Return the finished bytes of a letter without Date.

        They are b"" once they are purged.
        """
        rows = self._run("SELECT message FROM letters WHERE lane = ? AND key = ?", mode, key)
        return next((bytes(blob) for (blob,) in rows if blob is not None), b"")

    def move(self, mode: Mode, record: LetterRecord) -> None:
        """Write where a letter now stands.

        Nothing else of it changes, nor a Date once written.
        """
        moments = (_stored(record.dated), _stored(record.retry_at), _stored(record.done_at))
        self._run(_MOVE, record.state, record.words, record.channel, *moments, mode, record.key)

    def note(self, name: str) -> str:
        """Return what was noted under a name, or ""."""
        return next((value for (value,) in self._run("SELECT value FROM meta WHERE name = ?", name)), "")

    def write_note(self, name: str, value: str) -> None:
        """Keep a value under a name, over an earlier one."""
        self._run("INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)

    def sums(self, mode: Mode) -> dict[State, int]:
        """Return how many letters of a mode stand in each state."""
        rows = self._run("SELECT state, count(*) FROM letters WHERE lane = ? GROUP BY state", mode)
        return {State(state): number for state, number in rows}

    def purge(self, mode: Mode, before: datetime) -> int:
        """Drop messages of letters done before a moment (UTC), and return how many."""
        with self._mapped(), closing(self._sql.execute(_PURGE, (mode, _stored(before)))) as cursor:
            return cursor.rowcount

    def record_run(self, run: PastRun) -> None:
        """Keep the figures of a run that came to its end."""
        moments = (run.as_of.isoformat(), run.started.isoformat(), run.ended.isoformat())
        figures = json.dumps(dict(run.counts), sort_keys=True)
        self._run(
            "INSERT INTO runs (lane, as_of, started, ended, counts) VALUES (?, ?, ?, ?, ?)", run.mode, *moments, figures
        )

    def last_runs(self, mode: Mode, most: int) -> tuple[PastRun, ...]:
        """Return the latest runs of a mode, newest first."""
        found = "SELECT lane, as_of, started, ended, counts FROM runs WHERE lane = ? ORDER BY number DESC LIMIT ?"
        return tuple(_past_run(row) for row in self._run(found, mode, most))

    def _open(self) -> None:
        # In WAL mode only synchronous = FULL syncs at each commit; NORMAL may lose the last ones in a power cut. On
        # macOS fsync leaves data in the disk's cache, and fullfsync does not (sqlite.org/pragma.html, 2026-11).
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "fullfsync = ON", "checkpoint_fullfsync = ON"):
            self._run(f"PRAGMA {pragma}")
        # Without it a forgotten client's address stays readable in free pages of the file.
        self._run("PRAGMA secure_delete = ON")
        with self.transaction():
            [(version,)] = self._run("PRAGMA user_version")
            for step in range(version, VERSION):
                self._lay_out(step)
        if version > VERSION:
            raise SetupError(
                f"{self._path}: the journal was written by a newer sheetclerk",
                why=f"its layout is number {version}; this one knows up to {VERSION}",
                next_step="pip install --upgrade sheetclerk",
            )

    def _lay_out(self, step: int) -> None:
        for statement in STEPS[step]:
            self._run(statement)
        self._run(f"PRAGMA user_version = {step + 1}")

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement over another module's table."""
        return self._run(statement, *values)

    def _run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return list(self._each(statement, *values))

    def _each(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with self._mapped(), closing(self._sql.execute(statement, values)) as cursor:
            yield from cursor

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            known = explained(self._path, error)
            if known is None:
                raise
            raise known from error
        except OSError as error:
            raise no_access(self._path, error.strerror or str(error)) from error


def _make_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _stored(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _row(record: LetterRecord) -> list[object]:
    header = record.header
    cells = {name: _stored(getattr(header, name)) for name in _HEADER}
    cells |= {"route": header.route.kind, "address": header.route.address}
    return [*cells.values(), *(_stored(getattr(record, name)) for name in _RECORD)]


def _record(row: tuple[Any, ...]) -> LetterRecord:
    cells = dict(zip(_NAMES, row, strict=True))
    cells["route"] = Route(RouteKind(cells["route"]), cells.pop("address"))
    for name in ("dated", "retry_at", "done_at"):
        cells[name] = _moment(cells[name])
    for name in ("expires", "planned_on"):
        cells[name] = date.fromisoformat(cells[name])
    cells["promotional"] = bool(cells["promotional"])
    cells["state"] = State(cells["state"])
    header = LetterHeader(**{name: cells.pop(name) for name in _HEADER})
    return LetterRecord(header=header, **cells)


def _past_run(row: tuple[Any, ...]) -> PastRun:
    mode, as_of, started, ended, counts = row
    moments = (datetime.fromisoformat(started), datetime.fromisoformat(ended))
    return PastRun(Mode(mode), date.fromisoformat(as_of), *moments, json.loads(counts))
