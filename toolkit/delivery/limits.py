"""How many letters leave in a day and a minute, and how a large plan is spread over days."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

DAY: Final = timedelta(hours=24)


@dataclass
class RecentSends:
    """The letters of the last 24 hours.

    Args:
        moments: when each left, in UTC, oldest first.
    """

    moments: deque[datetime]

    def add(self, moment: datetime) -> None:
        """One more left."""
        self.moments.append(moment)

    def number(self, now: datetime) -> int:
        """How many left in the 24 hours before a moment."""
        while self.moments and self.moments[0] <= now - DAY:
            self.moments.popleft()
        return len(self.moments)


@dataclass
class Pace:
    """Keeps letters apart.

    Args:
        per_minute: at most so many leave in a minute; 0 for no pace.
    """

    per_minute: int
    _slowness: int = field(default=1, init=False)
    _next: datetime | None = field(default=None, init=False)

    def rest(self, now: datetime) -> float:
        """Return the seconds until the next letter may leave."""
        return 0.0 if self._next is None else max((self._next - now).total_seconds(), 0.0)

    def note(self, now: datetime, chance: float) -> None:
        """Note that a letter leaves now; the next follows at the limit's pace or up to half as long again.

        Args:
            now: this moment, in UTC.
            chance: a random number from 0 up to 1.
        """
        if self.per_minute:
            self._next = now + timedelta(seconds=60 / self.per_minute * self._slowness * (1 + chance / 2))

    def halve(self) -> None:
        """Let letters leave at half the pace from now on."""
        self._slowness *= 2


@dataclass(frozen=True, slots=True)
class Spread:
    """How the letters of a plan fall on days.

    Args:
        days: each day with how many leave on it, in order.
        late: how many would expire before their turn.
    """

    days: tuple[tuple[date, int], ...] = ()
    late: int = 0

    def __str__(self) -> str:
        told = ", ".join(f"{number} on {day.isoformat()}" for day, number in self.days)
        return f"{told}; {self.late} would be too late" if self.late else told


def spread(expiries: Iterable[date], today: date, free_today: int, per_day: int) -> Spread:
    """Lay letters on days in their order.

    Args:
        expiries: the last day of each letter, in the order in which they would leave.
        today: the first day.
        free_today: how many may still leave today.
        per_day: how many on each later day.
    """
    days: Counter[date] = Counter()
    late, day, room = 0, today, free_today
    for expires in expiries:
        while room <= 0:
            day, room = day + timedelta(days=1), max(per_day, 1)
        if day > expires:
            late += 1
            continue
        days[day] += 1
        room -= 1
    return Spread(tuple(sorted(days.items())), late)
