"""How the workbooks that we make look, in the words of openpyxl."""

from typing import Final, cast

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.sheets.xlsx import measures

TEXT: Final = Font(name=measures.FONT, size=measures.SIZE)
OURS: Final = Font(name=measures.FONT, size=measures.SIZE, italic=True, color=measures.GREY)
HEADING: Final = Font(name=measures.FONT, size=measures.SIZE, bold=True, color=measures.WHITE)
TOP: Final = Alignment(vertical="top")
NUMBER: Final = Alignment(vertical="top", horizontal="right", indent=1)
WRAPPED: Final = Alignment(vertical="top", wrap_text=True)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell of a tab without merged cells, both counted from 1."""
    return cast("Cell", sheet.cell(row=row, column=column))


def dress_heading(cell: Cell, *, ours: bool) -> None:
    """White and bold on grey where the column is ours, on green where it is the team's."""
    cell.font = HEADING
    cell.fill = PatternFill("solid", start_color=measures.GREY if ours else measures.GREEN)
    cell.alignment = Alignment(vertical="center")


def dress_tab(sheet: Worksheet, columns: int, rows: int) -> None:
    """Freeze row 1, put filters on it, and print the width of one page; `rows` counts those below row 1."""
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = measures.HEADING_HEIGHT
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


def make_room(sheet: Worksheet, row: int, words: str, width: float) -> None:
    """Make a row high enough for words that wrap."""
    if measures.wraps(words):
        whole = sheet.row_dimensions[row]
        whole.height = max(whole.height or 0, measures.height_for(words, width))
