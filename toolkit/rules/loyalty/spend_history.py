"""One client's spend between any two days."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from toolkit.book import Purchase
from toolkit.rules.by_day import ByDay
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.spend import net


class SpendHistory(NamedTuple):
    """The amounts that count for a client's tier.

    Args:
        days: the days of what counts, oldest first.
        sums: what it comes to before each of the days, and at the end; one longer than days.
        highs: what the window that ends with each of the days comes to.
        spent: lifetime, net of returns, in minor units.
        last_bought: the day of the last purchase, even if it came back.
        starts: the first day of the window that ends with a day.
    """

    days: Sequence[date]
    sums: Sequence[int]
    highs: Sequence[int]
    spent: int
    last_bought: date | None
    starts: Mapping[date, date]

    def between(self, first: date, last: date) -> int:
        """Sum the days from first to last, both included.

        It is in minor units, or purchases times the unit.
        """
        return self.sums[bisect_right(self.days, last)] - self.sums[bisect_left(self.days, first)]

    def carried(self, first: date) -> tuple[int, int]:
        """Return purchases before a day and the window's sum then."""
        made = bisect_left(self.days, first)
        return made, self.sums[made] - self.sums[bisect_left(self.days, self.starts[first])] if made else 0

    def has_begun(self, day: date) -> bool:
        """Return True if anything was bought up to a day."""
        return bool(self.days) and self.days[0] <= day

    def first_in(self, first: date, last: date) -> date | None:
        """Return the first buying day from first to last, or None."""
        at = bisect_left(self.days, first)
        return self.days[at] if at < len(self.days) and self.days[at] <= last else None

    def falls_below(self, least: int, first: date, last: date) -> date:
        """Return the buying day after which the window holds less than `least`.

        From first to last it holds at least that much.

        All that was bought from first to last comes to so much.
        """
        end = bisect_right(self.days, last)
        days = self.days[bisect_left(self.days, first) : end]
        return next(day for day in days if self.sums[end] - self.sums[bisect_right(self.days, day)] < least)


class SpendHistories:
    """Spend histories under the choices of a shop."""

    def __init__(self, loyalty: Loyalty) -> None:
        self._loyalty = loyalty
        self._starts = ByDay(loyalty.window.starts)

    def of(self, lines: Sequence[Purchase]) -> SpendHistory:
        """Build the history of lines that count, oldest first.

        A return takes back on the day of its purchase.
        """
        bought, left = net(lines)
        days, steps = self._steps(bought, left)
        sums = list(accumulate(steps, initial=0))
        starts = self._starts
        highs = [after - sums[bisect_left(days, starts[day])] for day, after in zip(days, sums[1:], strict=True)]
        return SpendHistory(days, sums, highs, sum(left), bought[-1].date if bought else None, starts)

    def _steps(self, bought: Sequence[Purchase], left: list[int]) -> tuple[list[date], list[int]]:
        """Return the counting days and the amount of each."""
        since = self._loyalty.counts_from
        if self._loyalty.measure == "purchases":
            bought, left = _firsts(bought, left, self._loyalty.unit)
        if bought and (0 in left or bought[0].date < since):
            places = [place for place, amount in enumerate(left) if amount and bought[place].date >= since]
            bought, left = [bought[place] for place in places], [left[place] for place in places]
        return [line.date for line in bought], left


def _firsts(bought: Sequence[Purchase], left: Sequence[int], unit: int) -> tuple[list[Purchase], list[int]]:
    """Return the first surviving line of each purchase, a unit each.

    A line without a number is a purchase of its own.
    """
    seen: set[str] = set()
    found: list[Purchase] = []
    for line, amount in zip(bought, left, strict=True):
        if amount > 0 and not (line.number and line.number in seen):
            seen.add(line.number)
            found.append(line)
    return found, [unit] * len(found)
