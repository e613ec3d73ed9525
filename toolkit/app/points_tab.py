"""The rows of the Points tab, a ledger to which rows are only added."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import Final, NamedTuple

from toolkit.book import Cell, Grid, OwnCell, ParseContext, Words, own_tabs, shown
from toolkit.book.parse.amounts import whole
from toolkit.book.parse.cells import ParseError, is_blank
from toolkit.book.parse.dates import SERIAL_DAY_ZERO, day
from toolkit.rules.loyalty.points import LedgerEntry
from toolkit.rules.loyalty.standing import Standing

Row = tuple[OwnCell, ...]
POINTS_HEADINGS = own_tabs.HEADINGS[own_tabs.POINTS]
FALSE_LEAP_DAY: Final = 60
"""Spreadsheets count a 29 February 1900, which no calendar has."""

NUMBER_HEADINGS = ("Points", "Balance")


class Posted(NamedTuple):
    """One row of the tab, as it was and as it was read."""

    row: Row
    client: str
    key: str
    points: int
    posted_on: date | None


def posted(grid: Grid, reading: ParseContext) -> tuple[Posted, ...]:
    """Return the rows of the tab, unreadable ones too, which count nothing.

    Args:
        grid: as `own_grid` gives it.
        reading: how its cells are read.
    """
    return tuple(_read(tuple(row), reading) for row in grid[1:] if not all(map(is_blank, row)))


def _read(row: tuple[Cell, ...], reading: ParseContext) -> Posted:
    of = dict(zip_longest(POINTS_HEADINGS, row))
    of |= {heading: _unformatted(of[heading]) for heading in NUMBER_HEADINGS}
    try:
        points, posted_on = whole(of["Points"], reading), day(of["Posted on"], reading)
    except ParseError:
        return Posted(row, "", "", 0, None)
    numbered = tuple(
        _number(of[heading], reading) if heading in NUMBER_HEADINGS else of[heading] for heading in POINTS_HEADINGS
    )
    return Posted(numbered, shown(of["Client no."]), shown(of["Key"]), points, posted_on)


def _unformatted(cell: Cell) -> Cell:
    """Return the number that a date format shows as a day."""
    if not isinstance(cell, date):
        return cell
    days = (date(cell.year, cell.month, cell.day) - SERIAL_DAY_ZERO).days
    return days if days > FALSE_LEAP_DAY else days - 1


def _number(cell: Cell, reading: ParseContext) -> Cell:
    """Return a number that a file of text keeps as text."""
    try:
        return whole(cell, reading)
    except ParseError:
        return cell


def points_rows(before: Sequence[Posted], standings: Iterable[Standing], today: date, words: Words) -> Iterator[Row]:
    """Yield every row of the tab after a run.

    A run for a day before the last posting adds nothing.
    """
    yield from (row.row for row in before)
    if all(row.posted_on is None or row.posted_on <= today for row in before):
        yield from _Posting(before, today, words).rows(standings)


class _Posting:
    def __init__(self, before: Sequence[Posted], today: date, words: Words) -> None:
        self._today = today
        self._words = words
        self._sums: dict[tuple[str, str], int] = defaultdict(int)
        self._balances: dict[str, int] = defaultdict(int)
        for row in before:
            self._sums[row.client, row.key] += row.points
            self._balances[row.client] += row.points

    def rows(self, standings: Iterable[Standing]) -> Iterator[Row]:
        """New entries by day, then corrections of what is no longer so."""
        entries = [(entry, standing.client.number) for standing in standings for entry in standing.points.entries]
        for entry, client in sorted(entries, key=lambda pair: pair[0].day):
            known = (client, entry.key) in self._sums
            missing = entry.points - self._sums.pop((client, entry.key), 0)
            if missing:
                yield self._corrected(client, entry.key, missing) if known else self._new(client, entry)
        for (client, key), points in self._sums.items():
            if points and client:
                yield self._corrected(client, key, -points)

    def _new(self, client: str, entry: LedgerEntry) -> Row:
        self._balances[client] += entry.points
        return (
            entry.day,
            client,
            self._words.say("points", entry.what),
            entry.points,
            self._balances[client],
            entry.of,
            entry.usable_from,
            entry.last_day,
            self._today,
            entry.key,
        )

    def _corrected(self, client: str, key: str, points: int) -> Row:
        self._balances[client] += points
        of = key.partition("|")[2] if key.startswith(("earned", "expired")) else ""
        what = self._words.say("points", "adjusted")
        return (self._today, client, what, points, self._balances[client], of, None, None, self._today, key)
