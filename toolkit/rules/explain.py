"""Why a client stands where the standing says, and why a staff member's bonus is what it is: line by line.

These values are built from the same functions that decide; the words are found by report/explained.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from toolkit.book.client_book import ClientBook
from toolkit.book.ladders import DiscountStep, TierStep
from toolkit.book.purchases import Purchase
from toolkit.rules.bands import Band, Method, slice_by_slice
from toolkit.rules.bonuses import Bonus, bands_on, bonuses, payout, target
from toolkit.rules.contribution import ASSUMED_WEIGHT, weights_on
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


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One line of which a staff member has a part: credit = amount x weight x share, exact, in minor units."""

    purchase: Purchase
    weight: Decimal
    share: Decimal

    @property
    def credit(self) -> Fraction:
        """The exact credit."""
        return self.purchase.amount * Fraction(self.weight) * Fraction(self.share)


@dataclass(frozen=True, slots=True)
class BandPart:
    """What one band pays.

    Args:
        band: where it starts, and its rate.
        end: where the next one starts; None for the last.
        part: how much of the credit the band pays for.
    """

    band: Band
    end: int | None
    part: Fraction


@dataclass(frozen=True)
class StaffExplained:
    """A staff member's month, and all that led to its bonus.

    Args:
        bonus: what the rules decided.
        lines: every line with a part of theirs, oldest first.
        plan: of the organisation in minor units; None where there is none.
        parts: what each band pays, where each part has its own rate; the reached band alone where it pays for all.
        exact: the bonus before it was rounded, in minor units.
    """

    bonus: Bonus
    lines: tuple[CreditLine, ...]
    plan: int | None
    parts: tuple[BandPart, ...]
    exact: Fraction

    @property
    def credit(self) -> Fraction:
        """The exact sum of the lines."""
        return sum((line.credit for line in self.lines), Fraction(0))


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


def explain_staff(book: ClientBook, method: Method, number: str, today: date) -> StaffExplained | None:
    """Why a staff member's bonus of the month is what it is; None for who is not on the staff that month."""
    bonus = next((one for one in bonuses(book, method, today) if one.staff.number == number), None)
    if bonus is None:
        return None
    lines = tuple(sorted(_credits(book, number, bonus.month, today), key=lambda one: one.purchase.date))
    bands = bands_on(book.bonus_bands, bonus.staff.scheme, bonus.month)
    credit = max(sum((line.credit for line in lines), Fraction(0)), Fraction(0))
    parts = tuple(_parts(credit, bands, method))
    return StaffExplained(bonus, lines, target(book, bonus.month), parts, payout(credit, bands, method))


def _credits(book: ClientBook, number: str, month: date, today: date) -> Iterator[CreditLine]:
    for line in book.purchases:
        if line.is_paid and month <= line.date <= today:
            weight = weights_on(book.products, line.date).get(line.product, ASSUMED_WEIGHT) if line.credits else None
            yield from (
                CreditLine(line, weight, share) for who, share in line.credits if who == number and weight is not None
            )


def _parts(credit: Fraction, bands: tuple[Band, ...], method: Method) -> Iterator[BandPart]:
    for band, above in zip(bands, (*bands[1:], None), strict=True):
        end = above.start if above else None
        top = credit if end is None else min(credit, Fraction(end))
        if method is slice_by_slice and top > band.start:
            yield BandPart(band, end, top - band.start)
        elif method is not slice_by_slice and band.start <= credit and (end is None or credit < end):
            yield BandPart(band, end, credit)
