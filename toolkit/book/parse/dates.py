"""One cell becomes a day or a month."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import Misread, Reading, shown
from toolkit.book.parse.month_names import day_in_words

SERIAL_DAY_ZERO = date(1899, 12, 30)
SERIALS = range(3_000, 110_000)
"""Day numbers of 1908 to 2201; below them a number is a year, 2026, and no day."""

FIRST_YEAR = 1900
MONTHS = 12
LEAP_DAY = (2, 29)


def day(cell: Cell, _: Reading) -> date:
    """A calendar day from 1900 on. 3/4/2026 could be two days, so it is a question."""
    found = _any_day(cell)
    if found.year < FIRST_YEAR:
        raise Misread("not-a-date", given=shown(cell))
    return found


def _any_day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and SERIALS.start <= cell < SERIALS.stop:
        return SERIAL_DAY_ZERO + timedelta(days=int(cell))
    return _day_written(shown(cell))


def past_day(cell: Cell, reading: Reading) -> date:
    """The day of something that has happened; one that lies far ahead has a slip in its year."""
    found = day(cell, reading)
    if found > reading.latest:
        raise Misread("day-far-ahead", given=found.isoformat(), proposal=_lately(found, reading.latest).isoformat())
    return found


DAYS: Final = (day, past_day)
"""Every reader of a day."""


def _lately(far: date, latest: date) -> date:
    """The same day in the year before the latest; 29 February is the 28th."""
    return far.replace(year=latest.year - 1, day=28 if (far.month, far.day) == LEAP_DAY else far.day)


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")


def _day_written(written: str) -> date:
    try:
        if found := _ISO.fullmatch(written):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DOTTED.fullmatch(written):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _SLASHED.fullmatch(written):
            return _slashed(int(found[1]), int(found[2]), int(found[3]), written)
        if named := day_in_words(written):
            return named
    except ValueError:
        pass
    raise Misread("not-a-date", given=written)


def _slashed(first: int, second: int, year: int, written: str) -> date:
    if first != second and first <= MONTHS and second <= MONTHS:
        either = (date(year, second, first).isoformat(), date(year, first, second).isoformat())
        raise Misread("date-two-ways", given=written, one=either[0], other=either[1])
    return date(year, first, second) if second > MONTHS else date(year, second, first)


def month(cell: Cell, reading: Reading) -> date:
    """The first day of a month: 2026-11, or any day in it."""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})", shown(cell)):
        return _month_of(int(found[1]), int(found[2]), shown(cell))
    try:
        return day(cell, reading).replace(day=1)
    except Misread:
        raise Misread("not-a-month", given=shown(cell)) from None


def _month_of(year: int, number_of_month: int, given: str) -> date:
    try:
        return date(year, number_of_month, 1)
    except ValueError:
        raise Misread("not-a-month", given=given) from None
