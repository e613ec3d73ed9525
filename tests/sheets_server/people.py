"""The people who work in a spreadsheet: they look, type, sort, insert and delete, as in the browser."""

from collections.abc import Sequence
from typing import Any, Protocol

from tests.sheets_server import dimensions, sheet_edits
from tests.sheets_server.a1 import read_cells
from tests.sheets_server.entered import Scalar, shown
from tests.sheets_server.formulas import computed
from tests.sheets_server.model import Book, Sheet, new_sheet
from tests.sheets_server.values import entered, entered_row


class Shelf(Protocol):
    """Where the books stand, one change at a time."""

    books: dict[str, Book]

    def put(self, draft: Book) -> None: ...


class People:
    """The people at one spreadsheet; a tab is named by its title, rows and columns count from 1.

    Args:
        shelf: the server.
        key: the spreadsheet's id.
    """

    def __init__(self, shelf: Shelf, key: str) -> None:
        self._shelf, self.id = shelf, key

    @property
    def book(self) -> Book:
        """The model behind, for a close look."""
        return self._shelf.books[self.id]

    @property
    def link(self) -> str:
        """The address in the browser."""
        return f"https://docs.google.com/spreadsheets/d/{self.id}/edit#gid=0"

    def titles(self) -> list[str]:
        return self.book.titles()

    def values(self, title: str) -> list[list[Scalar]]:
        """What the cells hold, blanks as None, without the blank cells behind and the blank rows below."""
        return _trimmed([_trimmed(list(row.values)) for row in computed(self.book, self.book.sheet(title))])

    def shown(self, title: str) -> list[list[str]]:
        """What a person sees."""
        sheet = self.book.sheet(title)
        return [
            [
                shown(value, (sheet.row(at).mark(column, "userEnteredFormat") or {}).get("numberFormat"))
                for column, value in enumerate(row)
            ]
            for at, row in enumerate(self.values(title))
        ]

    def formula(self, title: str, cell: str) -> str:
        """The formula in a cell, "" where it holds none."""
        row, column = _place(cell)
        return self.book.sheet(title).row(row).mark(column, "formula") or ""

    def mark(self, title: str, cell: str, name: str) -> Any:
        """A cell's "note", "userEnteredFormat" or "dataValidation"."""
        row, column = _place(cell)
        return self.book.sheet(title).row(row).mark(column, name)

    def lay(self, title: str, grid: Sequence[Sequence[Any]], how: str = "RAW") -> None:
        """Write a grid from A1 on, on a new tab if need be; the tab grows as far as it must."""
        with _Draft(self) as book:
            if title not in book.titles():
                book.sheets.append(_tab(book, title))
            sheet = book.sheet(title)
            sheet.grow(len(grid), max((len(row) for row in grid), default=0))
            for at, given in enumerate(grid):
                cells = ["" if value is None else value for value in given]
                sheet.put_row(at, entered_row(sheet.row(at), 0, cells, how))

    def type(self, title: str, cell: str, value: Any) -> None:
        """Type into a cell: what looks like a number, a day or a formula becomes one."""
        at, column = _place(cell)
        with _Draft(self) as book:
            sheet = book.sheet(title)
            sheet.put_row(at, entered(sheet.row(at), column, value, "USER_ENTERED"))

    def sort(self, title: str, column: int, *, down: bool = False, heading: int = 1) -> None:
        """Sort the tab below its heading."""
        spec = {"dimensionIndex": column - 1, "sortOrder": "DESCENDING" if down else "ASCENDING"}
        with _Draft(self) as book:
            sheet = book.sheet(title)
            dimensions.sort_rows(sheet, heading, sheet.row_count, 0, sheet.column_count, [spec])

    def insert_rows(self, title: str, before: int, count: int = 1) -> None:
        with _Draft(self) as book:
            dimensions.insert_dimension(book, book.sheet(title), "ROWS", before - 1, count, inherit=before > 1)

    def delete_rows(self, title: str, first: int, count: int = 1) -> None:
        with _Draft(self) as book:
            dimensions.delete_dimension(book, book.sheet(title), "ROWS", first - 1, first - 1 + count)

    def move_rows(self, title: str, first: int, count: int, before: int) -> None:
        """Drag rows to before another one."""
        with _Draft(self) as book:
            dimensions.move_dimension(book, book.sheet(title), "ROWS", first - 1, first - 1 + count, before - 1)

    def insert_columns(self, title: str, before: int, count: int = 1) -> None:
        with _Draft(self) as book:
            dimensions.insert_dimension(book, book.sheet(title), "COLUMNS", before - 1, count, inherit=before > 1)

    def delete_columns(self, title: str, first: int, count: int = 1) -> None:
        with _Draft(self) as book:
            dimensions.delete_dimension(book, book.sheet(title), "COLUMNS", first - 1, first - 1 + count)

    def rename(self, title: str, new: str) -> None:
        with _Draft(self) as book:
            sheet_edits.rename(book, book.sheet(title), new)

    def delete_tab(self, title: str) -> None:
        with _Draft(self) as book:
            book.sheets.remove(book.sheet(title))
            book.order()

    def share(self, email: str, role: str = "writer") -> None:
        """Let an address in: "writer", "reader", or "" to shut it out again."""
        with _Draft(self) as book:
            book.roles.pop(email, None)
            if role:
                book.roles[email] = role


class _Draft:
    """One change of people's, whole."""

    def __init__(self, people: People) -> None:
        self._people = people

    def __enter__(self) -> Book:
        self._book = self._people.book.draft()
        return self._book

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._people._shelf.put(self._book)


def _trimmed(cells: list[Any]) -> list[Any]:
    while cells and cells[-1] in (None, []):
        cells.pop()
    return cells


def _place(cell: str) -> tuple[int, int]:
    area = read_cells(cell, "")
    if area is None or not area.one_cell:
        raise ValueError(f"{cell} is no cell")
    return area.top, area.left


def _tab(book: Book, title: str) -> Sheet:
    return new_sheet(title, max((sheet.id for sheet in book.sheets), default=0) + 101, len(book.sheets))
