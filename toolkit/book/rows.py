"""The rows of a tab, read as records and problems.

Cells are parsed column by column, and each distinct cell of a column once, since most columns hold few.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from inspect import signature
from itertools import compress, islice, repeat, starmap, zip_longest
from operator import itemgetter
from typing import Any, Final, Generic

from toolkit.book.grid import Cell, Grid, Tabs, letters_of
from toolkit.book.joins import BaseTab, JoinedColumns, join_in
from toolkit.book.layout import heading_row, places_of, total_rows
from toolkit.book.mapping import Mapped
from toolkit.book.parse.amounts import NUMBERS
from toolkit.book.parse.cells import ERRORS, UNWORKED, ParseContext, ParseError, has_hidden, is_blank, shown
from toolkit.book.parse.numerals import numerals_of
from toolkit.book.problem import Problem
from toolkit.book.tab import Column, ColumnSource, Record, Tab, TabContents

NO_TABS: Tabs = {}
NO_RESULT: Final = "formula-unworked"
TOLD_ONCE: Final = (NO_RESULT, "number-two-ways")
"""What is told for a column at its first cell, with the number of cells."""

NONE: Final[frozenset[str]] = frozenset()


def read_tab(
    tab: Tab[Record], name: str, grid: Grid, context: ParseContext, tabs: Tabs = NO_TABS
) -> TabContents[Record]:
    """Read one tab, without rows that lack a vital cell.

    Args:
        tab: its definition.
        name: the team's name for it.
        grid: its cells.
        context: how cells are read, and the team's mapping.
        tabs: the whole workbook, where the mapping brings columns of other tabs.
    """
    top = heading_row(tab, grid, context)
    places, problems = places_of(tab, name, grid, top, context)
    mapped = context.mapped.get(tab.slug, Mapped())
    joined, join_problems = join_in(BaseTab(name, tab.slug, grid, top), mapped, tabs, context)
    if any(column.expected and column.field not in (places.keys() | joined.cells) for column in tab.columns):
        return TabContents(name, problems=(*problems, *join_problems))
    own = {field: ColumnSource(name, letters_of(place), shown(grid[top][place])) for field, place in places.items()}
    contents = TabContents[Record](name, sources={**own, **joined.sources})
    fields = _Fields(places, _cells_of(places.values(), grid[top + 1 :]), joined, mapped.constants, top)
    totals = total_rows(grid, top, context.lexicon)
    total_problems = (Problem(name, cell, "", "total-row") for cell in totals.values())
    body = _Body(tab, contents, fields, _parsed(tab, fields, context), totals)
    return replace(body.contents(), problems=(*problems, *join_problems, *total_problems, *body.problems))


@dataclass(frozen=True)
class _Fields:
    """The cells of a tab's fields.

    Args:
        places: the column of each.
        own: these columns, below the headings.
        joined: the columns that the mapping adds.
        constants: fields that are the same in every row.
        top: the heading row, counted from 0.
    """

    places: Mapping[str, int]
    own: Mapping[int, Sequence[Cell]]
    joined: JoinedColumns
    constants: Mapping[str, str]
    top: int

    def cells(self, name: str) -> Sequence[Cell] | None:
        """Return the cells of one field, or None."""
        if name in self.joined.cells:
            return self.joined.cells[name][self.top + 1 :]
        return self.own[self.places[name]] if name in self.places else None


def _cells_of(places: Collection[int], body: Grid) -> dict[int, Sequence[Cell]]:
    """Return the columns at these places, blank where rows end early."""
    if body and min(map(len, body)) > max(places, default=-1):
        return {place: list(map(itemgetter(place), body)) for place in places}
    columns = enumerate(islice(zip_longest(*body), max(places, default=-1) + 1))
    return dict.fromkeys(places, (None,) * len(body)) | {place: cells for place, cells in columns if place in places}


@dataclass(frozen=True)
class _ParsedColumn:
    """The parsed cells of one column.

    Args:
        values: a value, a ParseError, or None for a blank cell, row by row below the headings.
        is_filled: True if no cell is blank.
        errors: the ParseErrors by row, counted from 0 below the headings.
        hidden: the rows with characters that nobody sees, counted alike.
    """

    values: list[object]
    is_filled: bool
    errors: Mapping[int, ParseError]
    hidden: list[int]

    @cached_property
    def unworked(self) -> frozenset[int]:
        """The rows with a formula that was never calculated."""
        return self.rows_with(NO_RESULT)

    def rows_with(self, code: str) -> frozenset[int]:
        """Return the rows with one kind of error."""
        return frozenset(at for at, error in self.errors.items() if error.code == code)

    def with_default(self, default: object) -> Iterable[object]:
        """Return the values, with a default for the others."""
        if self.is_filled and not self.errors:
            return self.values
        return [default if value is None or value.__class__ is ParseError else value for value in self.values]


def _parsed(tab: Tab[Any], fields: _Fields, context: ParseContext) -> dict[str, _ParsedColumn]:
    """Parse every column that is there."""
    columns: dict[str, _ParsedColumn] = {}
    for column in tab.columns:
        cells = fields.cells(column.field)
        if cells is not None:
            regions = columns[column.region_from].values if column.region_from in columns else repeat("")
            columns[column.field] = _parse_column(column, cells, regions, _context_of(column, cells, context))
    return columns


def _context_of(column: Column, cells: Sequence[Cell], context: ParseContext) -> ParseContext:
    """Return the context of one column, whose own texts tell its decimal sign."""
    if column.read not in NUMBERS:
        return context
    texts = {cell for cell in cells if isinstance(cell, str)}
    return replace(context, numerals=numerals_of(texts, context.numerals))


def _parse_column(
    column: Column, cells: Sequence[Cell], regions: Iterable[object], context: ParseContext
) -> _ParsedColumn:
    known = _DistinctCells(column, context)
    values = list(map(known.__getitem__, zip(map(type, cells), cells, regions, strict=False)))
    rows = enumerate(values) if known.has_error else ()
    errors = {at: value for at, value in rows if isinstance(value, ParseError)}
    hidden = [at for at, cell in enumerate(cells) if cell in known.hidden] if known.hidden else []
    return _ParsedColumn(values, not known.has_blank, errors, hidden)


class _DistinctCells(dict[tuple[type, Cell, object], object]):
    """The distinct cells of a column, parsed once each."""

    def __init__(self, column: Column, context: ParseContext) -> None:
        super().__init__()
        self._read = column.read
        self._context = context
        self._context_in = cache(lambda region: replace(context, region=region))
        self.has_blank = self.has_error = False
        self.hidden: set[Cell] = set()

    def __missing__(self, key: tuple[type, Cell, object]) -> object:
        _, cell, region = key
        self[key] = value = None if is_blank(cell) else self._value(cell, region)
        self.has_blank |= value is None
        return value

    def _value(self, cell: Cell, region: object) -> object:
        context = self._context_in(region) if region and isinstance(region, str) else self._context
        try:
            if isinstance(cell, str):
                self._look_at(cell)
            return self._read(cell, context)
        except ParseError as error:
            # A raised exception keeps its traceback, and through that every frame with its grid; a new one does not.
            self.has_error = True
            return ParseError(error.code, **error.values)

    def _look_at(self, cell: str) -> None:
        """Note hidden characters, and refuse an error of the sheet."""
        if has_hidden(cell):
            self.hidden.add(cell)
        if cell == UNWORKED:
            raise ParseError("formula-unworked", count="1")
        if cell in ERRORS:
            raise ParseError("cell-error", given=shown(cell))


class _Body(Generic[Record]):
    """Makes records and problems of a tab's rows.

    Args:
        tab: its definition.
        contents: its name and sources.
        fields: the cells of its fields.
        columns: the parsed columns by field.
        totals: the rows of totals, counted from 1 in the sheet.
    """

    def __init__(
        self,
        tab: Tab[Record],
        contents: TabContents[Record],
        fields: _Fields,
        columns: Mapping[str, _ParsedColumn],
        totals: Collection[int],
    ) -> None:
        self.problems: list[Problem] = []
        self._tab = tab
        self._contents = contents
        self._columns = columns
        self._first = fields.top + 2
        self._lost = {row - self._first: names for row, names in fields.joined.lost.items()}
        self._totals = {row - self._first for row in totals}
        self._count = max((len(column.values) for column in columns.values()), default=0)
        self._typed = [column for name, column in columns.items() if name not in fields.constants]

    def contents(self) -> TabContents[Record]:
        """Return the records, and add faults to `problems`."""
        self._tell_errors()
        left_out = self._passed_over | set(self._incomplete())
        doubled = self._doubled(left_out)
        kept = [at not in left_out for at in range(self._count)]
        columns = (compress(argument, kept) for argument in self._arguments())
        records = starmap(self._tab.make, zip(*columns, strict=False))
        return replace(self._contents, records=tuple(records), left_out=doubled)

    @cached_property
    def _passed_over(self) -> set[int]:
        """Rows of totals, and rows that say nothing."""
        quiet: Iterable[int] = range(self._count)
        for column in self._typed:
            values, unworked = column.values, column.unworked
            # People fill formulas and tick boxes (False) down ahead of their data, so these alone make no row.
            quiet = [at for at in quiet if values[at] is None or values[at] is False or at in unworked]
        return {at for at in quiet if at not in self._lost} | self._totals

    @cached_property
    def _faults(self) -> Mapping[int, frozenset[str]]:
        """The fields of each row that could not be read."""
        faults: dict[int, set[str]] = {}
        for name, column in self._columns.items():
            for at in column.errors:
                faults.setdefault(at, set()).add(name)
        return {at: frozenset(faults.get(at, NONE)) | self._lost.get(at, NONE) for at in (*faults, *self._lost)}

    def _tell_at(self, at: int, field: str, code: str, **values: str) -> None:
        self.problems.append(self._contents.problem(at + self._first, field, code, **values))

    def _tell_errors(self) -> None:
        for name, column in self._columns.items():
            rows = column.errors.keys() - self._totals
            for code in TOLD_ONCE:
                if alike := rows & column.rows_with(code):
                    first = column.errors[min(alike)]
                    self._tell_at(min(alike), name, code, **{**first.values, "count": str(len(alike))})
                    rows -= alike
            for at in rows:
                self._tell_at(at, name, column.errors[at].code, **column.errors[at].values)
            for at in (at for at in column.hidden if at not in self._totals):
                self._tell_at(at, name, "hidden-characters")

    def _incomplete(self) -> Iterator[int]:
        """Yield the rows without a vital value."""
        for name in (column.field for column in self._tab.columns if column.vital and column.field in self._columns):
            column = self._columns[name]
            yield from column.errors
            for at in self._blank_in(column):
                yield at
                if name not in self._faults.get(at, NONE):
                    self._tell_at(at, name, "key-blank" if name == self._tab.key else "blank", proposal="")

    def _blank_in(self, column: _ParsedColumn) -> list[int]:
        if column.is_filled:
            return []
        return [at for at, value in enumerate(column.values) if value is None and at not in self._passed_over]

    def _doubled(self, left_out: set[int]) -> frozenset[str]:
        """Return doubled keys, and leave their second rows out."""
        if not self._tab.key:
            return frozenset()
        first: dict[str, int] = {}
        doubled: set[str] = set()
        for at, value in enumerate(self._columns[self._tab.key].values):
            if at not in left_out and first.setdefault(key := str(value), at) != at:
                above = self._contents.place(first[key] + self._first, self._tab.key)
                self._tell_at(at, self._tab.key, "key-twice", given=key, first=above)
                doubled.add(key)
                left_out.add(at)
        return frozenset(doubled)

    def _arguments(self) -> Iterator[Iterable[object]]:
        """Yield the columns for the arguments of `make`, in their order."""
        written = {column.as_written: column.field for column in self._tab.columns if column.as_written}
        for name, parameter in signature(self._tab.make).parameters.items():
            if name in self._columns:
                yield self._columns[name].with_default(parameter.default)
            elif name == "row":
                yield range(self._first, self._first + self._count)
            elif name == "faults":
                yield map(self._faults.get, range(self._count), repeat(NONE)) if self._faults else repeat(NONE)
            elif written.get(name) in self._columns:
                yield map(_as_written, self._columns[written[name]].values)
            else:
                yield repeat(parameter.default)


def _as_written(value: object) -> str:
    """Return the text of a cell that could not be read."""
    if isinstance(value, ParseError) and value.code not in (NO_RESULT, "cell-error"):
        return value.values["given"]
    return ""
