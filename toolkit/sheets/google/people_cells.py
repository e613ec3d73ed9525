"""Blank cells of people's tabs in a Google Sheet."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from toolkit.book.filling import FORMULA, MERGED, Filled, Filling, cell_in, found_again, put_in, said
from toolkit.book.grid import Cell, Grid, Tabs, address
from toolkit.book.parse.cells import is_blank
from toolkit.sheets.google.cells import cell_value
from toolkit.sheets.google.wire import Json

AS_ENTERED: Final = {
    "valueRenderOption": "FORMULA",
    "dateTimeRenderOption": "SERIAL_NUMBER",
    "majorDimension": "ROWS",
}
"""How cells are read as people typed them, formulas as text."""

MERGES: Final = "sheets(properties.title,merges)"

SPREADS: Final = re.compile(
    r"=.*(?:\{|ARRAYFORMULA|BYROW|FILTER|FLATTEN|IMPORT|MAP|QUERY|SEQUENCE|SORT|SPLIT|UNIQUE)",
    re.IGNORECASE | re.DOTALL,
)
"""A formula that may fill cells right of it and below; a value typed into one of them breaks it with #REF!."""

TEXT_FORMAT: Final[Json] = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}


@dataclass(frozen=True)
class PeopleCells:
    """People's tabs right before they are filled.

    Args:
        values: what their cells show.
        entered: what people typed into them.
        merged: the merged areas of each tab.
    """

    values: Tabs
    entered: Tabs
    merged: Mapping[str, Sequence[Json]]

    def free(self, fillings: Iterable[Filling]) -> Filled:
        """Return the cells that may be filled."""
        return found_again(fillings, self.values).without(self._obstacle)

    def moved(self, done: Sequence[Filling], now: Tabs) -> list[Filling]:
        """Return the fillings whose rows were moved meanwhile."""
        expected = put_in(self.entered, done)
        return [cell for cell in done if _row(now[cell.tab], cell.row) != _row(expected[cell.tab], cell.row)]

    def _obstacle(self, cell: Filling) -> str:
        if not is_blank(cell_in(_row(self.entered[cell.tab], cell.row), cell.column)):
            return FORMULA
        if any(_is_in(cell.row, cell.column, area) for area in self.merged.get(cell.tab, ())):
            return MERGED
        above = [at for at in self._spreading[cell.tab] if at[0] <= cell.row and at[1] <= cell.column]
        return f"the formula in {address(*above[0])} may fill it" if above else ""

    @cached_property
    def _spreading(self) -> dict[str, list[tuple[int, int]]]:
        return {tab: list(_formulas_in(grid)) for tab, grid in self.entered.items()}


def filling_requests(done: Iterable[Filling], ids: Mapping[str, int]) -> Iterator[Json]:
    """Yield the requests that fill cells with text.

    Args:
        done: the cells, where they stand now.
        ids: the id of each tab.
    """
    for cell in done:
        start = {"sheetId": ids[cell.tab], "rowIndex": cell.row, "columnIndex": cell.column}
        rows = [{"values": [{**cell_value(cell.text), **TEXT_FORMAT}]}]
        fields = "userEnteredValue,userEnteredFormat.numberFormat"
        yield {"updateCells": {"start": start, "rows": rows, "fields": fields}}


def _formulas_in(grid: Grid) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and SPREADS.match(cell):
                yield row, column


def _row(grid: Grid, row: int) -> tuple[Cell, ...]:
    return said(grid[row]) if row < len(grid) else ()


def _is_in(row: int, column: int, area: Json) -> bool:
    rows = range(area.get("startRowIndex", 0), area["endRowIndex"])
    return row in rows and column in range(area.get("startColumnIndex", 0), area["endColumnIndex"])
