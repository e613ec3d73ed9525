"""Points that purchases earn and returns leave (RULES.md, Points and Returns)."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from operator import floordiv
from typing import Final, NamedTuple, TypeAlias

from toolkit.book import Purchase
from toolkit.rules.by_day import ByDay
from toolkit.rules.loyalty.choices import Loyalty, Rounding
from toolkit.rules.loyalty.spend import ONE_DAY, net
from toolkit.rules.months import months_after
from toolkit.rules.rounding import half_up

Rate: TypeAlias = tuple[int, int]
"""So many points for so many minor units, exact."""


class Terms(NamedTuple):
    """The days on which points of one day can be spent.

    Args:
        usable_from: the first day.
        last_day: the last one; date.max is for ever.
        gone_on: the day after it.
        told_last: the last day as the ledger tells it; None is for ever.
    """

    usable_from: date
    last_day: date
    gone_on: date
    told_last: date | None


def _half_up(top: int, bottom: int) -> int:
    return half_up(Fraction(top, bottom))


def _nearest(top: int, bottom: int) -> int:
    return round(Fraction(top, bottom))


ROUNDINGS: Final[Mapping[Rounding, Callable[[int, int], int]]] = {
    "floor": floordiv,
    "half up": _half_up,
    "nearest": _nearest,
}
"""A fraction's top and bottom as a whole number."""


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """Round points to whole numbers by the named rounding."""
    return ROUNDINGS[rounding](exact.numerator, exact.denominator)


class Earner:
    """Earning of points under the choices.

    Args:
        not_counted: products that earn nothing.
    """

    def __init__(self, loyalty: Loyalty, not_counted: Container[str]) -> None:
        self.choices = loyalty.points
        self.terms = ByDay(self._terms)
        self._not_counted = not_counted
        self._round = ROUNDINGS[loyalty.points.rounding]

    def _terms(self, day: date) -> Terms:
        months = self.choices.months
        usable_from = day + timedelta(days=self.choices.pending_days)
        if not months:
            return Terms(usable_from, date.max, date.max, None)
        last_day = months_after(day, months)
        return Terms(usable_from, last_day, last_day + ONE_DAY, last_day)

    def earned(self, bought: Sequence[Purchase], rates: Mapping[date, Rate]) -> list[tuple[date, str, int]]:
        """Yield day, number and points of each purchase, oldest first.

        Returns are not considered yet.
        """
        numbers = {line.number for line in bought}
        if len(numbers) == len(bought) and "" not in numbers:
            return [(line.date, line.number, self._of_line(line, line.amount, rates[line.date])) for line in bought]
        purchases = [(lines[0].date, number, lines) for number, lines in _purchases(bought).items()]
        return sorted([(day, number, self._of(lines, _amounts(lines), rates[day])) for day, number, lines in purchases])

    def _of(self, lines: Sequence[Purchase], amounts: Sequence[int], rate: Rate) -> int:
        """Return the points of one purchase.

        They are rounded as a whole, or line by line.
        """
        if self.choices.per == "line":
            return sum(self._of_line(line, amount, rate) for line, amount in zip(lines, amounts, strict=True))
        counted = [amount for line, amount in zip(lines, amounts, strict=True) if line.product not in self._not_counted]
        points, per = rate
        return self._round(sum(counted) * points, per)

    def _of_line(self, line: Purchase, amount: int, rate: Rate) -> int:
        points, per = rate
        return 0 if line.product in self._not_counted else self._round(amount * points, per)

    def left(self, lines: Sequence[Purchase], back: Sequence[Purchase], rate: Rate) -> int:
        """Return the points that stay after returns."""
        bought, left = net((*lines, *back))
        if self.choices.returns == "line":
            return self._of(bought, left, rate)
        points, whole = self._of(lines, _amounts(lines), rate), sum(_amounts(lines))
        return self._round(points * sum(left), whole) if whole else points


def _amounts(lines: Iterable[Purchase]) -> list[int]:
    return [line.amount for line in lines]


def _purchases(bought: Iterable[Purchase]) -> Mapping[str, Sequence[Purchase]]:
    """Group bought lines by purchase.

    A line without a number is a purchase of its own.
    """
    found: dict[str, list[Purchase]] = {}
    for line in bought:
        found.setdefault(line.number, []).append(line)
    places: dict[date, int] = {}
    for line in sorted(found.pop("", ()), key=lambda line: (line.date, line.product, line.amount)):
        places[line.date] = places.get(line.date, 0) + 1
        found[f"{line.date.isoformat()}#{places[line.date]}"] = [line]
    return found
