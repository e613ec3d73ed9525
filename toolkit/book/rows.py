"""A tab's rows become records and problems: cells are read, faults told, blank rows passed over."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, repeat, zip_longest
from typing import Any, Generic

from toolkit.book.cells import Misread, Reading, is_blank, shown
from toolkit.book.grid import Cell, Grid, Tabs, letters_of
from toolkit.book.headings import heading_row, places_of
from toolkit.book.joined import Base, join_in
from toolkit.book.mapping import Mapped
from toolkit.book.problem import Problem
from toolkit.book.source import Joined, Source, total_cell, total_words
from toolkit.book.tab import Column, Found, Record, Tab

NO_TABS: Tabs = {}
NONE_LOST: frozenset[str] = frozenset()


def read_tab(tab: Tab[Record], name: str, grid: Grid, reading: Reading, tabs: Tabs = NO_TABS) -> Found[Record]:
    """Read one tab. A row with a fault in a vital cell is left out, all others go on; every fault is told.

    Args:
        tab: what it should hold.
        name: what the team calls it.
        grid: its cells.
        reading: how cells are read, and the team's mapping.
        tabs: the whole workbook, where the mapping brings columns of other tabs.
    """
    top = heading_row(tab, grid, reading)
    places, problems = places_of(tab, name, grid, top, reading)
    mapped = reading.mapped.get(tab.slug, Mapped())
    joined, wrong = join_in(Base(name, tab.slug, grid, top), mapped, tabs, reading)
    if any(column.expected and column.field not in (places.keys() | joined.cells) for column in tab.columns):
        return Found(name, problems=(*problems, *wrong))
    own = {field: Source(name, letters_of(place), shown(grid[top][place])) for field, place in places.items()}
    rows = _Rows(tab, Found(name, sources={**own, **joined.sources}), joined.lost)
    totals = _totals(grid, top, reading)
    laid = _Laid(places, _cells_of(places.values(), grid[top + 1 :]), joined, mapped.constants)
    for row, values in _values(tab, laid, top, reading):
        if row not in totals:
            rows.take(row, values)
    told = (Problem(name, cell, "", "total-row") for cell in totals.values())
    return rows.all_found((*problems, *wrong, *told))


def _totals(grid: Grid, top: int, reading: Reading) -> dict[int, str]:
    """Rows that begin with the word Total, counted from 1, with the cell that says so."""
    words = total_words(reading.lexicon)
    found = ((row + 1, total_cell(row, grid[row], words)) for row in range(top + 1, len(grid)))
    return {row: cell for row, cell in found if cell}


@dataclass(frozen=True)
class _Laid:
    """A tab's fields.

    Args:
        places: in which column each stands.
        own: these columns, below the headings.
        joined: what the mapping brings beside them.
        constants: fields that are the same in every row.
    """

    places: Mapping[str, int]
    own: Mapping[int, Sequence[Cell]]
    joined: Joined
    constants: Mapping[str, str]

    def cells(self, name: str, first: int) -> Iterable[Cell] | None:
        """One field, row by row from a row counted from 0; None where it is not there."""
        if name in self.joined.cells:
            return self.joined.cells[name][first:]
        return self.own[self.places[name]] if name in self.places else None


def _values(tab: Tab[Any], laid: _Laid, top: int, reading: Reading) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row that says something: its number counted from 1, and its values and Misreads by field."""
    read: dict[str, list[object]] = {}
    for column in tab.columns:
        cells = laid.cells(column.field, top + 1)
        if cells is not None:
            known, regions = _Known(column, reading), read.get(column.region_from) or repeat("")
            pairs = zip(cells, regions, strict=False)
            read[column.field] = [known[cell.__class__, cell, region] for cell, region in pairs]
    for row, values in enumerate(zip(*read.values(), strict=True), top + 2):
        said = {name: value for name, value in zip(read, values, strict=True) if value is not None}
        typed = (value for name, value in said.items() if name not in laid.constants)
        if row in laid.joined.lost or any(value is not False for value in typed):
            yield row, said


def _cells_of(places: Collection[int], body: Grid) -> dict[int, tuple[Cell, ...]]:
    """The columns at these places, from top to bottom; a row that ends early is blank from there on."""
    columns = enumerate(islice(zip_longest(*body), max(places, default=-1) + 1))
    return dict.fromkeys(places, (None,) * len(body)) | {place: cells for place, cells in columns if place in places}


class _Known(dict[tuple[type, Cell, object], object]):
    """What a column's distinct cells say: a value, a Misread, or None where the cell is blank."""

    def __init__(self, column: Column, reading: Reading) -> None:
        super().__init__()
        self._read = column.read
        self._reading = reading

    def __missing__(self, key: tuple[type, Cell, object]) -> object:
        _, cell, region = key
        self[key] = value = None if is_blank(cell) else self._value(cell, region)
        return value

    def _value(self, cell: Cell, region: object) -> object:
        reading = replace(self._reading, region=region) if region and isinstance(region, str) else self._reading
        try:
            return self._read(cell, reading)
        except Misread as misread:
            return misread


class _Rows(Generic[Record]):
    """Keeps a tab's rows as records, or tells why not."""

    def __init__(self, tab: Tab[Record], found: Found[Record], lost: Mapping[int, frozenset[str]]) -> None:
        self._tab = tab
        self._found = found
        self._lost = lost
        self._as_written = {column.field: column.as_written for column in tab.columns if column.as_written}
        self._vital = [column.field for column in tab.columns if column.vital and column.field in found.sources]
        self._records: list[Record] = []
        self._problems: list[Problem] = []
        self._left_out: set[str] = set()
        self._row_of: dict[str, int] = {}

    def take(self, row: int, values: dict[str, Any]) -> None:
        """Keep one row, without what could not be read; leave it out where that was vital."""
        faults = [name for name, value in values.items() if value.__class__ is Misread]
        for name in faults:
            misread = values.pop(name)
            self._problems.append(self._found.problem(row, name, misread.code, **misread.values))
            if name in self._as_written:
                values[self._as_written[name]] = misread.values["given"]
        faults.extend(self._lost.get(row, NONE_LOST))
        missing = [name for name in self._vital if name not in values]
        for name in (one for one in missing if one not in faults):
            code = "key-blank" if name == self._tab.key else "blank"
            self._problems.append(self._found.problem(row, name, code, proposal=""))
        if not missing and self._is_first(row, values):
            self._records.append(self._tab.make(**values, row=row, faults=frozenset(faults)))

    def all_found(self, told: Sequence[Problem]) -> Found[Record]:
        """What the rows held, after what was told of the headings."""
        return replace(
            self._found,
            records=tuple(self._records),
            problems=(*told, *self._problems),
            left_out=frozenset(self._left_out),
        )

    def _is_first(self, row: int, values: Mapping[str, Any]) -> bool:
        """Whether no row above has the same key; the second one is told and left out."""
        if not self._tab.key:
            return True
        key = str(values[self._tab.key])
        first = self._row_of.setdefault(key, row)
        if first != row:
            self._left_out.add(key)
            above = self._found.sources[self._tab.key].spot(first).cell
            self._problems.append(self._found.problem(row, self._tab.key, "key-twice", given=key, first=above))
        return first == row
