"""One client's purchases as of a day, ready to be asked what they come to between any two days."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from toolkit.book.purchases import Purchase
from toolkit.rules.loyalty import Loyalty
from toolkit.rules.spend import net


@dataclass(frozen=True, slots=True)
class Account:
    """What counts for a client's tier.

    Args:
        days: the days of what counts, oldest first.
        sums: what it comes to before each of the days, and at the end; one longer than days.
        spent: lifetime, net of returns, in minor units.
        last_bought: the day of the last purchase, even if it came back.
    """

    days: Sequence[date]
    sums: Sequence[int]
    spent: int
    last_bought: date | None

    def between(self, first: date, last: date) -> int:
        """What the days from first to last come to, both included: minor units, or purchases times the unit."""
        return self.sums[bisect_right(self.days, last)] - self.sums[bisect_left(self.days, first)]

    def before(self, day: date) -> "Account":
        """The same account as if the day and all after it had not come yet."""
        place = bisect_left(self.days, day)
        return Account(self.days[:place], self.sums[: place + 1], self.spent, self.last_bought)

    def days_in(self, first: date, last: date) -> Sequence[date]:
        """The days on which something was bought, after first and up to last."""
        return self.days[bisect_right(self.days, first) : bisect_right(self.days, last)]


NO_ACCOUNT = Account((), (0,), 0, None)


def account(lines: Sequence[Purchase], loyalty: Loyalty) -> Account:
    """The account of lines that count, oldest first; a return takes back on the day of its purchase."""
    if not lines:
        return NO_ACCOUNT
    kept = [(one, left) for one, left in net(lines) if left or not one.amount]
    steps = _purchases(kept, loyalty.unit) if loyalty.measure == "purchases" else kept
    since = loyalty.counts_from
    counts = [(one.date, amount) for one, amount in steps if amount and one.date >= since]
    return Account(
        days=[day for day, _ in counts],
        sums=[0, *accumulate([amount for _, amount in counts])],
        spent=sum([amount for _, amount in kept]),
        last_bought=max((one.date for one in lines if not one.return_of), default=None),
    )


def _purchases(kept: Sequence[tuple[Purchase, int]], unit: int) -> Iterator[tuple[Purchase, int]]:
    """The first line of each purchase of which something is left; a line without a number is one of its own."""
    seen: set[str] = set()
    for one, amount in kept:
        if amount > 0 and not (one.number and one.number in seen):
            seen.add(one.number)
            yield one, unit
