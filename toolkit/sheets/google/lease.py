"""The lease of a Google Sheet: a mark that only one computer can make, so that one at a time sends and writes.

Each lease has a generation, and the mark's id holds it. Whoever takes the lease makes the mark of the next generation;
Google makes it only where that id is free, and does each request whole or not at all. A mark is never deleted and made
again: one that is over says so, or grew old by Google's own clock.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from toolkit.errors import RunLocked
from toolkit.sheets.google.wire import Json, marked, unmarked

FIRST: Final = 1_700_000_000
"""The mark of generation n has this id plus n."""

KEY: Final = "sheetclerk lease"
KEPT: Final = 20
"""So many marks stay: nobody lies that far behind, so none takes an old generation for the next."""

OLD: Final = timedelta(minutes=15)
"""A lease without a sign of life for so long is over: longer than any wait for a mail server's answer."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Who sends and writes, or did.

    Args:
        generation: counted from 1.
        computer: its id.
        who: as people know them: Ann on laptop-3.
        since: when it was taken, ISO, Google's clock.
        beat: its last sign of life, ISO, Google's clock.
        told: how far it is: 37 of 120.
        is_over: whether its holder is done.
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
        return FIRST + self.generation

    def holds(self, computer: str, now: datetime) -> bool:
        """Whether it keeps this computer out at a moment of Google's clock."""
        return not self.is_over and self.computer != computer and now - _moment(self.beat) < OLD

    def next(self, computer: str, who: str, now: datetime) -> "Lease":
        """The lease that comes after it."""
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
        """Whether nobody was at work between this lease, as it was seen, and another one."""
        return self.generation + 1 == other.generation and (self.is_over or self.computer == other.computer)

    def living(self, now: datetime, told: str) -> "Lease":
        """The lease with a new sign of life."""
        return replace(self, beat=now.isoformat(), told=told)

    def made(self) -> Json:
        """What makes its mark."""
        return marked(self.id, KEY, self._words())

    def changed(self) -> Json:
        """What makes its mark say how it stands now."""
        lookup = {"developerMetadataLookup": {"metadataId": self.id}}
        mark = {"metadataValue": self._words()}
        return {
            "updateDeveloperMetadata": {"dataFilters": [lookup], "developerMetadata": mark, "fields": "metadataValue"}
        }

    def guard(self) -> list[Json]:
        """What fails, and everything with it, where another computer took the next generation."""
        return [marked(self.id + 1, KEY, ""), unmarked(self.id + 1)]

    def locked(self) -> RunLocked:
        """What somebody is told whom it keeps out."""
        since = _moment(self.since).astimezone()
        far = f" ({self.told})" if self.told else ""
        return RunLocked(
            f"{self.who} is sending since {since:%H:%M}{far}",
            why="one computer at a time sends from a shared sheet and writes into it",
            next_step=f"wait for it to end; if it broke off, the sheet is free {OLD.seconds // 60} minutes later",
        )

    def _words(self) -> str:
        words = asdict(self)
        del words["generation"]
        return json.dumps(words, ensure_ascii=False)


NONE: Final = Lease(0, "", "", "", "", is_over=True)
"""Before the first."""


def leases_in(marks: Iterable[Mapping[str, Any]]) -> tuple[Lease, ...]:
    """The leases among the marks of a sheet, oldest first; a mark that nobody can read is over."""
    found = (_lease(one) for one in marks if one.get("metadataKey") == KEY)
    return tuple(sorted(found, key=lambda lease: lease.generation))


def _lease(mark: Mapping[str, Any]) -> Lease:
    generation = int(mark["metadataId"]) - FIRST
    try:
        words = json.loads(mark.get("metadataValue", ""))
        _moment(words["beat"])
        return Lease(generation, **words)
    except (ValueError, TypeError, KeyError):
        return replace(NONE, generation=generation)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
