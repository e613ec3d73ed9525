"""What only the rules can find wrong in a book: points given away that were not there, and bands with a cliff."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from toolkit.book.client_book import ClientBook
from toolkit.book.problem import Problem
from toolkit.rules.bands import Method, cliffs
from toolkit.rules.bonuses import bands_on
from toolkit.rules.loyalty import Loyalty
from toolkit.rules.standing import Rules


def rule_problems(book: ClientBook, loyalty: Loyalty, method: Method, today: date) -> tuple[Problem, ...]:
    """Problems in the order of their tabs."""
    return (*_cliffs(book, method), *_overspent(book, loyalty, today))


def _overspent(book: ClientBook, loyalty: Loyalty, today: date) -> Iterator[Problem]:
    rules = Rules(book, loyalty)
    refused = [one for client in book.given_by_client for one in rules.points(client, today).refused]
    for one in sorted(refused, key=lambda one: one.given.row):
        values = {"given": str(one.given.points), "had": str(one.had)}
        yield book.given_tab.problem(one.given.row, "points", "points-beyond-balance", **values)


def _cliffs(book: ClientBook, method: Method) -> Iterator[Problem]:
    rows = sorted(book.bonus_bands, key=lambda row: (row.scheme.casefold(), row.since, row.from_amount))
    for (scheme, since), steps in groupby(rows, key=lambda row: (row.scheme.casefold(), row.since)):
        row_of = {step.from_amount: step.row for step in steps}
        for band in cliffs(bands_on(book.bonus_bands, scheme, since), method):
            yield book.bands_tab.problem(row_of[band.start], "rate", "cliff")
