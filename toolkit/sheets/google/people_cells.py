"""Blank cells of people's tabs in a Google Sheet: what stands in their way, how they are filled, whether rows moved."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from toolkit.book.filling import FORMULA, MERGED, Filled, Filling, cell_in, found_again, put_in, said
from toolkit.book.grid import Cell, Grid, Tabs, address
from toolkit.book.parse.cells import is_blank
from toolkit.sheets.google.cells import laid
from toolkit.sheets.google.wire import Json

AS_ENTERED: Final = {
    "valueRenderOption": "FORMULA",
    "dateTimeRenderOption": "SERIAL_NUMBER",
    "majorDimension": "ROWS",
}
"""Cells as people typed them: a formula is its own text."""

MERGES: Final = "sheets(properties.title,merges)"

SPREADS: Final = re.compile(
    r"=.*(?:\{|ARRAYFORMULA|BYROW|FILTER|FLATTEN|IMPORT|MAP|QUERY|SEQUENCE|SORT|SPLIT|UNIQUE)",
    re.IGNORECASE | re.DOTALL,
)
"""A formula that may fill cells right of it and below; whoever types into one of them breaks it."""

TEXT: Final[Json] = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}


@dataclass(frozen=True)
class PeopleCells:
    """Some tabs of the people's, looked at right before they are written.

    Args:
        there: what their cells come to.
        entered: what people typed into them.
        merged: the merged areas of each tab.
    """

    there: Tabs
    entered: Tabs
    merged: Mapping[str, Sequence[Json]]

    def free(self, fillings: Iterable[Filling]) -> Filled:
        """Which cells may be filled, each where its row stands now."""
        return found_again(fillings, self.there).without(self._why_not)

    def moved(self, done: Sequence[Filling], now: Tabs) -> list[Filling]:
        """Those whose row says something else after the writing than it should."""
        wanted = put_in(self.entered, done)
        return [one for one in done if _row(now[one.tab], one.row) != _row(wanted[one.tab], one.row)]

    def _why_not(self, one: Filling) -> str:
        if not is_blank(cell_in(_row(self.entered[one.tab], one.row), one.column)):
            return FORMULA
        if any(_is_in(one.row, one.column, area) for area in self.merged.get(one.tab, ())):
            return MERGED
        above = [at for at in self._spreading[one.tab] if at[0] <= one.row and at[1] <= one.column]
        return f"the formula in {address(*above[0])} may fill it" if above else ""

    @cached_property
    def _spreading(self) -> dict[str, list[tuple[int, int]]]:
        return {tab: list(_formulas_in(grid)) for tab, grid in self.entered.items()}


def filling_requests(done: Iterable[Filling], ids: Mapping[str, int]) -> Iterator[Json]:
    """What fills these cells with text that stays text, also where somebody edits it.

    Args:
        done: the cells, where they stand now.
        ids: the id of each tab.
    """
    for one in done:
        start = {"sheetId": ids[one.tab], "rowIndex": one.row, "columnIndex": one.column}
        rows = [{"values": [{**laid(one.text), **TEXT}]}]
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
