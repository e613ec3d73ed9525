"""The occurrences of the timetable that came due, and their states."""

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from toolkit.channels.channel import Mode
from toolkit.delivery.journal import Journal


class OccurrenceState(StrEnum):
    """The state of an occurrence."""

    DUE = "due"
    BEGUN = "begun"
    DONE = "done"
    MISSED = "missed"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a job is due.

    Args:
        job: the job's name.
        name: which time: the local day, or the month or year.
        due: when its time came, in UTC.
        until: from when it is too late, in UTC.
        state: what became of it.
        again: not before this moment (UTC), after a try that failed.
        tries: how many tries failed.
        told: whether a person was told that it was missed.
        words: who did it, or why it was missed.
    """

    job: str
    name: str
    due: datetime
    until: datetime
    state: OccurrenceState = OccurrenceState.DUE
    again: datetime | None = None
    tries: int = 0
    told: bool = False
    words: str = ""

    @property
    def id(self) -> str:
        """Its permanent name such as weekly@2026-11-23."""
        return f"{self.job}@{self.name}"

    @property
    def is_open(self) -> bool:
        """True if it may still be done."""
        return self.state in (OccurrenceState.DUE, OccurrenceState.BEGUN)


_NAMES: Final = tuple(field.name for field in fields(Occurrence))
_COLUMNS: Final = ", ".join("turn" if name == "state" else name for name in _NAMES)
_PLACES: Final = ", ".join("?" for _ in _NAMES)
_ADD: Final = f"INSERT INTO occurrences (lane, {_COLUMNS}) VALUES (?, {_PLACES}) ON CONFLICT DO NOTHING"  # noqa: S608 - our own names
_MOVE: Final = f"INSERT OR REPLACE INTO occurrences (lane, {_COLUMNS}) VALUES (?, {_PLACES})"  # noqa: S608 - our own names
_FIND: Final = f"SELECT {_COLUMNS} FROM occurrences WHERE lane = ? "  # noqa: S608 - our own names
_MEMO: Final = "INSERT OR REPLACE INTO meta VALUES (?, ?)"


class Agenda:
    """The occurrences of one mode, kept in the journal.

    Args:
        journal: where they are written down.
        mode: what their letters count for; a rehearsed week is not a week that was sent.
    """

    def __init__(self, journal: Journal, mode: Mode) -> None:
        self.journal = journal
        self._mode = mode

    def seen(self) -> datetime | None:
        """Return until when (UTC) all that came due is noted.

        It is None before the first look.
        """
        known = self.memo("seen")
        return datetime.fromisoformat(known) if known else None

    def note(self, seen: datetime, came_due: Iterable[Occurrence]) -> None:
        """Note in one commit what came due until a moment.

        What is known stays as it is.
        """
        with self.journal.transaction():
            for occurrence in came_due:
                self.journal.run(_ADD, self._mode, *_row(occurrence))
            self.journal.run(_MEMO, self._named("seen"), seen.isoformat())

    def open(self) -> tuple[Occurrence, ...]:
        """Return what came due and may still be done, oldest first."""
        return self._find("AND turn IN ('due', 'begun') ORDER BY due, job")

    def untold(self) -> tuple[Occurrence, ...]:
        """Return what was missed without anybody being told, oldest first."""
        return self._find("AND turn = 'missed' AND NOT told ORDER BY due, job")

    def done(self) -> tuple[Occurrence, ...]:
        """Return what was done here, oldest first."""
        return self._find("AND turn = 'done' ORDER BY due, job")

    def among(self, names: Collection[str]) -> tuple[Occurrence, ...]:
        """Return the known ones of some occurrences, by their ids, oldest first."""
        return tuple(occurrence for occurrence in self._find("ORDER BY due, job") if occurrence.id in names)

    def move(self, occurrences: Iterable[Occurrence]) -> None:
        """Write the states of some occurrences in one commit."""
        with self.journal.transaction():
            for occurrence in occurrences:
                self.journal.run(_MOVE, self._mode, *_row(occurrence))

    def forget_after(self, moment: datetime) -> None:
        """Look again from a moment (UTC) on, after a wrong clock."""
        with self.journal.transaction():
            drop = "DELETE FROM occurrences WHERE lane = ? AND turn IN ('due', 'missed') AND due > ?"
            self.journal.run(drop, self._mode, moment.isoformat())
            self.journal.run(_MEMO, self._named("seen"), moment.isoformat())

    def memo(self, name: str) -> str:
        """Return the word kept under a name, or ""."""
        rows = self.journal.run("SELECT value FROM meta WHERE name = ?", self._named(name))
        return next((str(value) for (value,) in rows), "")

    def keep_memo(self, name: str, words: str) -> None:
        """Keep a word under a name."""
        self.journal.run(_MEMO, self._named(name), words)

    def _named(self, name: str) -> str:
        return f"{name}.{self._mode}"

    def _find(self, condition: str) -> tuple[Occurrence, ...]:
        return tuple(_occurrence(row) for row in self.journal.run(_FIND + condition, self._mode))


def _row(occurrence: Occurrence) -> list[object]:
    return [value.isoformat() if isinstance(value, datetime) else value for value in astuple(occurrence)]


def _occurrence(row: tuple[Any, ...]) -> Occurrence:
    cells = dict(zip(_NAMES, row, strict=True))
    for name in ("due", "until", "again"):
        cells[name] = cells[name] and datetime.fromisoformat(cells[name])
    return Occurrence(**{**cells, "state": OccurrenceState(cells["state"]), "told": bool(cells["told"])})
