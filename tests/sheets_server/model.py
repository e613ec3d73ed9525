"""Spreadsheets in memory: rows that are replaced and never changed, so that a draft of a book costs little."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from tests.sheets_server.entered import Scalar
from tests.sheets_server.refusal import Json, wrong

MOST_CELLS: Final = 10_000_000
PROPERTIES: Final[Json] = {"locale": "en_US", "autoRecalc": "ON_CHANGE", "timeZone": "Etc/GMT"}


@dataclass(frozen=True)
class Row:
    """One row: plain values, and beside them what else a cell has.

    Args:
        values: what the cells hold; shorter than the tab is wide; None for a blank one and for a formula.
        marks: by column: "formula", "note", "userEnteredFormat", "dataValidation".
    """

    values: tuple[Scalar, ...] = ()
    marks: Mapping[int, Json] = field(default_factory=dict)

    def value(self, column: int) -> Scalar:
        return self.values[column] if column < len(self.values) else None

    def mark(self, column: int, name: str) -> Any:
        return self.marks.get(column, {}).get(name)

    def with_value(self, column: int, value: Scalar) -> "Row":
        """The row with a plain value in this cell; a formula there goes."""
        padded = list(self.values) + [None] * (column + 1 - len(self.values))
        padded[column] = value
        while padded and padded[-1] is None:
            padded.pop()
        return replace(self, values=tuple(padded)).with_mark(column, "formula", None)

    def with_values(self, left: int, values: Sequence[Scalar]) -> "Row":
        """The row with plain values from a column on; formulas there go."""
        old = self.values
        padded = [*old[:left], *[None] * (left - len(old)), *values, *old[left + len(values) :]]
        while padded and padded[-1] is None:
            padded.pop()
        row = replace(self, values=tuple(padded))
        for column in [column for column in self.marks if left <= column < left + len(values)]:
            row = row.with_mark(column, "formula", None)
        return row

    def with_mark(self, column: int, name: str, mark: Any) -> "Row":
        """The row with this mark on a cell; None takes it off."""
        old = self.marks.get(column, {})
        if mark is None and name not in old:
            return self
        marks = dict(self.marks)
        new = {key: kept for key, kept in old.items() if key != name} | ({} if mark is None else {name: mark})
        marks.pop(column, None)
        return replace(self, marks=marks | ({column: new} if new else {}))

    def without_marks(self, *names: str) -> "Row":
        """The row's marks alone, without these: what an inserted row takes from its neighbour."""
        kept = {column: {k: v for k, v in mark.items() if k not in names} for column, mark in self.marks.items()}
        return Row((), {column: mark for column, mark in kept.items() if mark})

    def moved(self, place: Callable[[int], int | None]) -> "Row":
        """The row with each cell at another column; None leaves the cell out."""
        values = [(place(column), value) for column, value in enumerate(self.values) if value is not None]
        marks = [(place(column), mark) for column, mark in self.marks.items()]
        row = Row((), {column: mark for column, mark in marks if column is not None})
        placed = {column: value for column, value in values if column is not None}
        return replace(row, values=tuple(placed.get(column) for column in range(max(placed, default=-1) + 1)))

    def used(self) -> int:
        """How many columns hold a value or a formula."""
        formulas = [column + 1 for column, mark in self.marks.items() if "formula" in mark]
        return max([len(self.values), *formulas])


BLANK: Final = Row()


@dataclass
class Sheet:
    """One tab."""

    properties: Json
    rows: list[Row] = field(default_factory=list)
    merges: list[Json] = field(default_factory=list)
    protected: list[Json] = field(default_factory=list)
    conditional: list[Json] = field(default_factory=list)
    banded: list[Json] = field(default_factory=list)
    basic_filter: Json | None = None
    widths: dict[int, Json] = field(default_factory=dict)
    heights: dict[int, Json] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def column_count(self) -> int:
        return int(self.properties["gridProperties"]["columnCount"])

    def row(self, number: int) -> Row:
        return self.rows[number] if number < len(self.rows) else BLANK

    def put_row(self, number: int, row: Row) -> None:
        """Set a row; blank ones behind the last are not kept."""
        while len(self.rows) <= number:
            self.rows.append(BLANK)
        self.rows[number] = row

    def put(self, row: int, column: int, value: Scalar) -> None:
        self.put_row(row, self.row(row).with_value(column, value))

    def put_mark(self, row: int, column: int, name: str, mark: Any) -> None:
        self.put_row(row, self.row(row).with_mark(column, name, mark))

    def grow(self, rows: int = 0, columns: int = 0) -> None:
        """Make the grid at least this big."""
        grid = self.properties["gridProperties"]
        grid["rowCount"] = max(self.row_count, rows)
        grid["columnCount"] = max(self.column_count, columns)

    def draft(self) -> "Sheet":
        rest = {name: copy.deepcopy(value) for name, value in vars(self).items() if name != "rows"}
        return Sheet(rows=list(self.rows), **rest)


@dataclass
class Book:
    """One spreadsheet, with who may open it."""

    id: str
    title: str
    sheets: list[Sheet]
    roles: dict[str, str] = field(default_factory=dict)
    named: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)
    properties: Json = field(default_factory=lambda: dict(PROPERTIES))
    mime: str = "application/vnd.google-apps.spreadsheet"
    created: str = ""
    modified: str = ""
    revision: int = 0

    def sheet(self, title: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.title == title)

    def by_id(self, sheet_id: int) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def titles(self) -> list[str]:
        return [sheet.title for sheet in self.sheets]

    def draft(self) -> "Book":
        """A copy to work on; the book stays as it is until the draft takes its place."""
        apart = ("named", "metadata", "properties", "roles")
        rest = {name: copy.deepcopy(getattr(self, name)) for name in apart}
        return replace(self, sheets=[sheet.draft() for sheet in self.sheets], revision=self.revision + 1, **rest)

    def check_size(self) -> None:
        """A spreadsheet holds ten million cells."""
        if sum(sheet.row_count * sheet.column_count for sheet in self.sheets) > MOST_CELLS:
            raise wrong(
                f"This action would increase the number of cells in the workbook above the limit of {MOST_CELLS} cells."
            )

    def order(self) -> None:
        """Say again which tab stands where."""
        for index, sheet in enumerate(self.sheets):
            sheet.properties["index"] = index


def new_sheet(title: str, sheet_id: int = 0, index: int = 0, rows: int = 1000, columns: int = 26) -> Sheet:
    """A blank tab as Google makes it."""
    grid = {"rowCount": rows, "columnCount": columns}
    kind = {"sheetType": "GRID", "gridProperties": grid}
    return Sheet({"sheetId": sheet_id, "title": title, "index": index} | kind)
