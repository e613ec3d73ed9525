"""Rows and columns that come, go, move and are sorted, and everything that lies on them moving along."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from tests.sheets_server.model import Book, Row, Sheet
from tests.sheets_server.refusal import Json, wrong
from tests.sheets_server.shifts import Shift, shifted_formula

if TYPE_CHECKING:
    from tests.sheets_server.entered import Scalar

SIZES: Final = {"ROWS": "rowCount", "COLUMNS": "columnCount"}
ENDS: Final = {True: ("startRowIndex", "endRowIndex"), False: ("startColumnIndex", "endColumnIndex")}
FAR: Final = 1 << 30


def insert_dimension(book: Book, sheet: Sheet, dimension: str, start: int, count: int, *, inherit: bool) -> None:
    """Blank rows or columns before `start`; with `inherit` they look like what stands before them."""
    if dimension == "ROWS":
        if start < len(sheet.rows):
            model = sheet.row(start - 1 if inherit else start).without_marks("formula", "note")
            sheet.rows[start:start] = [model] * count
    else:
        sheet.rows = [_widened(row, start, count, inherit=inherit) for row in sheet.rows]
    sheet.properties["gridProperties"][SIZES[dimension]] += count
    _shift(book, sheet, Shift(dimension == "ROWS", start, count))


def _widened(row: Row, start: int, count: int, *, inherit: bool) -> Row:
    moved = row.moved(lambda column: column + count if column >= start else column)
    model = row.without_marks("formula", "note").marks.get(start - 1 if inherit else start)
    marks = dict(moved.marks) | (dict.fromkeys(range(start, start + count), model) if model else {})
    return Row(moved.values, marks)


def delete_dimension(book: Book, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Take rows or columns out; metadata, protection and filters on them go too."""
    shift = Shift(dimension == "ROWS", start, start - end)
    if dimension == "ROWS":
        del sheet.rows[start:end]
    else:
        sheet.rows = [row.moved(lambda at: None if shift.gone(at) else shift.first(at)) for row in sheet.rows]
    sheet.properties["gridProperties"][SIZES[dimension]] -= end - start
    _shift(book, sheet, shift)


def move_dimension(book: Book, sheet: Sheet, dimension: str, start: int, end: int, target: int) -> None:
    """Rows or columns carried to before `target`, counted as it was; metadata on them goes along."""
    total = sheet.properties["gridProperties"][SIZES[dimension]]
    order = [at for at in range(total) if not start <= at < end]
    place = target if target <= start else target - (end - start)
    order = [*order[:place], *range(start, end), *order[place:]]
    where = {old: new for new, old in enumerate(order)}
    if dimension == "ROWS":
        sheet.rows = [sheet.row(old) for old in order]
    else:
        sheet.rows = [row.moved(where.get) for row in sheet.rows]
    for mark in _metadata_on(book, sheet, dimension):
        mark["startIndex"] = where[mark["startIndex"]]
        mark["endIndex"] = mark["startIndex"] + 1


def _shift(book: Book, sheet: Sheet, shift: Shift) -> None:
    """Move the edges of everything that lies on the tab; what has no extent left is gone."""
    for held in (sheet.merges, sheet.protected, sheet.banded, sheet.conditional, book.named):
        held[:] = [one for one in held if _keeps(one, sheet, shift)]
    if sheet.basic_filter and not _keeps(sheet.basic_filter, sheet, shift):
        sheet.basic_filter = None
    for place in _metadata_on(book, sheet, "ROWS" if shift.rows else "COLUMNS"):
        place["startIndex"], place["endIndex"] = shift.first(place["startIndex"]), shift.end(place["endIndex"])
    book.metadata[:] = [one for one in book.metadata if not _emptied(one)]
    change_formulas(book, lambda own, formula: shifted_formula(formula, own.title, sheet.title, shift))


def change_formulas(book: Book, change: Callable[[Sheet, str], str]) -> None:
    """Rewrite each formula of the book."""
    for own in book.sheets:
        for number, column, formula in formulas_of(own):
            own.put_mark(number, column, "formula", change(own, formula))


def formulas_of(sheet: Sheet) -> list[tuple[int, int, str]]:
    """Row, column and text of each formula, from the top."""
    marked = [(number, row.marks) for number, row in enumerate(sheet.rows) if row.marks]
    return [
        (number, column, marks[column]["formula"])
        for number, marks in marked
        for column in sorted(marks)
        if "formula" in marks[column]
    ]


def _keeps(one: Json, sheet: Sheet, shift: Shift) -> bool:
    ranges = one["ranges"] if "ranges" in one else [one.get("range", one)]
    alive = [part for part in ranges if _move_range(part, sheet, shift)]
    if "ranges" in one:
        one["ranges"] = alive
    return bool(alive)


def _move_range(part: Json, sheet: Sheet, shift: Shift) -> bool:
    if part.get("sheetId", 0) != sheet.id:
        return True
    start, end = ENDS[shift.rows]
    if start in part:
        part[start] = shift.first(part[start])
    if end in part:
        part[end] = shift.end(part[end])
    return bool(part.get(end, FAR) > part.get(start, 0))


def _metadata_on(book: Book, sheet: Sheet, dimension: str) -> Iterator[Json]:
    for one in book.metadata:
        place = one["location"].get("dimensionRange")
        if place and place.get("sheetId", 0) == sheet.id and place["dimension"] == dimension:
            yield place


def _emptied(one: Json) -> bool:
    place = one["location"].get("dimensionRange")
    return bool(place) and place["endIndex"] <= place["startIndex"]


def sort_rows(sheet: Sheet, top: int, bottom: int, left: int, right: int, specs: list[Json]) -> None:
    """Sort cells and what is in them; rows themselves, and metadata on them, stay where they are.

    Google sorts numbers before text before blanks; equal ones keep their order.
    """
    numbers = range(top, min(bottom, len(sheet.rows)))
    rows = [sheet.row(number) for number in numbers]
    for spec in reversed(specs):
        column, down = spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING"
        filled = [row for row in rows if row.value(column) is not None]
        blank = [row for row in rows if row.value(column) is None]
        rows = sorted(filled, key=_sorting(column), reverse=down) + blank
    for number, row in zip(numbers, rows, strict=True):
        sheet.rows[number] = _merged(sheet.row(number), row, left, right)


def _merged(old: Row, new: Row, left: int, right: int) -> Row:
    """Row `new` between left and right, row `old` outside."""
    width = max(len(old.values), len(new.values))
    values = [(new if left <= column < right else old).value(column) for column in range(width)]
    while values and values[-1] is None:
        values.pop()
    inner = {column: mark for column, mark in new.marks.items() if left <= column < right}
    outer = {column: mark for column, mark in old.marks.items() if not left <= column < right}
    return Row(tuple(values), outer | inner)


def _sorting(column: int) -> Callable[[Row], tuple[int, Any]]:
    def key(row: Row) -> tuple[int, Any]:
        value: Scalar = row.value(column)
        if isinstance(value, bool):
            return (2, value)
        return (1, value.casefold()) if isinstance(value, str) else (0, value)

    return key


def resize(sheet: Sheet, rows: int, columns: int) -> None:
    """Cut what lies outside a grid that was made smaller."""
    if rows < 1 or columns < 1:
        raise wrong("You can't delete all the rows on the sheet." if rows < 1 else "You can't delete all the columns.")
    del sheet.rows[rows:]
    if any(len(row.values) > columns or max(row.marks, default=0) >= columns for row in sheet.rows):
        sheet.rows = [row.moved(lambda column: column if column < columns else None) for row in sheet.rows]
