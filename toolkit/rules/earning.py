"""What a purchase earns, and what a return of a part of it leaves (RULES.md section 3, Points and Returns)."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from toolkit.book.purchases import Purchase
from toolkit.rules.loyalty import Loyalty, Rounding
from toolkit.rules.months import months_after
from toolkit.rules.rounding import half_up
from toolkit.rules.spend import net


@dataclass(slots=True)
class Earning:
    """One purchase as points see it, while spending, returns and time go over it.

    Args:
        number: the Purchase no., or for a purchase without one its day and place on that day.
        lines: every paid line of it, also of products that do not count.
        rate: points for a whole unit of the currency, frozen on the day.
        points: what it earned.
        usable_from: the first day on which they can be spent.
        last_day: the last one; date.max is for ever.
        left: what can still be spent, be lost or be taken back.
        kept: what returns have left of the points.
        lost: what expired.
        back: the lines that came back.
    """

    number: str
    day: date
    lines: Sequence[Purchase]
    rate: Decimal
    points: int
    usable_from: date
    last_day: date
    left: int
    kept: int
    lost: int = 0
    back: tuple[Purchase, ...] = ()


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
        self.choices = loyalty.points
        self._unit = loyalty.unit
        self._not_counted = not_counted
        self._pending = timedelta(days=self.choices.pending_days)

    def earning(self, number: str, lines: Sequence[Purchase], rate: Decimal) -> Earning:
        """What a purchase earns before anything of it comes back."""
        amounts = [line.amount for line in lines if line.product not in self._not_counted]
        points, day = self._points(amounts, rate), lines[0].date
        months = self.choices.months
        last_day = months_after(day, months) if months else date.max
        return Earning(number, day, lines, rate, points, day + self._pending, last_day, left=points, kept=points)

    def _points(self, amounts: Sequence[int], rate: Decimal) -> int:
        if self.choices.per == "purchase":
            return self._rounded(sum(amounts), rate)
        return sum(self._rounded(left, rate) for left in amounts)

    def _rounded(self, amount: int, rate: Decimal) -> int:
        if self.choices.rounding == "floor":
            top, bottom = _ratio(rate)
            return amount * top // (bottom * self._unit)
        return rounded(Fraction(rate) * amount / self._unit, self.choices.rounding)

    def left(self, one: Earning) -> int:
        """The points that stay when lines came back: all of them less nothing, or none where everything did."""
        kept = net((*one.lines, *one.back))
        if self.choices.returns == "line":
            return self._points([left for line, left in kept if line.product not in self._not_counted], one.rate)
        whole = sum(line.amount for line in one.lines)
        left = sum(amount for _, amount in kept)
        return rounded(Fraction(one.points * left, whole), self.choices.rounding) if whole else one.points


@lru_cache(maxsize=64)
def _ratio(rate: Decimal) -> tuple[int, int]:
    return rate.as_integer_ratio()


def purchases_of(lines: Iterable[Purchase]) -> Mapping[str, Sequence[Purchase]]:
    """Bought lines by purchase, oldest first; a line without a number is one of its own, named by its day and place."""
    found: dict[str, list[Purchase]] = {}
    loose: list[Purchase] = []
    for one in lines:
        if one.number and not one.return_of:
            found.setdefault(one.number, []).append(one)
        elif not one.return_of:
            loose.append(one)
    places: dict[date, int] = {}
    for one in sorted(loose, key=lambda one: (one.date, one.product, one.amount)):
        places[one.date] = places.get(one.date, 0) + 1
        found[f"{one.date.isoformat()}#{places[one.date]}"] = [one]
    return found
