"""The columns of a team's own tabs, as adopt looks at them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from toolkit.book.adopt.synonyms import Concepts, all_known, concepts_of
from toolkit.book.grid import Cell, Grid, address, likeliest_row
from toolkit.book.i18n import plain
from toolkit.book.layout import total_cell, total_words
from toolkit.book.mapping import ColumnRef
from toolkit.book.parse.cells import CellParser, ParseContext, ParseError, is_blank, shown

MOST_CELLS: Final = 400
"""So many distinct cells of a column are tried."""

NEARLY_ALL: Final = 0.9
"""The part of a column's values that must stand in another for the one to be its key."""

LONGEST_HEADING: Final = 30
"""Longer texts are data."""


@dataclass(frozen=True)
class SourceColumn:
    """One column of theirs.

    Args:
        tab: the team's name of the tab.
        heading: as written.
        place: its column, counted from 0.
        top: the heading row, counted from 0.
        cells: each row and cell below the heading, without rows of totals.
    """

    tab: str
    heading: str
    place: int
    top: int
    cells: tuple[tuple[int, Cell], ...]

    @property
    def at(self) -> str:
        """The address of its heading, such as Orders!D1."""
        return f"{self.tab}!{address(self.top, self.place)}"

    @property
    def concepts(self) -> Concepts:
        """The concepts that its heading speaks of."""
        return concepts_of(self.heading)

    @cached_property
    def values(self) -> frozenset[str]:
        """Its distinct values, as people see them."""
        return frozenset(shown(cell) for _, cell in self.cells if not is_blank(cell))

    @cached_property
    def is_key(self) -> bool:
        """True if it has values and none stands twice."""
        filled = sum(not is_blank(cell) for _, cell in self.cells)
        return bool(filled) and filled == len(self.values)

    def holds(self, values: frozenset[str]) -> bool:
        """True if nearly all of these values stand in it."""
        return bool(values) and len(values & self.values) >= NEARLY_ALL * len(values)

    def refused(self, read: CellParser, context: ParseContext) -> tuple[int, int, str]:
        """Return the number of refused and of tried cells, and the first refused address."""
        distinct: dict[tuple[type, Cell], int] = {}
        for row, cell in self.cells:
            if not is_blank(cell) and len(distinct) < MOST_CELLS:
                distinct.setdefault((type(cell), cell), row)
        refused = [row for (_, cell), row in distinct.items() if not _can_parse(read, cell, context)]
        first = f"{self.tab}!{address(refused[0], self.place)}" if refused else ""
        return len(refused), len(distinct), first


def _can_parse(read: CellParser, cell: Cell, context: ParseContext) -> bool:
    try:
        read(cell, context)
    except ParseError:
        return False
    return True


@dataclass(frozen=True)
class SourceTab:
    """One tab of theirs.

    Args:
        name: as the team wrote it.
        top: the heading row, counted from 0.
        columns: those with a heading.
        nameless: the addresses of blank headings over filled cells.
    """

    name: str
    top: int
    columns: tuple[SourceColumn, ...]
    nameless: tuple[str, ...] = ()

    def find(self, ref: ColumnRef) -> SourceColumn | None:
        """Return the column with a heading."""
        return next((column for column in self.columns if plain(column.heading) == plain(ref.heading)), None)


def source_tab(name: str, grid: Grid, context: ParseContext) -> SourceTab:
    """Find a tab's heading row and its columns."""
    top = _heading_row(grid, context)
    totals = total_words(context.lexicon)
    body = [(row, grid[row]) for row in range(top + 1, len(grid)) if not total_cell(row, grid[row], totals)]
    columns, nameless = [], []
    for place in range(max(map(len, grid), default=0)):
        cells = tuple((row, cells[place]) for row, cells in body if place < len(cells))
        heading = shown(grid[top][place]) if place < len(grid[top]) and not is_blank(grid[top][place]) else ""
        if heading:
            columns.append(SourceColumn(name, heading, place, top, cells))
        elif any(not is_blank(cell) for _, cell in cells):
            nameless.append(f"{name}!{address(top, place)}")
    return SourceTab(name, top, tuple(columns), tuple(nameless))


def _heading_row(grid: Grid, context: ParseContext) -> int:
    """Return the row that is most like headings."""
    return likeliest_row(grid, lambda row: sum(_likeness(row, context)))


def _likeness(row: Sequence[Cell], context: ParseContext) -> Iterator[int]:
    texts = {shown(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)}
    for text in texts if len(texts) > 1 else ():
        is_ours = context.lexicon.heading(text) != text
        yield 10 if is_ours or all_known(concepts_of(text)) else int(len(text) < LONGEST_HEADING)
