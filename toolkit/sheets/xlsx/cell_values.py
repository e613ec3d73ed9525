"""Values as a cell of an .xlsx file can hold them."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from toolkit.book import OwnCell, Share
from toolkit.sheets import layout

MOST_CHARACTERS_IN_EXCEL: Final = 32_767
"""Characters of one cell; Excel counts in UTF-16, and openpyxl 3.1.5 cuts longer text without a word."""

FIRST_YEAR_IN_EXCEL: Final = 1901
"""Excel's calendar has no days before 1900, and in it a 29 February that never was."""

SHORT_TEXT: Final = 1_000
"""Length below which plain text is taken as it is, since nearly all cells are short."""

NOT_IN_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
AS_TYPED: Final = ("=", "+", "-", "@", "'")
"""Starts of text that Excel would make a formula when somebody edits the cell, unless it has a quotePrefix."""


def kept(text: str) -> str:
    """Return text as the file can hold it.

    XML holds no control characters, and Excel reads _x0041_ as an escape for A (ECMA-376, ST_Xstring), so its first
    underscore is escaped.
    """
    if text.isascii() and text.isprintable() and len(text) < SHORT_TEXT and "_x" not in text:
        return text
    return _cut(ESCAPE_LIKE.sub("_x005F_", shown(text)))


def shown(text: str) -> str:
    """Return text with � for characters that XML cannot hold."""
    return NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS_IN_EXCEL // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS_IN_EXCEL:
        return text
    return units[: 2 * (MOST_CHARACTERS_IN_EXCEL - 1)].decode("utf-16-le", "ignore") + "…"


def fits(value: OwnCell) -> bool:
    """Return True if a cell can hold a value as such."""
    match value:
        case datetime():
            return value.year >= FIRST_YEAR_IN_EXCEL and value.tzinfo is None
        case date():
            return value.year >= FIRST_YEAR_IN_EXCEL
        case int():
            return abs(value) < layout.MOST_WHOLE
        case float() | Decimal():
            return math.isfinite(value) and abs(float(value)) < layout.MOST_WHOLE
        case _:
            return value is None


def format_of(value: object, column_format: str) -> str:
    """Return the format of a value in a column."""
    if column_format not in (layout.PLAIN, layout.AS_TEXT):
        return column_format
    if isinstance(value, datetime):
        return layout.MOMENT
    if isinstance(value, Decimal):
        return layout.EXACT_SHARE if isinstance(value, Share) else layout.EXACT
    return layout.DAY if isinstance(value, date) else layout.PLAIN
