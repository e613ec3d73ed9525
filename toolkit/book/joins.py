"""Mapped cells that other tabs, several columns or constants supply."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from toolkit.book.grid import Cell, Grid, Tabs, letters_of, likeliest_row
from toolkit.book.i18n import plain
from toolkit.book.layout import total_cell, total_words
from toolkit.book.mapping import ColumnRef, Join, Mapped, as_spelt
from toolkit.book.parse.cells import ParseContext, is_blank, shown
from toolkit.book.parse.suggest import Neighbours, nearest
from toolkit.book.problem import Problem
from toolkit.book.tab import CellRef, ColumnSource

SETTINGS: Final = "sheetclerk.toml"
NO_ROW: Final = -1
NO_COLUMN: Final = -1


@dataclass(frozen=True)
class JoinedColumns:
    """The columns that a mapping adds to the plain ones of a tab.

    Args:
        cells: field to one cell for each row of the grid, even the heading row.
        sources: field to the place of these cells.
        lost: rows, counted from 1, with the fields that no join found.
    """

    cells: Mapping[str, Sequence[Cell]] = field(default_factory=dict)
    sources: Mapping[str, ColumnSource] = field(default_factory=dict)
    lost: Mapping[int, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class BaseTab:
    """The tab whose rows are read.

    Args:
        name: as the team wrote it.
        slug: its name in sheetclerk.toml, such as bonus_bands.
        top: its heading row, counted from 0.
    """

    name: str
    slug: str
    grid: Grid
    top: int


@dataclass(frozen=True)
class _Table:
    """One tab with its heading row."""

    name: str
    grid: Grid
    top: int

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """The columns of each plain heading, counted from 0."""
        places: dict[str, tuple[int, ...]] = {}
        for place, cell in enumerate(self.grid[self.top] if self.grid else ()):
            if not is_blank(cell):
                places[plain(shown(cell))] = (*places.get(plain(shown(cell)), ()), place)
        return places

    @property
    def headings(self) -> list[str]:
        return [shown(cell) for cell in (self.grid[self.top] if self.grid else ()) if not is_blank(cell)]

    @property
    def heading_row(self) -> str:
        return f"{self.top + 1}:{self.top + 1}"

    def column(self, heading: str) -> int:
        """Return the first column of a heading, or NO_COLUMN."""
        return self.places.get(plain(heading), (NO_COLUMN,))[0]

    def cell(self, row: int, column: int) -> Cell:
        """Return one cell, blank beyond the end of a row."""
        return self.grid[row][column] if column < len(self.grid[row]) else None


def join_in(
    base: BaseTab, mapped: Mapped, tabs: Tabs, context: ParseContext
) -> tuple[JoinedColumns, tuple[Problem, ...]]:
    """Join every field that is no plain column of its tab.

    Returns:
        The columns, and a problem for each column or tab that is gone, each heading that stands twice, and each key
        that is in no row of the other tab or in two.
    """
    joiner = _Joiner(base, mapped, tabs, context)
    plain_fields = mapped.headings.keys()
    for name, places in mapped.columns.items():
        if name not in plain_fields and joiner.has_all(name, places):
            joiner.add(name, places)
    for name, text in mapped.constants.items():
        joiner.add_constant(name, text)
    return joiner.joined(), tuple(joiner.problems)


class _Joiner:
    """Puts the rows of one tab together from several."""

    def __init__(self, base: BaseTab, mapped: Mapped, tabs: Tabs, context: ParseContext) -> None:
        self.problems: list[Problem] = []
        self._base = base
        self._mapped = mapped
        self._tabs = tabs
        self._totals = total_words(context.lexicon)
        self._tables = {"": _Table(base.name, base.grid, base.top)}
        self._rows: dict[str, list[int]] = {}
        self._failed: dict[str, list[bool]] = {}
        self._cells: dict[str, Sequence[Cell]] = {}
        self._sources: dict[str, ColumnSource] = {}
        self._lost: dict[int, set[str]] = {}
        self._near: dict[Join, Neighbours] = {}
        self._told: set[tuple[str, str, str]] = set()

    def joined(self) -> JoinedColumns:
        return JoinedColumns(self._cells, self._sources, {row: frozenset(names) for row, names in self._lost.items()})

    def has_all(self, name: str, places: Sequence[ColumnRef]) -> bool:
        """True if every column and join of a field is there."""
        steps = [join for place in places if place.tab for join in self._mapped.chain(place.tab)]
        needed = [*(place for join in steps for place in (join.by, join.to)), *places]
        present = [self._has(name, place) for place in dict.fromkeys(needed)]
        return all(present)

    def _has(self, name: str, place: ColumnRef) -> bool:
        if place.tab and as_spelt(place.tab, self._tabs) not in self._tabs:
            near = nearest(place.tab, self._tabs)
            self._tell(self._base.name, "", name, "mapped-tab-gone", other=place.tab, near=near)
            return False
        table = self._table(place.tab)
        columns = table.places.get(plain(place.heading), ())
        if not columns:
            near = nearest(place.heading, table.headings)
            code = "mapped-column-gone-near" if near else "mapped-column-gone"
            self._tell(table.name, table.heading_row, place.heading, code, field=name, near=near)
        elif len(columns) > 1:
            first, second = (f"{letters_of(column)}{table.top + 1}" for column in columns[:2])
            self._tell(table.name, second, place.heading, "heading-twice", first=first)
        return bool(columns)

    def _tell(self, tab: str, cell: str, column: str, code: str, **values: str) -> None:
        if (tab, cell, code) not in self._told:
            self._told.add((tab, cell, code))
            self.problems.append(Problem(tab, cell, column, code, values))

    def _table(self, tab: str) -> _Table:
        if tab not in self._tables:
            grid = self._tabs[as_spelt(tab, self._tabs)]
            sought = {plain(heading) for heading in self._mapped.headings_in(tab)}
            top = likeliest_row(grid, lambda row: len(sought & {plain(shown(cell)) for cell in row}))
            self._tables[tab] = _Table(tab, grid, top)
        return self._tables[tab]

    def add(self, name: str, places: Sequence[ColumnRef]) -> None:
        """Add the cells of one field to the rows."""
        columns = [self._column(name, place) for place in places]
        joined = columns[0] if len(columns) == 1 else [_spaced(cells) for cells in zip(*columns, strict=True)]
        meant = {plain(word): ours for ours, theirs in self._mapped.values.get(name, {}).items() for word in theirs}
        self._cells[name] = [meant.get(plain(shown(cell)), cell) for cell in joined] if meant else joined
        self._sources[name] = self._source(places[0])

    def add_constant(self, name: str, text: str) -> None:
        """Add the same text to every row."""
        self._cells[name] = [text] * len(self._base.grid)
        self._sources[name] = ColumnSource(SETTINGS, "", f"[tabs.{self._base.slug}] {name}")

    def _column(self, name: str, place: ColumnRef) -> list[Cell]:
        table, rows = self._table(place.tab), self._rows_in(place.tab)
        column = table.column(place.heading)
        for row, failed in enumerate(self._failed.get(place.tab, ())):
            if failed:
                self._lost.setdefault(row + 1, set()).add(name)
        return [table.cell(row, column) if row != NO_ROW else None for row in rows]

    def _source(self, place: ColumnRef) -> ColumnSource:
        table = self._table(place.tab)
        letters = letters_of(table.column(place.heading))
        if not place.tab:
            return ColumnSource(table.name, letters, place.heading)
        join = self._mapped.chain(place.tab)[-1]
        return ColumnSource(table.name, letters, place.heading, self._rows_in(place.tab), self._source(join.by))

    def _rows_in(self, tab: str) -> list[int]:
        """Return another tab's row for each row of the base."""
        if not tab:
            return list(range(len(self._base.grid)))
        if tab not in self._rows:
            join = self._mapped.chain(tab)[-1]
            self._rows[tab], self._failed[tab] = self._find_rows(join)
        return self._rows[tab]

    def _find_rows(self, join: Join) -> tuple[list[int], list[bool]]:
        before, by = self._rows_in(join.by.tab), self._source(join.by)
        index = self._index(join)
        table, column = self._table(join.by.tab), self._table(join.by.tab).column(join.by.heading)
        failed = list(self._failed.get(join.by.tab, [False] * len(before)))
        rows = [NO_ROW] * len(before)
        for row in self._data_rows():
            cell = table.cell(before[row], column) if before[row] != NO_ROW else None
            if is_blank(cell):
                continue
            key = shown(cell)
            matches = index.get(key, [])
            if len(matches) == 1:
                rows[row] = matches[0]
                continue
            failed[row] = True
            self._tell_join(join, by.cell(row + 1), key, matches, index)
        return rows, failed

    def _data_rows(self) -> Iterator[int]:
        grid = self._base.grid
        return (row for row in range(self._base.top + 1, len(grid)) if not total_cell(row, grid[row], self._totals))

    def _index(self, join: Join) -> dict[str, list[int]]:
        """Return the rows of each key of the other tab."""
        table = self._table(join.to.tab)
        column = table.column(join.to.heading)
        index: dict[str, list[int]] = {}
        for row in range(table.top + 1, len(table.grid)):
            if not is_blank(cell := table.cell(row, column)):
                index.setdefault(shown(cell), []).append(row)
        return index

    def _tell_join(
        self, join: Join, by: CellRef, key: str, rows: Sequence[int], index: Mapping[str, list[int]]
    ) -> None:
        tab, cell, heading = by
        if not rows:
            if join not in self._near:
                self._near[join] = Neighbours(index)
            near = self._near[join].likely(key)
            code = "join-nothing-near" if near else "join-nothing"
            self._tell(tab, cell, heading, code, given=key, other=str(join.to), proposal=near)
            return
        letters = letters_of(self._table(join.to.tab).column(join.to.heading))
        second, first = f"{letters}{rows[1] + 1}", f"{letters}{rows[0] + 1}"
        self._tell(join.to.tab, second, join.to.heading, "join-two", given=key, first=first)


def _spaced(cells: Sequence[Cell]) -> Cell:
    """Return several cells as one, with a space between those that are filled."""
    return " ".join(shown(cell) for cell in cells if not is_blank(cell))
