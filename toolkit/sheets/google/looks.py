"""How the tabs that we lay into a Google Sheet look: frozen headings in green or grey, filters, widths, a guard."""

from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.book.grid import OwnTab
from toolkit.sheets.csv_text import words_of
from toolkit.sheets.google.our_cells import Json
from toolkit.sheets.google.tab_list import SheetTab
from toolkit.sheets.xlsx import measures

SPARE_ROWS: Final = 200
"""Blank rows below what is laid."""

LEAST_COLUMNS: Final = 26
"""Look-up formulas read the columns A to Z of our tabs."""

PIXELS: Final = 7
"""The width of a character of the usual font at 10 points, about."""

GUARD: Final = "sheetclerk writes this tab anew at each run: what is typed here is lost"


def sized(rows: int, columns: int) -> tuple[int, int]:
    """The rows and columns of a new tab's grid."""
    return rows + SPARE_ROWS, max(columns, LEAST_COLUMNS)


def dressed(there: SheetTab, tab: OwnTab) -> Iterator[Json]:
    """A new tab of ours: made, dressed and guarded."""
    yield made(there, ours=tab.is_ours)
    yield from headed(there, len(tab.headings), [tab.is_ours] * len(tab.headings))
    for place, heading in enumerate(tab.headings):
        longest = max((measures.longest_line(words_of(row[place])) for row in tab.rows), default=0)
        yield wide(there.id, place, measures.width_for(heading, longest))
    if tab.is_ours:
        yield guarded({"sheetId": there.id}, GUARD)


def made(tab: SheetTab, *, ours: bool) -> Json:
    """Make a tab with its id, row 1 frozen, in our colour where it is ours."""
    grid = {"rowCount": tab.rows, "columnCount": tab.columns, "frozenRowCount": 1}
    look: Json = {"tabColorStyle": {"rgbColor": colour(measures.GREY)}} if ours else {}
    return {"addSheet": {"properties": {"sheetId": tab.id, "title": tab.title, "gridProperties": grid, **look}}}


def headed(tab: SheetTab, columns: int, ours: Sequence[bool]) -> Iterator[Json]:
    """White bold headings on green, or on grey where the column is ours, with filters."""
    for place in range(columns):
        look = {
            "backgroundColorStyle": {"rgbColor": colour(measures.GREY if ours[place] else measures.GREEN)},
            "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": colour(measures.WHITE)}},
            "verticalAlignment": "MIDDLE",
        }
        fields = (
            "userEnteredFormat(backgroundColorStyle,textFormat.bold,textFormat.foregroundColorStyle,verticalAlignment)"
        )
        cell = {"userEnteredFormat": look}
        yield {"repeatCell": {"range": area(tab.id, place, range(1)), "cell": cell, "fields": fields}}
    whole = {"sheetId": tab.id, "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": columns}
    yield {"setBasicFilter": {"filter": {"range": whole}}}


def wide(sheet: int, column: int, characters: float) -> Json:
    """The width of a column."""
    place = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    size = {"pixelSize": round(characters * PIXELS) + 10}
    return {"updateDimensionProperties": {"range": place, "properties": size, "fields": "pixelSize"}}


def guarded(place: Json, words: str) -> Json:
    """Warn who types there; it is no wall."""
    return {"addProtectedRange": {"protectedRange": {"range": place, "description": words, "warningOnly": True}}}


def area(sheet: int, column: int, rows: range | None = None) -> Json:
    """Some rows of one column, counted from 0; None is all of them below the headings."""
    place = {"sheetId": sheet, "startColumnIndex": column, "endColumnIndex": column + 1, "startRowIndex": 1}
    return {**place, "startRowIndex": rows.start, "endRowIndex": rows.stop} if rows is not None else place


def colour(digits: str) -> Json:
    """A colour of six digits as Google takes it."""
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return dict(zip(("red", "green", "blue"), parts, strict=True))
