"""Colours, formats, widths and heights of our tabs: plain values, for the maker and the patcher alike."""

import math
from typing import Final

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


def width_for(heading: str, longest: int) -> float:
    """A width in characters that shows the heading with its filter arrow and most of the longest line below."""
    return min(max(len(heading) + 4, longest + 2, NARROWEST), WIDEST)


def longest_line(words: str) -> int:
    """How many characters the longest line of some words has."""
    if "\n" not in words:
        return len(words)
    return max(map(len, words.splitlines()))


def wraps(words: str) -> bool:
    """Whether words take more than one line of the widest column."""
    return "\n" in words or len(words) > WIDEST


def height_for(words: str, width: float) -> float:
    """The height in points that words which wrap need, up to twelve lines; LibreOffice does not find it by itself."""
    lines = sum(max(math.ceil(len(line) / width), 1) for line in words.splitlines())
    return LINE * min(lines, MOST_LINES)
