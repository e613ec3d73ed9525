"""Suppressions in the journal and in our Suppressed tab."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from toolkit.book import Recipient, Words
from toolkit.book.recipient import bare, is_same
from toolkit.delivery.attempts import address_digest
from toolkit.delivery.journal import Journal

DEAD: Final = "dead-address"
REFUSED: Final = "refused-twice"
FULL: Final = "mailbox-full"
CODES: Final = (DEAD, REFUSED, FULL)
"""Reasons of ours; every other one is a person's own words."""

_ADD: Final = "INSERT INTO suppressed (client, place, day, why, lifted) VALUES (?, ?, ?, ?, ?)"
_LATER_LIFT: Final = "(SELECT 1 FROM suppressed AS two WHERE two.client = one.client AND two.number > one.number AND "
_LIFTED: Final = 1
_SETTLED: Final = 2
"""A lift that the Suppressed tab shows already."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """One recipient who is not to be written to.

    Args:
        client: the client number, or the number by which letters name a member of staff.
        place: "" where nothing goes to that client; else only this address (see address_digest) is closed.
        day: since when.
        why: one of CODES, or a person's words.
    """

    client: str
    place: str
    day: date
    why: str

    def repeats(self, other: "Suppression") -> bool:
        """True if this row of the tab equals another suppression.

        In the tab our codes stand as words.
        """
        is_same = (self.client, self.place, self.day) == (other.client, other.place, other.day)
        return is_same and (other.why == self.why or other.why in CODES)

    def why_in(self, words: Words) -> str:
        """Return the reason as a person reads it."""
        return words.say("held", self.why) if self.why in CODES else self.why

    def closes(self, address: str) -> bool:
        """True if nothing may go to that address of the client."""
        return not self.place or self.place == address_digest(address)


@dataclass(frozen=True, slots=True)
class SuppressedList:
    """The journal's own list."""

    journal: Journal

    def add(self, suppression: Suppression) -> None:
        """Write to this client no more."""
        values = (suppression.client, suppression.place, suppression.day.isoformat(), suppression.why)
        self.journal.run(_ADD, *values, 0)

    def lift(self, client: str, day: date, why: str, current: Iterable[Suppression]) -> None:
        """Let a client be written to again."""
        with self.journal.transaction():
            for suppression in current:
                self.add(suppression)
            self.journal.run(_ADD, client, "", day.isoformat(), why, _LIFTED)

    def lifted(self) -> frozenset[Suppression]:
        """Return what was lifted and may still stand in the Suppressed tab."""
        return frozenset(self._found("lifted = 0 AND EXISTS " + _LATER_LIFT + "two.lifted = 1)"))

    def tab_was_written(self) -> None:
        """Note that the tab shows no lifted rows any more.

        What somebody types there counts again.
        """
        self.journal.run("UPDATE suppressed SET lifted = ? WHERE lifted = ?", _SETTLED, _LIFTED)

    def all(self) -> tuple[Suppression, ...]:
        """Return the suppressions that were not lifted, oldest first."""
        return tuple(self._found("lifted = 0 AND NOT EXISTS " + _LATER_LIFT + "two.lifted > 0)"))

    def _found(self, which: str) -> Iterator[Suppression]:
        rows = self.journal.run(f"SELECT client, place, day, why FROM suppressed AS one WHERE {which} ORDER BY number")  # noqa: S608 - our own words
        for client, place, day, why in rows:
            yield Suppression(client, place, date.fromisoformat(day), why)


def together(
    own: Sequence[Suppression], tab: Iterable[Suppression], lifted: Collection[Suppression]
) -> tuple[Suppression, ...]:
    """Join the journal's list and the tab's without lifted rows.

    Each client and address stands in it once.
    """
    in_tab = (row for row in tab if not any(row.repeats(other) for other in lifted))
    return tuple({(entry.client, entry.place): entry for entry in (*in_tab, *own)}.values())


def why_closed(suppressions: Iterable[Suppression], client: str, address: str) -> str | None:
    """Return why a client's address is closed, or None if it is open."""
    theirs = (entry for entry in suppressions if is_same(entry.client, client))
    return next((entry.why for entry in theirs if entry.closes(address)), None)


def why_closed_to_staff(suppressions: Iterable[Suppression], reader_no: str, address: str) -> str | None:
    """Return the same for staff, whom a client's STOP leaves open."""
    closed = (entry for entry in suppressions if is_same(entry.client, reader_no) or entry.place)
    return next((entry.why for entry in closed if entry.closes(address)), None)


def closed_readers(
    suppressions: Sequence[Suppression], clients: Iterable[Recipient], staff: Iterable[Recipient]
) -> dict[str, str]:
    """Return recipients whose address is closed, with the reason."""
    by_client = defaultdict(list)
    for entry in suppressions:
        by_client[bare(entry.client)].append(entry)
    reasons: dict[str, str | None] = {}
    for client in clients:
        reasons[client.reader_no] = why_closed(by_client[bare(client.reader_no)], client.reader_no, client.email)
    for member in staff:
        reasons[member.reader_no] = why_closed_to_staff(suppressions, member.reader_no, member.email)
    return {reader: why for reader, why in reasons.items() if why}
