"""The points rate at which each purchase was made.

A purchase uses the tier of the day before, never the one that it made.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby

from toolkit.rules.by_day import ByDay
from toolkit.rules.loyalty.earning import Rate
from toolkit.rules.loyalty.spend_history import SpendHistory
from toolkit.rules.loyalty.tiers import TierRule


class Rates:
    """The points rates of the Tiers tab.

    Args:
        tiers: the rule of the tiers.
        unit: how many minor units make a whole one.
    """

    def __init__(self, tiers: TierRule, unit: int) -> None:
        self._tiers = tiers
        self._unit = unit
        self._ladders = ByDay(self._ladder)
        self._by_rank = ByDay(lambda day: self._ladders[tiers.ladders.since(day)])

    def _ladder(self, since: date) -> tuple[Rate, ...]:
        """Return a ladder's rates by rank, with no tier first."""
        rates = [Decimal(0), *(step.points_rate for step in self._tiers.ladders.on(since))]
        ratios = [rate.as_integer_ratio() for rate in rates]
        return tuple((points, per * self._unit) for points, per in ratios)

    def on_eves(self, history: SpendHistory, days: Sequence[date]) -> Mapping[date, Rate]:
        """Return the rate with which a client came into each day."""
        return self._tiers.on_eves(history, days, self._by_rank)

    def as_known(
        self, known: Callable[[date], SpendHistory], days: Sequence[date], returns: Sequence[date]
    ) -> Mapping[date, Rate]:
        """Return the rates by what was known before each day.

        Something of what the client bought came back.

        Args:
            known: the account as it was known on the eve of a day.
            days: those that are asked for, earliest first.
            returns: the days on which something came back, earliest first; between two of them only purchases come.
        """
        found: dict[date, Rate] = {}
        for _, some in groupby(days, key=partial(bisect_left, returns)):
            alike = list(some)
            found |= self.on_eves(known(alike[-1]), alike)
        return found
