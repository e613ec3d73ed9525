"""Values of ours as cells of an .xlsx file: data stays data."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from openpyxl.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink

from toolkit.book.grid import Link, OwnCell
from toolkit.sheets.csv_text import words_of
from toolkit.sheets.xlsx import looks

MOST_CHARACTERS: Final = 32_767
"""Of one cell, counted in UTF-16 as Excel does."""

MOST_DIGITS: Final = 10**15
"""Beyond it Excel rounds whole numbers."""

FIRST_YEAR: Final = 1901
"""Excel's calendar has no days before 1900 and a wrong one in it."""

NOT_IN_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def lay(cell: Cell, value: OwnCell | Decimal) -> None:
    """Put a value into a cell: text never becomes a formula, a link leads to its cell, a day is a real day."""
    cell.font, cell.alignment = looks.TEXT, looks.TOP
    match value:
        case Link():
            _lay_link(cell, value)
        case str():
            lay_text(cell, value)
        case _ if _fits(value):
            number_format = _format_of(value, cell.number_format)
            cell.value, cell.number_format = value, number_format
            cell.alignment = looks.TOP if isinstance(value, bool) else looks.NUMBER
        case _:
            lay_text(cell, words_of(value))


def lay_text(cell: Cell, text: str) -> None:
    """Put text into a cell as text, whatever it looks like."""
    cell.value = kept(text) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@", "'"))
        cell.alignment = looks.WRAPPED if looks.wraps(text) else looks.TOP


def kept(text: str) -> str:
    """Text as the file can hold it: at most 32,767 characters, no control characters, no escapes by accident."""
    plain = NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _cut(ESCAPE_LIKE.sub("_x005F_", plain))


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def _lay_link(cell: Cell, link: Link) -> None:
    lay_text(cell, link.words)
    tab = link.tab.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{tab}'!{link.cell or 'A1'}")
    cell.font = looks.LINK


def _fits(value: OwnCell | Decimal) -> bool:
    match value:
        case datetime():
            return value.year >= FIRST_YEAR and value.tzinfo is None
        case date():
            return value.year >= FIRST_YEAR
        case int():
            return abs(value) < MOST_DIGITS
        case float() | Decimal():
            return math.isfinite(value) and abs(float(value)) < MOST_DIGITS
        case _:
            return True


def _format_of(value: object, laid: str) -> str:
    if laid not in (looks.PLAIN, looks.AS_TEXT):
        return laid
    if isinstance(value, datetime):
        return looks.MOMENT
    if isinstance(value, Decimal):
        return looks.EXACT
    return looks.DAY if isinstance(value, date) else looks.PLAIN
