"""How our tabs and the workbooks that we make look."""

import math
from typing import Final, cast

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

GREEN: Final = "0B5D57"
GREY: Final = "5A616B"
FONT: Final = "Calibri"
TEXT: Final = Font(name=FONT, size=11)
OURS: Final = Font(name=FONT, size=11, italic=True, color=GREY)
LINK: Final = Font(name=FONT, size=11, underline="single", color="0563C1")
HEADING: Final = Font(name=FONT, size=11, bold=True, color="FFFFFF")
TOP: Final = Alignment(vertical="top")
NUMBER: Final = Alignment(vertical="top", horizontal="right", indent=1)
WRAPPED: Final = Alignment(vertical="top", wrap_text=True)
NARROWEST: Final = 9
WIDEST: Final = 48
LINE: Final = 15
MOST_LINES: Final = 12

DAY: Final = "yyyy-mm-dd"
MOMENT: Final = "yyyy-mm-dd hh:mm"
MONEY: Final = "#,##0.00"
EXACT: Final = "#,##0.00##"
PLAIN: Final = "General"
AS_TEXT: Final = "@"
WHOLE_SHARE: Final = "0%"
SHARE: Final = "0.0%"


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell of a tab without merged cells, both counted from 1."""
    return cast("Cell", sheet.cell(row=row, column=column))


def dress_heading(cell: Cell, *, ours: bool) -> None:
    """White and bold on grey where the column is ours, on green where it is the team's."""
    cell.font = HEADING
    cell.fill = PatternFill("solid", start_color=GREY if ours else GREEN)
    cell.alignment = Alignment(vertical="center")


def dress_tab(sheet: Worksheet, columns: int, rows: int) -> None:
    """Freeze row 1, put filters on it, and print the width of one page; `rows` counts those below row 1."""
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 22
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(columns, 1))}{rows + 1}"


def protect(sheet: Worksheet) -> None:
    """Warn who types here: no password; sorting, filtering and widths stay free."""
    guard = sheet.protection
    guard.sort = guard.autoFilter = guard.formatColumns = guard.formatRows = guard.formatCells = False
    guard.enable()


def width_for(heading: str, words: list[str]) -> float:
    """A width in characters that shows the heading with its filter arrow and most of what stands below."""
    longest = max((len(line) for cell in words for line in cell.splitlines()), default=0)
    return min(max(len(heading) + 4, longest + 2, NARROWEST), WIDEST)


def make_room(sheet: Worksheet, row: int, words: str, width: float) -> None:
    """Make a row high enough for words that wrap, up to twelve lines; LibreOffice does not do it by itself."""
    if wraps(words):
        lines = sum(max(math.ceil(len(line) / width), 1) for line in words.splitlines())
        whole = sheet.row_dimensions[row]
        whole.height = max(whole.height or 0, LINE * min(lines, MOST_LINES))


def wraps(words: str) -> bool:
    """Whether words take more than one line of the widest column."""
    return "\n" in words or len(words) > WIDEST
