"""A team's tabs as adopt looks at them: heading rows, columns, and which column holds another one's keys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.book.adopt.concepts import Concepts, concepts_of, known
from toolkit.book.grid import Cell, Grid, address, likeliest_row
from toolkit.book.i18n import plain
from toolkit.book.mapping import Place
from toolkit.book.parse.cells import CellParser, Misread, Reading, is_blank, shown
from toolkit.book.source import total_cell, total_words

LOOKED_AT = 400
ENOUGH = 0.9
"""Which part of a column's values must stand in another for the one to be its key."""


@dataclass(frozen=True)
class SourceColumn:
    """One column of theirs.

    Args:
        tab: the team's name of the tab.
        heading: as written.
        place: its column, counted from 0.
        top: the heading row, counted from 0.
        cells: what stands below the heading, without rows of totals.
    """

    tab: str
    heading: str
    place: int
    top: int
    cells: tuple[tuple[int, Cell], ...]

    @property
    def at(self) -> str:
        """Where its heading stands: Orders!D1."""
        return f"{self.tab}!{address(self.top, self.place)}"

    @property
    def concepts(self) -> Concepts:
        """What its heading speaks of."""
        return concepts_of(self.heading)

    @cached_property
    def values(self) -> frozenset[str]:
        """Its distinct values, as people see them."""
        return frozenset(shown(cell) for _, cell in self.cells if not is_blank(cell))

    @cached_property
    def is_key(self) -> bool:
        """Whether no value stands twice."""
        filled = sum(not is_blank(cell) for _, cell in self.cells)
        return bool(filled) and filled == len(self.values)

    def holds(self, values: frozenset[str]) -> bool:
        """Whether nearly all of these values stand in it."""
        return bool(values) and len(values & self.values) >= ENOUGH * len(values)

    def misread(self, read: CellParser, reading: Reading) -> tuple[int, int, str]:
        """How many of its first distinct cells a reader refuses, of how many, and the address of the first one."""
        distinct: dict[tuple[type, Cell], int] = {}
        for row, cell in self.cells:
            if not is_blank(cell) and len(distinct) < LOOKED_AT:
                distinct.setdefault((type(cell), cell), row)
        refused = [row for (_, cell), row in distinct.items() if not _reads(read, cell, reading)]
        first = f"{self.tab}!{address(refused[0], self.place)}" if refused else ""
        return len(refused), len(distinct), first


def _reads(read: CellParser, cell: Cell, reading: Reading) -> bool:
    try:
        read(cell, reading)
    except Misread:
        return False
    return True


@dataclass(frozen=True)
class SourceTab:
    """One tab of theirs."""

    name: str
    top: int
    columns: tuple[SourceColumn, ...]
    nameless: tuple[str, ...] = ()
    """The addresses of blank headings over filled cells."""

    def find(self, place: Place) -> SourceColumn | None:
        """The column with a heading."""
        return next((one for one in self.columns if plain(one.heading) == plain(place.heading)), None)


def look_at(name: str, grid: Grid, reading: Reading) -> SourceTab:
    """Find a tab's heading row and its columns."""
    top = _heading_row(grid, reading)
    totals = total_words(reading.lexicon)
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


def _heading_row(grid: Grid, reading: Reading) -> int:
    """The row among the first ten that speaks most like headings: known words count most, short texts a little."""
    return likeliest_row(grid, lambda row: sum(_likeness(row, reading)))


def _likeness(row: Sequence[Cell], reading: Reading) -> Iterator[int]:
    texts = {shown(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)}
    for text in texts if len(texts) > 1 else ():
        is_ours = reading.lexicon.heading(text) != text
        yield 10 if is_ours or known(concepts_of(text)) else int(len(text) < 30)  # noqa: PLR2004 - longer texts are data
