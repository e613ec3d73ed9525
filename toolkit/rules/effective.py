"""Ladders by the day on which they hold."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Generic

from toolkit.book.tabs.ladders import Step, ladder_on
from toolkit.rules.by_day import ByDay


def reached(amount: int, ladder: tuple[Step, ...], *, inclusive: bool = True) -> Step | None:
    """Return the highest step that an amount has reached.

    A net return below zero still stands on the first.
    """
    asked = amount if inclusive else amount - 1
    for step in reversed(ladder):
        if step.from_amount <= asked or step.from_amount <= 0:
            return step
    return None


class Ladders(Generic[Step]):
    """All ladders of one tab by day."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = tuple(steps)
        self._by_day = ByDay(lambda day: self._by_start[bisect_right(self.starts, day)])

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """Return the From dates, earliest first."""
        return tuple(sorted({step.since for step in self._steps}))

    @cached_property
    def _by_start(self) -> tuple[tuple[Step, ...], ...]:
        return ((), *(ladder_on(self._steps, start) for start in self.starts))

    def on(self, day: date) -> tuple[Step, ...]:
        """Return the ladder of a day, lowest step first.

        It is empty before the first From date.
        """
        return self._by_day[day]

    def since(self, day: date) -> date:
        """Return the first day of a day's ladder, or date.min."""
        return max((start for start in self.starts if start <= day), default=date.min)

    def has(self, name: str) -> bool:
        """Return True if any step has this flag."""
        return any(getattr(step, name) for step in self._steps)
