"""Which numbers of a Google Sheet are days: both come as numbers, and only the cell's format tells them apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from toolkit.book.days import SERIALS
from toolkit.book.grid import Cell, Grid, Tabs
from toolkit.sheets.google.tab_list import TabList, part_of

FIELDS: Final = (
    "sheets(properties.sheetId,data(startRow,startColumn,rowData.values("
    "effectiveFormat.numberFormat.type,userEnteredFormat.numberFormat.type)))"
)
LOOKED_AT: Final = 40
"""So many rows of a column tell how its numbers look; the rows below look like the last of them."""

LONGEST_QUESTION: Final = 6_000
"""Characters of ranges that one address carries; columns beyond it keep their numbers."""

DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no zone
_DAYS: Final = frozenset({"DATE", "DATE_TIME"})


@dataclass(frozen=True, slots=True)
class Column:
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
        """The rows that are looked at."""
        return part_of(self.tab, self.place, range(self.first, self.first + LOOKED_AT))


def columns_in_question(tabs: Tabs) -> tuple[Column, ...]:
    """Every column that holds a number which may be a day, as many as one question can ask for."""
    columns, length = [], 0
    for column in (one for tab, grid in tabs.items() for one in _in_question(tab, grid)):
        length += len(column.range.encode()) * 3
        if length > LONGEST_QUESTION:
            break
        columns.append(column)
    return tuple(columns)


def _in_question(tab: str, grid: Grid) -> Iterator[Column]:
    seen: set[int] = set()
    for number, row in enumerate(grid):
        for place, cell in enumerate(row):
            if place not in seen and may_be_day(cell):
                seen.add(place)
                yield Column(tab, place, number)


def may_be_day(cell: Cell) -> bool:
    """Whether a cell holds a number that a spreadsheet could show as a day of our time."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and SERIALS.start <= cell < SERIALS.stop


def kinds_in(answer: Mapping[str, Any], columns: Sequence[Column], tabs: TabList) -> dict[Column, tuple[bool, ...]]:
    """For each column, row by row from its first, whether the cell shows a day."""
    blocks = {
        (sheet["properties"].get("sheetId", 0), block.get("startColumn", 0)): block.get("rowData", ())
        for sheet in answer.get("sheets", ())
        for block in sheet.get("data", ())
    }
    ids = {tab.title: tab.id for tab in tabs.tabs}
    return {one: tuple(map(_shows_day, blocks.get((ids.get(one.tab), one.place), ()))) for one in columns}


def _shows_day(row: Mapping[str, Any]) -> bool:
    cell: Mapping[str, Any] = next(iter(row.get("values", ())), {})
    formats = (cell.get(name, {}) for name in ("effectiveFormat", "userEnteredFormat"))
    return any(one.get("numberFormat", {}).get("type") in _DAYS for one in formats)


def with_days(tabs: Tabs, kinds: Mapping[Column, Sequence[bool]]) -> Tabs:
    """The cells with real days in place of their numbers."""
    grids = {tab: [list(row) for row in grid] for tab, grid in tabs.items() if any(one.tab == tab for one in kinds)}
    for column, shows in kinds.items():
        if any(shows):
            _put_days(grids[column.tab], column, shows)
    return {**tabs, **grids}


def _put_days(grid: list[list[Cell]], column: Column, shows: Sequence[bool]) -> None:
    is_day = False
    for number in range(column.first, len(grid)):
        row = grid[number]
        if column.place < len(row) and may_be_day(row[column.place]):
            looked_at = number - column.first
            is_day = shows[looked_at] if looked_at < len(shows) else is_day and looked_at >= LOOKED_AT
            row[column.place] = as_day(row[column.place]) if is_day else row[column.place]


def as_day(cell: Cell) -> Cell:
    """The day or moment of a day number."""
    if not isinstance(cell, int | float):
        return cell
    moment = DAY_ZERO + timedelta(seconds=round(cell * 86_400))
    return moment.date() if float(cell).is_integer() else moment


def day_number(moment: datetime) -> float:
    """The number by which a sheet holds a moment."""
    return (moment - DAY_ZERO) / timedelta(days=1)
