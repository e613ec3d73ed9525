"""Ranges in A1 notation, as Google reads and writes them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

CORNER: Final = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d+)?")
PLAIN_TITLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LIKE_A_CELL: Final = re.compile(r"[A-Za-z]{1,3}\d{1,7}|[Rr]\d*[Cc]\d*")


@dataclass(frozen=True)
class Area:
    """Cells of a tab: half-open, from 0; an end of None is open."""

    title: str
    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None
    one_cell: bool = False

    def within(self, rows: int, columns: int) -> "Area":
        """The part that lies inside a grid of this size."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Area(self.title, self.top, self.left, bottom, right, self.one_cell)

    def closed(self) -> tuple[int, int, int, int]:
        """Top, left, bottom, right of an area without open ends."""
        return self.top, self.left, -1 if self.bottom is None else self.bottom, -1 if self.right is None else self.right


def read_range(text: str, titles: Iterable[str]) -> Area | None:
    """The area that a text names, None where it names none."""
    names = list(titles)
    whole = unquoted(text)
    if whole in names:
        return Area(whole)
    title, bang, cells = text.rpartition("!")
    name = unquoted(title) if bang else next(iter(names), "")
    return read_cells(cells, name) if name in names else None


def read_cells(text: str, title: str) -> Area | None:
    """`B2`, `A1:C`, `A:A`, `2:2` and so on, on one tab."""
    first, colon, second = text.partition(":")
    start, end = corner(first), corner(second if colon else first)
    if start is None or end is None:
        return None
    (top, left), (bottom, right) = start, end
    if not colon and (top is None or left is None):
        return None
    top, bottom = _ordered(top, bottom)
    left, right = _ordered(left, right)
    return Area(title, top or 0, left or 0, _after(bottom), _after(right), not colon)


def corner(text: str) -> tuple[int | None, int | None] | None:
    """Row and column of one end, either may be missing."""
    found = CORNER.fullmatch(text.strip())
    if not text or not found:
        return None
    letters, digits = found.groups()
    return (int(digits) - 1 if digits else None), (column_number(letters) if letters else None)


def column_number(letters: str) -> int:
    """A is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 is A."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def write_range(title: str, top: int, left: int, bottom: int, right: int) -> str:
    """The way Google writes a range in its answers."""
    first = f"{column_letters(left)}{top + 1}"
    last = f"{column_letters(right - 1)}{bottom}"
    return f"{quoted(title)}!{first}" + ("" if last == first else f":{last}")


def quoted(title: str) -> str:
    plain = PLAIN_TITLE.fullmatch(title) and not LIKE_A_CELL.fullmatch(title)
    return title if plain else "'" + title.replace("'", "''") + "'"


def unquoted(title: str) -> str:
    return title[1:-1].replace("''", "'") if len(title) > 1 and title[0] == title[-1] == "'" else title


def _ordered(one: int | None, two: int | None) -> tuple[int | None, int | None]:
    return (two, one) if one is not None and two is not None and two < one else (one, two)


def _after(last: int | None) -> int | None:
    return None if last is None else last + 1
