"""Requests of a batchUpdate about tabs, rows and columns as a whole."""

import copy
from collections.abc import Callable
from typing import TypeAlias

from tests.sheets_server import dimensions
from tests.sheets_server.masks import assign
from tests.sheets_server.model import Book, Sheet, new_sheet
from tests.sheets_server.reach import mask_of, sheet_of, with_styles
from tests.sheets_server.refusal import Json, wrong
from tests.sheets_server.shifts import renamed_formula

NewId: TypeAlias = Callable[[], int]


def add_sheet(book: Book, given: Json, new_id: NewId) -> Json:
    asked = given.get("properties", {})
    sheet_id = asked.get("sheetId", 0) if "sheetId" in asked else new_id()
    title = asked.get("title") or f"Sheet{len(book.sheets) + 1}"
    _check_new(book, sheet_id, title)
    index = min(asked.get("index", len(book.sheets)), len(book.sheets))
    sheet = new_sheet(title, sheet_id, index)
    for name, value in asked.items():
        if name == "gridProperties":
            sheet.properties["gridProperties"] |= {key: size for key, size in value.items() if size}
        elif name not in ("sheetId", "index", "title") and value:
            sheet.properties[name] = value
    book.sheets.insert(index, sheet)
    book.order()
    return {"addSheet": {"properties": copy.deepcopy(with_styles(sheet.properties))}}


def _check_new(book: Book, sheet_id: int, title: str) -> None:
    if any(sheet.title.casefold() == title.casefold() for sheet in book.sheets):
        raise wrong(f'A sheet with the name "{title}" already exists. Please enter another name.')
    if book.by_id(sheet_id) is not None:
        raise wrong(f"Cannot add sheet with ID: {sheet_id}, a sheet with that ID already exists.")


def delete_sheet(book: Book, given: Json) -> Json:
    sheet = sheet_of(book, given.get("sheetId", 0))
    if len(book.sheets) == 1:
        raise wrong("You can't remove all the sheets in a document.")
    book.sheets.remove(sheet)
    book.metadata = [one for one in book.metadata if sheet_in(one["location"]) != sheet.id]
    book.order()
    return {}


def sheet_in(location: Json) -> int | None:
    """The tab that developer metadata lies on, None where it lies on the whole spreadsheet."""
    if "dimensionRange" in location:
        return int(location["dimensionRange"].get("sheetId", 0))
    return location.get("sheetId")


def update_sheet_properties(book: Book, given: Json) -> Json:
    asked = given.get("properties", {})
    sheet = book.by_id(asked.get("sheetId", 0))
    if sheet is None:
        raise wrong(f"No sheet with id: {asked.get('sheetId', 0)}")
    mask = mask_of(given)
    title = asked.get("title", "")
    if "title" in mask and title != sheet.title and title in book.titles():
        raise wrong(f'A sheet with the name "{title}" already exists. Please enter another name.')
    if "title" in mask:
        rename(book, sheet, title)
    assign(sheet.properties, asked, {name: below for name, below in mask.items() if name not in ("index", "title")})
    if not sheet.properties.get("tabColorStyle", True):
        del sheet.properties["tabColorStyle"]
    dimensions.resize(sheet, sheet.row_count, sheet.column_count)
    if "index" in mask:
        book.sheets.remove(sheet)
        book.sheets.insert(asked.get("index", 0), sheet)
        book.order()
    return {}


def rename(book: Book, sheet: Sheet, title: str) -> None:
    """Give a tab another name; formulas that name it follow."""
    old, sheet.properties["title"] = sheet.title, title
    dimensions.change_formulas(book, lambda _, formula: renamed_formula(formula, old, title))


def update_spreadsheet_properties(book: Book, given: Json) -> Json:
    assign(book.properties, given.get("properties", {}), mask_of(given))
    book.title = book.properties.pop("title", book.title)
    return {}


def _dimension(book: Book, given: Json) -> tuple[Sheet, str, int, int]:
    asked = given.get("range") or given.get("source") or given.get("dimensions") or {}
    sheet = sheet_of(book, asked.get("sheetId", 0))
    name = asked.get("dimension", "ROWS")
    total = sheet.row_count if name == "ROWS" else sheet.column_count
    return sheet, name, asked.get("startIndex", 0), asked.get("endIndex", total)


def insert_dimension(book: Book, given: Json) -> Json:
    sheet, name, start, end = _dimension(book, given)
    inherit = bool(given.get("inheritFromBefore", False))
    dimensions.insert_dimension(book, sheet, name, start, end - start, inherit=inherit)
    return {}


def delete_dimension(book: Book, given: Json) -> Json:
    sheet, name, start, end = _dimension(book, given)
    total = sheet.row_count if name == "ROWS" else sheet.column_count
    if start == 0 and end >= total:
        raise wrong(f"You can't delete all the {name.lower()} on the sheet.")
    if start >= total or end > total:
        word = "row" if name == "ROWS" else "column"
        raise wrong(f"Cannot delete a {word} that doesn't exist. Tried to delete {word} index {end - 1}")
    dimensions.delete_dimension(book, sheet, name, start, end)
    return {}


def move_dimension(book: Book, given: Json) -> Json:
    sheet, name, start, end = _dimension(book, given)
    dimensions.move_dimension(book, sheet, name, start, end, given.get("destinationIndex", 0))
    return {}


def append_dimension(book: Book, given: Json) -> Json:
    sheet = sheet_of(book, given.get("sheetId", 0))
    length = given.get("length", 0)
    rows = given.get("dimension") == "ROWS"
    sheet.grow(sheet.row_count + (length if rows else 0), sheet.column_count + (0 if rows else length))
    return {}


def dimension_properties(book: Book, given: Json) -> Json:
    sheet, name, start, end = _dimension(book, given)
    held = sheet.heights if name == "ROWS" else sheet.widths
    for at in range(start, end):
        assign(held.setdefault(at, {}), given.get("properties", {}), mask_of(given))
    return {}


def auto_resize(book: Book, given: Json) -> Json:
    sheet, name, start, end = _dimension(book, given)
    for at in range(start, end) if name == "COLUMNS" else ():
        longest = max((len(str(row.value(at) or "")) for row in sheet.rows), default=0)
        sheet.widths[at] = sheet.widths.get(at, {}) | {"pixelSize": max(21, 9 * longest)}
    return {}
