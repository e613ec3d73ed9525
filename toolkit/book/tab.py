"""A tab's rows become records and problems: headings are found, cells read, faults told, blank rows passed over."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, repeat, zip_longest
from typing import Any, Generic, TypeVar

from toolkit.book.cells import Misread, Reader, Reading, is_blank, shown
from toolkit.book.grid import Cell, Grid, Tabs, address, letters_of
from toolkit.book.joined import Base, join_in
from toolkit.book.mapping import Mapped
from toolkit.book.nearest import nearest
from toolkit.book.problem import Problem
from toolkit.book.source import Joined, Source, Spot, total_cell, total_words
from toolkit.book.words import plain

Record = TypeVar("Record")
HEADING_ROWS = 10
NEARLY = 0.72
"""How alike a heading must be to be pointed out: E-mial and Email are 0.73, Account and Country 0.71."""
NO_TABS: Tabs = {}
NONE_LOST: frozenset[str] = frozenset()


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
        as_written: the field that keeps the words of a cell that could not be read.
    """

    heading: str
    field: str
    read: Reader
    vital: bool = False
    expected: bool = False
    region_from: str = ""
    as_written: str = ""


@dataclass(frozen=True)
class Tab(Generic[Record]):
    """One kind of tab.

    Args:
        name: its English name.
        columns: those that we understand, in the order in which they are laid.
        make: makes a record from the fields, `row` (counted from 1) and `faults` (fields misread).
        key: the vital field that no two rows share; "" where rows have no key.
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
        sources: field to where its cells stand, for those that are there.
        left_out: keys that stand in two rows; the second is left out.
    """

    tab: str = ""
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def problem(self, row: int, column: str, code: str, **values: str) -> Problem:
        """A problem at one field of one row."""
        spot = self._spot(row, column)
        return Problem(spot.tab, spot.cell, spot.heading, code, values)

    def place(self, row: int, column: str) -> str:
        """The address of one field of one row."""
        return self._spot(row, column).cell

    def _spot(self, row: int, column: str) -> Spot:
        return self.sources.get(column, Source(self.tab, "A", column)).spot(row)


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
    places, problems = _places(tab, name, grid, top, reading)
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


def heading_row(tab: Tab[Any], grid: Grid, reading: Reading) -> int:
    """The row among the first ten in which most of our headings, or of the mapping's, stand; counted from 0."""
    mapped = reading.mapped.get(tab.slug, Mapped())
    known = _columns_by_heading(tab, reading).keys() | {plain(heading) for heading in mapped.headings_in("")}
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
            unknown.extend([(place, written)] if written else [])
        elif column.field in places:
            values = {"first": address(top, places[column.field])}
            problems.append(Problem(name, address(top, place), written, "heading-twice", values))
        else:
            places[column.field] = place
    mapped = reading.mapped.get(tab.slug, Mapped())
    used = {plain(heading) for heading in mapped.headings_in("")}
    foreign = [(place, one) for place, one in unknown if plain(one) not in used]
    strangers = {one: place for place, one in reversed(foreign) if reading.lexicon.heading(one) not in tab.ours}
    gone = {field: one for field, one in mapped.headings.items() if field not in places}
    absent = [column for column in tab.columns if column.field not in (places.keys() | mapped.fields)]
    missing = [reading.lexicon.headings_for(column.heading)[0] for column in absent if column.expected]
    optional = [one for column in absent if not column.expected for one in reading.lexicon.headings_for(column.heading)]
    problems += [*_told_gone(name, top, gone, strangers), *_told_missing(name, top, missing, strangers)]
    return places, [*problems, *_told_near(name, top, strangers, optional)]


def _columns_by_heading(tab: Tab[Any], reading: Reading) -> dict[str, Column]:
    """Our columns by what their heading may be, plain: a mapped field has the team's heading, and no other."""
    mapped = reading.mapped.get(tab.slug, Mapped())
    headings = mapped.headings
    own = {plain(column.heading): column for column in tab.columns if column.field not in mapped.fields}
    return own | {plain(headings[column.field]): column for column in tab.columns if column.field in headings}


def _told_gone(name: str, top: int, gone: Mapping[str, str], strangers: Iterable[str]) -> Iterator[Problem]:
    """Columns that the mapping names and that are not there."""
    for name_of_field, heading in gone.items():
        near = nearest(heading, strangers)
        code = "mapped-column-gone-near" if near else "mapped-column-gone"
        yield Problem(name, f"{top + 1}:{top + 1}", heading, code, {"field": name_of_field, "near": near})


def _told_missing(name: str, top: int, headings: Iterable[str], strangers: Iterable[str]) -> Iterator[Problem]:
    """What is told of headings without which a tab cannot be read."""
    for heading in headings:
        near = nearest(heading, strangers)
        code = "heading-missing-near" if near else "heading-missing"
        yield Problem(name, f"{top + 1}:{top + 1}", heading, code, {"heading": heading, "near": near})


def _told_near(name: str, top: int, strangers: Mapping[str, int], headings: Sequence[str]) -> Iterator[Problem]:
    """What is told of unknown headings that are nearly one of ours."""
    for written, place in strangers.items():
        if near := nearest(written, headings, NEARLY):
            values = {"near": written, "heading": near}
            yield Problem(name, address(top, place), written, "heading-near", values)


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
