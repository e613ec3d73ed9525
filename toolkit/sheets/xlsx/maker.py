"""New workbooks, made with openpyxl."""

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, cast

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.book import Cell, OwnCell
from toolkit.errors import WorkbookUnsafe
from toolkit.sheets import layout
from toolkit.sheets.files import put_all
from toolkit.sheets.layout import cell_text
from toolkit.sheets.new_tab import Kind, NewColumn, NewTab, typed
from toolkit.sheets.xlsx.cell_values import AS_TYPED, fits, format_of, kept

SPARE_ROWS_IN_EXCEL: Final = 500
"""Blank rows that get look-ups too, for clients to come."""

LAST_CHOICE_ROW: Final = 5000
LONGEST_LIST: Final = 255
"""Characters of a drop-down's list in a formula; Excel calls a file with more of them damaged."""

FORMATS_IN_EXCEL: Final[dict[Kind, str]] = {
    "text": layout.AS_TEXT,
    "number": layout.PLAIN,
    "date": layout.DAY,
    "share": layout.SHARE,
    "money": layout.MONEY,
}


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
    """Return the formula for a column of Standing, from 1.

    INDIRECT names the tab by its text: a plain reference becomes #REF! for good when somebody deletes the tab.
    """
    tab = standing if standing.isidentifier() else layout.quoted(standing)
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
            _lay_look_ups(sheet, place, column, standing, len(values) + SPARE_ROWS_IN_EXCEL)
        if column.choices:
            sheet.add_data_validation(_drop_down(place, column.choices))
    dress_tab(sheet, len(tab.columns), len(tab.rows))
    if tab.ours:
        protect(sheet)


def _lay_heading(sheet: Worksheet, place: int, column: NewColumn, *, ours: bool) -> None:
    cell = cell_at(sheet, 1, place)
    cell.value = kept(column.heading)
    cell.data_type = "s"
    dress_heading(cell, ours=ours)


def _lay_column(sheet: Worksheet, place: int, column: NewColumn, values: list[Cell]) -> None:
    whole = sheet.column_dimensions[get_column_letter(place)]
    whole.width = column.width or _width(column, values)
    whole.font, whole.number_format = TEXT_FONT, FORMATS_IN_EXCEL[column.kind]
    for row, value in enumerate(values, start=2):
        cell = cell_at(sheet, row, place)
        cell.number_format = _format_for(value, column.kind)
        put_value(cell, value)
        make_room(sheet, row, cell_text(value), whole.width)


def _width(column: NewColumn, values: list[Cell]) -> float:
    longest = max((layout.longest_line(cell_text(value)) for value in values), default=0)
    return max(layout.width_for(column.heading, longest), layout.LEAST_WIDTHS.get(column.kind, 0))


def _format_for(value: Cell, kind: Kind) -> str:
    if isinstance(value, bool):
        return layout.PLAIN
    if isinstance(value, int | float):
        whole = kind == "share" and (value * 100) == round(value * 100)
        return layout.PLAIN if kind == "text" else layout.WHOLE_SHARE if whole else FORMATS_IN_EXCEL[kind]
    return FORMATS_IN_EXCEL[kind]


def _lay_look_ups(sheet: Worksheet, place: int, column: NewColumn, standing: str, rows: int) -> None:
    for row in range(2, rows + 2):
        cell = cell_at(sheet, row, place)
        cell.value = look_up(row, column.lookup or 1, standing)
        cell.font, cell.alignment = OUR_FONT, TOP if column.kind == "text" else RIGHT
        cell.number_format = layout.PLAIN if column.kind == "text" else FORMATS_IN_EXCEL[column.kind]


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


def put_value(cell: XlsxCell, value: OwnCell | Decimal) -> None:
    """Put a value into a cell as what it is."""
    cell.font, cell.alignment = TEXT_FONT, TOP
    if isinstance(value, str) or not fits(value):
        put_text(cell, cell_text(value))
        return
    number_format = format_of(value, cell.number_format)
    cell.value, cell.number_format = value, number_format  # type: ignore[assignment]  # no link stands in a new tab
    cell.alignment = TOP if isinstance(value, bool) else RIGHT


def put_text(cell: XlsxCell, text: str) -> None:
    """Put text into a cell as text.

    openpyxl 3.1.5 makes a formula of a string that starts with = unless its type is set after the value.
    """
    cell.value = kept(text) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(AS_TYPED)
        cell.alignment = WRAPPED if layout.wraps(text) else TOP


TEXT_FONT: Final = Font(name=layout.FONT, size=layout.SIZE)
OUR_FONT: Final = Font(name=layout.FONT, size=layout.SIZE, italic=True, color=layout.GREY)
HEADING_FONT: Final = Font(name=layout.FONT, size=layout.SIZE, bold=True, color=layout.WHITE)
TOP: Final = Alignment(vertical="top")
RIGHT: Final = Alignment(vertical="top", horizontal="right", indent=1)
WRAPPED: Final = Alignment(vertical="top", wrap_text=True)


def cell_at(sheet: Worksheet, row: int, column: int) -> XlsxCell:
    """Return a cell, row and column counted from 1."""
    return cast("XlsxCell", sheet.cell(row=row, column=column))


def dress_heading(cell: XlsxCell, *, ours: bool) -> None:
    """Make a heading white on green, or on grey for ours."""
    cell.font = HEADING_FONT
    cell.fill = PatternFill("solid", start_color=layout.GREY if ours else layout.GREEN)
    cell.alignment = Alignment(vertical="center")


def dress_tab(sheet: Worksheet, columns: int, rows: int) -> None:
    """Freeze and filter row 1, and print one page wide."""
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = layout.HEADING_HEIGHT
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(columns, 1))}{rows + 1}"


def protect(sheet: Worksheet) -> None:
    """Protect a tab without a password, as a warning.

    Sorting, filtering and widths stay free.
    """
    guard = sheet.protection
    guard.sort = guard.autoFilter = guard.formatColumns = guard.formatRows = guard.formatCells = False
    guard.enable()


def make_room(sheet: Worksheet, row: int, words: str, width: float) -> None:
    """Make a row high enough for words that wrap."""
    if layout.wraps(words):
        whole = sheet.row_dimensions[row]
        whole.height = max(whole.height or 0, layout.height_for(words, width))
