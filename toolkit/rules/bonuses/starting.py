"""Starter tables in round figures that the sales suggest.

They are a start and no advice; a tier's discount is 0, since a discount is a promise to clients.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from toolkit.book import ClientBook, Purchase
from toolkit.rules.loyalty.spend import Window, paid
from toolkit.rules.months import month_name, months_after

Table: TypeAlias = tuple[tuple[str, ...], ...]
"""Headings, and the rows below them."""

YEAR: Final = Window(12)
RATES: Final = ("1 %", "2 %", "3 %")
STEPS: Final = (1, 2, 5, 10)
LEAST_BAND: Final = 10
"""A smaller start of a band would read as a share of a target."""


def starting_tables(book: ClientBook, decimals: int, tiers: Sequence[str]) -> Mapping[str, Table]:
    """Return the tables that a book lacks, by tab slug.

    Args:
        book: what the workbook says.
        decimals: of the shop's currency.
        tiers: the names of three tiers, lowest first.
    """
    tables: dict[str, Table] = {}
    lines = paid(book.purchases, max((purchase.date for purchase in book.purchases), default=date.min))
    since = min((line.date for line in lines), default=date(2020, 1, 1)).replace(day=1)
    if "Tiers" not in book.has:
        tables["tiers"] = _tiers(book, lines, decimals, since, tiers)
    if "Bonus bands" not in book.has and book.staff:
        tables["bonus_bands"] = _bands(book, lines, decimals, since)
    if "Weights" not in book.has and not any(product.weight is not None for product in book.products):
        tables |= _weights(book)
    if "Plan" not in book.has and lines:
        tables["plan"] = _plan(lines, decimals)
    return tables


def round_figure(amount: float) -> int:
    """Return the highest 1, 2 or 5 with zeros below an amount.

    It is at least 1.
    """
    power = 1
    while power * 10 <= amount:
        power *= 10
    return max((step * power for step in STEPS if step * power <= amount), default=1)


def _spent(lines: Iterable[Purchase]) -> int:
    """Sum lines less returns, in minor units."""
    return sum(line.amount for line in lines)


def _last_year(lines: Sequence[Purchase]) -> tuple[Purchase, ...]:
    last = max((line.date for line in lines), default=date.min)
    return tuple(line for line in lines if line.date >= YEAR.starts(last)) if lines else ()


def _tiers(book: ClientBook, lines: Sequence[Purchase], decimals: int, since: date, names: Sequence[str]) -> Table:
    """Suggest tiers from a year's spend.

    Half of the buying clients reach the second tier, a fifth the third.
    """
    year = _last_year(lines)
    sums = sorted(_spent(line for line in year if line.client == client.number) for client in book.clients)
    bought = [total / 10**decimals for total in sums if total > 0]
    second = round_figure(bought[len(bought) // 2]) if bought else 1000
    third = max(round_figure(bought[len(bought) * 4 // 5]) if bought else 0, 2 * second)
    rows = zip(names, (0, second, third), strict=True)
    head = ("From date", "Tier", "From amount", "Discount")
    return (head, *((since.isoformat(), name, str(amount), "0") for name, amount in rows))


def _bands(book: ClientBook, lines: Sequence[Purchase], decimals: int, since: date) -> Table:
    """Suggest bands from one person's average month and twice that."""
    average = _spent(_last_year(lines)) / 10**decimals / 12 / len(book.staff)
    second = max(round_figure(average), LEAST_BAND)
    starts = (0, second, 2 * second)
    head = ("From date", "Scheme", "From", "Rate")
    schemes = sorted({member.scheme for member in book.staff if member.scheme}) or ["sales"]
    day = since.isoformat()
    return (
        head,
        *((day, scheme, str(start), rate) for scheme in schemes for start, rate in zip(starts, RATES, strict=True)),
    )


def _weights(book: ClientBook) -> dict[str, Table]:
    categories = sorted({product.category for product in book.products if product.category})
    return {"weights": (("Category", "Weight"), *((category, "1") for category in categories))} if categories else {}


def _plan(lines: Sequence[Purchase], decimals: int) -> Table:
    """Suggest the last year's average month for two years."""
    last = max(line.date for line in lines).replace(day=1)
    target = str(round_figure(max(_spent(_last_year(lines)), 0) / 10**decimals / 12))
    months = (months_after(last, place) for place in range(-11, 13))
    return (("Period", "Target"), *((month_name(month), target) for month in months))
