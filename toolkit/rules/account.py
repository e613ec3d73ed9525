"""One client's purchases as of a day, ready to be asked what they come to between any two days."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from toolkit.book.purchases import Purchase
from toolkit.rules.loyalty import Loyalty
from toolkit.rules.spend import Window, net, starts


class Account(NamedTuple):
    """What counts for a client's tier.

    Args:
        days: the days of what counts, oldest first.
        sums: what it comes to before each of the days, and at the end; one longer than days.
        highs: what the window that ends with each of the days comes to.
        spent: lifetime, net of returns, in minor units.
        last_bought: the day of the last purchase, even if it came back.
        window: which days count together.
    """

    days: Sequence[date]
    sums: Sequence[int]
    highs: Sequence[int]
    spent: int
    last_bought: date | None
    window: Window

    def between(self, first: date, last: date) -> int:
        """What the days from first to last come to, both included: minor units, or purchases times the unit."""
        return self.sums[bisect_right(self.days, last)] - self.sums[bisect_left(self.days, first)]

    def highest(self, first: date, last: date) -> int:
        """The most that the window had between two days: as the first began, or once something was bought.

        A last day before the first asks for what the window has before anything is bought on the first day.
        """
        begin = bisect_left(self.days, first)
        carried = self.sums[begin] - self.sums[bisect_left(self.days, self.window.starts(first))] if begin else 0
        return max([carried, *self.highs[begin : bisect_right(self.days, last)]])

    def has_begun(self, day: date) -> bool:
        """Whether anything was bought up to a day."""
        return bool(self.days) and self.days[0] <= day

    def days_in(self, first: date, last: date) -> Sequence[date]:
        """The days on which something was bought, after first and up to last."""
        return self.days[bisect_right(self.days, first) : bisect_right(self.days, last)]


def account(lines: Sequence[Purchase], loyalty: Loyalty) -> Account:
    """The account of lines that count, oldest first; a return takes back on the day of its purchase."""
    left = net(lines)
    steps = _purchases(left, loyalty.unit) if loyalty.measure == "purchases" else left
    since, window = loyalty.counts_from, loyalty.window
    counts = [(one.date, amount) for one, amount in steps if amount and one.date >= since]
    days = [day for day, _ in counts]
    sums = list(accumulate([amount for _, amount in counts], initial=0))
    opened = [bisect_left(days, starts(day, window.months, window.by_year)) for day in days]
    return Account(
        days=days,
        sums=sums,
        highs=[high - sums[place] for high, place in zip(sums[1:], opened, strict=True)],
        spent=sum([amount for _, amount in left]),
        last_bought=next((one.date for one in reversed(lines) if not one.return_of), None),
        window=window,
    )


def _purchases(left: Sequence[tuple[Purchase, int]], unit: int) -> Iterator[tuple[Purchase, int]]:
    """The first line of each purchase of which something is left; a line without a number is one of its own."""
    seen: set[str] = set()
    for one, amount in left:
        if amount > 0 and not (one.number and one.number in seen):
            seen.add(one.number)
            yield one, unit
