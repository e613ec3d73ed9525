"""One kind of tab: its columns, and what was found in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from toolkit.book.parse.cells import CellParser
from toolkit.book.problem import Problem
from toolkit.book.source import Source, Spot

Record = TypeVar("Record")


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
