"""A tab's rows become records and problems: headings are found, cells read, faults told, blank rows passed over."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from toolkit.book.cells import Mapped, Misread, Reader, Reading, is_blank, shown
from toolkit.book.grid import Cell, Grid, address, letters_of
from toolkit.book.nearest import nearest
from toolkit.book.problem import Problem
from toolkit.book.words import plain

Record = TypeVar("Record")
HEADING_ROWS = 10


@dataclass(frozen=True)
class Column:
    """One column that we understand.

    Args:
        heading: its English heading, as RULES.md names it.
        field: the record's field.
        read: what turns a cell into a value.
        vital: a row whose cell here is blank or misread is left out.
        expected: the tab cannot be read without this heading.
        region_from: the field of the row that names the country for this cell's reader.
    """

    heading: str
    field: str
    read: Reader
    vital: bool = False
    expected: bool = False
    region_from: str = ""


@dataclass(frozen=True)
class Tab(Generic[Record]):
    """One kind of tab.

    Args:
        name: its English name.
        columns: those that we understand, in the order in which they are laid.
        make: makes a record from the fields, `row` (counted from 1) and `faults` (headings misread).
        key: the field that must be there once; "" where rows have no key.
        ours: headings of look-up columns: known, never read.
    """

    name: str
    columns: tuple[Column, ...]
    make: Callable[..., Record]
    key: str = ""
    ours: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Its name in sheetclerk.toml: Bonus bands is bonus_bands."""
        return self.name.casefold().replace(" ", "_")


@dataclass(frozen=True)
class Found(Generic[Record]):
    """What a tab held.

    Args:
        tab: the tab's name as the team wrote it.
        records: the rows that could be read, in the sheet's order.
        problems: what is to be mended.
        headings: field to (column letters, heading as written), for those that are there.
        left_out: keys of rows that were seen but left out.
    """

    tab: str = ""
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    headings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def problem(self, row: int, column: str, code: str, **values: str) -> Problem:
        """A problem at one field of one row."""
        letters, heading = self.headings.get(column, ("A", column))
        return Problem(self.tab, f"{letters}{row}", heading, code, values)


def read_tab(tab: Tab[Record], name: str, grid: Grid, reading: Reading) -> Found[Record]:
    """Read one tab. A row with a fault in a vital cell is left out, all others go on; every fault is told."""
    top = _heading_row(tab, grid, reading)
    places, problems = _places(tab, name, grid, top, reading)
    if any(column.expected and column.field not in places for column in tab.columns):
        return Found(name, problems=tuple(problems))
    headings = {field: (letters_of(place), shown(grid[top][place])) for field, place in places.items()}
    rows = _Rows(tab, Found(name, headings=headings), places, reading)
    for index in range(top + 1, len(grid)):
        rows.take(index + 1, grid[index])
    return rows.all_found(problems)


def _heading_row(tab: Tab[Any], grid: Grid, reading: Reading) -> int:
    """The row among the first ten in which most of our headings stand."""
    known = _columns_by_heading(tab, reading).keys()
    counts = [sum(not known.isdisjoint(_spellings(cell, reading)) for cell in row) for row in grid[:HEADING_ROWS]]
    return counts.index(max(counts)) if counts else 0


def _spellings(cell: Cell, reading: Reading) -> tuple[str, str]:
    written = shown(cell)
    return plain(written), plain(reading.lexicon.heading(written))


def _places(tab: Tab[Any], name: str, grid: Grid, top: int, reading: Reading) -> tuple[dict[str, int], list[Problem]]:
    """Where each field's column stands; headings that are missing, doubled or nearly right are told."""
    by_heading = _columns_by_heading(tab, reading)
    places: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    problems: list[Problem] = []
    for place, cell in enumerate(grid[top] if grid else ()):
        written = shown(cell) if not is_blank(cell) else ""
        column = by_heading.get(plain(written)) or by_heading.get(plain(reading.lexicon.heading(written)))
        if column is None:
            unknown.append((place, written))
        elif column.field in places:
            values = {"first": address(top, places[column.field])}
            problems.append(Problem(name, address(top, place), written, "heading-twice", values))
        else:
            places[column.field] = place
    absent = [column for column in tab.columns if column.field not in places]
    return places, [*problems, *_told_headings(tab, name, top, unknown, absent)]


def _columns_by_heading(tab: Tab[Any], reading: Reading) -> dict[str, Column]:
    """Our columns by what their heading may be, plain: a mapped field has the team's heading, and no other."""
    mapped = reading.mapped.get(tab.slug, Mapped()).headings
    return {plain(mapped.get(column.field, column.heading)): column for column in tab.columns}


def _told_headings(
    tab: Tab[Any], name: str, top: int, unknown: Sequence[tuple[int, str]], absent: Sequence[Column]
) -> Iterator[Problem]:
    strangers = [written for _, written in unknown if written and written not in tab.ours]
    for column in absent:
        near = nearest(column.heading, strangers)
        place = next((place for place, written in unknown if near and written == near), None)
        if column.expected:
            code = "heading-missing-near" if near else "heading-missing"
            yield Problem(name, f"{top + 1}:{top + 1}", column.heading, code, {"heading": column.heading, "near": near})
        elif place is not None:
            yield Problem(name, address(top, place), near, "heading-near", {"near": near, "heading": column.heading})


class _Rows(Generic[Record]):
    """Reads one tab's rows, each distinct cell of a column once."""

    def __init__(self, tab: Tab[Record], found: Found[Record], places: Mapping[str, int], reading: Reading) -> None:
        self.found = found
        self.records: list[Record] = []
        self.problems: list[Problem] = []
        self.left_out: set[str] = set()
        self._tab = tab
        self._reading = reading
        self._columns = [(column, places[column.field]) for column in tab.columns if column.field in places]
        self._known: dict[tuple[str, str], dict[tuple[type, Cell], object]] = {}
        self._rows_of: dict[object, int] = {}

    def take(self, row: int, cells: Sequence[Cell]) -> None:
        """Read one row, counted from 1, and keep it or tell why not."""
        given = [(column, cells[place]) for column, place in self._columns if place < len(cells)]
        given = [(column, cell) for column, cell in given if not is_blank(cell)]
        if not given:
            return
        values: dict[str, Any] = {}
        faults: set[str] = set()
        for column, cell in given:
            value = self._value(column, cell, values)
            if isinstance(value, Misread):
                self.problems.append(self.found.problem(row, column.field, value.code, **value.values))
                faults.add(column.field)
            else:
                values[column.field] = value
        if self._is_whole(row, values, faults):
            self._keep(row, values, faults)
        elif self._tab.key in values:
            self.left_out.add(values[self._tab.key])

    def all_found(self, told: Sequence[Problem]) -> Found[Record]:
        """What the rows held, after what was told of the headings."""
        return replace(
            self.found,
            records=tuple(self.records),
            problems=(*told, *self.problems),
            left_out=frozenset(self.left_out),
        )

    def _value(self, column: Column, cell: Cell, values: Mapping[str, Any]) -> object:
        region = values.get(column.region_from, "") if column.region_from else ""
        known = self._known.setdefault((column.field, region), {})
        key = (type(cell), cell)
        if key not in known:
            reading = replace(self._reading, region=region) if region else self._reading
            try:
                known[key] = column.read(cell, reading)
            except Misread as misread:
                known[key] = misread
        return known[key]

    def _is_whole(self, row: int, values: Mapping[str, Any], faults: set[str]) -> bool:
        missing = [column for column, _ in self._columns if column.vital and column.field not in values]
        for column in missing:
            if column.field not in faults:
                self.problems.append(self.found.problem(row, column.field, self._blank_code(column), proposal=""))
        return not missing

    def _blank_code(self, column: Column) -> str:
        return "key-blank" if column.field == self._tab.key else "blank"

    def _keep(self, row: int, values: dict[str, Any], faults: set[str]) -> None:
        key = values.get(self._tab.key) if self._tab.key else None
        if key is not None and key in self._rows_of:
            first = f"{self.found.headings[self._tab.key][0]}{self._rows_of[key]}"
            self.problems.append(self.found.problem(row, self._tab.key, "key-twice", given=str(key), first=first))
            self.left_out.add(str(key))
            return
        if key is not None:
            self._rows_of[key] = row
        self.records.append(self._tab.make(**values, row=row, faults=frozenset(faults)))
