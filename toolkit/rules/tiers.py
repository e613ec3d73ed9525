"""On which tier an account stands on a day: reached, held, kept or falling (RULES.md section 3, Tiers)."""

from collections.abc import Iterator, Sequence
from datetime import date

from toolkit.book.ladders import TierStep
from toolkit.rules.account import Account
from toolkit.rules.effective import Ladders, reached
from toolkit.rules.loyalty import Loyalty
from toolkit.rules.spend import ONE_DAY

NO_RANK = -1


class TierRule:
    """The Tiers tab under the named choices.

    A client stands on the highest tier that was reached on any day whose hold lasts until the day of asking; so more
    spend never lowers a tier.
    """

    def __init__(self, steps: Sequence[TierStep], loyalty: Loyalty) -> None:
        self.loyalty = loyalty
        self.ladders = Ladders(steps)
        self._starts: dict[date, date] = {}
        self._has_keepers = self.ladders.has("keeps")

    def measured(self, one: Account, day: date) -> int:
        """What counts on a day, in the window that ends with it."""
        if day not in self._starts:
            self._starts[day] = self.loyalty.window.starts(day)
        return one.between(self._starts[day], day)

    def reached_on(self, one: Account, day: date) -> TierStep | None:
        """The tier that the window alone bears on a day."""
        return reached(self.measured(one, day), self.ladders.on(day), inclusive=self.loyalty.inclusive)

    def on(self, one: Account, day: date) -> TierStep | None:
        """The tier on which an account stands on a day; None where no ladder holds."""
        ladder = self.ladders.on(day)
        rank = self._rank(one, day)
        return ladder[rank] if rank > NO_RANK else None

    def _rank(self, one: Account, day: date) -> int:
        rank = self._stepwise(one, day) if self.loyalty.fall == "one step" else self._held(one, day)
        return max(rank, self.kept_rank(one, day))

    def _held(self, one: Account, day: date) -> int:
        return self.peak(one, max(self.held_from(day), self._first_day(one, day)), day)

    def kept_rank(self, one: Account, day: date) -> int:
        """The rank of the highest keeping tier that was ever reached; -1 for none."""
        return self.peak(one, self._first_day(one, day), day, keepers=True) if self._has_keepers else NO_RANK

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

    def _first_day(self, one: Account, day: date) -> date:
        """The day before which nobody could have reached anything."""
        if not (one.days and self.ladders.starts):
            return day
        return min(max(self.ladders.starts[0], one.days[0]), day)

    def _stepwise(self, one: Account, day: date) -> int:
        """At most one step down a year: the higher of what holds and of last year's tier less one step."""
        rank, step = NO_RANK, None
        for year in range(self._first_day(one, day).year, day.year + 1):
            end = min(date(year, 12, 31), day)
            rank = max(self._held(one, end), self.rank_of(step, end) - 1)
            step = self.ladders.on(end)[rank] if rank > NO_RANK else None
        return rank

    def peak(self, one: Account, first: date, day: date, *, keepers: bool = False) -> int:
        """The highest rank in the ladder of a day that was reached since a day; of keeping tiers only, if asked."""
        if first == day and not keepers:
            return self.rank_of(self.reached_on(one, day), day)
        spans = self._spans(first, day)
        return max((self.rank_of(self._top(one, *span, keepers=keepers), day) for span in spans), default=NO_RANK)

    def _top(self, one: Account, start: date, end: date, *, keepers: bool) -> TierStep | None:
        """The highest step that was reached between two days on which one ladder holds."""
        amount = max(self.measured(one, when) for when in (start, *one.days_in(start, end), end))
        steps = self.ladders.on(end)
        if keepers:
            steps = tuple(step for step in steps if step.keeps)
        return reached(amount, steps, inclusive=self.loyalty.inclusive)

    def _spans(self, first: date, day: date) -> Iterator[tuple[date, date]]:
        """From first to day, cut where another ladder begins."""
        starts = [start for start in self.ladders.starts if first < start <= day]
        begins = [first, *starts] if self.ladders.on(first) else starts
        ends = [*(start - ONE_DAY for start in begins[1:]), day]
        yield from zip(begins, ends, strict=False)

    def rank_of(self, step: TierStep | None, day: date) -> int:
        """Where a step of any ladder stands in that of a day: by its name, else by its threshold."""
        ladder = self.ladders.on(day)
        if step is None or not ladder:
            return NO_RANK
        names = [one.tier for one in ladder]
        if step.tier in names:
            return names.index(step.tier)
        return sum(one.from_amount <= step.from_amount for one in ladder) - 1
