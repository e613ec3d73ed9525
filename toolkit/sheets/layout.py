"""Looks, sizes and limits shared by all workbooks."""

import math
from datetime import datetime
from decimal import Decimal
from typing import Final

from toolkit.book import Link, OwnCell
from toolkit.sheets.new_tab import Kind

GREEN: Final = "0B5D57"
GREY: Final = "5A616B"
BLUE: Final = "0563C1"
WHITE: Final = "FFFFFF"
FONT: Final = "Calibri"
SIZE: Final = 11
NARROWEST: Final = 9
WIDEST: Final = 48
LINE: Final = 15
MOST_LINES: Final = 12
HEADING_HEIGHT: Final = 22

DAY: Final = "yyyy-mm-dd"
MOMENT: Final = "yyyy-mm-dd hh:mm"
MONEY: Final = "#,##0.00"
EXACT: Final = "#,##0.00##"
PLAIN: Final = "General"
AS_TEXT: Final = "@"
WHOLE_SHARE: Final = "0%"
SHARE: Final = "0.0%"
EXACT_SHARE: Final = "0.0#%"

LEAST_WIDTHS: Final[dict[Kind, int]] = {"date": 13, "money": 16}
"""The least width in characters that shows what will stand in a column of a kind."""

MOST_CELLS: Final = 3_000_000
"""Filled cells of a workbook that is read."""

MOST_WHOLE: Final = 10**15
"""Excel and Google Sheets keep 15 digits and round longer whole numbers (Excel specifications and limits, 2026-11)."""

EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
"""Day 0 of a sheet's calendar, from 1 March 1900 on.

Lotus 1-2-3 took 1900 for a leap year, and Excel numbers its days alike (Microsoft, KB 214326).
"""


def width_for(heading: str, longest: int) -> float:
    """Return the width in characters of a column."""
    return min(max(len(heading) + 4, longest + 2, NARROWEST), WIDEST)


def longest_line(words: str) -> int:
    """Return the length of the longest line."""
    if "\n" not in words:
        return len(words)
    return max(map(len, words.splitlines()))


def wraps(words: str) -> bool:
    """Return True if words take more than one line."""
    return "\n" in words or len(words) > WIDEST


def height_for(words: str, width: float) -> float:
    """Return the height in points of words that wrap.

    LibreOffice does not fit the height of a row to its words when it opens a file.
    """
    lines = sum(max(math.ceil(len(line) / width), 1) for line in words.splitlines())
    return LINE * min(lines, MOST_LINES)


def quoted(tab: str) -> str:
    """Return a tab's name as in references, such as 'Juma''s'."""
    return "'" + tab.replace("'", "''") + "'"


def cell_text(cell: OwnCell | Decimal) -> str:
    """Return a cell as text, days as 2026-03-31."""
    match cell:
        case None:
            return ""
        case Link():
            return cell.words
        case bool():
            return "yes" if cell else "no"
        case Decimal():
            return format(cell, "f")
        case float() if cell.is_integer() and abs(cell) < MOST_WHOLE:
            return str(int(cell))
        case _:
            return str(cell)
