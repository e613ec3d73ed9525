"""Sales by month and what later returns take back (RULES.md, Clawback)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from toolkit.book import Purchase
from toolkit.rules.bonuses.contribution import Credit


@dataclass(frozen=True, slots=True)
class CameBack:
    """A line that gives something back.

    Args:
        line: the return itself.
        sale: the line that it gives back.
        first: whether no other return of that line came before it.
    """

    line: Purchase
    sale: Purchase
    first: bool

    @property
    def month(self) -> date:
        """Return the month of the sale."""
        return self.sale.date.replace(day=1)


@dataclass(frozen=True, slots=True)
class Returned:
    """One person's part of a return of an earlier sale.

    Args:
        day: of the return.
        lost: the weighted credit that is gone, below zero; 0 where the return came too late.
        rate: what a unit of credit had paid in the month of the sale.
        fixed: what is taken back where the sale alone had paid, exact; None where the rate decides.
    """

    staff: str
    sale: Purchase
    day: date
    lost: Credit
    too_late: bool
    rate: Fraction = Fraction(0)
    fixed: Fraction | None = None

    @property
    def month(self) -> date:
        """Return the month of the sale."""
        return self.sale.date.replace(day=1)

    @property
    def takes(self) -> Fraction:
        """Return the exact credit taken back, 0 or less."""
        if self.too_late:
            return Fraction(0)
        return self.lost.credit * self.rate if self.fixed is None else self.fixed

    def at(self, rate: Fraction) -> "Returned":
        """Return the money taken back at the rate of its month."""
        return replace(self, rate=rate)


class Sales:
    """Every line up to a day by month, without cancelled ones.

    Args:
        purchases: in any order.
        today: the last day that counts.
    """

    def __init__(self, purchases: Iterable[Purchase], today: date) -> None:
        known = [purchase for purchase in purchases if purchase.date <= today and purchase.status != "cancelled"]
        returns = sorted((line for line in known if line.is_return), key=_order)
        asked_for = {returned.return_of for returned in returns}
        self._sold: dict[tuple[int, int], list[Purchase]] = {}
        self._returned: dict[tuple[int, int], list[CameBack]] = {}
        lines: dict[tuple[str, str], list[Purchase]] = {}
        for line in known:
            if not line.is_return:
                self._sold.setdefault((line.date.year, line.date.month), []).append(line)
                if line.number in asked_for:
                    lines.setdefault((line.number, line.client), []).append(line)
        seen: set[tuple[object, ...]] = set()
        for line in returns:
            self._came_back(line, lines, seen)
        self.first_month = date(*min((*self._sold, *self._returned), default=(today.year, today.month)), 1)

    def _came_back(
        self, line: Purchase, lines: Mapping[tuple[str, str], Sequence[Purchase]], seen: set[tuple[object, ...]]
    ) -> None:
        bought = sorted(lines.get((line.return_of, line.client), ()), key=_order)
        same = [sale for sale in bought if sale.product == line.product] or bought
        if same:
            key = (same[0].number, same[0].client, same[0].product)
            back = CameBack(line, same[0], key not in seen)
            self._returned.setdefault((line.date.year, line.date.month), []).append(back)
            seen.add(key)

    def sold(self, month: date) -> Sequence[Purchase]:
        """Return the lines bought in a month."""
        return sorted(self._sold.get((month.year, month.month), ()), key=_order)

    def returned(self, month: date) -> Sequence[CameBack]:
        """Return the returns made in a month, whenever bought."""
        return self._returned.get((month.year, month.month), ())


def _order(purchase: Purchase) -> tuple[object, ...]:
    """Sort a line among others, wherever its row stands."""
    return (
        purchase.date,
        purchase.number,
        purchase.client,
        purchase.product,
        -purchase.amount,
        str(purchase.credits),
        purchase.status,
    )
