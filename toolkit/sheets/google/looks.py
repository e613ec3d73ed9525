"""How the tabs that we lay into a Google Sheet look: frozen headings in green or grey, filters, widths, a guard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from toolkit.book.grid import OwnTab
from toolkit.sheets.csv_text import words_of
from toolkit.sheets.google.payload import Json
from toolkit.sheets.google.tab_list import SheetTab
from toolkit.sheets.xlsx import measures

SPARE_ROWS: Final = 200
"""Blank rows below what is laid."""

LEAST_COLUMNS: Final = 26
"""Look-up formulas read the columns A to Z of our tabs."""

PIXELS: Final = 7
"""The width of a character of the usual font at 10 points, about."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What people are told where they might type into something of ours, in the shop's language.

    Args:
        our_tab: on a tab that is ours.
        our_column: on a look-up column beside the team's.
    """

    our_tab: str = "sheetclerk writes this tab anew at each run: what is typed here is lost."
    our_column: str = "sheetclerk fills this column: what is typed here stands in its way."


def sized(rows: int, columns: int) -> tuple[int, int]:
    """The rows and columns of a new tab's grid."""
    return rows + SPARE_ROWS, max(columns, LEAST_COLUMNS)


def dressed(there: SheetTab, tab: OwnTab, notes: Notes) -> Iterator[Json]:
    """A new tab of ours: made, dressed and guarded."""
    yield made(there, ours=tab.is_ours)
    yield from headed(there, [tab.is_ours] * len(tab.headings))
    for place, heading in enumerate(tab.headings):
        longest = max((measures.longest_line(words_of(row[place])) for row in tab.rows), default=0)
        yield wide(there.id, place, measures.width_for(heading, longest))
    if tab.is_ours:
        yield guarded({"sheetId": there.id}, notes.our_tab)


def made(tab: SheetTab, *, ours: bool, index: int | None = None) -> Json:
    """Make a tab with its id, row 1 frozen, in our colour where it is ours; without an index it goes last."""
    grid = {"rowCount": tab.rows, "columnCount": tab.columns, "frozenRowCount": 1}
    look: Json = {"tabColorStyle": {"rgbColor": colour(measures.GREY)}} if ours else {}
    look |= {} if index is None else {"index": index}
    return {"addSheet": {"properties": {"sheetId": tab.id, "title": tab.title, "gridProperties": grid, **look}}}


def headed(tab: SheetTab, ours: Sequence[bool]) -> Iterator[Json]:
    """The headings of a new tab, with filters."""
    for place, is_ours in enumerate(ours):
        yield heading(tab.id, place, 0, ours=is_ours)
    whole = {"sheetId": tab.id, "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": len(ours)}
    yield {"setBasicFilter": {"filter": {"range": whole}}}


def heading(sheet: int, column: int, row: int, *, ours: bool) -> Json:
    """White and bold on green, or on grey where the column is ours; both counted from 0."""
    look = {
        "backgroundColorStyle": {"rgbColor": colour(measures.GREY if ours else measures.GREEN)},
        "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": colour(measures.WHITE)}},
        "verticalAlignment": "MIDDLE",
    }
    parts = "backgroundColorStyle,textFormat.bold,textFormat.foregroundColorStyle,verticalAlignment"
    place = area(sheet, column, range(row, row + 1))
    cell = {"userEnteredFormat": look}
    return {"repeatCell": {"range": place, "cell": cell, "fields": f"userEnteredFormat({parts})"}}


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
