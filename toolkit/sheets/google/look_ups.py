"""Look-up columns: one formula in row 1 shows a column of Standing beside each client, wherever rows are moved."""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.book.grid import letters_of
from toolkit.sheets.google.looks import area, guarded
from toolkit.sheets.google.payload import Json
from toolkit.sheets.google.tab_list import quoted
from toolkit.sheets.new_tab import Kind


@dataclass(frozen=True, slots=True)
class LookUp:
    """One look-up column.

    The formula stands in row 1 and speaks of whole columns: A2:A would be shifted beside the wrong client by a row that
    is inserted above. Its parts are kept apart by semicolons, which every sheet takes: where a comma is the decimal
    sign, as in Kyrgyz and Russian sheets, a formula with commas that comes over the API shows #ERROR!.

    Source: googleapis/google-api-nodejs-client, issue 1994, 2020-03-20.

    Args:
        heading: what stands above it.
        column: the column of Standing that it shows, counted from 1.
        standing: the name of the Standing tab.
        keys: the column with the client numbers, counted from 0.
        heading_row: the row of the headings, counted from 1; the rows above stay blank.
        kind: how its cells look.
    """

    heading: str
    column: int
    standing: str
    keys: int = 0
    heading_row: int = 1
    kind: Kind = "text"

    @property
    def formula(self) -> str:
        """The formula for row 1. A number as key is looked for as text, since ours stand as text in Standing."""
        key = f"{letters_of(self.keys)}:{letters_of(self.keys)}"
        heading = self.heading.replace('"', '""')
        found = f'IFERROR(VLOOKUP({key}&"";{quoted(self.standing)}!A:Z;{self.column};FALSE);"")'
        below = f'IF({key}="";"";{found})'
        if self.heading_row > 1:
            below = f'IF(ROW({key})<{self.heading_row};"";{below})'
        return f'=ARRAYFORMULA(IF(ROW({key})={self.heading_row};"{heading}";{below}))'

    def laid(self, sheet: int, place: int, note: str) -> Iterator[Json]:
        """What lays it into a column, with a note on it and a warning for who types there."""
        cell = {"userEnteredValue": {"formulaValue": self.formula}, "note": note}
        start = {"sheetId": sheet, "rowIndex": 0, "columnIndex": place}
        yield {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue,note"}}
        whole = {name: value for name, value in area(sheet, place).items() if name != "startRowIndex"}
        yield guarded(whole, note)
