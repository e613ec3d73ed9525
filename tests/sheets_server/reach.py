"""What every request of a batchUpdate reaches for: tabs, ranges, masks, colours."""

from typing import Any, TypeAlias

from tests.sheets_server.masks import Mask, read_mask
from tests.sheets_server.model import Book, Sheet
from tests.sheets_server.refusal import Json, wrong

Corners: TypeAlias = tuple[int, int, int, int]


def sheet_of(book: Book, sheet_id: int) -> Sheet:
    sheet = book.by_id(sheet_id)
    if sheet is None:
        raise wrong(f"No grid with id: {sheet_id}")
    return sheet


def corners(book: Book, given: Json) -> tuple[Sheet, Corners]:
    """The tab of a GridRange and its edges; what lies outside the grid is refused."""
    sheet = sheet_of(book, given.get("sheetId", 0))
    top, left = given.get("startRowIndex", 0), given.get("startColumnIndex", 0)
    bottom, right = given.get("endRowIndex", sheet.row_count), given.get("endColumnIndex", sheet.column_count)
    if bottom > sheet.row_count or right > sheet.column_count:
        limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        raise wrong(f"Range ({sheet.title}!R{bottom}C{right}) exceeds grid limits. {limits}")
    if top >= bottom or left >= right:
        raise wrong("GridRange must have an end index greater than its start index")
    return sheet, (top, left, bottom, right)


def plain_range(given: Json) -> Json:
    """A GridRange as Google gives it back: a sheetId of 0 is left out."""
    return {name: value for name, value in given.items() if name != "sheetId" or value != 0}


def mask_of(given: Json) -> Mask:
    if not given.get("fields"):
        raise wrong("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    return read_mask(given["fields"])


def with_styles(given: Any) -> Any:
    """Colours stand twice in what Google stores: as themselves and as a style."""
    if isinstance(given, list):
        return [with_styles(one) for one in given]
    if not isinstance(given, dict):
        return given
    found = {name: with_styles(value) for name, value in given.items()}
    for name in ("backgroundColor", "foregroundColor", "tabColor", "headerColor", "firstBandColor", "secondBandColor"):
        style = f"{name}Style"
        if name in found and style not in found:
            found[style] = {"rgbColor": found[name]}
        elif style in found and name not in found and "rgbColor" in found[style]:
            found[name] = found[style]["rgbColor"] or {}
    return found
