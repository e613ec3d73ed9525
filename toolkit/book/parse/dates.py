"""Days and months in cells."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import ParseContext, ParseError, shown

SERIAL_DAY_ZERO: Final = date(1899, 12, 30)
"""Day 0 of Excel and of Google's SERIAL_NUMBER.

Excel counts 1 January 1900 as day 1 and believes in 29 February 1900 (as Lotus 1-2-3 did), so from March 1900 on its
days count from 30 December 1899. Google Sheets counts from there for all days. Workbooks of old Macs count from 1904
(date1904); python-calamine turns their days into dates before they come here.
"""

SERIALS: Final = range(3_000, 110_000)
"""Day numbers of 1908 to 2201. Below them a number is a year, 2026, and no day."""

FIRST_YEAR: Final = 1900
MONTHS: Final = 12
LEAP_DAY: Final = (2, 29)

SHORTEST_MONTH: Final = 3
"""The letters from which on a name tells its month from the others."""

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_DAY_FIRST: Final = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ .\-/]*(?P<month>[^\W\d_]+)[ .,\-/]*(?P<year>\d{4})(?: ?г\.?)?"
)
_MONTH_FIRST: Final = re.compile(r"(?P<month>[^\W\d_]+)[ .]*(?P<day>\d{1,2})(?:st|nd|rd|th)?,? +(?P<year>\d{4})")


def day(cell: Cell, context: ParseContext) -> date:
    """Return a calendar day from 1900 on.

    3/4/2026 could be two days, so it is a question.
    """
    parsed = _any_day(cell, context)
    if parsed.year < FIRST_YEAR:
        raise ParseError("not-a-date", given=shown(cell))
    return parsed


def _any_day(cell: Cell, context: ParseContext) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and SERIALS.start <= cell < SERIALS.stop:
        return SERIAL_DAY_ZERO + timedelta(days=int(cell))
    return _written_day(shown(cell), context)


def past_day(cell: Cell, context: ParseContext) -> date:
    """Return the day of something that has happened."""
    parsed = day(cell, context)
    if parsed > context.latest:
        proposal = _year_before(parsed, context.latest).isoformat()
        raise ParseError("day-far-ahead", given=parsed.isoformat(), proposal=proposal)
    return parsed


DAYS: Final = (day, past_day)
"""Every parser of a day."""


def _year_before(far: date, latest: date) -> date:
    """Return the same day in the year before the latest."""
    return far.replace(year=latest.year - 1, day=28 if (far.month, far.day) == LEAP_DAY else far.day)


def _written_day(written: str, context: ParseContext) -> date:
    try:
        if match := _ISO.fullmatch(written):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DOTTED.fullmatch(written):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _SLASHED.fullmatch(written):
            return _slashed(int(match[1]), int(match[2]), int(match[3]), written)
        if named := _day_in_words(written, context):
            return named
    except ValueError:
        pass
    raise ParseError("not-a-date", given=written)


def _slashed(first: int, second: int, year: int, written: str) -> date:
    if first != second and first <= MONTHS and second <= MONTHS:
        either = (date(year, second, first).isoformat(), date(year, first, second).isoformat())
        raise ParseError("date-two-ways", given=written, one=either[0], other=either[1])
    return date(year, first, second) if second > MONTHS else date(year, second, first)


def _day_in_words(written: str, context: ParseContext) -> date | None:
    """Return a day with its month in words, such as 5 марта 2026 г."""
    folded = written.casefold()
    match = _DAY_FIRST.fullmatch(folded) or _MONTH_FIRST.fullmatch(folded)
    if match is None or len(match["month"]) < SHORTEST_MONTH:
        return None
    names = _month_names(tuple(context.lexicon.languages))
    number = next((number for number, spellings in names.items() if _begins(match["month"], spellings)), 0)
    return date(int(match["year"]), number, int(match["day"])) if number else None


def _begins(word: str, names: Iterable[str]) -> bool:
    return any(name.startswith(word) for name in names)


@cache
def _month_names(languages: tuple[str, ...]) -> Mapping[int, frozenset[str]]:
    """Return the folded names of each month from 1 to 12."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only days with a month in words need it

    names: dict[int, frozenset[str]] = {}
    for language in languages:
        try:
            months = Locale.parse(language).months
        except (UnknownLocaleError, ValueError):
            continue
        # Russian bends a month behind a day: март is "stand-alone" in CLDR, марта is "format".
        for use in ("format", "stand-alone"):
            for number, name in months[use]["wide"].items():
                names[number] = names.get(number, frozenset()) | {name.casefold()}
    return names


def month(cell: Cell, context: ParseContext) -> date:
    """Return the first day of a month."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", shown(cell)):
        return _month_of(int(match[1]), int(match[2]), shown(cell))
    try:
        return day(cell, context).replace(day=1)
    except ParseError:
        raise ParseError("not-a-month", given=shown(cell)) from None


def _month_of(year: int, number_of_month: int, given: str) -> date:
    try:
        return date(year, number_of_month, 1)
    except ValueError:
        raise ParseError("not-a-month", given=given) from None
