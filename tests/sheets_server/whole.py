"""spreadsheets.get: the whole spreadsheet as Google tells it, with or without the cells."""

import copy
from typing import Any, Final

from tests.sheets_server.a1 import Area
from tests.sheets_server.entered import Scalar, shown
from tests.sheets_server.formulas import computed
from tests.sheets_server.masks import Mask, masked, read_mask
from tests.sheets_server.model import Book, Row, Sheet
from tests.sheets_server.reach import with_styles
from tests.sheets_server.refusal import Json
from tests.sheets_server.sheet_edits import sheet_in
from tests.sheets_server.values import Query, area_of, one

BLACK: Final[Json] = {"rgbColor": {}}
WHITE: Final[Json] = {"red": 1, "green": 1, "blue": 1}
FONT: Final = {
    "foregroundColor": {},
    "fontFamily": "arial,sans,sans-serif",
    "fontSize": 10,
    "bold": False,
    "italic": False,
    "strikethrough": False,
    "underline": False,
    "foregroundColorStyle": BLACK,
}
FORMAT: Final = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": FONT,
    "backgroundColorStyle": {"rgbColor": WHITE},
}
THEME: Final[dict[str, tuple[float, float, float]]] = {
    "TEXT": (0, 0, 0),
    "BACKGROUND": (1, 1, 1),
    "ACCENT1": (0.25882354, 0.52156866, 0.95686275),
    "ACCENT2": (0.91764706, 0.2627451, 0.20784314),
    "ACCENT3": (0.9843137, 0.7372549, 0.015686275),
    "ACCENT4": (0.20392157, 0.65882355, 0.3254902),
    "ACCENT5": (1, 0.42745098, 0.003921569),
    "ACCENT6": (0.27450982, 0.7411765, 0.7764706),
    "LINK": (0.06666667, 0.33333334, 0.8),
}


def get_spreadsheet(book: Book, query: Query, caller: str) -> Json:
    """spreadsheets.get."""
    mask = read_mask(one(query, "fields", ""))
    with_data = _asks_data(mask) if mask else one(query, "includeGridData", "false").lower() == "true"
    areas = [area_of(book, text) for text in query.get("ranges", [])]
    wanted = [sheet for sheet in book.sheets if not areas or any(area.title == sheet.title for area in areas)]
    answer: Json = {
        "spreadsheetId": book.id,
        "properties": {"title": book.title} | book.properties | {"defaultFormat": FORMAT, "spreadsheetTheme": _theme()},
        "sheets": [_sheet(book, sheet, areas, caller, with_data=with_data) for sheet in wanted],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
    }
    if book.named:
        answer["namedRanges"] = book.named
    on_the_whole = [one for one in book.metadata if one["location"].get("spreadsheet")]
    if on_the_whole:
        answer["developerMetadata"] = on_the_whole
    return copy.deepcopy(masked(answer, mask))


def _asks_data(mask: Mask) -> bool:
    sheets = mask.get("sheets")
    return sheets is not None and "data" in sheets


def _theme() -> Json:
    names = ("red", "green", "blue")
    colours = [
        {
            "colorType": kind,
            "color": {"rgbColor": {name: part for name, part in zip(names, parts, strict=True) if part}},
        }
        for kind, parts in THEME.items()
    ]
    return {"primaryFontFamily": "Arial", "themeColors": colours}


def _sheet(book: Book, sheet: Sheet, areas: list[Area], caller: str, *, with_data: bool) -> Json:
    answer: Json = {"properties": _properties(sheet)}
    on_tab = [one for one in book.metadata if sheet_in(one["location"]) == sheet.id]
    on_it = [one for one in on_tab if "dimensionRange" not in one["location"]]
    lists: dict[str, Any] = {
        "merges": sheet.merges,
        "protectedRanges": [_protected(one, caller) for one in sheet.protected],
        "conditionalFormats": sheet.conditional,
        "basicFilter": sheet.basic_filter,
        "bandedRanges": sheet.banded,
        "developerMetadata": on_it,
    }
    if with_data:
        mine = [area for area in areas if area.title == sheet.title] or [Area(sheet.title)]
        lists["data"] = [_data(book, sheet, area) for area in mine]
    return answer | {name: held for name, held in lists.items() if held}


def _properties(sheet: Sheet) -> Json:
    properties = with_styles(sheet.properties)
    grid = {name: size for name, size in properties["gridProperties"].items() if size}
    return {name: value for name, value in properties.items() if value is not None} | {"gridProperties": grid}


def _protected(one: Json, caller: str) -> Json:
    if one.get("warningOnly"):
        return one
    users = [caller, *one["editors"].get("users", [])]
    return one | {"editors": one["editors"] | {"users": list(dict.fromkeys(users))}}


def _data(book: Book, sheet: Sheet, area: Area) -> Json:
    top, left, bottom, right = area.within(sheet.row_count, sheet.column_count).closed()
    live = computed(book, sheet)
    rows = [_row(live[number], sheet.row(number), left, right) for number in range(top, min(bottom, len(live)))]
    while rows and not rows[-1]:
        rows.pop()
    metadata = {"rowMetadata": (sheet.heights, top, bottom, 21), "columnMetadata": (sheet.widths, left, right, 100)}
    answer: Json = {"startRow": top} if top else {}
    answer |= {"startColumn": left} if left else {}
    answer |= {"rowData": rows} if rows else {}
    for name, (sizes, first, last, usual) in metadata.items():
        answer[name] = [{"pixelSize": usual} | sizes.get(at, {}) for at in range(first, last)]
    return answer


def _row(row: Row, stored: Row, left: int, right: int) -> Json:
    width = min(right, max([row.used(), *[column + 1 for column in stored.marks]]))
    cells = [_cell(row.value(column), stored.marks.get(column, {})) for column in range(left, width)]
    while cells and not cells[-1]:
        cells.pop()
    return {"values": cells} if cells else {}


def _cell(value: Scalar, marks: Json) -> Json:
    cell: Json = {name: mark for name, mark in marks.items() if name != "formula"}
    if value is not None:
        typed = _typed(value)
        form = marks.get("userEnteredFormat", {}).get("numberFormat")
        cell |= {"userEnteredValue": typed, "effectiveValue": typed, "formattedValue": shown(value, form)}
    if "formula" in marks:
        cell["userEnteredValue"] = {"formulaValue": marks["formula"]}
    return cell


def _typed(value: Scalar) -> Json:
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": value}
