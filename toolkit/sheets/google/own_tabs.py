"""Our tabs as requests of one batchUpdate, which changes all of them or none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from toolkit.book.grid import Grid, OwnTab
from toolkit.sheets import layout
from toolkit.sheets.google.cells import WRITTEN, Places, column_formats, is_same, rows_of
from toolkit.sheets.google.tab_list import SheetTab, TabList
from toolkit.sheets.google.wire import Json
from toolkit.sheets.layout import cell_text

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
        longest = max((layout.longest_line(cell_text(row[place])) for row in tab.rows), default=0)
        yield wide(there.id, place, layout.width_for(heading, longest))
    if tab.is_ours:
        yield guarded({"sheetId": there.id}, notes.our_tab)


def made(tab: SheetTab, *, ours: bool, index: int | None = None) -> Json:
    """Make a tab with its id, row 1 frozen, in our colour where it is ours; without an index it goes last."""
    grid = {"rowCount": tab.rows, "columnCount": tab.columns, "frozenRowCount": 1}
    look: Json = {"tabColorStyle": {"rgbColor": colour(layout.GREY)}} if ours else {}
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
        "backgroundColorStyle": {"rgbColor": colour(layout.GREY if ours else layout.GREEN)},
        "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": colour(layout.WHITE)}},
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


def requests_for(tabs: Sequence[OwnTab], known: TabList, there: Mapping[str, Grid], notes: Notes) -> list[Json]:
    """What puts our tabs in place of what stands there; [] where every one of them stands there already.

    A tab is replaced whole, cell by cell from A1: whatever people sorted, inserted or deleted in it, none of our rows
    lands in the wrong place. Of a tab that grows only the rows that were seen are replaced.

    Args:
        tabs: what shall stand there.
        known: the tabs that the sheet has.
        there: the cells of those of ours that it has, by name.
        notes: what people are told at a new tab of ours.
    """
    changed = [tab for tab in tabs if tab.name not in there or not is_same(tab, there[tab.name])]
    new = new_ids([tab.name for tab in changed if known.named(tab.name) is None], known)
    places = Places({tab.title: tab.id for tab in known.tabs} | new)
    seen = {tab.name: len(there.get(tab.name, ())) for tab in changed}
    return [one for tab in changed for one in _put(tab, known.named(tab.name), places, notes, seen[tab.name])]


def new_ids(names: Sequence[str], known: TabList) -> dict[str, int]:
    """An id for each new tab, the same at each try, that no other tab has."""
    taken, ids = set(known.taken), {}
    for name in names:
        number = crc32(name.encode()) & 0x7FFFFFFF
        while number in taken:
            number = (number + 1) & 0x7FFFFFFF
        taken.add(number)
        ids[name] = number
    return ids


def _put(tab: OwnTab, there: SheetTab | None, places: Places, notes: Notes, seen: int) -> Iterator[Json]:
    rows, columns = len(tab.rows) + 1, len(tab.headings)
    if there is None:
        there = SheetTab(places.ids[tab.name], tab.name, *sized(rows, columns))
        yield from dressed(there, tab, notes)
    elif there.rows < rows or there.columns < columns:
        yield grown(there, rows, columns)
    laid = [*rows_of(tab, places)]
    place: Json = {"sheetId": there.id}
    if tab.grows:
        place |= {"startRowIndex": 0, "endRowIndex": max(rows, seen)}
    yield {"updateCells": {"range": place, "rows": laid, "fields": WRITTEN}}
    for column, look in column_formats(tab.rows).items():
        yield _formatted(there.id, column, rows, look)


def grown(tab: SheetTab, rows: int, columns: int) -> Json:
    """Make a tab's grid big enough; it never gets smaller, since people's formulas may lead there."""
    size = {"rowCount": max(rows, tab.rows), "columnCount": max(columns, tab.columns)}
    return {
        "updateSheetProperties": {
            "properties": {"sheetId": tab.id, "gridProperties": size},
            "fields": "gridProperties.rowCount,gridProperties.columnCount",
        }
    }


def _formatted(sheet: int, column: int, rows: int, look: Json) -> Json:
    place = {
        "sheetId": sheet,
        "startRowIndex": 1,
        "endRowIndex": rows,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }
    cell = {"userEnteredFormat": {"numberFormat": look}}
    return {"repeatCell": {"range": place, "cell": cell, "fields": "userEnteredFormat.numberFormat"}}
