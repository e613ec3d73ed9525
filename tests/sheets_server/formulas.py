"""What formulas come to on a tab: each is worked out and, under ARRAYFORMULA, spread over the cells below it."""

from collections.abc import Sequence
from typing import Final

from tests.sheets_server.a1 import Area, read_cells, read_range
from tests.sheets_server.dimensions import formulas_of
from tests.sheets_server.entered import Scalar
from tests.sheets_server.model import Book, Row, Sheet
from tests.sheets_server.sums import ErrorText, Grid, NoFormula, Value, work_out

REF: Final = ErrorText("#REF!")
DECIMAL_COMMA: Final = ("de", "es", "fr", "it", "kk", "ky", "pl", "pt", "ru", "tr", "uk")
"""Languages in whose sheets a comma is the decimal sign, and only a semicolon keeps arguments apart."""


def computed(book: Book, sheet: Sheet, busy: frozenset[int] = frozenset()) -> Sequence[Row]:
    """The tab's rows with the formulas worked out; the stored rows themselves where there are none."""
    formulas = formulas_of(sheet)
    if not formulas or sheet.id in busy:
        return sheet.rows
    rows = [list(row.values) for row in sheet.rows]
    cells = _Cells(book, sheet, rows, busy | {sheet.id})
    for number, column, formula in formulas:
        _spread(sheet, rows, number, column, _value(formula, cells))
    stored = list(sheet.rows) + [Row()] * (len(rows) - len(sheet.rows))
    return [Row(tuple(values), row.marks) for values, row in zip(rows, stored, strict=True)]


def _value(formula: str, cells: "_Cells") -> Value:
    try:
        value = work_out(formula[1:], cells)
    except NoFormula:
        return ErrorText("#ERROR!")
    if isinstance(value, list) and "ARRAYFORMULA(" not in formula.upper():
        return value[0][0] if value and value[0] else None
    return value


class _Cells:
    """The cells that a formula may look at."""

    def __init__(self, book: Book, sheet: Sheet, rows: list[list[Scalar]], busy: frozenset[int]) -> None:
        self._book, self._sheet, self._rows, self._busy = book, sheet, rows, busy

    @property
    def between(self) -> str:
        """The signs that may stand between two arguments: a semicolon everywhere, a comma not in every language."""
        return ";" if str(self._book.properties["locale"]).startswith(DECIMAL_COMMA) else ";,"

    def area(self, text: str) -> Area | None:
        """The area that a reference names, with closed ends."""
        own = read_cells(text, self._sheet.title) if "!" not in text else read_range(text, self._book.titles())
        if own is None:
            return None
        sheet = self._book.sheet(own.title)
        return own.within(sheet.row_count, sheet.column_count)

    def grid(self, area: Area) -> Grid:
        """What stands in an area, blanks as None."""
        top, left, bottom, right = area.closed()
        rows = self._values(area.title)
        blank: list[Scalar] = [None] * (right - left)
        found = [(list(row[left:right]) + blank)[: right - left] for row in rows[top:bottom]]
        return found + [blank] * (bottom - top - len(found))

    def _values(self, title: str) -> Sequence[Sequence[Scalar]]:
        if title == self._sheet.title:
            return self._rows
        return [row.values for row in computed(self._book, self._book.sheet(title), self._busy)]


def _spread(sheet: Sheet, rows: list[list[Scalar]], top: int, left: int, value: Value) -> None:
    """Put a result into its cell, and an array into the cells around; a filled one in its way is #REF!."""
    grid = value if isinstance(value, list) else [[value]]
    grid = grid[: sheet.row_count - top]
    if _in_the_way(sheet, top, left, grid):
        grid = [[REF]]
    for down, given in enumerate(grid):
        while len(rows) <= top + down:
            rows.append([])
        row = rows[top + down]
        row.extend([None] * (left + len(given) - len(row)))
        row[left : left + len(given)] = given


def _in_the_way(sheet: Sheet, top: int, left: int, grid: Grid) -> bool:
    for number in range(top, min(top + len(grid), len(sheet.rows))):
        row = sheet.rows[number]
        for column in range(left, left + len(grid[number - top])):
            own = number == top and column == left
            if not own and (row.value(column) is not None or row.mark(column, "formula") is not None):
                return True
    return False
