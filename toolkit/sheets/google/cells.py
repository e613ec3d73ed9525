"""Our values as cells of a Google Sheet, and the days among the numbers that it returns."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias

from toolkit.book.grid import Cell, Grid, Link, OwnCell, OwnTab, Share, Tabs, letters_of
from toolkit.book.parse.dates import SERIALS
from toolkit.sheets import layout
from toolkit.sheets.google.wire import Json
from toolkit.sheets.layout import EPOCH, cell_text, quoted

MOST_CHARACTERS_IN_GOOGLE: Final = 50_000
"""Of one cell of a Google Sheet."""

FIRST_YEAR_IN_GOOGLE: Final = 1900

DAY: Final[Json] = {"type": "DATE", "pattern": layout.DAY}
MOMENT: Final[Json] = {"type": "DATE_TIME", "pattern": layout.MOMENT}
EXACT: Final[Json] = {"type": "NUMBER", "pattern": layout.EXACT}
SHARE: Final[Json] = {"type": "PERCENT", "pattern": layout.EXACT_SHARE}

WRITTEN: Final = "userEnteredValue,userEnteredFormat.numberFormat,userEnteredFormat.textFormat.link"
"""What of a cell we write; notes and colours stay."""

Plain: TypeAlias = str | int | float | bool | None
"""A value as Google hands it back unformatted; "" where blank."""


def plain(value: OwnCell) -> Plain:
    """A value of ours as it is read back."""
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
    """Text as a cell can hold it: at most 50,000 characters, and no half of a character."""
    whole = text if text.isascii() else text.encode("utf-8", "replace").decode()
    return whole if len(whole) <= MOST_CHARACTERS_IN_GOOGLE else whole[: MOST_CHARACTERS_IN_GOOGLE - 1] + "…"


def _exact(value: float | Decimal) -> int | float:
    return value if isinstance(value, int) else float(value)


def _has_number(value: date) -> bool:
    """Whether a sheet's calendar has this day or moment."""
    return value.year >= FIRST_YEAR_IN_GOOGLE and not (isinstance(value, datetime) and value.tzinfo)


def _number(value: date) -> int | float:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    number = day_number(moment)
    return int(number) if number.is_integer() else number


@dataclass(frozen=True, slots=True)
class Places:
    """Where links lead: the ids of the sheet's tabs by name."""

    ids: Mapping[str, int]

    def of(self, link: Link) -> str:
        """The address of a cell inside the same sheet; "" where its tab is not there."""
        return f"#gid={self.ids[link.tab]}&range={link.cell}" if link.tab in self.ids else ""


def rows_of(tab: OwnTab, places: Places) -> Iterator[Json]:
    """The rows of a tab as `updateCells` takes them, its headings first."""
    yield {"values": [laid(heading) for heading in tab.headings]}
    mixed = mixed_columns(tab.rows)
    for row in tab.rows:
        yield {"values": [_cell(value, places, format_it=at in mixed) for at, value in enumerate(row)]}


def laid(value: OwnCell) -> Json:
    """A value as a cell takes it, without its look."""
    held = plain(value)
    if held == "" or held is None:
        return {}
    kind = "boolValue" if isinstance(held, bool) else "stringValue" if isinstance(held, str) else "numberValue"
    return {"userEnteredValue": {kind: held}}


def _cell(value: OwnCell, places: Places, *, format_it: bool) -> Json:
    bare, look = laid(value), dict[str, Any]()
    if isinstance(value, Link) and (address := places.of(value)):
        look["textFormat"] = {"link": {"uri": address}}
    if format_it and (number_format := format_of(value)):
        look["numberFormat"] = number_format
    return {**bare, "userEnteredFormat": look} if look else bare


def format_of(value: OwnCell) -> Json | None:
    """How a number or day of ours looks; None where the sheet's own way is right."""
    if isinstance(value, datetime):
        return MOMENT
    if isinstance(value, date):
        return DAY
    if isinstance(value, Share):
        return SHARE
    return EXACT if isinstance(value, Decimal) else None


def column_formats(rows: Sequence[Sequence[OwnCell]]) -> dict[int, Json]:
    """The look of each column whose numbers and days all look alike; it is laid once for the whole column."""
    looks = _looks(rows)
    return {at: formats[0] for at, formats in looks.items() if len(formats) == 1 and formats[0] is not None}


def mixed_columns(rows: Sequence[Sequence[OwnCell]]) -> frozenset[int]:
    """Columns whose cells look different, so that each cell says how."""
    return frozenset(at for at, formats in _looks(rows).items() if len(formats) > 1)


def _looks(rows: Sequence[Sequence[OwnCell]]) -> dict[int, list[Json | None]]:
    """The different looks of each column's numbers and days; text looks like nothing."""
    kinds: dict[int, dict[type, Json | None]] = {}
    for row in rows:
        for at, value in enumerate(row):
            if value is not None and not isinstance(value, str | bool | Link):
                kinds.setdefault(at, {})[type(value)] = format_of(value)
    return {at: _apart(found.values()) for at, found in kinds.items()}


def _apart(formats: Iterable[Json | None]) -> list[Json | None]:
    found = list(formats)
    return [json for number, json in enumerate(found) if json not in found[:number]]


def is_same(tab: OwnTab, there: Sequence[Sequence[Cell]]) -> bool:
    """Whether a tab of the sheet already holds what ours would put there."""
    ours = _trimmed([list(map(plain, tab.headings)), *(list(map(plain, row)) for row in tab.rows)])
    return ours == _trimmed([list(row) for row in there])


def _trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows without the blanks behind and below, which Google never hands back."""
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
"""How columns are asked for so that days are text in them, and other numbers are numbers.

Source: developers.google.com/workspace/sheets/api/reference/rest/v4/DateTimeRenderOption, seen 2026-11-22.
"""

LONGEST_QUESTION: Final = 6_000
"""Characters of ranges that one address carries; more columns take another question."""


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
    moment = EPOCH + timedelta(seconds=round(cell * 86_400))
    return moment.date() if float(cell).is_integer() else moment


def day_number(moment: datetime) -> float:
    """The number by which a sheet holds a moment."""
    return (moment - EPOCH) / timedelta(days=1)
