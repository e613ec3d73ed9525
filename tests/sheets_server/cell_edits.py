"""Requests of a batchUpdate that write, check or sort cells."""

import copy
from typing import Final

from tests.sheets_server import dimensions
from tests.sheets_server.entered import Scalar, as_raw
from tests.sheets_server.masks import Mask, assign
from tests.sheets_server.model import Book, Row, Sheet
from tests.sheets_server.reach import Corners, corners, mask_of, sheet_of, with_styles
from tests.sheets_server.refusal import Json, Refusal, wrong

CELL_MARKS: Final = ("note", "userEnteredFormat", "dataValidation", "textFormatRuns", "hyperlink")


def update_cells(book: Book, given: Json) -> Json:
    mask, rows = mask_of(given), given.get("rows", [])
    if "start" in given:
        start = given["start"]
        sheet = sheet_of(book, start.get("sheetId", 0))
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(row.get("values", [])) for row in rows), default=0)
        box = (top, left, top + len(rows), left + width)
        _check_inside(sheet, box)
        _put_rows(sheet, box, rows, mask, keep_short=True)
    else:
        sheet, box = corners(book, given.get("range", {}))
        _check_given(rows, box)
        _put_rows(sheet, box, rows, mask, keep_short=False)
    return {}


def _check_inside(sheet: Sheet, box: Corners) -> None:
    top, left, bottom, right = box
    if top >= sheet.row_count:
        raise wrong(f"GridCoordinate.rowIndex[{top}] is after last row in grid[{sheet.row_count}]")
    if left >= sheet.column_count:
        raise wrong(f"GridCoordinate.columnIndex[{left}] is after last column in grid[{sheet.column_count}]")
    if bottom > sheet.row_count:
        raise _too_low(sheet.row_count)
    if right > sheet.column_count:
        raise _too_far_right(sheet.column_count)


def _too_low(end: int) -> Refusal:
    return wrong(f"Attempting to write row: {end}, beyond the last requested row of: {end - 1}")


def _too_far_right(end: int) -> Refusal:
    return wrong(f"Attempting to write column: {end}, beyond the last requested column of: {end - 1}")


def _check_given(rows: list[Json], box: Corners) -> None:
    top, left, bottom, right = box
    if len(rows) > bottom - top:
        raise _too_low(bottom)
    if any(len(row.get("values", [])) > right - left for row in rows):
        raise _too_far_right(right)


def _put_rows(sheet: Sheet, box: Corners, rows: list[Json], mask: Mask, *, keep_short: bool) -> None:
    """Write CellData; in a range, cells that are not given lose the masked fields."""
    top, left, bottom, right = box
    for down in range(bottom - top):
        cells = rows[down].get("values", []) if down < len(rows) else []
        width = len(cells) if keep_short else right - left
        row = _put_row(sheet.row(top + down), left, [*cells, *[{}] * (width - len(cells))], mask)
        if row is not sheet.row(top + down):
            sheet.put_row(top + down, row)


def _put_row(row: Row, left: int, cells: list[Json], mask: Mask) -> Row:
    values = [cell.get("userEnteredValue") or {} for cell in cells]
    if list(mask) == ["userEnteredValue"] and not any("formulaValue" in value for value in values):
        return row.with_values(left, [_plain(value) for value in values])
    for across, cell in enumerate(cells):
        row = put_cell(row, left + across, cell, mask)
    return row


def put_cell(row: Row, column: int, cell: Json, mask: Mask) -> Row:
    """A row with the masked parts of a CellData in one cell."""
    every = "*" in mask
    if every or "userEnteredValue" in mask:
        row = _put_value(row, column, cell.get("userEnteredValue") or {})
    for name in CELL_MARKS:
        if every:
            row = row.with_mark(column, name, with_styles(cell.get(name)) or None)
        elif name in mask:
            holder: Json = {name: copy.deepcopy(row.mark(column, name))} if row.mark(column, name) else {}
            assign(holder, {name: cell[name]} if name in cell else {}, {name: mask[name]})
            row = row.with_mark(column, name, with_styles(holder.get(name)) or None)
    return row


def _put_value(row: Row, column: int, value: Json) -> Row:
    if "formulaValue" in value:
        return row.with_value(column, None).with_mark(column, "formula", value["formulaValue"])
    return row.with_value(column, _plain(value))


def _plain(value: Json) -> Scalar:
    return as_raw(next((value[name] for name in ("numberValue", "stringValue", "boolValue") if name in value), None))


def repeat_cell(book: Book, given: Json) -> Json:
    sheet, (top, left, bottom, right) = corners(book, given.get("range", {}))
    mask, cell = mask_of(given), given.get("cell", {})
    for number in range(top, bottom):
        row = sheet.row(number)
        for column in range(left, right):
            row = put_cell(row, column, cell, mask)
        if row is not sheet.row(number):
            sheet.put_row(number, row)
    return {}


def append_cells(book: Book, given: Json) -> Json:
    sheet = sheet_of(book, given.get("sheetId", 0))
    used = [number + 1 for number, row in enumerate(sheet.rows) if row.used()]
    top, rows = max(used, default=0), given.get("rows", [])
    width = max((len(row.get("values", [])) for row in rows), default=0)
    sheet.grow(top + len(rows), width)
    _put_rows(sheet, (top, 0, top + len(rows), width), rows, mask_of(given), keep_short=True)
    return {}


def set_data_validation(book: Book, given: Json) -> Json:
    sheet, (top, left, bottom, right) = corners(book, given.get("range", {}))
    for number in range(top, bottom):
        for column in range(left, right):
            sheet.put_mark(number, column, "dataValidation", given.get("rule"))
    return {}


def sort_range(book: Book, given: Json) -> Json:
    sheet, (top, left, bottom, right) = corners(book, given.get("range", {}))
    dimensions.sort_rows(sheet, top, bottom, left, right, given.get("sortSpecs", []))
    return {}
