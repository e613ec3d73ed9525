"""Who is not to be written to: kept in the journal, and read back from our Suppressed tab."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from toolkit.outbox.journal import Journal
from toolkit.outbox.tries import place_of

DEAD: Final = "dead-address"
REFUSED: Final = "refused-twice"
FULL: Final = "mailbox-full"
CODES: Final = (DEAD, REFUSED, FULL)
"""Reasons of ours; every other one is a person's own words."""

_ADD: Final = "INSERT INTO suppressed (client, place, day, why, lifted) VALUES (?, ?, ?, ?, ?)"


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

    def lift(self, client: str, day: date, why: str) -> None:
        """The client may be written to again, by a person's word."""
        self.journal.run(_ADD, client, "", day.isoformat(), why, 1)

    def lifted(self) -> frozenset[str]:
        """Clients whose last word is that they may be written to."""
        return frozenset(client for client, is_lifted in self._last_words().items() if is_lifted)

    def all(self) -> tuple[Suppression, ...]:
        """Who is not to be written to, oldest first; what was lifted since is left out."""
        rows = self.journal.run(
            "SELECT client, place, day, why FROM suppressed AS one WHERE lifted = 0 AND NOT EXISTS "
            "(SELECT 1 FROM suppressed AS two WHERE two.client = one.client AND two.lifted = 1 "
            "AND two.number > one.number) ORDER BY number"
        )
        return tuple(Suppression(client, place, date.fromisoformat(day), why) for client, place, day, why in rows)

    def _last_words(self) -> dict[str, bool]:
        return {client: bool(one) for client, one in self.journal.run("SELECT client, lifted FROM suppressed")}


def together(own: Sequence[Suppression], tab: Iterable[Suppression], lifted: frozenset[str]) -> tuple[Suppression, ...]:
    """The journal's list and the tab's as one: each client and address once; the tab's rows of lifted clients go."""
    found = {(one.client, one.place): one for one in tab if one.client not in lifted}
    return tuple({**found, **{(one.client, one.place): one for one in own}}.values())


def why_closed(suppressions: Iterable[Suppression], client: str, address: str) -> str | None:
    """Why nothing may go to this client at this address; None where something may."""
    return next((one.why for one in suppressions if one.client == client and one.closes(address)), None)


def why_closed_to_staff(suppressions: Iterable[Suppression], reader_no: str, address: str) -> str | None:
    """As why_closed, for a member of staff: an address that took no letter is closed, a client's STOP is not theirs."""
    closed = (one for one in suppressions if one.client == reader_no or one.place)
    return next((one.why for one in closed if one.closes(address)), None)
