"""The definition and the contents of a tab."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from toolkit.book.parse.cells import CellParser
from toolkit.book.problem import Problem

Record = TypeVar("Record")


@dataclass(frozen=True)
class Column:
    """One column that we understand.

    Args:
        heading: its English heading (tabs/README.md).
        field: the record's field.
        read: the parser of its cells.
        vital: a row whose cell here is blank or cannot be read is left out.
        expected: the tab cannot be read without this heading.
        region_from: the field of the row that names the country for this cell's parser.
        as_written: the field that keeps the text of a cell that could not be read.
    """

    heading: str
    field: str
    read: CellParser
    vital: bool = False
    expected: bool = False
    region_from: str = ""
    as_written: str = ""


@dataclass(frozen=True)
class Tab(Generic[Record]):
    """One kind of tab.

    Args:
        name: its English name.
        columns: in the order in which they are laid.
        make: makes a record from the fields, `row` (counted from 1) and `faults` (fields that could not be read).
        key: the vital field that no two rows share; "" where rows have no key.
        ours: headings of our look-up columns, which are known and never read.
        fills: the field of ClientBook for its records; "" where that is the slug.
    """

    name: str
    columns: tuple[Column, ...]
    make: Callable[..., Record]
    key: str = ""
    ours: tuple[str, ...] = ()
    fills: str = ""

    @property
    def slug(self) -> str:
        """Its name in sheetclerk.toml, such as bonus_bands for Bonus bands."""
        return self.name.casefold().replace(" ", "_")

    @property
    def book_field(self) -> str:
        """The field of ClientBook that holds its records."""
        return self.fills or self.slug


class CellRef(NamedTuple):
    """One cell as problems name it, "" for none."""

    tab: str
    cell: str
    heading: str


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """The place of a field's cells in the team's tabs.

    Args:
        tab: the team's name for the tab.
        letters: the column's letters; "" where the values stand in no cell.
        heading: as the team wrote it.
        rows: the row of this column for each row of the tab that is read, both counted from 0, and -1 for none.
            None where the rows are the same.
        otherwise: the source to name for rows that have none here.
    """

    tab: str
    letters: str
    heading: str
    rows: Sequence[int] | None = None
    otherwise: "ColumnSource | None" = None

    def cell(self, row: int) -> CellRef:
        """Return the cell for a row, counted from 1."""
        if self.rows is None:
            return CellRef(self.tab, f"{self.letters}{row}" if self.letters else "", self.heading)
        own_row = self.rows[row - 1]
        if own_row < 0 and self.otherwise is not None:
            return self.otherwise.cell(row)
        return CellRef(self.tab, f"{self.letters}{own_row + 1}", self.heading)


@dataclass(frozen=True)
class TabContents(Generic[Record]):
    """The contents of one tab.

    Args:
        tab: the tab's name as the team wrote it.
        records: the rows that could be read, in the sheet's order.
        problems: what is to be fixed.
        sources: field to the place of its cells.
        left_out: keys that stand in two rows; the second row is left out.
    """

    tab: str = ""
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, ColumnSource] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def problem(self, row: int, column: str, code: str, **values: str) -> Problem:
        """Return a problem at one field of one row."""
        cell = self._cell(row, column)
        return Problem(cell.tab, cell.cell, cell.heading, code, values)

    def place(self, row: int, column: str) -> str:
        """Return the address of one field of one row."""
        return self._cell(row, column).cell

    def _cell(self, row: int, column: str) -> CellRef:
        return self.sources.get(column, ColumnSource(self.tab, "A", column)).cell(row)
