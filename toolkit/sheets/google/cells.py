"""Values, days and blank cells of a Google Sheet."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, TypeAlias

from toolkit.book import Cell, Filled, Filling, Grid, Link, OwnCell, OwnTab, Share, Tabs, address
from toolkit.book.filling import FORMULA, MERGED, cell_in, found_again, put_in, without_blank_end
from toolkit.book.grid import letters_of
from toolkit.book.parse.cells import is_blank
from toolkit.book.parse.dates import SERIALS
from toolkit.sheets import layout
from toolkit.sheets.google.wire import Json
from toolkit.sheets.layout import EPOCH, cell_text, quoted

MOST_CHARACTERS_IN_GOOGLE: Final = 50_000
"""Characters of one cell; Google refuses the whole request for a longer one (Sheets limits, 2026-11)."""

FIRST_YEAR_IN_GOOGLE: Final = 1900
"""Excel, as which people download a sheet, has no earlier days."""

DAY: Final[Json] = {"type": "DATE", "pattern": layout.DAY}
MOMENT: Final[Json] = {"type": "DATE_TIME", "pattern": layout.MOMENT}
EXACT: Final[Json] = {"type": "NUMBER", "pattern": layout.EXACT}
SHARE: Final[Json] = {"type": "PERCENT", "pattern": layout.EXACT_SHARE}

WRITTEN: Final = "userEnteredValue,userEnteredFormat.numberFormat,userEnteredFormat.textFormat.link"
"""Fields of a cell that we write; notes and colours stay."""

Plain: TypeAlias = str | int | float | bool | None
"""A value as Google returns it unformatted; "" where blank."""


def plain(value: OwnCell) -> Plain:
    """Return a value as it is read back."""
    match value:
        case None | bool():
            return "" if value is None else value
        case Link():
            return kept(value.words)
        case date():
            return _number(value) if _has_number(value) else kept(cell_text(value))
        case int() | float() | Decimal():
            is_kept = math.isfinite(value) and abs(float(value)) < layout.MOST_WHOLE
            return _exact(value) if is_kept else kept(cell_text(value))
        case _:
            return kept(cell_text(value))


def kept(text: str) -> str:
    """Return text as a cell can hold it."""
    whole = text if text.isascii() else text.encode("utf-8", "replace").decode()
    return whole if len(whole) <= MOST_CHARACTERS_IN_GOOGLE else whole[: MOST_CHARACTERS_IN_GOOGLE - 1] + "…"


def _exact(value: float | Decimal) -> int | float:
    return value if isinstance(value, int) else float(value)


def _has_number(value: date) -> bool:
    """Return True if a sheet has this day or moment."""
    return value.year >= FIRST_YEAR_IN_GOOGLE and not (isinstance(value, datetime) and value.tzinfo)


def _number(value: date) -> int | float:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    number = day_number(moment)
    return int(number) if number.is_integer() else number


@dataclass(frozen=True, slots=True)
class LinkTargets:
    """Targets of links, by the ids of the sheet's tabs."""

    ids: Mapping[str, int]

    def address_of(self, link: Link) -> str:
        """Return a link's address, "" if its tab is missing."""
        return f"#gid={self.ids[link.tab]}&range={link.cell}" if link.tab in self.ids else ""


def rows_of(tab: OwnTab, targets: LinkTargets) -> Iterator[Json]:
    """Yield rows for `updateCells`, headings first."""
    yield {"values": [cell_value(heading) for heading in tab.headings]}
    mixed = mixed_columns(tab.rows)
    for row in tab.rows:
        yield {"values": [_cell(value, targets, format_it=at in mixed) for at, value in enumerate(row)]}


def cell_value(value: OwnCell) -> Json:
    """Return a value as a cell without a format."""
    stored = plain(value)
    if stored == "" or stored is None:
        return {}
    kind = "boolValue" if isinstance(stored, bool) else "stringValue" if isinstance(stored, str) else "numberValue"
    return {"userEnteredValue": {kind: stored}}


def _cell(value: OwnCell, targets: LinkTargets, *, format_it: bool) -> Json:
    bare, look = cell_value(value), dict[str, Any]()
    if isinstance(value, Link) and (address := targets.address_of(value)):
        look["textFormat"] = {"link": {"uri": address}}
    if format_it and (number_format := format_of(value)):
        look["numberFormat"] = number_format
    return {**bare, "userEnteredFormat": look} if look else bare


def format_of(value: OwnCell) -> Json | None:
    """Return a number format, or None for the sheet's own."""
    if isinstance(value, datetime):
        return MOMENT
    if isinstance(value, date):
        return DAY
    if isinstance(value, Share):
        return SHARE
    return EXACT if isinstance(value, Decimal) else None


def column_formats(rows: Sequence[Sequence[OwnCell]]) -> dict[int, Json]:
    """Return the formats of columns whose values look alike."""
    looks = _looks(rows)
    return {at: formats[0] for at, formats in looks.items() if len(formats) == 1 and formats[0] is not None}


def mixed_columns(rows: Sequence[Sequence[OwnCell]]) -> frozenset[int]:
    """Return the columns whose cells need their own formats."""
    return frozenset(at for at, formats in _looks(rows).items() if len(formats) > 1)


def _looks(rows: Sequence[Sequence[OwnCell]]) -> dict[int, list[Json | None]]:
    """Return the formats of each column's numbers and days."""
    kinds: dict[int, dict[type, Json | None]] = {}
    for row in rows:
        for at, value in enumerate(row):
            if value is not None and not isinstance(value, str | bool | Link):
                kinds.setdefault(at, {})[type(value)] = format_of(value)
    return {at: _distinct(formats.values()) for at, formats in kinds.items()}


def _distinct(formats: Iterable[Json | None]) -> list[Json | None]:
    every = list(formats)
    return [json for number, json in enumerate(every) if json not in every[:number]]


def is_same(tab: OwnTab, current: Sequence[Sequence[Cell]]) -> bool:
    """Return True if a tab holds these rows already."""
    ours = _trimmed([list(map(plain, tab.headings)), *(list(map(plain, row)) for row in tab.rows)])
    return ours == _trimmed([list(row) for row in current])


def _trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """Return rows without trailing blanks, which Google never returns."""
    return _without_end([_without_end(row, lambda cell: cell == "") for row in rows], lambda row: not row)


def _without_end(items: list[Any], is_blank: Callable[[Any], bool]) -> list[Any]:
    end = len(items)
    while end and is_blank(items[end - 1]):
        end -= 1
    return items[:end]


DAYS_AS_TEXT: Final = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "FORMATTED_STRING",
    "majorDimension": "COLUMNS",
}
"""How columns are read with days as text and other numbers as numbers.

Both come as numbers otherwise, since only the format of a cell tells a day from a number.

Source: developers.google.com/workspace/sheets/api/reference/rest/v4/DateTimeRenderOption, seen 2026-11-22.
"""

MOST_URL: Final = 6_000
"""Characters of ranges in one URL; more columns take another request."""


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column with numbers that may be days.

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
        """Its rows in A1 notation, such as 'Clients'!B2:B."""
        letters = letters_of(self.place)
        return f"{quoted(self.tab)}!{letters}{self.first + 1}:{letters}"


def number_columns(tabs: Tabs) -> Iterator[tuple[NumberColumn, ...]]:
    """Yield columns that may hold days, request by request."""
    columns, length = list[NumberColumn](), 0
    for column in (column for tab, grid in tabs.items() for column in _number_columns_of(tab, grid)):
        length += len(column.range.encode()) * 3
        if length > MOST_URL and columns:
            yield tuple(columns)
            columns, length = [], len(column.range.encode()) * 3
        columns.append(column)
    if columns:
        yield tuple(columns)


def _number_columns_of(tab: str, grid: Grid) -> Iterator[NumberColumn]:
    columns: set[int] = set()
    for number, row in enumerate(grid):
        for place, cell in enumerate(row):
            if place not in columns and may_be_day(cell):
                columns.add(place)
                yield NumberColumn(tab, place, number)


def may_be_day(cell: Cell) -> bool:
    """Return True if a number may be a day."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and SERIALS.start <= cell < SERIALS.stop


def formatted_cells(answer: Mapping[str, Any], columns: Sequence[NumberColumn]) -> dict[NumberColumn, Sequence[Cell]]:
    """Return the cells of columns read with DAYS_AS_TEXT."""
    ranges = answer.get("valueRanges", ())
    return {column: next(iter(part.get("values", ())), ()) for column, part in zip(columns, ranges, strict=True)}


def with_days(tabs: Tabs, shown: Mapping[NumberColumn, Sequence[Cell]]) -> Tabs:
    """Return the cells with days for their numbers."""
    changed = {column.tab for column in shown}
    grids = {tab: [list(row) for row in grid] for tab, grid in tabs.items() if tab in changed}
    for column, cells in shown.items():
        _put_days(grids[column.tab], column, cells)
    return {**tabs, **grids}


def _put_days(grid: list[list[Cell]], column: NumberColumn, shown: Sequence[Cell]) -> None:
    for row, cell in zip(grid[column.first :], shown, strict=False):
        if isinstance(cell, str) and column.place < len(row) and may_be_day(row[column.place]):
            row[column.place] = as_day(row[column.place])


def as_day(cell: Cell) -> Cell:
    """Return the day or moment of a day number."""
    if not isinstance(cell, int | float):
        return cell
    moment = EPOCH + timedelta(seconds=round(cell * 86_400))
    return moment.date() if float(cell).is_integer() else moment


def day_number(moment: datetime) -> float:
    """Return the day number of a moment."""
    return (moment - EPOCH) / timedelta(days=1)


AS_ENTERED: Final = {
    "valueRenderOption": "FORMULA",
    "dateTimeRenderOption": "SERIAL_NUMBER",
    "majorDimension": "ROWS",
}
"""How cells are read as people typed them, formulas as text."""

MERGES: Final = "sheets(properties.title,merges)"

SPREADS: Final = re.compile(
    r"=.*(?:\{|ARRAYFORMULA|BYROW|FILTER|FLATTEN|IMPORT|MAP|QUERY|SEQUENCE|SORT|SPLIT|UNIQUE)",
    re.IGNORECASE | re.DOTALL,
)
"""A formula that may fill cells right of it and below; a value typed into one of them breaks it with #REF!."""

TEXT_FORMAT: Final[Json] = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}


@dataclass(frozen=True)
class PeopleCells:
    """People's tabs right before they are filled.

    Args:
        values: what their cells show.
        entered: what people typed into them.
        merged: the merged areas of each tab.
    """

    values: Tabs
    entered: Tabs
    merged: Mapping[str, Sequence[Json]]

    def free(self, fillings: Iterable[Filling]) -> Filled:
        """Return the cells that may be filled."""
        return found_again(fillings, self.values).without(self._obstacle)

    def moved(self, done: Sequence[Filling], now: Tabs) -> list[Filling]:
        """Return the fillings whose rows were moved meanwhile."""
        expected = put_in(self.entered, done)
        return [cell for cell in done if _row(now[cell.tab], cell.row) != _row(expected[cell.tab], cell.row)]

    def _obstacle(self, cell: Filling) -> str:
        if not is_blank(cell_in(_row(self.entered[cell.tab], cell.row), cell.column)):
            return FORMULA
        if any(_is_in(cell.row, cell.column, area) for area in self.merged.get(cell.tab, ())):
            return MERGED
        above = [at for at in self._spreading[cell.tab] if at[0] <= cell.row and at[1] <= cell.column]
        return f"the formula in {address(*above[0])} may fill it" if above else ""

    @cached_property
    def _spreading(self) -> dict[str, list[tuple[int, int]]]:
        return {tab: list(_formulas_in(grid)) for tab, grid in self.entered.items()}


def filling_requests(done: Iterable[Filling], ids: Mapping[str, int]) -> Iterator[Json]:
    """Yield the requests that fill cells with text.

    Args:
        done: the cells, where they stand now.
        ids: the id of each tab.
    """
    for cell in done:
        start = {"sheetId": ids[cell.tab], "rowIndex": cell.row, "columnIndex": cell.column}
        rows = [{"values": [{**cell_value(cell.text), **TEXT_FORMAT}]}]
        fields = "userEnteredValue,userEnteredFormat.numberFormat"
        yield {"updateCells": {"start": start, "rows": rows, "fields": fields}}


def _formulas_in(grid: Grid) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and SPREADS.match(cell):
                yield row, column


def _row(grid: Grid, row: int) -> tuple[Cell, ...]:
    return without_blank_end(grid[row]) if row < len(grid) else ()


def _is_in(row: int, column: int, area: Json) -> bool:
    rows = range(area.get("startRowIndex", 0), area["endRowIndex"])
    return row in rows and column in range(area.get("startColumnIndex", 0), area["endColumnIndex"])
