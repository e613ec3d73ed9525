"""How high an account climbed over the days from which tiers still hold."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, TypeVar

from toolkit.rules.account import Account

NO_RANK: Final = -1
"""Below every tier."""

T = TypeVar("T")


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
        """The rank that an amount reaches."""
        return self.ranks[bisect_right(self.thresholds, amount)]


@dataclass(frozen=True, eq=False, slots=True)
class Course:
    """The days from one on whose tiers still hold, the same for every day up to the end of now.

    Args:
        earlier: the days of earlier ladders.
        now: those of the ladder of the day, beyond it as far as nothing changes.
    """

    earlier: Sequence[Period]
    now: Period


class Climb(NamedTuple):
    """What an account reached over a course, by how many of its purchases had been made.

    Args:
        begin: how many purchases came before the present ladder.
        tops: the most that the window had since, as that began and after each purchase.
        thresholds: of the present ladder.
        ranks: what those reach, and no less than what earlier ladders left.
    """

    begin: int
    tops: Sequence[int]
    thresholds: tuple[int, ...]
    ranks: tuple[int, ...]

    def rank(self, made: int) -> int:
        """The highest rank after so many purchases."""
        return self.ranks[bisect_right(self.thresholds, self.tops[made - self.begin])]

    def on_eves(self, bought: Sequence[date], days: Iterable[date], by_rank: Sequence[T]) -> list[T]:
        """What stands for the highest rank before each of some days.

        Args:
            bought: the days of the account.
            days: those that are asked for.
            by_rank: what stands for each rank, for no tier first.
        """
        begin, tops, thresholds, ranks = self
        values = [by_rank[rank + 1] for rank in ranks]
        return [values[bisect_right(thresholds, tops[bisect_left(bought, day) - begin])] for day in days]


def climb(one: Account, course: Course) -> Climb:
    """How an account climbed over a course, worked out once."""
    found: Climb | None = one.climbs.get(course)
    if found is None:
        found = one.climbs[course] = _climb(one, course)
    return found


def _climb(one: Account, course: Course) -> Climb:
    """An earlier ladder counts only once something was bought."""
    first, last, thresholds, ranks = course.now
    begin, tops = one.tops(first, last)
    if course.earlier:
        least = max(
            [_top_rank(one, period) for period in course.earlier if one.has_begun(period.last)], default=NO_RANK
        )
        ranks = tuple([max(rank, least) for rank in ranks])
    return Climb(begin, tops, thresholds, ranks)


def _top_rank(one: Account, period: Period) -> int:
    _, tops = one.tops(period.first, period.last)
    return period.rank(tops[-1])
