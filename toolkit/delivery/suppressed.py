"""Who is not to be written to: kept in the journal, and read back from our Suppressed tab."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from toolkit.book.i18n import Words
from toolkit.book.recipient import Recipient, bare, is_same
from toolkit.delivery.attempts import place_of
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
    """One reader who is not to be written to.

    Args:
        client: the client number, or the number by which letters name a member of staff.
        place: "" where nothing goes to that client; else only this address (see place_of) is closed.
        day: since when.
        why: one of CODES, or a person's words.
    """

    client: str
    place: str
    day: date
    why: str

    def repeats(self, other: "Suppression") -> bool:
        """Whether this row of the tab tells of the very same; there our codes stand as words."""
        is_same = (self.client, self.place, self.day) == (other.client, other.place, other.day)
        return is_same and (other.why == self.why or other.why in CODES)

    def why_in(self, words: Words) -> str:
        """Why, as a person reads it."""
        return words.say("held", self.why) if self.why in CODES else self.why

    def closes(self, address: str) -> bool:
        """Whether nothing may go to that address of the client."""
        return not self.place or self.place == place_of(address)


@dataclass(frozen=True, slots=True)
class SuppressedList:
    """The journal's own list."""

    journal: Journal

    def add(self, one: Suppression) -> None:
        """Write to this client no more."""
        self.journal.run(_ADD, one.client, one.place, one.day.isoformat(), one.why, 0)

    def lift(self, client: str, day: date, why: str, there: Iterable[Suppression]) -> None:
        """The client may be written to again, by a person's word, whatever of the client's is there now."""
        with self.journal.transaction():
            for one in there:
                self.add(one)
            self.journal.run(_ADD, client, "", day.isoformat(), why, _LIFTED)

    def lifted(self) -> frozenset[Suppression]:
        """What was lifted, and may stand in the Suppressed tab still."""
        return frozenset(self._found("lifted = 0 AND EXISTS " + _LATER_LIFT + "two.lifted = 1)"))

    def tab_was_written(self) -> None:
        """What was lifted stands in the tab no more: if somebody types it again, it counts again."""
        self.journal.run("UPDATE suppressed SET lifted = ? WHERE lifted = ?", _SETTLED, _LIFTED)

    def all(self) -> tuple[Suppression, ...]:
        """Who is not to be written to, oldest first; what was lifted since is left out."""
        return tuple(self._found("lifted = 0 AND NOT EXISTS " + _LATER_LIFT + "two.lifted > 0)"))

    def _found(self, which: str) -> Iterator[Suppression]:
        rows = self.journal.run(f"SELECT client, place, day, why FROM suppressed AS one WHERE {which} ORDER BY number")  # noqa: S608 - our own words
        for client, place, day, why in rows:
            yield Suppression(client, place, date.fromisoformat(day), why)


def together(
    own: Sequence[Suppression], tab: Iterable[Suppression], lifted: Collection[Suppression]
) -> tuple[Suppression, ...]:
    """The journal's list and the tab's as one: each client and address once; the tab's rows that were lifted go."""
    found = {(one.client, one.place): one for one in tab if not any(one.repeats(other) for other in lifted)}
    return tuple({**found, **{(one.client, one.place): one for one in own}}.values())


def why_closed(suppressions: Iterable[Suppression], client: str, address: str) -> str | None:
    """Why nothing may go to this client at this address; None where something may."""
    return next((one.why for one in suppressions if is_same(one.client, client) and one.closes(address)), None)


def why_closed_to_staff(suppressions: Iterable[Suppression], reader_no: str, address: str) -> str | None:
    """As why_closed, for a member of staff: an address that took no letter is closed, a client's STOP is not theirs."""
    closed = (one for one in suppressions if is_same(one.client, reader_no) or one.place)
    return next((one.why for one in closed if one.closes(address)), None)


def closed_readers(
    suppressions: Sequence[Suppression], clients: Iterable[Recipient], staff: Iterable[Recipient]
) -> dict[str, str]:
    """Every reader to whom nothing may go at their address, with the reason."""
    of = defaultdict(list)
    for one in suppressions:
        of[bare(one.client)].append(one)
    found = {one.reader_no: why_closed(of[bare(one.reader_no)], one.reader_no, one.email) for one in clients}
    found |= {one.reader_no: why_closed_to_staff(suppressions, one.reader_no, one.email) for one in staff}
    return {reader: why for reader, why in found.items() if why}
