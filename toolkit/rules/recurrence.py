"""Calendar rules and the moments at which they fall in a zone."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import count, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.rules.months import month_name, months_after

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""WEEKDAYS[day.weekday()] is the name of a day in a rule."""

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
"""MONTHS[day.month - 1] is the name of a month in a rule."""

LAST: Final = 31
"""The 31st is the last day of any month."""

_DAY: Final = timedelta(days=1)


class Every(StrEnum):
    """The interval of a rule."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule of the calendar, such as every monday at 09:00.

    Args:
        every: how often it comes round.
        at: the time on the wall, whole minutes.
        weekdays: 0 is Monday, in order; only of a weekly rule.
        day: of the month; where a month is shorter, its last day.
        month: 1 to 12; only of a yearly rule.
        late: for at most so many days after its day it may still be done, 0 is that day only; None leaves that open.
    """

    every: Every
    at: time
    weekdays: tuple[int, ...] = ()
    day: int = 1
    month: int = 1
    late: int | None = None

    def __str__(self) -> str:
        return f"every {self._days} at {self.at:%H:%M}{self._lateness}"

    @property
    def _days(self) -> str:
        match self.every:
            case Every.DAY:
                return "day"
            case Every.WEEK:
                return " and ".join(WEEKDAYS[weekday] for weekday in self.weekdays)
            case Every.MONTH:
                return f"month on the {'last day' if self.day == LAST else ordinal(self.day)}"
            case _:
                return f"year on {self.day} {MONTHS[self.month - 1]}"

    @property
    def _lateness(self) -> str:
        if self.late is None:
            return ""
        return f", at most {self.late} {'day' if self.late == 1 else 'days'} late"

    def days_from(self, start: date) -> Iterator[date]:
        """Yield its days from a day on, without end."""
        return (day for day in self._days_of(start) if day >= start)

    def _days_of(self, start: date) -> Iterator[date]:
        if self.every in (Every.DAY, Every.WEEK):
            days = (start + ahead * _DAY for ahead in count())
            return (day for day in days if self.every is Every.DAY or day.weekday() in self.weekdays)
        if self.every is Every.MONTH:
            return (self._in_month(months_after(start.replace(day=1), ahead)) for ahead in count())
        return (self._in_month(date(year, self.month, 1)) for year in count(start.year))

    def _in_month(self, first: date) -> date:
        return first.replace(day=min(self.day, monthrange(first.year, first.month)[1]))

    def name_of(self, day: date) -> str:
        """Return the lasting name of one of its days.

        It is the day, or the month or year where there is one in each.
        """
        match self.every:
            case Every.MONTH:
                return month_name(day)
            case Every.YEAR:
                return f"{day.year:04}"
            case _:
                return day.isoformat()

    def between(self, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[tuple[date, datetime]]:
        """Return the days due between two moments, with their moments (UTC)."""
        days = self.days_from(after.astimezone(zone).date() - _DAY)
        dues = ((day, moment_of(day, self.at, zone)) for day in days)
        return (due for due in takewhile(lambda due: due[1] <= until, dues) if due[1] > after)

    def next_after(self, moment: datetime, zone: ZoneInfo) -> Iterator[tuple[date, datetime]]:
        """Yield the days due after a moment, soonest first, without end."""
        days = self.days_from(moment.astimezone(zone).date() - _DAY)
        return (due for due in ((day, moment_of(day, self.at, zone)) for day in days) if due[1] > moment)

    def last_chance(self, day: date, zone: ZoneInfo, late: int) -> datetime:
        """Return the moment (UTC) from which a day is too late.

        It is never later than the next day's turn; nor than the month's or year's end, where that is its name, so that
        what is done late is still done in the month that it is for.
        """
        here = moment_of(day, self.at, zone).astimezone(zone).date()
        ends = [moment_of(here + (late + 1) * _DAY, time(), zone), self._turn_after(day, zone)]
        if self.every is Every.MONTH:
            ends.append(moment_of(months_after(day.replace(day=1), 1), time(), zone))
        if self.every is Every.YEAR:
            ends.append(moment_of(date(day.year + 1, 1, 1), time(), zone))
        return min(ends)

    def _turn_after(self, day: date, zone: ZoneInfo) -> datetime:
        return moment_of(next(self.days_from(day + _DAY)), self.at, zone)


@lru_cache(maxsize=1024)
def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) when a zone's clocks show a time.

    A time that they show twice is the first; one that they leave out is the first minute after the gap.
    Source: delivery/PROMISES.md, Time.
    """
    wall = datetime.combine(day, at)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    moment = first.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    return _end_of_gap(second.astimezone(UTC), moment, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first minute after the clocks were moved (PEP 495)."""
    new = after.astimezone(zone).utcoffset()
    low, high = 0, -(-int((after - before).total_seconds()) // 60)
    while low < high:
        middle = (low + high) // 2
        if (before + timedelta(minutes=middle)).astimezone(zone).utcoffset() == new:
            high = middle
        else:
            low = middle + 1
    return before + timedelta(minutes=low)


def soonest(rules: Iterable[Recurrence], moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the next moment (UTC) at which any rule is due, or None."""
    return min((next(rule.next_after(moment, zone))[1] for rule in rules), default=None)


def ordinal(number: int) -> str:
    """Write a number as 1st, 2nd, 3rd, 4th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number in (11, 12, 13) else ending}"
