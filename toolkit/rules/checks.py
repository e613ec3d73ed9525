"""Problems that only the rules can find, such as bands with a cliff."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Final

from toolkit.book import ClientBook, Problem
from toolkit.rules.bands import METHODS, Method, cliffs
from toolkit.rules.bonuses.payout import bands_of
from toolkit.rules.bonuses.rulebook import Usual, schemes_on
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.standing import Rules

A_PLAN: Final = Fraction(10**6)
"""A plan in minor units on which bands of an attainment are tried."""


def rule_problems(book: ClientBook, loyalty: Loyalty, usual: Usual, today: date) -> tuple[Problem, ...]:
    """Return problems in the order of their tabs."""
    return (*_cliffs(book, usual, today), *_overspent(book, loyalty, today))


def _overspent(book: ClientBook, loyalty: Loyalty, today: date) -> Iterator[Problem]:
    rules = Rules(book, loyalty)
    refused = [refusal for client in book.given_by_client for refusal in rules.points(client, today).refused]
    for refusal in sorted(refused, key=lambda refusal: refusal.given.row):
        values = {"given": str(refusal.given.points), "had": str(refusal.had)}
        yield book.given_tab.problem(refusal.given.row, "points", "points-beyond-balance", **values)


def _cliffs(book: ClientBook, usual: Usual, today: date) -> Iterator[Problem]:
    rows = sorted(book.bonus_bands, key=lambda row: (row.scheme.casefold(), row.since, row.from_amount))
    for (scheme, since), same in groupby(rows, key=lambda row: (row.scheme.casefold(), row.since)):
        steps = tuple(same)
        bands = bands_of(steps, A_PLAN if any(isinstance(step.from_amount, Decimal) for step in steps) else Fraction(1))
        row_of = {band.start: step.row for band, step in zip(bands, steps, strict=True)}
        for band in cliffs(bands, _method(book, scheme, max(since, today), usual)):
            yield book.bands_tab.problem(row_of[band.start], "rate", "cliff")


def _method(book: ClientBook, scheme: str, day: date, usual: Usual) -> Method:
    """Return the band method of a scheme on a day."""
    held = (row for row in schemes_on(book.schemes, day) if row.scheme.casefold() == scheme)
    said = next((row.method for row in held), "")
    return METHODS[said or usual.method]
