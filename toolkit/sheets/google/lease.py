"""The lease of a Google Sheet, held by one computer.

A lease is a mark whose id holds its generation. Whoever takes the lease makes the mark of the next generation. Google
makes it only if that id is free, and does each batchUpdate whole or not at all; trial.py tries both, since only the
second is promised. A mark is never deleted and made again. One that is over says so, or grew old by Google's own clock.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from toolkit.errors import RunLocked
from toolkit.sheets.google.wire import Json, create_mark, delete_mark

FIRST_LEASE: Final = 1_700_000_000
"""The mark of generation n has this id plus n."""

LEASE_KEY: Final = "sheetclerk lease"
LEASES_KEPT: Final = 20
"""Marks that stay; nobody is that far behind, so nobody takes an old generation for the next."""

LEASE_MINUTES: Final = 15
LEASE_LIFE: Final = timedelta(minutes=LEASE_MINUTES)
"""A lease without a heartbeat for so long is over; no mail server takes that long to answer."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The turn of one computer to send and write.

    Args:
        generation: counted from 1.
        computer: its id.
        who: as people know them: Ann on laptop-3.
        since: when it was taken, ISO, Google's clock.
        beat: its last heartbeat, ISO, Google's clock.
        told: how far it is: 37 of 120.
        is_over: True if its holder is done.
        letters: of how many letters the sheet told when a holder was last done.
        counted_from: the first day of these letters, ISO; "" where all were counted.
    """

    generation: int
    computer: str
    who: str
    since: str
    beat: str
    told: str = ""
    is_over: bool = False
    letters: int = 0
    counted_from: str = ""

    @property
    def id(self) -> int:
        """The id of its mark."""
        return FIRST_LEASE + self.generation

    def holds(self, computer: str, now: datetime) -> bool:
        """Return True if it keeps a computer out now."""
        return not self.is_over and self.computer != computer and now - _moment(self.beat) < LEASE_LIFE

    def next(self, computer: str, who: str, now: datetime) -> "Lease":
        """Return the lease that comes after it."""
        moment = now.isoformat()
        return replace(
            self,
            generation=self.generation + 1,
            computer=computer,
            who=who,
            since=moment,
            beat=moment,
            told="",
            is_over=False,
        )

    def is_followed_by(self, other: "Lease") -> bool:
        """Return True if nobody worked between this and another lease."""
        return self.generation + 1 == other.generation and (self.is_over or self.computer == other.computer)

    def with_heartbeat(self, now: datetime, progress: str) -> "Lease":
        """Return the lease with a new heartbeat."""
        return replace(self, beat=now.isoformat(), told=progress)

    def create(self) -> Json:
        """Return the request that makes its mark."""
        return create_mark(self.id, LEASE_KEY, self._words())

    def update(self) -> Json:
        """Return the request that updates its mark."""
        lookup = {"developerMetadataLookup": {"metadataId": self.id}}
        mark = {"metadataValue": self._words()}
        return {
            "updateDeveloperMetadata": {"dataFilters": [lookup], "developerMetadata": mark, "fields": "metadataValue"}
        }

    def guard(self) -> list[Json]:
        """Return requests that fail if another computer took over."""
        return [create_mark(self.id + 1, LEASE_KEY, ""), delete_mark(self.id + 1)]

    def locked(self) -> RunLocked:
        """Return the error for a computer it keeps out."""
        since = _moment(self.since).astimezone()
        far = f" ({self.told})" if self.told else ""
        return RunLocked(
            f"{self.who} is sending since {since:%H:%M}{far}",
            why="one computer at a time sends from a shared sheet and writes into it",
            next_step=f"wait for it to end; if it broke off, the sheet is free {LEASE_MINUTES} minutes later",
        )

    def _words(self) -> str:
        words = asdict(self)
        del words["generation"]
        return json.dumps(words, ensure_ascii=False)


NO_LEASE: Final = Lease(0, "", "", "", "", is_over=True)
"""Before the first."""


def leases_in(marks: Iterable[Mapping[str, Any]]) -> tuple[Lease, ...]:
    """Return the leases of a sheet, oldest first.

    A lease that cannot be read is over.
    """
    leases = (_lease(mark) for mark in marks if mark.get("metadataKey") == LEASE_KEY)
    return tuple(sorted(leases, key=lambda lease: lease.generation))


def _lease(mark: Mapping[str, Any]) -> Lease:
    generation = int(mark["metadataId"]) - FIRST_LEASE
    try:
        words = json.loads(mark.get("metadataValue", ""))
        _moment(words["beat"])
        return Lease(generation, **words)
    except (ValueError, TypeError, KeyError):
        return replace(NO_LEASE, generation=generation)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
