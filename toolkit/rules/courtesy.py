"""When a letter must wait or not go at all, so that nobody is pestered (RULES.md, Courtesy)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from toolkit.book.tabs.clients import Client
from toolkit.book.tabs.staff import StaffMember
from toolkit.rules.calls import is_reachable


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
    """What one client got lately.

    Args:
        this_week: letters in the last 7 days, with those planned today.
        promotional: promotional letters within the gap, with those planned today.
    """

    this_week: int = 0
    promotional: int = 0


def why_not(client: Client, *, promotional: bool, is_doubled: bool, lately: RecentLetters, caps: Caps) -> str:
    """Why a letter to this client is held, a code of words.toml [held]; "" where it may go, by mail or by a person."""
    if is_doubled:
        return "number-twice"
    if "prefers" in client.faults:
        return "prefers-unclear"
    if promotional and client.consent is not True:
        return "no-consent"
    if not is_reachable(client):
        return "email-wrong" if "email" in client.faults else "unreachable"
    if promotional and lately.promotional:
        return "promotional-lately"
    return "enough-this-week" if lately.this_week >= caps.a_week else ""


def why_not_staff(member: StaffMember, today: date, *, is_doubled: bool) -> str:
    """Why a letter to this member of staff is held, a code of words.toml [held]; "" where it may go."""
    if is_doubled:
        return "staff-number-twice"
    if member.has_left(today):
        return "staff-left"
    if not member.email:
        return "email-wrong" if "email" in member.faults else "staff-no-email"
    return ""


def who_shares(member: StaffMember, staff: Iterable[StaffMember]) -> str:
    """The name of somebody else on the staff who reads the same mailbox; "" for nobody."""
    same = (one for one in staff if one.number != member.number and one.email.casefold() == member.email.casefold())
    return next((one.name or one.number for one in same), "")
