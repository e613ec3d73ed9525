"""Groups of sales that bands apply to.

They are purchases, months, quarters or the period to date.

It changes the result: the same sales on the same bands can pay 164, 181 or 285 (RULES.md, Grouping).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from toolkit.rules.bands import Band, Method


class Sale(NamedTuple):
    """One sale that bands may pay for."""

    number: str
    day: date
    amount: int | Fraction


Group: TypeAlias = Callable[[Sale], object]
"""Sales of one group are paid for together."""


def _quarter(sale: Sale) -> object:
    return sale.day.year, (sale.day.month - 1) // 3


GROUPS: Final[Mapping[str, Group]] = {
    "purchase": lambda sale: sale.number,
    "month": lambda sale: (sale.day.year, sale.day.month),
    "quarter": _quarter,
    "period to date": lambda _: None,
}
"""The named groupings; none is ever guessed."""


def grouped(sales: Iterable[Sale], group: Group) -> Mapping[object, Fraction]:
    """Sum each group exactly, in order of first appearance."""
    found: dict[object, Fraction] = {}
    for sale in sales:
        key = group(sale)
        found[key] = found.get(key, Fraction(0)) + sale.amount
    return found


def paid_for(sales: Iterable[Sale], group: Group, method: Method, bands: Sequence[Band]) -> Fraction:
    """Return what bands pay for all groups together.

    A group that returns outweigh pays nothing.
    """
    sums = grouped(sales, group).values()
    return sum((method(max(total, Fraction(0)), bands) for total in sums), Fraction(0))
