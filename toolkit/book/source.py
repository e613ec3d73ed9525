"""Where a field's cells stand, so that a problem names the cell that the team must mend."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from toolkit.book.grid import Cell, Grid, address
from toolkit.book.i18n import Lexicon, plain
from toolkit.book.parse.cells import is_blank, is_error

_DIGIT: Final = re.compile(r"\d")


class Spot(NamedTuple):
    """One cell as problems name it; the cell is "" where the fault stands in no cell."""

    tab: str
    cell: str
    heading: str


@dataclass(frozen=True, slots=True)
class Source:
    """One column, and which of its rows belongs to which row of the tab that is read.

    Args:
        tab: the team's name for the tab.
        letters: the column's letters; "" where the values stand in no cell.
        heading: as the team wrote it.
        rows: for each row of the tab that is read the row of this column, both counted from 0, -1 where there is none;
            None where they are the same.
        otherwise: the source to name for rows that have none here.
    """

    tab: str
    letters: str
    heading: str
    rows: Sequence[int] | None = None
    otherwise: "Source | None" = None

    def spot(self, row: int) -> Spot:
        """The cell for a row of the tab that is read, counted from 1."""
        if self.rows is None:
            return Spot(self.tab, f"{self.letters}{row}" if self.letters else "", self.heading)
        there = self.rows[row - 1]
        if there < 0 and self.otherwise is not None:
            return self.otherwise.spot(row)
        return Spot(self.tab, f"{self.letters}{there + 1}", self.heading)


@dataclass(frozen=True)
class Joined:
    """What a mapping brings beside the plain columns of a tab.

    Args:
        cells: field to one cell for each row of the grid, the heading row too.
        sources: field to where these cells stand.
        lost: rows, counted from 1, with the fields that no join found; why is told among the problems.
    """

    cells: Mapping[str, Sequence[Cell]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    lost: Mapping[int, frozenset[str]] = field(default_factory=dict)


def total_words(lexicon: Lexicon) -> frozenset[str]:
    """What stands before a sum under the data, in every language, plain."""
    said = {plain(words.say("letter", "total")) for words in lexicon.languages.values()}
    return frozenset(said | {"total", "grand total", "sum"})


def total_rows(grid: Grid, top: int, lexicon: Lexicon) -> dict[int, str]:
    """Rows below the headings that begin with the word Total, counted from 1, with the cell that says so."""
    words = total_words(lexicon)
    starts = tuple({word.split()[0] for word in words})
    rows = (row for row in range(top + 1, len(grid)) if _may_be_total(grid[row], starts))
    found = ((row + 1, total_cell(row, grid[row], words)) for row in rows)
    return {row: cell for row, cell in found if cell}


def _may_be_total(cells: Sequence[Cell], starts: tuple[str, ...]) -> bool:
    """Whether it is worth a closer look: most rows begin with a number, or with other words."""
    first = cells[0] if cells else None
    if isinstance(first, str):
        return not first or first.isspace() or first.lstrip().casefold().startswith(starts)
    return first is None


def total_cell(row: int, cells: Sequence[Cell], words: Container[str]) -> str:
    """The address of a row's first filled cell where that says Total; "" where it says anything else.

    A number may follow, as in "Total: 6 clients", where the row has no other words: Total Energies is no total.

    Args:
        row: counted from 0.
        cells: its cells.
        words: what says Total, plain.
    """
    first = next((place for place, cell in enumerate(cells) if not is_blank(cell)), None)
    if first is None or not isinstance(cells[first], str):
        return ""
    said = plain(str(cells[first]))
    is_total = said in words or (_before_number(said) in words and not any(map(_has_words, cells[first + 1 :])))
    return address(row, first) if is_total else ""


def _before_number(said: str) -> str:
    """What stands before the first digit; "" where there is none."""
    digit = _DIGIT.search(said)
    return said[: digit.start()].rstrip(" :=(-–—") if digit else ""


def _has_words(cell: Cell) -> bool:
    return isinstance(cell, str) and not is_error(cell) and any(map(str.isalpha, cell))
