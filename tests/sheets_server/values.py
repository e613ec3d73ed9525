"""The endpoints under `values`: get, batchGet, update, batchUpdate, append, clear."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from tests.sheets_server.a1 import Area, column_letters, read_range, write_range
from tests.sheets_server.dimensions import insert_dimension
from tests.sheets_server.entered import Scalar, as_raw, as_typed, shown
from tests.sheets_server.formulas import computed
from tests.sheets_server.model import BLANK, Book, Row, Sheet
from tests.sheets_server.reach import beyond
from tests.sheets_server.refusal import Json, bad_field, wrong

Query: TypeAlias = dict[str, list[str]]

ROWS: Final = "ROWS"
DAYS_AS_TEXT: Final = "UNFORMATTED_VALUE with FORMATTED_STRING"
INPUTS: Final = ("RAW", "USER_ENTERED")
RENDERS: Final = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")


def one(query: Query, name: str, usual: str) -> str:
    return query.get(name, [usual])[0]


def get_values(book: Book, text: str, query: Query) -> Json:
    """values.get: one ValueRange."""
    render = one(query, "valueRenderOption", "FORMATTED_VALUE")
    if render not in RENDERS:
        raise bad_field("value_render_option", f"Invalid value at 'value_render_option', \"{render}\"")
    area = area_of(book, text)
    sheet = book.sheet(area.title)
    _inside(sheet, area)
    if render == "UNFORMATTED_VALUE" and one(query, "dateTimeRenderOption", "SERIAL_NUMBER") == "FORMATTED_STRING":
        render = DAYS_AS_TEXT
    clipped = area.within(sheet.row_count, sheet.column_count)
    grid = _trimmed([_trimmed_row(row) for row in _rendered(book, sheet, clipped, render)])
    return _value_range(clipped, grid, one(query, "majorDimension", ROWS))


def batch_get(book: Book, query: Query) -> Json:
    """values.batchGet."""
    ranges = [get_values(book, text, query) for text in query.get("ranges", [])]
    return {"spreadsheetId": book.id} | ({"valueRanges": ranges} if ranges else {})


def _value_range(area: Area, grid: list[list[Scalar]], major: str) -> Json:
    answer: Json = {"range": write_range(area.title, *area.closed()), "majorDimension": major}
    if major == "COLUMNS":
        grid = _turned(grid)
    return answer | ({"values": grid} if grid else {})


def _turned(grid: list[list[Scalar]]) -> list[list[Scalar]]:
    width = max((len(row) for row in grid), default=0)
    columns = [[row[column] if column < len(row) else "" for row in grid] for column in range(width)]
    return [_trimmed_row(column) for column in columns]


def _rendered(book: Book, sheet: Sheet, area: Area, render: str) -> Iterator[list[Scalar]]:
    top, left, bottom, right = area.closed()
    live = computed(book, sheet) if render != "FORMULA" else sheet.rows
    for number in range(top, min(bottom, len(live))):
        row, stored = live[number], sheet.row(number)
        if render == "UNFORMATTED_VALUE":
            yield ["" if value is None else value for value in row.values[left:right]]
        else:
            yield [_cell(row, stored, column, render) for column in range(left, min(right, row.used()))]


def _cell(row: Row, stored: Row, column: int, render: str) -> Scalar:
    value = row.value(column)
    if render == "FORMULA":
        formula = stored.mark(column, "formula")
        return formula or ("" if value is None else value)
    form: Json = (stored.mark(column, "userEnteredFormat") or {}).get("numberFormat") or {}
    is_day = form.get("type") in ("DATE", "DATE_TIME", "TIME")
    if render == "FORMATTED_VALUE" or (render == DAYS_AS_TEXT and is_day):
        return shown(value, form)
    return "" if value is None else value


def _trimmed_row(row: list[Scalar]) -> list[Scalar]:
    while row and row[-1] == "":
        row.pop()
    return row


def _trimmed(grid: list[list[Scalar]]) -> list[list[Scalar]]:
    while grid and not grid[-1]:
        grid.pop()
    return grid


def area_of(book: Book, text: str) -> Area:
    area = read_range(text, book.titles())
    if area is None:
        raise wrong(f"Unable to parse range: {text}")
    return area


def _inside(sheet: Sheet, area: Area) -> None:
    if area.top >= sheet.row_count or area.left >= sheet.column_count:
        closed = area.within(max(area.top + 1, area.bottom or 0), max(area.left + 1, area.right or 0))
        raise beyond(sheet, write_range(area.title, *closed.closed()))


def update_values(book: Book, text: str, body: Json, how: str, *, echo: bool = False) -> Json:
    """values.update on a draft: the answer's UpdateValuesResponse."""
    _check_how(how)
    grid = _given(body)
    area = area_of(book, text)
    sheet = book.sheet(area.title)
    _inside(sheet, area)
    _check_fits(sheet, area, grid)
    return _write(book, sheet, area.top, area.left, grid, how) | (_echo(book, sheet, area, grid) if echo else {})


def _echo(book: Book, sheet: Sheet, area: Area, grid: list[list[Any]]) -> Json:
    right = area.left + max((len(row) for row in grid), default=0)
    text = write_range(sheet.title, area.top, area.left, area.top + len(grid), right)
    return {"updatedData": get_values(book, text, {})}


def batch_update_values(book: Book, body: Json) -> Json:
    """values.batchUpdate on a draft."""
    how = body.get("valueInputOption", "")
    done = [update_values(book, part.get("range", ""), part, how) for part in body.get("data", [])]
    return {
        "spreadsheetId": book.id,
        "totalUpdatedRows": sum(part.get("updatedRows", 0) for part in done),
        "totalUpdatedColumns": _distinct_columns(book, body),
        "totalUpdatedCells": sum(part.get("updatedCells", 0) for part in done),
        "totalUpdatedSheets": len({area_of(book, part["range"]).title for part in body.get("data", [])}),
        "responses": done,
    }


def _distinct_columns(book: Book, body: Json) -> int:
    touched: set[tuple[str, int]] = set()
    for part in body.get("data", []):
        area = area_of(book, part["range"])
        for row in _given(part):
            touched.update((area.title, area.left + at) for at, value in enumerate(row) if value is not None)
    return len(touched)


def _check_how(how: str) -> None:
    if how not in INPUTS:
        raise wrong("'valueInputOption' is required but not specified")


def _given(body: Json) -> list[list[Any]]:
    grid = body.get("values") or []
    if not isinstance(grid, list):
        words = f"Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"{grid}\""
        raise bad_field("data.values", words)
    for at, row in enumerate(grid):
        if not isinstance(row, list):
            words = f"Invalid value at 'data.values[{at}]' (type.googleapis.com/google.protobuf.ListValue), \"{row}\""
            raise bad_field(f"data.values[{at}]", words)
    columns = body.get("majorDimension") == "COLUMNS"
    return [list(row) for row in zip(*grid, strict=False)] if columns else grid


def _check_fits(sheet: Sheet, area: Area, grid: list[list[Any]]) -> None:
    open_area = area.one_cell
    bottom = sheet.row_count if area.bottom is None or open_area else area.bottom
    right = sheet.column_count if area.right is None or open_area else area.right
    width = max((len(row) for row in grid), default=0)
    named = write_range(sheet.title, area.top, area.left, bottom, right)
    if area.top + len(grid) > bottom and not open_area:
        last = area.top + len(grid)
        raise wrong(f"Requested writing within range [{named}], but tried writing to row [{last}]")
    if area.left + width > right and not open_area:
        raise wrong(f"Requested writing within range [{named}], but tried writing to column [{column_letters(right)}]")
    if area.top + len(grid) > sheet.row_count or area.left + width > sheet.column_count:
        raise beyond(sheet, write_range(sheet.title, area.top, area.left, area.top + len(grid), area.left + width))


def _write(book: Book, sheet: Sheet, top: int, left: int, grid: list[list[Any]], how: str) -> Json:
    rows, columns, cells = set[int](), set[int](), 0
    for down, given in enumerate(grid):
        written = [across for across, value in enumerate(given) if value is not None]
        rows.update([down] if written else [])
        columns.update(written)
        cells += len(written)
        sheet.put_row(top + down, entered_row(sheet.row(top + down), left, given, how, f"values[{down}]"))
    width = max((len(row) for row in grid), default=0)
    named = write_range(sheet.title, top, left, top + max(len(grid), 1), left + max(width, 1))
    answer: Json = {"spreadsheetId": book.id, "updatedRange": named}
    counts = {"updatedRows": len(rows), "updatedColumns": len(columns), "updatedCells": cells}
    return answer | {name: count for name, count in counts.items() if count}


def entered_row(row: Row, left: int, given: Sequence[Any], how: str, place: str = "") -> Row:
    """The row with values written from a column on; None skips a cell."""
    if how == "RAW" and None not in given:
        return row.with_values(left, [as_raw(value, f"{place}[{at}]") for at, value in enumerate(given)])
    for at, value in enumerate(given):
        if value is not None:
            row = entered(row, left + at, value, how, f"{place}[{at}]")
    return row


def entered(row: Row, column: int, value: Any, how: str, place: str = "") -> Row:
    """The row with a value written into a cell, RAW or as typed."""
    if how == "RAW":
        return row.with_value(column, as_raw(value, place))
    typed, formula, form = as_typed(value, place)
    row = row.with_value(column, typed)
    if formula:
        row = row.with_mark(column, "formula", formula)
    if form:
        kept = row.mark(column, "userEnteredFormat") or {}
        row = row.with_mark(column, "userEnteredFormat", kept | {"numberFormat": form})
    return row


def clear_values(book: Book, text: str) -> Json:
    """values.clear on a draft: values go, formats stay."""
    area = area_of(book, text)
    sheet = book.sheet(area.title)
    _inside(sheet, area)
    top, left, bottom, right = area.within(sheet.row_count, sheet.column_count).closed()
    for number in range(top, min(bottom, len(sheet.rows))):
        row = sheet.rows[number]
        for column in range(left, min(right, row.used())):
            row = row.with_value(column, None)
        sheet.rows[number] = row
    return {"spreadsheetId": book.id, "clearedRange": write_range(sheet.title, top, left, bottom, right)}


def append_values(book: Book, text: str, body: Json, query: Query) -> Json:
    """values.append on a draft: behind the last table that the range meets."""
    how = one(query, "valueInputOption", "")
    _check_how(how)
    grid = _given(body)
    area = area_of(book, text)
    sheet = book.sheet(area.title)
    _inside(sheet, area)
    table = last_table(computed(book, sheet), area.within(sheet.row_count, sheet.column_count))
    top, left = (table[2], table[1]) if table else (area.top, area.left)
    if one(query, "insertDataOption", "OVERWRITE") == "INSERT_ROWS":
        insert_dimension(book, sheet, "ROWS", top, len(grid), inherit=top > 0)
    width = max((len(row) for row in grid), default=0)
    sheet.grow(top + len(grid), left + width)
    book.check_size()
    updates = _write(book, sheet, top, left, grid, how)
    if one(query, "includeValuesInResponse", "false").lower() == "true":
        updates |= _echo(book, sheet, Area(sheet.title, top, left), grid)
    found = {"tableRange": write_range(sheet.title, *table)} if table else {}
    return {"spreadsheetId": book.id} | found | {"updates": updates}


def last_table(rows: Sequence[Row], area: Area) -> tuple[int, int, int, int] | None:
    """The last block of touching cells that the area meets: top, left, bottom, right.

    Google calls it a table; the recordings show that of two blocks in one row the right one is taken.
    """
    top, left, bottom, right = area.closed()
    blocks: list[tuple[int, int, int, int]] = []
    for number in range(top, min(bottom, len(rows))):
        for column in range(left, min(right, rows[number].used())):
            known = any(one[0] <= number < one[2] and one[1] <= column < one[3] for one in blocks)
            if not known and _filled(rows, number, column):
                blocks.append(_block(rows, number, column))
    return max(blocks, key=lambda block: block[2:], default=None)


def _filled(rows: Sequence[Row], number: int, column: int) -> bool:
    row = rows[number] if 0 <= number < len(rows) else BLANK
    return row.value(column) is not None or (column in row.marks and "formula" in row.marks[column])


def _block(rows: Sequence[Row], number: int, column: int) -> tuple[int, int, int, int]:
    """Grow a box until no filled cell touches it."""
    top, left, bottom, right = number, column, number + 1, column + 1
    while True:
        before = (top, left, bottom, right)
        while _any_filled(rows, range(top - 1, top), range(left - 1, right + 1)):
            top -= 1
        while _any_filled(rows, range(bottom, bottom + 1), range(left - 1, right + 1)):
            bottom += 1
        while left and _any_filled(rows, range(top - 1, bottom + 1), range(left - 1, left)):
            left -= 1
        while _any_filled(rows, range(top - 1, bottom + 1), range(right, right + 1)):
            right += 1
        if before == (top, left, bottom, right):
            return before


def _any_filled(rows: Sequence[Row], numbers: range, columns: range) -> bool:
    return any(_filled(rows, number, column) for number in numbers for column in columns if column >= 0)
