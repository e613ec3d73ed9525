"""What a purchase earns, and what a return of a part of it leaves (RULES.md section 3, Points and Returns)."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from toolkit.book.purchases import Purchase
from toolkit.rules.loyalty import Loyalty, Rounding
from toolkit.rules.rounding import half_up
from toolkit.rules.spend import net


@dataclass(frozen=True, slots=True)
class Earning:
    """One purchase as points see it.

    Args:
        number: the Purchase no., or for a purchase without one its day and place on that day.
        lines: every paid line of it, also of products that do not count.
        rate: points for a whole unit of the currency, frozen on the day.
        points: what it earned.
    """

    number: str
    day: date
    lines: tuple[Purchase, ...]
    rate: Decimal
    points: int


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """Points as whole numbers, by the named rounding."""
    if rounding == "half up":
        return half_up(exact)
    return round(exact) if rounding == "nearest" else exact.numerator // exact.denominator


class Earner:
    """What lines earn under the choices.

    Args:
        not_counted: products that earn nothing.
    """

    def __init__(self, loyalty: Loyalty, not_counted: Container[str]) -> None:
        self._choices = loyalty.points
        self._unit = loyalty.unit
        self._not_counted = not_counted

    def points(self, kept: Iterable[tuple[Purchase, int]], rate: Decimal) -> int:
        """The points of lines with what is left of each, in minor units."""
        amounts = [left for line, left in kept if line.product not in self._not_counted]
        if self._choices.per == "purchase":
            amounts = [sum(amounts)]
        return sum(self._rounded(left, rate) for left in amounts)

    def _rounded(self, amount: int, rate: Decimal) -> int:
        if self._choices.rounding == "floor":
            return int(amount * rate // self._unit)
        return rounded(Fraction(rate) * amount / self._unit, self._choices.rounding)

    def left(self, one: Earning, back: Sequence[Purchase]) -> int:
        """The points that stay when lines came back: all of them less nothing, or none where everything did."""
        kept = net((*one.lines, *back))
        if self._choices.returns == "line":
            return self.points(kept, one.rate)
        whole = sum(line.amount for line in one.lines)
        left = sum(amount for _, amount in kept)
        return rounded(Fraction(one.points * left, whole), self._choices.rounding) if whole else one.points


def purchases_of(lines: Iterable[Purchase]) -> Mapping[str, tuple[Purchase, ...]]:
    """Bought lines by purchase, oldest first; a line without a number is one of its own, named by its day and place."""
    found: dict[str, list[Purchase]] = {}
    loose: list[Purchase] = []
    for one in lines:
        if one.number and not one.is_return:
            found.setdefault(one.number, []).append(one)
        elif not one.is_return:
            loose.append(one)
    places: dict[date, int] = {}
    for one in sorted(loose, key=lambda one: (one.date, one.product, one.amount)):
        places[one.date] = places.get(one.date, 0) + 1
        found[f"{one.date.isoformat()}#{places[one.date]}"] = [one]
    return {number: tuple(same) for number, same in found.items()}
