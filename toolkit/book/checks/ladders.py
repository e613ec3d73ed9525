"""Checks that make ladders of rows."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any, Final

from toolkit.book.problem import Problem
from toolkit.book.tab import TabContents
from toolkit.book.tabs.ladders import BLANK

Group = Callable[[Any], tuple[Any, ...]]
NEEDED: Final = ("tier", "scheme", "from_amount", "discount", "rate")
"""Fields without which a row is no step, where its tab has them and they may not be blank."""


class LadderChecks:
    """Makes ladders of one tab's steps and gathers problems.

    Args:
        contents: the tab.
        group: the values that steps of one ladder share, the From date first.
        rate: the field that should rise with the threshold.
        today: a From date after it gets a hint.
    """

    def __init__(self, contents: TabContents[Any], group: Group, rate: str, today: date) -> None:
        self._contents = contents
        self._group = group
        self._rate = rate
        self._today = today
        self.problems: list[Problem] = []

    def valid_steps(self) -> tuple[Any, ...]:
        """Return the steps of every ladder that holds, lowest first."""
        steps = sorted(self._contents.records, key=lambda step: (self._group(step), step.from_amount, step.row))
        ladders = [list(ladder) for _, ladder in groupby(steps, key=self._group)]
        return tuple(step for ladder in ladders if self._holds(ladder) for step in ladder)

    def _holds(self, steps: list[Any]) -> bool:
        gaps, faults = list(self._gaps(steps)), [*self._twice(steps), *self._start(steps)]
        is_whole = not gaps and not any(step.faults for step in steps)
        if is_whole and not faults:
            self.problems.extend(self._advice(steps))
            return True
        self.problems.extend((*gaps, *(faults or [self._left_out(steps)])))
        return False

    def _start(self, steps: list[Any]) -> Iterator[Problem]:
        if steps[0].from_amount > 0:
            yield self._contents.problem(steps[0].row, "from_amount", "first-not-zero")

    def _gaps(self, steps: list[Any]) -> Iterator[Problem]:
        for step in steps:
            for column in NEEDED:
                if getattr(step, column, True) in ("", BLANK) and column not in step.faults:
                    yield self._contents.problem(step.row, column, "blank")

    def _twice(self, steps: list[Any]) -> Iterator[Problem]:
        for below, above in pairwise(steps):
            if below.from_amount == above.from_amount != BLANK:
                yield self._contents.problem(above.row, "from_amount", "threshold-twice")
        for name, times in Counter(getattr(step, "tier", "") for step in steps).items():
            if name and times > 1:
                last = max((step for step in steps if step.tier == name), key=lambda step: int(step.row))
                yield self._contents.problem(last.row, "tier", "tier-twice")

    def _left_out(self, steps: Sequence[Any]) -> Problem:
        first = min(steps, key=lambda step: int(step.row))
        return self._contents.problem(first.row, "since", "ladder-left-out", day=first.since.isoformat())

    def _advice(self, steps: list[Any]) -> Iterator[Problem]:
        by_row = sorted(steps, key=lambda step: int(step.row))
        for above, below in pairwise(by_row):
            if below.from_amount < above.from_amount:
                yield self._contents.problem(below.row, "from_amount", "ladder-order")
        for low, high in pairwise(steps):
            if _rate(high, self._rate) < _rate(low, self._rate):
                yield self._contents.problem(high.row, self._rate, "rate-falls")
        if steps[0].since > self._today:
            day = steps[0].since.isoformat()
            yield self._contents.problem(by_row[0].row, "since", "ladder-later", day=day)


def _rate(step: Any, column: str) -> Decimal:
    rate: Decimal = getattr(step, column)
    return rate
