"""The cells of a workbook, and the tabs that we write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
"""One cell as its workbook stores it; None and "" are blank."""

Grid: TypeAlias = Sequence[Sequence[Cell]]
"""The rows of one tab from A1 on; row 1 is grid[0]. Rows may differ in length."""

Tabs: TypeAlias = Mapping[str, Grid]
"""Every tab of a workbook by its name, in the workbook's order."""

HEADING_ROWS: Final = 10
"""The rows in which headings are looked for, since people put titles and notes above them."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in our own tabs to a cell, such as Clients!F4."""

    words: str
    tab: str
    cell: str


class Share(Decimal):
    """A share in our own tabs, shown as percent where possible."""


OwnCell: TypeAlias = Cell | Decimal | Link
"""A cell of our own tabs. Money and shares are Decimal."""


@dataclass(frozen=True, slots=True)
class OwnTab:
    """One whole tab that we own, which replaces what stood there.

    Args:
        name: the tab's name.
        headings: row 1.
        rows: the rows below; each as long as headings.
        is_ours: True if it is protected against edits; a tab that we lay for the team is not.
        grows: True if other computers may append rows at any moment, which then stay.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[OwnCell, ...], ...]
    is_ours: bool = True
    grows: bool = False


def likeliest_row(grid: Sequence[Sequence[Any]], score: Callable[[Sequence[Any]], float]) -> int:
    """Return the first rows' place with the highest score."""
    scores = [score(row) for row in grid[:HEADING_ROWS]]
    return scores.index(max(scores)) if scores else 0


def letters_of(column: int) -> str:
    """Return the letters of a column, such as AA for 26."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def column_of(letters: str) -> int:
    """Return the column of its letters, such as 26 for AA."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def address(row: int, column: int) -> str:
    """Return a cell's address, such as F4 for (3, 5)."""
    return f"{letters_of(column)}{row + 1}"


def place_of(written: str) -> tuple[int, int]:
    """Return the row and column of an address, from 0."""
    letters = written.rstrip("0123456789")
    return int(written[len(letters) :]) - 1, column_of(letters)
