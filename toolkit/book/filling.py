"""Text for blank cells of the people's tabs: which cells they are, and where they stand when it is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeAlias

from toolkit.book.grid import Cell, Grid, Tabs, address
from toolkit.book.parse.cells import is_blank, shown

FULL: Final = "something stands in the cell"
GONE: Final = "no row says any more what this one said: it was filled, changed or taken out"
ALIKE: Final = "two rows say the same; is one person there twice?"
TAKEN: Final = "another row of the column says the same by now"
FORMULA: Final = "a formula stands in the cell"
MERGED: Final = "the cell is merged with others"

Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """Text for one blank cell of a people's tab.

    Args:
        tab: the tab's name as the team wrote it.
        row: of the cell as it was read, counted from 0.
        column: of the cell, counted from 0.
        text: what it shall say.
        beside: the whole row as it was read; by it the row is found again, wherever it was moved.
    """

    tab: str
    row: int
    column: int
    text: str
    beside: Row

    @property
    def cell(self) -> str:
        """The address of the cell: A7."""
        return address(self.row, self.column)

    @property
    def place(self) -> str:
        """The cell as people write it: Clients!A7."""
        return f"{self.tab}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of some fillings.

    Args:
        done: those whose cell says it now, with the row where that stands.
        left: those whose cell was left as it was, each with the reason.
    """

    done: tuple[Filling, ...] = ()
    left: tuple[tuple[Filling, str], ...] = ()

    def without(self, why_not: Callable[[Filling], str]) -> "Filled":
        """The same, but those are left for which `why_not` gives a reason; "" is none."""
        told = [(one, why_not(one)) for one in self.done]
        left = [(one, why) for one, why in told if why]
        return Filled(tuple(one for one, why in told if not why), (*self.left, *left))


def found_again(fillings: Iterable[Filling], tabs: Tabs) -> Filled:
    """What may be filled in tabs as they are now, each where its row stands now.

    A cell is left where it is not blank, where no row or more than one says what its row said, and where another row of
    its column says the same already.
    """
    asked = Filled(tuple(fillings))
    places = {(one.tab, one.column) for one in asked.done}
    now = {(tab, column): _Now(tabs.get(tab, ()), column) for tab, column in places}
    free = asked.without(lambda one: now[one.tab, one.column].why_not(one))
    return replace(free, done=tuple(replace(one, row=now[one.tab, one.column].rows_of(one)[0]) for one in free.done))


def put_in(tabs: Tabs, fillings: Iterable[Filling]) -> dict[str, Grid]:
    """The tabs with these cells filled."""
    filled: dict[str, Grid] = dict(tabs)
    for one in fillings:
        grid = list(filled[one.tab])
        row = [*grid[one.row], *[""] * (one.column + 1 - len(grid[one.row]))]
        grid[one.row] = [*row[: one.column], one.text, *row[one.column + 1 :]]
        filled[one.tab] = grid
    return filled


@dataclass(frozen=True)
class _Now:
    """A tab as it is now, and the column of it that is filled."""

    grid: Grid
    column: int

    def why_not(self, one: Filling) -> str:
        """Why a cell is left as it is; "" where it may be filled."""
        rows = self.rows_of(one)
        if not is_blank(cell_in(one.beside, self.column)):
            return FULL
        if len(rows) != 1:
            return ALIKE if rows else GONE
        return TAKEN if one.text in self._texts else ""

    def rows_of(self, one: Filling) -> Sequence[int]:
        """The rows that say what its row said."""
        return self._rows.get(said(one.beside), ())

    @cached_property
    def _rows(self) -> Mapping[Row, Sequence[int]]:
        found: dict[Row, list[int]] = {}
        for at, row in enumerate(self.grid):
            found.setdefault(said(row), []).append(at)
        return found

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(shown(cell_in(row, self.column)) for row in self.grid)


def cell_in(row: Sequence[Cell], column: int) -> Cell:
    """One cell of a row; blank beyond its end."""
    return row[column] if column < len(row) else None


def said(row: Sequence[Cell]) -> Row:
    """A row without the blanks behind, in which kinds of workbooks differ."""
    cells = ["" if cell is None else cell for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    return tuple(cells)
