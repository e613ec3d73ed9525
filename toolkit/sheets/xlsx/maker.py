"""Making a new workbook with openpyxl, for `init`."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.book.grid import Cell
from toolkit.errors import WorkbookUnsafe
from toolkit.sheets.csv_text import words_of
from toolkit.sheets.new_tab import Kind, NewColumn, NewTab, typed
from toolkit.sheets.placing import put_all
from toolkit.sheets.xlsx import looks, measures
from toolkit.sheets.xlsx.cell_values import kept
from toolkit.sheets.xlsx.values import lay

SPARE_ROWS: Final = 500
"""Blank rows that get look-ups too, for clients to come."""

LAST_CHOICE_ROW: Final = 5000
LONGEST_LIST: Final = 255

FORMATS: Final[dict[Kind, str]] = {
    "text": measures.AS_TEXT,
    "number": measures.PLAIN,
    "date": measures.DAY,
    "share": measures.SHARE,
    "money": measures.MONEY,
}

ROOM: Final[dict[Kind, int]] = {"date": 13, "money": 16}
"""The least width that shows what will stand there."""


def make_workbook(path: Path, tabs: Sequence[NewTab], standing: str = "Standing") -> None:
    """Make a new .xlsx file with these tabs.

    Args:
        path: where; its folder must be there.
        tabs: at least one, in their order.
        standing: the name of the tab that look-up columns read.

    Raises:
        WorkbookUnsafe: the file is there already.
        WorkbookBusy: the folder cannot be written.
        ValueError: choices do not fit into a drop-down.
    """
    if path.exists():
        raise _there_already(path)
    book = Workbook()
    book.remove(book.worksheets[0])
    for tab in tabs:
        _lay_tab(book.create_sheet(tab.name), tab, standing)
    file = io.BytesIO()
    book.save(file)
    put_all({path: file.getvalue()})


def look_up(row: int, column: int, standing: str) -> str:
    """The formula that shows a column (from 1) of the Standing tab beside the client in column A of this row."""
    tab = standing if standing.isidentifier() else "'" + standing.replace("'", "''") + "'"
    return f'=IFERROR(VLOOKUP($A{row}&"",INDIRECT("{tab}!A:Z"),{column},FALSE),"")'


def _there_already(path: Path) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{path.name} is there already",
        why="a new workbook never takes the place of another",
        next_step="choose another folder, or move the old file away",
    )


def _lay_tab(sheet: Worksheet, tab: NewTab, standing: str) -> None:
    for place, column in enumerate(tab.columns, start=1):
        values = [typed(row[place - 1], column.kind) if place <= len(row) else None for row in tab.rows]
        _lay_heading(sheet, place, column, ours=tab.ours or column.ours)
        _lay_column(sheet, place, column, [] if column.lookup else values)
        if column.lookup:
            _lay_look_ups(sheet, place, column, standing, len(values) + SPARE_ROWS)
        if column.choices:
            sheet.add_data_validation(_drop_down(place, column.choices))
    looks.dress_tab(sheet, len(tab.columns), len(tab.rows))
    if tab.ours:
        looks.protect(sheet)


def _lay_heading(sheet: Worksheet, place: int, column: NewColumn, *, ours: bool) -> None:
    cell = looks.cell_at(sheet, 1, place)
    cell.value = kept(column.heading)
    cell.data_type = "s"
    looks.dress_heading(cell, ours=ours)


def _lay_column(sheet: Worksheet, place: int, column: NewColumn, values: list[Cell]) -> None:
    whole = sheet.column_dimensions[get_column_letter(place)]
    whole.width = column.width or _width(column, values)
    whole.font, whole.number_format = looks.TEXT, FORMATS[column.kind]
    for row, value in enumerate(values, start=2):
        cell = looks.cell_at(sheet, row, place)
        cell.number_format = _format_for(value, column.kind)
        lay(cell, value)
        looks.make_room(sheet, row, words_of(value), whole.width)


def _width(column: NewColumn, values: list[Cell]) -> float:
    longest = max((measures.longest_line(words_of(value)) for value in values), default=0)
    return max(measures.width_for(column.heading, longest), ROOM.get(column.kind, 0))


def _format_for(value: Cell, kind: Kind) -> str:
    if isinstance(value, bool):
        return measures.PLAIN
    if isinstance(value, int | float):
        whole = kind == "share" and (value * 100) == round(value * 100)
        return measures.PLAIN if kind == "text" else measures.WHOLE_SHARE if whole else FORMATS[kind]
    return FORMATS[kind]


def _lay_look_ups(sheet: Worksheet, place: int, column: NewColumn, standing: str, rows: int) -> None:
    for row in range(2, rows + 2):
        cell = looks.cell_at(sheet, row, place)
        cell.value = look_up(row, column.lookup or 1, standing)
        cell.font, cell.alignment = looks.OURS, looks.TOP if column.kind == "text" else looks.NUMBER
        cell.number_format = measures.PLAIN if column.kind == "text" else FORMATS[column.kind]


def _drop_down(place: int, choices: tuple[str, ...]) -> DataValidation:
    words = ",".join(choice.replace('"', '""') for choice in choices)
    if len(words) > LONGEST_LIST or any("," in choice for choice in choices):
        raise ValueError(f"these choices do not fit into a drop-down: {words}")
    column = get_column_letter(place)
    return DataValidation(
        type="list",
        formula1=f'"{words}"',
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        sqref=f"{column}2:{column}{LAST_CHOICE_ROW}",
    )
