"""The highest rank over the days from which tiers still hold."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from toolkit.rules.loyalty.spend_history import SpendHistory

NO_RANK: Final = -1
"""Below every tier."""


class Period(NamedTuple):
    """Days on which one ladder held, both included.

    Args:
        thresholds: what reaches each step above the ground, lowest first.
        ranks: where what stands on the ground, and each of those steps, stands in the ladder of the day that looks
            back.
    """

    first: date
    last: date
    thresholds: tuple[int, ...]
    ranks: tuple[int, ...]

    def rank(self, amount: int) -> int:
        """Return the rank that an amount reaches."""
        return self.ranks[bisect_right(self.thresholds, amount)]


@dataclass(frozen=True, eq=False, slots=True)
class Course:
    """The days whose tiers still hold on a day.

    Args:
        earlier: the days of earlier ladders.
        now: those of the ladder of the day, beyond it as far as nothing changes.
    """

    earlier: Sequence[Period]
    now: Period


def start(history: SpendHistory, course: Course) -> tuple[int, int, Sequence[int]]:
    """Return a client's position at the start of the present ladder.

    Returns:
        How many purchases came before, what the window carried in, and what the thresholds reach: no less than what
        earlier ladders left, of which one counts only once something was bought.
    """
    made, top = history.carried(course.now.first)
    ranks = course.now.ranks
    if course.earlier:
        least = max(
            [_rank(history, period) for period in course.earlier if history.has_begun(period.last)], default=NO_RANK
        )
        ranks = tuple([max(rank, least) for rank in ranks])
    return made, top, ranks


def _rank(history: SpendHistory, period: Period) -> int:
    """Return the highest rank of a whole period."""
    made, top = history.carried(period.first)
    return period.rank(max([top, *history.highs[made : bisect_right(history.days, period.last)]]))


def rank_after(history: SpendHistory, course: Course, made: int) -> int:
    """Return the highest rank after so many purchases."""
    before, top, ranks = start(history, course)
    return ranks[bisect_right(course.now.thresholds, max([top, *history.highs[before:made]]))]
