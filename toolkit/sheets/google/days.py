"""Which numbers of a Google Sheet are days: both come as numbers, and only the cell's format tells them apart.

Google hands days out as text and numbers as numbers where one asks for FORMATTED_STRING with UNFORMATTED_VALUE; so a
second look at the columns whose numbers may be days tells it of each cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from toolkit.book.grid import Cell, Grid, Tabs, letters_of
from toolkit.book.parse.dates import SERIALS
from toolkit.sheets.google.tab_list import quoted

DAYS_AS_TEXT: Final = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "FORMATTED_STRING",
    "majorDimension": "COLUMNS",
}
"""How columns are asked for so that days are text in them, and other numbers are numbers.

Source: developers.google.com/workspace/sheets/api/reference/rest/v4/DateTimeRenderOption, seen 2026-11-22.
"""

LONGEST_QUESTION: Final = 6_000
"""Characters of ranges that one address carries; more columns take another question."""

DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no zone


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """One column with numbers that may be days.

    Args:
        tab: the tab's name.
        place: the column, counted from 0.
        first: the first row with such a number, counted from 0.
    """

    tab: str
    place: int
    first: int

    @property
    def range(self) -> str:
        """Its rows from the first such number on, as A1 notation names them: 'Clients'!B2:B."""
        letters = letters_of(self.place)
        return f"{quoted(self.tab)}!{letters}{self.first + 1}:{letters}"


def questions(tabs: Tabs) -> Iterator[tuple[NumberColumn, ...]]:
    """Every column that holds a number which may be a day, as many at once as one question can ask for."""
    columns, length = list[NumberColumn](), 0
    for column in (one for tab, grid in tabs.items() for one in _in_question(tab, grid)):
        length += len(column.range.encode()) * 3
        if length > LONGEST_QUESTION and columns:
            yield tuple(columns)
            columns, length = [], len(column.range.encode()) * 3
        columns.append(column)
    if columns:
        yield tuple(columns)


def _in_question(tab: str, grid: Grid) -> Iterator[NumberColumn]:
    seen: set[int] = set()
    for number, row in enumerate(grid):
        for place, cell in enumerate(row):
            if place not in seen and may_be_day(cell):
                seen.add(place)
                yield NumberColumn(tab, place, number)


def may_be_day(cell: Cell) -> bool:
    """Whether a cell holds a number that a spreadsheet could show as a day of our time."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and SERIALS.start <= cell < SERIALS.stop


def shown_in(answer: Mapping[str, Any], columns: Sequence[NumberColumn]) -> dict[NumberColumn, Sequence[Cell]]:
    """For each column its cells from its first on, where days are text, in the answer of `values:batchGet`."""
    ranges = answer.get("valueRanges", ())
    return {column: next(iter(one.get("values", ())), ()) for column, one in zip(columns, ranges, strict=True)}


def with_days(tabs: Tabs, shown: Mapping[NumberColumn, Sequence[Cell]]) -> Tabs:
    """The cells with real days in place of their numbers."""
    grids = {tab: [list(row) for row in grid] for tab, grid in tabs.items() if any(one.tab == tab for one in shown)}
    for column, cells in shown.items():
        _put_days(grids[column.tab], column, cells)
    return {**tabs, **grids}


def _put_days(grid: list[list[Cell]], column: NumberColumn, shown: Sequence[Cell]) -> None:
    for row, cell in zip(grid[column.first :], shown, strict=False):
        if isinstance(cell, str) and column.place < len(row) and may_be_day(row[column.place]):
            row[column.place] = as_day(row[column.place])


def as_day(cell: Cell) -> Cell:
    """The day or moment of a day number."""
    if not isinstance(cell, int | float):
        return cell
    moment = DAY_ZERO + timedelta(seconds=round(cell * 86_400))
    return moment.date() if float(cell).is_integer() else moment


def day_number(moment: datetime) -> float:
    """The number by which a sheet holds a moment."""
    return (moment - DAY_ZERO) / timedelta(days=1)
