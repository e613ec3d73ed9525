"""Cells of .xlsx files, read with python-calamine.

openpyxl 3.1.5 takes 16 times as long, raises IndexError, KeyError or TypeError at 13 of 425 foreign workbooks, and in
read_only mode trusts a wrong <dimension> (tried 2026-11).
"""

import io
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from toolkit.book import Cell, Tabs
from toolkit.book.gc_pause import gc_paused
from toolkit.sheets.xlsx.bounds import check_bounds
from toolkit.sheets.xlsx.error_cells import errors_as_text, put_errors
from toolkit.sheets.xlsx.errors import in_our_words, unsafe
from toolkit.sheets.xlsx.package import MOST_BYTES, Package, TooBig, open_package

ZIP_START: Final = b"PK\x03\x04"
OLE_START: Final = b"\xd0\xcf\x11\xe0"


class SafeReader:
    """A reader that reads the same bytes only once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._measured = b""
        self._with_errors: frozenset[str] = frozenset()
        self._tabs: Tabs | None = None

    def package(self) -> Package:
        """Return the parts of the file, measured.

        Raises:
            WorkbookNotFound: there is no such file, or it is a folder.
            WorkbookBusy: the file may not be read.
            WorkbookUnsafe: it is no .xlsx workbook, is damaged, locked with a password or too big.
        """
        with in_our_words(self._path):
            return self._package(self._content())

    def tabs(self) -> Tabs:
        """Read every tab, with errors such as #N/A as text.

        Raises:
            ToolkitError: as in `package`.
        """
        with in_our_words(self._path):
            content = self._content()
            package = self._package(content)
            if self._tabs is None:
                with gc_paused():
                    self._tabs = self._read_with_errors(content, package) if self._with_errors else grids(content)
            return self._tabs

    def _read_with_errors(self, content: bytes, package: Package) -> Tabs:
        try:
            tabs = grids(content)
        except CalamineError:
            tabs = grids(errors_as_text(package, self._with_errors))
        put_errors(tabs, package, self._with_errors)
        return tabs

    def _content(self) -> bytes:
        with self._path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if content.startswith(OLE_START):
            raise unsafe(
                self._path, "it is locked with a password, or is an old .xls file", "save it as .xlsx without password"
            )
        if not content.startswith(ZIP_START):
            raise unsafe(self._path, "it is no .xlsx workbook", "open it in a spreadsheet program and save it as .xlsx")
        if len(content) > MOST_BYTES:
            raise TooBig(f"it has more than {MOST_BYTES // 1_000_000} MB")
        return content

    def _package(self, content: bytes) -> Package:
        package, digest = open_package(content), blake2b(content).digest()
        if digest != self._measured:
            self._tabs, self._with_errors = None, check_bounds(package)
            self._measured = digest
        return package


def read_tabs(path: Path) -> Tabs:
    """Read every tab of an .xlsx file.

    Raises:
        ToolkitError: as in `SafeReader.package`.
    """
    return SafeReader(path).tabs()


def grids(content: bytes, names: frozenset[str] | None = None) -> dict[str, list[list[Cell]]]:
    """Return the cells of measured bytes, tab by tab."""
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return {name: _grid(book, name) for name in tab_names(book) if names is None or name in names}


def tab_names(book: CalamineWorkbook) -> list[str]:
    """Return the names of the tabs that have cells."""
    return [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def _grid(book: CalamineWorkbook, name: str) -> list[list[Cell]]:
    # By default calamine drops blank rows and columns above and left of the first value, and cells lose their places.
    rows: Any = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return cast("list[list[Cell]]", rows)
