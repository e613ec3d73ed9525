"""The shape in which every workbook hands its cells to the book and takes our tabs back."""

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
"""People put rows above the headings; further down nobody looks for them."""


@dataclass(frozen=True, slots=True)
class Link:
    """A value of our own tabs that leads to a cell, such as Clients!F4."""

    words: str
    tab: str
    cell: str


class Share(Decimal):
    """A part of a whole in our own tabs: the number is 0.05, and 5 % is shown where a workbook can show it."""


OwnCell: TypeAlias = Cell | Decimal | Link
"""What our tabs may hold; money and shares are Decimal."""


@dataclass(frozen=True, slots=True)
class OwnTab:
    """One tab that we own, whole: it replaces what stood there.

    Args:
        name: the tab's name.
        headings: row 1.
        rows: the rows below; each as long as headings.
        is_ours: whether it is guarded against edits; a tab that we lay for the team is not.
        grows: whether other computers may add rows to it at any moment, which then stay.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[OwnCell, ...], ...]
    is_ours: bool = True
    grows: bool = False


def likeliest_row(grid: Sequence[Sequence[Any]], score: Callable[[Sequence[Any]], float]) -> int:
    """The row among the first ten that scores most, counted from 0: where headings stand."""
    scores = [score(row) for row in grid[:HEADING_ROWS]]
    return scores.index(max(scores)) if scores else 0


def letters_of(column: int) -> str:
    """The column letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def column_of(letters: str) -> int:
    """The column of its letters, counted from 0: A is 0, AA is 26; without letters it is -1."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def address(row: int, column: int) -> str:
    """The address of a cell, both counted from 0: (3, 5) is F4."""
    return f"{letters_of(column)}{row + 1}"


def place_of(written: str) -> tuple[int, int]:
    """The row and the column of an address, both counted from 0: F4 is (3, 5)."""
    letters = written.rstrip("0123456789")
    return int(written[len(letters) :]) - 1, column_of(letters)
