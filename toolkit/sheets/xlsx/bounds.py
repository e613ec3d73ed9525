"""Bounds of an .xlsx file, measured piece by piece.

Sizes in the zip's directory can lie, and no reader checks them: openpyxl 3.1.5 made 634 MB of a file of 307 kB
(tried 2026-11).
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from toolkit.book import address
from toolkit.book.grid import column_of
from toolkit.sheets.layout import MOST_CELLS
from toolkit.sheets.xlsx.error_cells import may_have_errors, tab_of_part
from toolkit.sheets.xlsx.package import (
    FREE_OF_RATIO,
    MOST_INFLATED,
    MOST_RATIO,
    Broken,
    Package,
    PackagePart,
    TooBig,
    plain_name,
)

OVERLAP: Final = 64
"""Bytes that are looked at again, since the end of a piece may cut a tag."""

COLUMN: Final = re.compile(rb'r="([A-Z]+)')
ROW: Final = re.compile(rb'<row[^>]*? r="(\d{1,9})"')
VALUES: Final = (b"<v", b"<is", b":v", b":is")
STRINGS: Final = (b"<si", b":si")
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


def check_bounds(package: Package) -> frozenset[str]:
    """Check the bounds, and return the parts with errors.

    Raises:
        TooBig: more than 200 MB come out of it, or a hundred times what goes in, or more than 3,000,000 cells.
        Broken: a part cannot be unpacked.
    """
    with_errors: set[str] = set()
    meter = _Meter(sum(len(entry.packed) for entry in package.entries))
    for entry in package.entries:
        extent = _Extent()
        for piece in entry.chunks():
            meter.take(len(piece))
            extent.take(piece)
        with_errors.update([plain_name(entry.name)] if extent.has_errors else [])
        meter.cells += extent.cells if extent.is_plain else _cells_in(entry, MOST_CELLS - meter.cells, package)
        meter.strings += extent.strings
        if meter.cells > MOST_CELLS:
            meter.cells -= extent.cells
            meter.cells += _cells_in(entry, MOST_CELLS - meter.cells, package)
        meter.check_cells()
    return frozenset(with_errors)


@dataclass
class _Meter:
    """Totals of what came out of the file so far."""

    packed: int
    inflated: int = 0
    cells: int = 0
    strings: int = 0

    def take(self, size: int) -> None:
        self.inflated += size
        if self.inflated > MOST_INFLATED:
            raise TooBig(f"more than {MOST_INFLATED // 1_000_000} MB come out of it")
        if self.inflated > max(FREE_OF_RATIO, MOST_RATIO * self.packed):
            raise TooBig(f"more than {MOST_RATIO} times what goes in comes out of it")

    def check_cells(self) -> None:
        if max(self.cells, self.strings) > MOST_CELLS:
            raise TooBig(f"it has more than {MOST_CELLS:,} cells")


class _Extent:
    """The area of a part's cells, never estimated too small."""

    def __init__(self) -> None:
        self.strings = 0
        self.is_plain = True
        self.has_errors = False
        self._has_rows = False
        self._values = 0
        self._refs = 0
        self._last_row = 0
        self._columns: set[bytes] = set()
        self._tail = b""

    @property
    def cells(self) -> int:
        """Rows times columns, counted from A1."""
        return self._last_row * max(map(_column_number, self._columns), default=0)

    def take(self, piece: bytes) -> None:
        if piece[:2] in UTF_16:
            self.is_plain = False
        looked_at = self._tail + piece
        self._tail = piece[-OVERLAP:]
        self._has_rows = self._has_rows or b"sheetData" in looked_at
        self.has_errors = self.has_errors or (self._has_rows and may_have_errors(looked_at))
        self.strings += sum(piece.count(mark) for mark in STRINGS)
        self._values += sum(piece.count(mark) for mark in VALUES)
        columns = COLUMN.findall(looked_at)
        self._refs += len(columns)
        self._columns.update(columns)
        self._last_row = max(self._last_row, *map(int, ROW.findall(looked_at)), 0)
        if self._is_odd(looked_at):
            self.is_plain = False

    def _is_odd(self, looked_at: bytes) -> bool:
        """Return True if only a parser can tell the area."""
        return bool(self._has_rows and self._values) and (
            self._values > self._refs or b"r='" in looked_at or _above(self._last_row).search(looked_at) is not None
        )


def _column_number(letters: bytes) -> int:
    return column_of(letters[:4].decode("latin-1")) + 1


def _above(row: int) -> re.Pattern[bytes]:
    """Return a pattern for addresses below a row."""
    digits = str(row)
    longer = f"[1-9]\\d{{{len(digits)},}}"
    greater = [
        f"{digits[:place]}[{int(digit) + 1}-9]\\d{{{len(digits) - place - 1}}}"
        for place, digit in enumerate(digits)
        if digit != "9"
    ]
    return re.compile(f'r="[A-Z]+(?:{"|".join((*greater, longer))})"'.encode())


def _cells_in(entry: PackagePart, most: int, package: Package) -> int:
    """Return rows times columns as a parser sees them.

    Raises:
        TooBig: it is more than `most`.
        Broken: the part has a DOCTYPE.
    """
    walk = _CellWalk(most, partial(tab_of_part, package, entry.name))
    with suppress(ExpatError):  # readers stop at the same place
        for piece in entry.chunks():
            walk.feed(piece)
    return walk.cells


class _CellWalk:
    """A parser that finds the last cell with a value."""

    def __init__(self, most: int, tab: Callable[[], str]) -> None:
        self._most = most
        self._tab = tab
        self._row = self._column = self._last_row = self._last_column = 0
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _no_doctype

    def feed(self, piece: bytes) -> None:
        self._parser.Parse(piece)

    @property
    def cells(self) -> int:
        return self._last_row * self._last_column

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self._row, self._column = _number(attributes.get("r", "")) or self._row + 1, 0
        elif tag == "c":
            letters, digits = _parted(attributes.get("r", ""))
            self._column = _column_number(letters.upper().encode()) or self._column + 1
            self._row = _number(digits) or self._row
        elif tag in {"v", "is"}:
            self._note()

    def _note(self) -> None:
        self._last_row, self._last_column = max(self._last_row, self._row), max(self._last_column, self._column)
        if self.cells > self._most:
            last = address(self._last_row - 1, self._last_column - 1)
            raise TooBig(f"it has more than {MOST_CELLS:,} cells, since {self._tab()} reaches to {last}")


def _parted(reference: str) -> tuple[str, str]:
    letters = reference.rstrip("0123456789")
    return letters, reference[len(letters) :]


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _no_doctype(*_declared: object) -> None:
    raise Broken("a part in it brings a DOCTYPE, which no spreadsheet program writes")
