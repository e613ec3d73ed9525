"""What a number format makes of a number: a number, a day, or a time of day."""

import re
from typing import Final, Literal, TypeAlias

Shown: TypeAlias = Literal["number", "day", "time"]

DAYS: Final = frozenset({14, 15, 16, 17, 22})
TIMES: Final = frozenset({*range(18, 22), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in formats (ECMA-376, 18.8.30); those of East Asia are read as days by some programs only."""

WORDS: Final = re.compile(r'"[^"]*"|[\\_*].')
ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
MARKS: Final = re.compile(r"\[[^\]]*\]")


def shown_by(number: int, code: str) -> Shown:
    """What the format of this number, written so, shows.

    Args:
        number: the format's number in the workbook.
        code: such as #,##0.00 or dd/mm/yyyy; "" for a built-in one.
    """
    if not code:
        return "day" if number in DAYS else "time" if number in TIMES else "number"
    bare = MARKS.sub("", ELAPSED.sub("h", WORDS.sub("", code))).casefold()
    if bare == "general" or not set(bare) & set("ymdhs"):
        return "number"
    return "day" if set(bare) & set("yd") and not ELAPSED.search(code) else "time"
