"""A cache of values that depend on a day alone."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

T = TypeVar("T")


class ByDay(dict[date, T]):
    """Values by day, each worked out on first use."""

    def __init__(self, work: Callable[[date], T]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, day: date) -> T:
        found = self[day] = self._work(day)
        return found
