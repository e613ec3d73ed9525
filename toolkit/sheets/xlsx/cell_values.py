"""What a cell of an .xlsx file can hold: data stays data."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from toolkit.book.grid import OwnCell, Share
from toolkit.sheets import layout

MOST_CHARACTERS_IN_EXCEL: Final = 32_767
"""Of one cell, counted in UTF-16 as Excel does."""

FIRST_YEAR_IN_EXCEL: Final = 1901
"""Excel's calendar has no days before 1900 and a wrong one in it."""

SHORT: Final = 1_000
"""Most cells are short and plain, and are not looked at closely."""

NOT_IN_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
AS_TYPED: Final = ("=", "+", "-", "@", "'")
"""Starts of text that Excel would take for something else if somebody edited the cell without its quote mark."""


def kept(text: str) -> str:
    """Text as the file can hold it: at most 32,767 characters, control characters as �, no escapes by accident."""
    if text.isascii() and text.isprintable() and len(text) < SHORT and "_x" not in text:
        return text
    return _cut(ESCAPE_LIKE.sub("_x005F_", shown(text)))


def shown(text: str) -> str:
    """Text as it is read back: line ends as one character, and � for each character that XML cannot hold."""
    return NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS_IN_EXCEL // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS_IN_EXCEL:
        return text
    return units[: 2 * (MOST_CHARACTERS_IN_EXCEL - 1)].decode("utf-16-le", "ignore") + "…"


def fits(value: OwnCell) -> bool:
    """Whether a value that is no text can stand in a cell as what it is."""
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


def format_of(value: object, laid: str) -> str:
    """How a number or a day looks where its column has the format `laid`."""
    if laid not in (layout.PLAIN, layout.AS_TEXT):
        return laid
    if isinstance(value, datetime):
        return layout.MOMENT
    if isinstance(value, Decimal):
        return layout.EXACT_SHARE if isinstance(value, Share) else layout.EXACT
    return layout.DAY if isinstance(value, date) else layout.PLAIN
