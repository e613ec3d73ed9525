"""Why a client stands where the standing says, line by line.

These values are built from the same functions that decide; the words are found by report/explained.py.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from toolkit.book.client_book import ClientBook
from toolkit.book.ladders import DiscountStep, TierStep
from toolkit.book.purchases import Purchase
from toolkit.rules.spend import Window
from toolkit.rules.standing import Ladders, Standing, standings


class Counts(StrEnum):
    """For what a line counts, or why it does not."""

    WINDOW = "window"
    LIFETIME = "lifetime"
    NOT_PAID = "not paid"
    NOT_COUNTED = "its product does not count for loyalty"
    LATER = "after that day"


@dataclass(frozen=True, slots=True)
class ClientLine:
    """One line of a client's purchases."""

    purchase: Purchase
    counts: Counts


@dataclass(frozen=True)
class ClientExplained:
    """Where a client stands, and all that led there. Money is in minor units.

    Args:
        standing: what the rules decided.
        starts: the first day of the tier's window; date.min where the whole life counts.
        lines: every purchase of the client, oldest first.
        tiers: the ladder of that day, lowest first.
        discounts: the cumulative ladder of that day, lowest first.
    """

    standing: Standing
    starts: date
    lines: tuple[ClientLine, ...]
    tiers: tuple[TierStep, ...]
    discounts: tuple[DiscountStep, ...]


def explain_client(book: ClientBook, window: Window, number: str, today: date) -> ClientExplained | None:
    """Why a client stands where they stand on a day; None for a number that is not in the book."""
    standing = next((one for one in standings(book, window, today) if one.client.number == number), None)
    if standing is None:
        return None
    rules = Ladders.of(book, window, today)
    starts = window.starts(today)
    bought = book.purchases_by_client.get(number, ())
    lines = tuple(ClientLine(one, _counts(one, rules, starts, today)) for one in bought)
    return ClientExplained(standing, starts, lines, rules.tiers, rules.discounts)


def _counts(line: Purchase, rules: Ladders, starts: date, today: date) -> Counts:
    if line.date > today:
        return Counts.LATER
    if not line.is_paid:
        return Counts.NOT_PAID
    if line.product in rules.not_counted:
        return Counts.NOT_COUNTED
    return Counts.WINDOW if line.date >= starts else Counts.LIFETIME
