"""On which tier an account stands on a day: reached, held, kept or falling (RULES.md section 3, Tiers)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from toolkit.book.ladders import TierStep
from toolkit.rules.account import Account
from toolkit.rules.effective import Ladders, reached
from toolkit.rules.loyalty import Loyalty
from toolkit.rules.spend import ONE_DAY

NO_RANK = -1


class Rung(NamedTuple):
    """One step of a ladder that held earlier, and where it stands in the ladder of the day that looks back."""

    since: date
    from_amount: int
    rank: int
    keeps: bool


class Period(NamedTuple):
    """Days on which one ladder held, both included; its rungs with the lowest first, in the ranks of a later day."""

    first: date
    last: date
    rungs: tuple[Rung, ...]

    def keepers(self) -> "Period":
        """The same days with the keeping rungs only."""
        return self._replace(rungs=tuple(rung for rung in self.rungs if rung.keeps))


class TierRule:
    """The Tiers tab under the named choices.

    A client stands on the highest tier that was reached on any day whose hold lasts until the day of asking; so more
    spend never lowers a tier.
    """

    def __init__(self, steps: Sequence[TierStep], loyalty: Loyalty) -> None:
        self.loyalty = loyalty
        self.ladders = Ladders(steps)
        self._has_keepers = self.ladders.has("keeps")
        self._cut: dict[tuple[date, date], Sequence[Period]] = {}

    def measured(self, one: Account, day: date) -> int:
        """What counts on a day, in the window that ends with it."""
        return one.between(self.loyalty.window.starts(day), day)

    def reached_on(self, one: Account, day: date) -> TierStep | None:
        """The tier that the window alone bears on a day."""
        return reached(self.measured(one, day), self.ladders.on(day), inclusive=self.loyalty.inclusive)

    def on(self, one: Account, day: date) -> TierStep | None:
        """The tier on which an account stands on a day; None where no ladder holds."""
        return self._step(one, day, day)

    def on_eve(self, one: Account, day: date) -> TierStep | None:
        """The tier with which the account came into a day: by the day's own rules, before anything is bought on it."""
        return self._step(one, day, day - ONE_DAY)

    def _step(self, one: Account, day: date, bought: date) -> TierStep | None:
        """The tier on a day by what was bought up to that day or its eve."""
        rank = self._stepwise(one, day, bought) if self.loyalty.fall == "one step" else self._held(one, day, bought)
        if self._has_keepers:
            rank = max(rank, self._kept(one, day, bought))
        return self.ladders.on(day)[rank] if rank > NO_RANK else None

    def _held(self, one: Account, day: date, bought: date) -> int:
        return self._highest(one, self._periods(self.held_from(day), day), bought)

    def kept_rank(self, one: Account, day: date) -> int:
        """The rank of the highest keeping tier that was ever reached; -1 for none."""
        return self._kept(one, day, day) if self._has_keepers else NO_RANK

    def _kept(self, one: Account, day: date, bought: date) -> int:
        return self._highest(one, [period.keepers() for period in self._periods(date.min, day)], bought)

    def held_from(self, day: date) -> date:
        """The earliest day whose tier still holds on a day."""
        if self.loyalty.fall == "never":
            return date.min
        if self.loyalty.held == "end of next period":
            return date(day.year - 1, 1, 1)
        if self.loyalty.held == "end of period" or self.loyalty.fall == "one step":
            return date(day.year, 1, 1)
        return day

    def held_until(self, day: date) -> date:
        """The last day on which the tier of a day still holds, whatever is bought later, where tiers can fall."""
        if self.loyalty.held == "end of next period":
            return date(day.year + 1, 12, 31)
        if self.loyalty.held == "end of period" or self.loyalty.fall == "one step":
            return date(day.year, 12, 31)
        return day

    def _stepwise(self, one: Account, day: date, bought: date) -> int:
        """At most one step down a year: the higher of what holds and of last year's tier less one step."""
        rank, step = NO_RANK, None
        for year in range(self._first_day(one, day).year, day.year + 1):
            end = min(date(year, 12, 31), day)
            rank = max(self._held(one, end, min(end, bought)), self.rank_of(step, end) - 1)
            step = self.ladders.on(end)[rank] if rank > NO_RANK else None
        return rank

    def _first_day(self, one: Account, day: date) -> date:
        """The day before which nobody could have reached anything."""
        if not (one.days and self.ladders.starts):
            return day
        return min(max(self.ladders.starts[0], one.days[0]), day)

    def reached_this_year(self, one: Account, day: date) -> int:
        """The highest rank in the ladder of a day that was reached since its year began."""
        return self._highest(one, self._periods(date(day.year, 1, 1), day), day)

    def _highest(self, one: Account, periods: Sequence[Period], bought: date) -> int:
        """The highest rank of periods by what was bought up to a day; only the last one counts before any purchase."""
        ranks = [NO_RANK]
        for first, last, rungs in periods:
            if last == periods[-1].last or one.has_begun(last):
                rung = reached(one.highest(first, min(last, bought)), rungs, inclusive=self.loyalty.inclusive)
                ranks.append(rung.rank if rung else NO_RANK)
        return max(ranks)

    def _periods(self, first: date, day: date) -> Sequence[Period]:
        """From first to day, cut where another ladder begins."""
        if (first, day) not in self._cut:
            starts = [start for start in self.ladders.starts if first < start <= day]
            begins = [first, *starts] if self.ladders.on(first) else starts
            ends = [*(start - ONE_DAY for start in begins[1:]), day]
            periods = [Period(begin, end, self._rungs(end, day)) for begin, end in zip(begins, ends, strict=False)]
            self._cut[first, day] = periods
        return self._cut[first, day]

    def _rungs(self, then: date, day: date) -> tuple[Rung, ...]:
        """The ladder of an earlier day in the ranks of a later one."""
        steps = self.ladders.on(then)
        return tuple(Rung(one.since, one.from_amount, self.rank_of(one, day), one.keeps) for one in steps)

    def rank_of(self, step: TierStep | None, day: date) -> int:
        """Where a step of any ladder stands in that of a day: by its name, else by its threshold."""
        ladder = self.ladders.on(day)
        if step is None or not ladder:
            return NO_RANK
        names = [one.tier for one in ladder]
        if step.tier in names:
            return names.index(step.tier)
        return sum(one.from_amount <= step.from_amount for one in ladder) - 1
