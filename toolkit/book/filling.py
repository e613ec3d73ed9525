"""Text for blank cells of the team's tabs."""

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
    """Text for one blank cell of a team's tab.

    Args:
        tab: the tab's name as the team wrote it.
        row: of the cell as it was read, counted from 0.
        column: of the cell, counted from 0.
        text: the cell's new text.
        beside: the whole row as it was read, by which it is found again wherever it was moved.
    """

    tab: str
    row: int
    column: int
    text: str
    beside: Row

    @property
    def cell(self) -> str:
        """The address of the cell, such as A7."""
        return address(self.row, self.column)

    @property
    def place(self) -> str:
        """The cell as people write it, such as Clients!A7."""
        return f"{self.tab}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Filled:
    """The outcome of some fillings.

    Args:
        done: those whose cell says it now, with its row by then.
        left: those whose cell was left as it was, each with the reason.
    """

    done: tuple[Filling, ...] = ()
    left: tuple[tuple[Filling, str], ...] = ()

    def without(self, why_not: Callable[[Filling], str]) -> "Filled":
        """Return the same without those that have a reason not to."""
        reasons = [(filling, why_not(filling)) for filling in self.done]
        left = [(filling, reason) for filling, reason in reasons if reason]
        return Filled(tuple(filling for filling, reason in reasons if not reason), (*self.left, *left))


def found_again(fillings: Iterable[Filling], tabs: Tabs) -> Filled:
    """Return the fillings that are still possible, at their rows by now.

    A cell is left where it is not blank, where no row or more than one says what its row said, and where another row of
    its column says the same already.
    """
    planned = Filled(tuple(fillings))
    places = {(filling.tab, filling.column) for filling in planned.done}
    now = {(tab, column): _ColumnNow(tabs.get(tab, ()), column) for tab, column in places}
    free = planned.without(lambda filling: now[filling.tab, filling.column].why_not(filling))
    done = (replace(filling, row=now[filling.tab, filling.column].rows_of(filling)[0]) for filling in free.done)
    return replace(free, done=tuple(done))


def put_in(tabs: Tabs, fillings: Iterable[Filling]) -> dict[str, Grid]:
    """Return the tabs with these cells filled."""
    filled: dict[str, Grid] = dict(tabs)
    for filling in fillings:
        grid = list(filled[filling.tab])
        row = [*grid[filling.row], *[""] * (filling.column + 1 - len(grid[filling.row]))]
        grid[filling.row] = [*row[: filling.column], filling.text, *row[filling.column + 1 :]]
        filled[filling.tab] = grid
    return filled


@dataclass(frozen=True)
class _ColumnNow:
    """A column that is filled, in its tab as it is now."""

    grid: Grid
    column: int

    def why_not(self, filling: Filling) -> str:
        """Return why a cell is left as it is, or ""."""
        rows = self.rows_of(filling)
        if not is_blank(cell_in(filling.beside, self.column)):
            return FULL
        if len(rows) != 1:
            return ALIKE if rows else GONE
        return TAKEN if filling.text in self._texts else ""

    def rows_of(self, filling: Filling) -> Sequence[int]:
        """Return the rows that say what its row said."""
        return self._rows.get(without_blank_end(filling.beside), ())

    @cached_property
    def _rows(self) -> Mapping[Row, Sequence[int]]:
        rows: dict[Row, list[int]] = {}
        for at, row in enumerate(self.grid):
            rows.setdefault(without_blank_end(row), []).append(at)
        return rows

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(shown(cell_in(row, self.column)) for row in self.grid)


def cell_in(row: Sequence[Cell], column: int) -> Cell:
    """Return one cell of a row, blank beyond its end."""
    return row[column] if column < len(row) else None


def without_blank_end(row: Sequence[Cell]) -> Row:
    """Return a row without the blanks at its end."""
    # Google cuts empty cells off the end of a row, openpyxl pads rows to the widest, and .csv keeps what was typed.
    cells = ["" if cell is None else cell for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    return tuple(cells)
