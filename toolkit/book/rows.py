"""A tab's rows become records and problems: cells are read, faults told, blank rows passed over.

All is done column by column, and each distinct cell of a column is read once: most columns hold few distinct cells.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from inspect import signature
from itertools import compress, islice, repeat, starmap, zip_longest
from operator import itemgetter
from typing import Any, Final, Generic, NoReturn

from toolkit.book.grid import Cell, Grid, Tabs, letters_of
from toolkit.book.joins import BaseTab, JoinedColumns, join_in
from toolkit.book.layout import heading_row, places_of, total_rows
from toolkit.book.mapping import Mapped
from toolkit.book.parse.cells import UNWORKED, ParseContext, ParseError, has_hidden, is_blank, is_error, shown
from toolkit.book.problem import Problem
from toolkit.book.tab import Column, ColumnSource, Record, Tab, TabContents

NO_TABS: Tabs = {}
NO_RESULT: Final = "formula-unworked"
NONE: Final[frozenset[str]] = frozenset()


def read_tab(
    tab: Tab[Record], name: str, grid: Grid, context: ParseContext, tabs: Tabs = NO_TABS
) -> TabContents[Record]:
    """Read one tab. A row with a fault in a vital cell is left out, all others go on; every fault is told.

    Args:
        tab: what it should hold.
        name: what the team calls it.
        grid: its cells.
        context: how cells are read, and the team's mapping.
        tabs: the whole workbook, where the mapping brings columns of other tabs.
    """
    top = heading_row(tab, grid, context)
    places, problems = places_of(tab, name, grid, top, context)
    mapped = context.mapped.get(tab.slug, Mapped())
    joined, wrong = join_in(BaseTab(name, tab.slug, grid, top), mapped, tabs, context)
    if any(column.expected and column.field not in (places.keys() | joined.cells) for column in tab.columns):
        return TabContents(name, problems=(*problems, *wrong))
    own = {field: ColumnSource(name, letters_of(place), shown(grid[top][place])) for field, place in places.items()}
    found = TabContents[Record](name, sources={**own, **joined.sources})
    laid = _Laid(places, _cells_of(places.values(), grid[top + 1 :]), joined, mapped.constants, top)
    totals = total_rows(grid, top, context.lexicon)
    told = (Problem(name, cell, "", "total-row") for cell in totals.values())
    body = _Body(tab, found, laid, _fields(tab, laid, context), totals)
    return replace(body.all_found(), problems=(*problems, *wrong, *told, *body.problems))


@dataclass(frozen=True)
class _Laid:
    """A tab's fields.

    Args:
        places: in which column each stands.
        own: these columns, below the headings.
        joined: what the mapping brings beside them.
        constants: fields that are the same in every row.
        top: the heading row, counted from 0.
    """

    places: Mapping[str, int]
    own: Mapping[int, Sequence[Cell]]
    joined: JoinedColumns
    constants: Mapping[str, str]
    top: int

    def cells(self, name: str) -> Sequence[Cell] | None:
        """One field below the headings; None where it is not there."""
        if name in self.joined.cells:
            return self.joined.cells[name][self.top + 1 :]
        return self.own[self.places[name]] if name in self.places else None


def _cells_of(places: Collection[int], body: Grid) -> dict[int, Sequence[Cell]]:
    """The columns at these places, from top to bottom; a row that ends early is blank from there on."""
    if body and min(map(len, body)) > max(places, default=-1):
        return {place: list(map(itemgetter(place), body)) for place in places}
    columns = enumerate(islice(zip_longest(*body), max(places, default=-1) + 1))
    return dict.fromkeys(places, (None,) * len(body)) | {place: cells for place, cells in columns if place in places}


@dataclass(frozen=True)
class _Field:
    """What one column says.

    Args:
        values: a value, a ParseError, or None where the cell is blank, row by row below the headings.
        is_filled: whether no cell is blank.
        misread: the Misreads by row, counted from 0 below the headings.
        hidden: the rows with characters that nobody sees, counted alike.
    """

    values: list[object]
    is_filled: bool
    misread: Mapping[int, ParseError]
    hidden: list[int]

    @cached_property
    def unworked(self) -> frozenset[int]:
        """The rows with a formula that was never worked out: some of the misread."""
        return frozenset(at for at, one in self.misread.items() if one.code == NO_RESULT)

    def settled(self, default: object) -> Iterable[object]:
        """The values, with a default for what is blank or misread."""
        if self.is_filled and not self.misread:
            return self.values
        return [default if value is None or value.__class__ is ParseError else value for value in self.values]


def _fields(tab: Tab[Any], laid: _Laid, context: ParseContext) -> dict[str, _Field]:
    """Every column that is there, read."""
    found: dict[str, _Field] = {}
    for column in tab.columns:
        cells = laid.cells(column.field)
        if cells is not None:
            regions = found[column.region_from].values if column.region_from in found else repeat("")
            found[column.field] = _field(column, cells, regions, context)
    return found


def _field(column: Column, cells: Sequence[Cell], regions: Iterable[object], context: ParseContext) -> _Field:
    known = _Known(column, context)
    values = list(map(known.__getitem__, zip(map(type, cells), cells, regions, strict=False)))
    rows = enumerate(values) if known.has_misread else ()
    misread = {at: value for at, value in rows if isinstance(value, ParseError)}
    hidden = [at for at, cell in enumerate(cells) if cell in known.hidden] if known.hidden else []
    return _Field(values, not known.has_blank, misread, hidden)


class _Known(dict[tuple[type, Cell, object], object]):
    """What a column's distinct cells say: a value, a ParseError, or None where the cell is blank or says none."""

    def __init__(self, column: Column, context: ParseContext) -> None:
        super().__init__()
        self._read = column.read
        self._context = context
        self._context_in = cache(lambda region: replace(context, region=region))
        self.has_blank = self.has_misread = False
        self.hidden: set[Cell] = set()

    def __missing__(self, key: tuple[type, Cell, object]) -> object:
        _, cell, region = key
        self[key] = value = None if is_blank(cell) else self._value(cell, region)
        self.has_blank |= value is None
        return value

    def _value(self, cell: Cell, region: object) -> object:
        """A ParseError is made anew: the one that was raised leads to all that was at work, and would keep it."""
        context = self._context_in(region) if region and isinstance(region, str) else self._context
        if isinstance(cell, str) and has_hidden(cell):
            self.hidden.add(cell)
        try:
            return _refuse_error(cell) if is_error(cell) else self._read(cell, context)
        except ParseError as misread:
            self.has_misread = True
            return ParseError(misread.code, **misread.values)


def _refuse_error(cell: Cell) -> NoReturn:
    if cell == UNWORKED:
        raise ParseError("formula-unworked", count="1")
    raise ParseError("cell-error", given=shown(cell))


class _Body(Generic[Record]):
    """Keeps a tab's rows as records, or tells why not. Rows are counted from 0 below the headings.

    Args:
        tab: what it should hold.
        found: its name and sources.
        laid: where its fields stand.
        fields: what they say.
        totals: the rows that are sums, counted from 1 in the sheet.
    """

    def __init__(
        self,
        tab: Tab[Record],
        found: TabContents[Record],
        laid: _Laid,
        fields: Mapping[str, _Field],
        totals: Collection[int],
    ) -> None:
        self.problems: list[Problem] = []
        self._tab = tab
        self._found = found
        self._fields = fields
        self._first = laid.top + 2
        self._lost = {row - self._first: names for row, names in laid.joined.lost.items()}
        self._totals = {row - self._first for row in totals}
        self._count = max((len(field.values) for field in fields.values()), default=0)
        self._typed = [(one.values, one.unworked) for name, one in fields.items() if name not in laid.constants]

    @cached_property
    def _passed_over(self) -> set[int]:
        """Rows that say nothing, not even by a formula laid ahead that nobody worked out, or are sums."""
        quiet: Iterable[int] = range(self._count)
        for values, unworked in self._typed:
            quiet = [at for at in quiet if values[at] is None or values[at] is False or at in unworked]
        return {at for at in quiet if at not in self._lost} | self._totals

    @cached_property
    def _faults(self) -> Mapping[int, frozenset[str]]:
        """Rows to the fields that could not be read."""
        found: dict[int, set[str]] = {}
        for name, field in self._fields.items():
            for at in field.misread:
                found.setdefault(at, set()).add(name)
        return {at: frozenset(found.get(at, NONE)) | self._lost.get(at, NONE) for at in (*found, *self._lost)}

    def all_found(self) -> TabContents[Record]:
        """What the rows held; what is to be mended is gathered in `problems`."""
        self._tell_misread()
        lacking = set(self._lacking())
        left_out = self._passed_over | lacking
        doubled = self._doubled(left_out)
        kept = [at not in left_out for at in range(self._count)]
        records = starmap(self._tab.make, zip(*(compress(one, kept) for one in self._arguments()), strict=False))
        return replace(self._found, records=tuple(records), left_out=doubled)

    def _tell_at(self, at: int, field: str, code: str, **values: str) -> None:
        self.problems.append(self._found.problem(at + self._first, field, code, **values))

    def _tell_misread(self) -> None:
        for name, field in self._fields.items():
            told = field.misread.keys() - self._totals
            if unworked := told & field.unworked:
                self._tell_at(min(unworked), name, "formula-unworked", count=str(len(unworked)))
            for at in told - unworked:
                self._tell_at(at, name, field.misread[at].code, **field.misread[at].values)
            for at in (one for one in field.hidden if one not in self._totals):
                self._tell_at(at, name, "hidden-characters")

    def _lacking(self) -> Iterator[int]:
        """Rows without a vital value; where its cell is blank, that is told."""
        for name in (column.field for column in self._tab.columns if column.vital and column.field in self._fields):
            field = self._fields[name]
            yield from field.misread
            for at in self._blank_in(field):
                yield at
                if name not in self._faults.get(at, NONE):
                    self._tell_at(at, name, "key-blank" if name == self._tab.key else "blank", proposal="")

    def _blank_in(self, field: _Field) -> list[int]:
        if field.is_filled:
            return []
        return [at for at, value in enumerate(field.values) if value is None and at not in self._passed_over]

    def _doubled(self, left_out: set[int]) -> frozenset[str]:
        """Keys that stand in two rows; the second row is told and left out."""
        if not self._tab.key:
            return frozenset()
        first: dict[str, int] = {}
        doubled: set[str] = set()
        for at, value in enumerate(self._fields[self._tab.key].values):
            if at not in left_out and first.setdefault(key := str(value), at) != at:
                above = self._found.place(first[key] + self._first, self._tab.key)
                self._tell_at(at, self._tab.key, "key-twice", given=key, first=above)
                doubled.add(key)
                left_out.add(at)
        return frozenset(doubled)

    def _arguments(self) -> Iterator[Iterable[object]]:
        """What `make` takes, in its own order: each a column, or one value for all rows."""
        written = {column.as_written: column.field for column in self._tab.columns if column.as_written}
        for name, parameter in signature(self._tab.make).parameters.items():
            if name in self._fields:
                yield self._fields[name].settled(parameter.default)
            elif name == "row":
                yield range(self._first, self._first + self._count)
            elif name == "faults":
                yield map(self._faults.get, range(self._count), repeat(NONE)) if self._faults else repeat(NONE)
            elif written.get(name) in self._fields:
                yield map(_as_written, self._fields[written[name]].values)
            else:
                yield repeat(parameter.default)


def _as_written(value: object) -> str:
    """The words of a cell that could not be read; those of an error of the sheet say nothing."""
    return (
        value.values["given"] if isinstance(value, ParseError) and value.code not in (NO_RESULT, "cell-error") else ""
    )
