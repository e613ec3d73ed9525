"""A client's tier on a day (RULES.md, Tiers)."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import TypeVar

from toolkit.book import TierStep
from toolkit.rules.by_day import ByDay
from toolkit.rules.effective import Ladders, reached
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.climbs import NO_RANK, Course, Period, rank_after, start
from toolkit.rules.loyalty.spend import ONE_DAY
from toolkit.rules.loyalty.spend_history import SpendHistory

T = TypeVar("T")


def _first_ranks(ladder: Sequence[TierStep]) -> dict[str, int]:
    """Map each tier's name to its first rank.

    A ladder that is only tried may name a tier twice.
    """
    names = [step.tier for step in ladder]
    return {name: names.index(name) for name in names}


class TierRule:
    """The Tiers tab under the named choices.

    A client stands on the highest tier that was reached on any day whose hold lasts until the day of asking; so more
    spend never lowers a tier.
    """

    def __init__(self, steps: Sequence[TierStep], loyalty: Loyalty) -> None:
        self.loyalty = loyalty
        self.ladders = Ladders(steps)
        self.starts = ByDay(loyalty.window.starts)
        self.lasts = ByDay(loyalty.window.lasts)
        self.held_until = ByDay(self._held_until)
        self._ranks = ByDay(lambda day: _first_ranks(self.ladders.on(day)))
        self._has_keepers = self.ladders.has("keeps")
        self._is_even = not self._has_keepers and loyalty.fall != "one step"
        self._courses: dict[tuple[date, date], Course] = {}
        self._held_over = ByDay(self._held_course)
        self._year_over = ByDay(lambda day: self._course(date(day.year, 1, 1), day, day))
        self._kept_over = ByDay(lambda day: self._course(date.min, day, day, attrgetter("keeps")))

    def measured(self, history: SpendHistory, day: date) -> int:
        """Return the amount that counts in the window ending on a day."""
        return history.between(self.starts[day], day)

    def reached_on(self, history: SpendHistory, day: date) -> TierStep | None:
        """Return the tier that the window alone bears."""
        return reached(self.measured(history, day), self.ladders.on(day), inclusive=self.loyalty.inclusive)

    def on(self, history: SpendHistory, day: date) -> TierStep | None:
        """Return the tier on a day, or None without a ladder."""
        rank = self._rank(history, day, day)
        return self.ladders.on(day)[rank] if rank > NO_RANK else None

    def on_eves(
        self, history: SpendHistory, days: Sequence[date], by_rank: Mapping[date, Sequence[T]]
    ) -> dict[date, T]:
        """Return the value of the tier before each day, earliest first.

        The tier goes by the day's own rules, before anything is bought on it.

        Args:
            history: the account.
            days: those that are asked for.
            by_rank: what stands for each tier in the ladder of a day, for no tier first.
        """
        if not self._is_even:
            return {day: by_rank[day][self._rank(history, day, day - ONE_DAY) + 1] for day in days}
        bought, highs = [*history.days, date.max], history.highs
        found: dict[date, T] = {}
        until = date.min
        for day in days:
            if day > until:
                course, here = self._held_over[day], by_rank[day]
                made, top, ranks = start(history, course)
                until, thresholds = course.now.last, course.now.thresholds
            while bought[made] < day:
                if highs[made] > top:  # noqa: PLR1730 - max takes four times as long
                    top = highs[made]
                made += 1
            found[day] = here[ranks[bisect_right(thresholds, top)] + 1]
        return found

    def _rank(self, history: SpendHistory, day: date, bought: date) -> int:
        """Return the rank by purchases up to a day or the day before."""
        rank = (
            self._stepwise(history, day, bought)
            if self.loyalty.fall == "one step"
            else self._held(history, day, bought)
        )
        return max(rank, self._kept(history, day, bought)) if self._has_keepers else rank

    def _held(self, history: SpendHistory, day: date, bought: date) -> int:
        return rank_after(history, self._held_over[day], bisect_right(history.days, bought))

    def kept_rank(self, history: SpendHistory, day: date) -> int:
        """Return the highest keeping tier's rank ever reached, or -1."""
        return self._kept(history, day, day) if self._has_keepers else NO_RANK

    def _kept(self, history: SpendHistory, day: date, bought: date) -> int:
        return rank_after(history, self._kept_over[day], bisect_right(history.days, bought))

    def reached_this_year(self, history: SpendHistory, day: date) -> int:
        """Return the highest rank reached since the year began."""
        return rank_after(history, self._year_over[day], bisect_right(history.days, day))

    def held_from(self, day: date) -> date:
        """Return the earliest day whose tier still holds on a day."""
        if self.loyalty.fall == "never":
            return date.min
        if self.loyalty.held == "end of next period":
            return date(day.year - 1, 1, 1)
        if self.loyalty.held == "end of period" or self.loyalty.fall == "one step":
            return date(day.year, 1, 1)
        return day

    def _held_until(self, day: date) -> date:
        """Return the last day on which a day's tier still holds."""
        if self.loyalty.held == "end of next period":
            return date(day.year + 1, 12, 31)
        if self.loyalty.held == "end of period" or self.loyalty.fall == "one step":
            return date(day.year, 12, 31)
        return day

    def _stepwise(self, history: SpendHistory, day: date, bought: date) -> int:
        """Allow at most one step down a year."""
        rank, step = NO_RANK, None
        for year in range(self._first_day(history, day).year, day.year + 1):
            end = min(date(year, 12, 31), day)
            rank = max(self._held(history, end, min(end, bought)), self.rank_of(step, end) - 1)
            step = self.ladders.on(end)[rank] if rank > NO_RANK else None
        return rank

    def _first_day(self, history: SpendHistory, day: date) -> date:
        """Return the first day on which anybody could reach a tier."""
        if not (history.days and self.ladders.starts):
            return day
        return min(max(self.ladders.starts[0], history.days[0]), day)

    def _held_course(self, day: date) -> Course:
        """Return the days whose tiers still hold on a day."""
        key = self.held_from(day), self.ladders.since(day)
        if key not in self._courses:
            self._courses[key] = self._course(key[0], day, self._alike_until(day))
        return self._courses[key]

    def _alike_until(self, day: date) -> date:
        """Return the last day with the same first holding day."""
        if self.loyalty.fall == "never":
            return date.max
        is_by_year = self.loyalty.held != "no" or self.loyalty.fall == "one step"
        return date(day.year, 12, 31) if is_by_year else day

    def _course(self, first: date, day: date, until: date, takes: Callable[[TierStep], bool] | None = None) -> Course:
        """Cut the days from first to day where another ladder began."""
        starts = self.ladders.starts
        inside = [start for start in starts if first < start <= day]
        later = [start - ONE_DAY for start in starts if start > day]
        begins, lasts = [first, *inside], [*(start - ONE_DAY for start in inside), min([until, *later])]
        steps = [[step for step in self.ladders.on(begin) if takes is None or takes(step)] for begin in begins]
        periods = [
            self._period(begin, last, rungs, day) for begin, last, rungs in zip(begins, lasts, steps, strict=True)
        ]
        return Course(periods[:-1], periods[-1])

    def _period(self, first: date, last: date, steps: Sequence[TierStep], day: date) -> Period:
        """Place the steps of an earlier day in a later ladder."""
        over = 0 if self.loyalty.inclusive else 1
        ground = [NO_RANK, *(self.rank_of(step, day) for step in steps if step.from_amount <= 0)]
        above = [step for step in steps if step.from_amount > 0]
        ranks = (ground[-1], *(self.rank_of(step, day) for step in above))
        return Period(first, last, tuple(step.from_amount + over for step in above), ranks)

    def rank_of(self, step: TierStep | None, day: date) -> int:
        """Return a step's rank in the ladder of a day.

        It never falls below a step that its own ladder has below it.
        """
        ladder = self.ladders.on(day)
        if step is None or not ladder:
            return NO_RANK
        if step.since == ladder[0].since:
            return self._ranks[day][step.tier]
        below = [lower for lower in self.ladders.on(step.since) if lower.from_amount <= step.from_amount]
        return max(self._place(lower, day) for lower in below)

    def _place(self, step: TierStep, day: date) -> int:
        """Find a step of another ladder by name, else by threshold."""
        at_least = sum(own.from_amount <= step.from_amount for own in self.ladders.on(day)) - 1
        return self._ranks[day].get(step.tier, at_least)
