"""What every request of a batchUpdate reaches for: tabs, ranges, masks, colours."""

from typing import Any, TypeAlias

from tests.sheets_server.a1 import write_range
from tests.sheets_server.masks import Mask, read_mask
from tests.sheets_server.model import Book, Sheet
from tests.sheets_server.refusal import Json, Refusal, wrong

Corners: TypeAlias = tuple[int, int, int, int]


def sheet_of(book: Book, sheet_id: int) -> Sheet:
    sheet = book.by_id(sheet_id)
    if sheet is None:
        raise wrong(f"No grid with id: {sheet_id}")
    return sheet


def corners(book: Book, given: Json) -> tuple[Sheet, Corners]:
    """The tab of a GridRange and its edges inside the grid; a range that starts outside is refused.

    What ends outside is cut, and no cell at all is taken (seen live by others in September 2026).
    """
    sheet = sheet_of(book, given.get("sheetId", 0))
    top, left = given.get("startRowIndex", 0), given.get("startColumnIndex", 0)
    if top >= sheet.row_count or left >= sheet.column_count:
        bottom, right = given.get("endRowIndex", top + 1), given.get("endColumnIndex", left + 1)
        raise beyond(sheet, write_range(sheet.title, top, left, bottom, right))
    bottom = min(given.get("endRowIndex", sheet.row_count), sheet.row_count)
    return sheet, (top, left, bottom, min(given.get("endColumnIndex", sheet.column_count), sheet.column_count))


def beyond(sheet: Sheet, text: str) -> Refusal:
    """400: a range that starts outside the grid."""
    limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    return wrong(f"Range ({text}) exceeds grid limits. {limits}")


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
