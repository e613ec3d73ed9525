"""Contact with a recipient, and the route of a letter (S14, S15).

It answers whether a letter may go now, for the plan and for the last look before a batch. Source: RULES.md, Courtesy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from toolkit.book import Client, StaffMember


class RouteKind(StrEnum):
    """A kind of route; a new one needs a channel."""

    EMAIL = "email"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one letter.

    Args:
        kind: how it travels. PERSON covers a call, paper and a chat that somebody writes by hand.
        address: the e-mail address; "" for PERSON, since the call list looks up phone and street on the day.
    """

    kind: RouteKind
    address: str = ""

    @property
    def is_email(self) -> bool:
        """True if it goes to an e-mail address."""
        return self.kind is RouteKind.EMAIL


BY_PERSON: Final = Route(RouteKind.PERSON)


def by_email(address: str) -> Route:
    """Return the route to an e-mail address."""
    return Route(RouteKind.EMAIL, address)


def mailbox(address: str) -> str:
    """Return the form in which two spellings of one address are equal.

    Dots and plus signs stay, since most servers tell them apart (delivery/PROMISES.md, Key).
    """
    return normalize("NFC", address.strip()).casefold()


@dataclass(frozen=True, slots=True)
class Reach:
    """The answer for one recipient and one letter.

    Args:
        route: how the letter travels.
        hold: why it may not go, a code of words.toml [held]; "" where it may.
    """

    route: Route
    hold: str = ""


@dataclass(frozen=True, slots=True)
class Caps:
    """How often we write.

    Args:
        a_week: letters to one client in 7 days, all campaigns together.
        promotional_gap: days between two promotional letters to one client.
    """

    a_week: int = 2
    promotional_gap: int = 7


@dataclass(frozen=True, slots=True)
class RecentLetters:
    """How many letters one client got lately.

    Args:
        this_week: letters in the last 7 days, with those planned today.
        promotional: promotional letters within the gap, with those planned today.
    """

    this_week: int = 0
    promotional: int = 0


def reach_client(client: Client, *, promotional: bool, is_doubled: bool) -> Reach:
    """Decide whether and how a letter goes to a client.

    Args:
        client: as the book has them now.
        promotional: whether the letter needs consent.
        is_doubled: whether another row has the same client number.
    """
    return Reach(client_route(client), client_hold(client, promotional=promotional, is_doubled=is_doubled))


def reach_staff(member: StaffMember, today: date, *, is_doubled: bool) -> Reach:
    """Decide whether a letter goes to a staff member, as `reach_client` does."""
    return Reach(by_email(member.email), staff_hold(member, today, is_doubled=is_doubled))


def client_route(client: Client) -> Route:
    """Return the way to a client, whether or not it leads anywhere."""
    return BY_PERSON if why_call(client) else by_email(client.email)


def why_call(client: Client) -> str:
    """Return why a person carries a client's letters.

    It is a code of words.toml [held], or "" if they go by e-mail.
    """
    if prefers_no_email(client):
        return f"prefers-{client.prefers}"
    return "" if client.email or "email" in client.faults else "no-email"


def prefers_no_email(client: Client) -> bool:
    """True if the client asked for a call, paper or a chat."""
    return client.prefers not in ("", "email")


def client_hold(client: Client, *, promotional: bool, is_doubled: bool) -> str:
    """Return why no letter goes to a client, as in Reach."""
    if is_doubled:
        return "number-twice"
    if "prefers" in client.faults:
        return "prefers-unclear"
    if promotional and client.consent is not True:
        return "no-consent"
    if not is_reachable(client):
        return "email-wrong" if "email" in client.faults else "unreachable"
    return ""


def frequency_hold(recent: RecentLetters, caps: Caps, *, promotional: bool) -> str:
    """Return why a client had enough letters for now.

    It is a code of words.toml [held], or "" if there may be more.
    """
    if promotional and recent.promotional:
        return "promotional-lately"
    return "enough-this-week" if recent.this_week >= caps.a_week else ""


def staff_hold(member: StaffMember, today: date, *, is_doubled: bool) -> str:
    """Return why no letter goes to a staff member, as in Reach."""
    if is_doubled:
        return "staff-number-twice"
    if member.has_left(today):
        return "staff-left"
    if not member.email:
        return "email-wrong" if "email" in member.faults else "staff-no-email"
    return ""


def is_reachable(client: Client) -> bool:
    """True if there is any way to this client."""
    by_hand = client.phone or client.phone_as_written or client.address
    return bool(by_hand if why_call(client) else client.email)


def who_shares(member: StaffMember, staff: Iterable[StaffMember]) -> str:
    """Return who else on the staff reads a member's mailbox, or ""."""
    others = (other for other in staff if other.number != member.number)
    readers = (other.name or other.number for other in others if mailbox(other.email) == mailbox(member.email))
    return next(readers, "")
