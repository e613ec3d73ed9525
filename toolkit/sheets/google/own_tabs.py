"""Requests that put our tabs in place, all or none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from toolkit.book import Grid, OwnTab
from toolkit.sheets import layout
from toolkit.sheets.google.cells import WRITTEN, LinkTargets, column_formats, is_same, rows_of
from toolkit.sheets.google.tab_list import SheetTab, TabList
from toolkit.sheets.google.wire import Json
from toolkit.sheets.layout import cell_text

SPARE_ROWS_IN_GOOGLE: Final = 200
"""Blank rows below the rows of a new tab."""

LEAST_COLUMNS: Final = 26
"""Look-up formulas read the columns A to Z of our tabs."""

PIXELS: Final = 7
"""The width of a character of Google's default font at 10 points, about."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Warnings at tabs and columns of ours.

    They are in the shop's language.

    Args:
        our_tab: on a tab that is ours.
        our_column: on a look-up column beside the team's.
    """

    our_tab: str = "sheetclerk writes this tab anew at each run: what is typed here is lost."
    our_column: str = "sheetclerk fills this column: what is typed here stands in its way."


def grid_size(rows: int, columns: int) -> tuple[int, int]:
    """Return rows and columns of a new tab."""
    return rows + SPARE_ROWS_IN_GOOGLE, max(columns, LEAST_COLUMNS)


def _create_own_tab(target: SheetTab, tab: OwnTab, notes: Notes) -> Iterator[Json]:
    """Yield the requests that make and format a tab."""
    yield create_tab(target, ours=tab.is_ours)
    yield from format_headings(target, [tab.is_ours] * len(tab.headings))
    for place, heading in enumerate(tab.headings):
        longest = max((layout.longest_line(cell_text(row[place])) for row in tab.rows), default=0)
        yield set_width(target.id, place, layout.width_for(heading, longest))
    if tab.is_ours:
        yield guard({"sheetId": target.id}, notes.our_tab)


def create_tab(tab: SheetTab, *, ours: bool, index: int | None = None) -> Json:
    """Return the request that makes a tab, last by default."""
    grid = {"rowCount": tab.rows, "columnCount": tab.columns, "frozenRowCount": 1}
    look: Json = {"tabColorStyle": {"rgbColor": colour(layout.GREY)}} if ours else {}
    look |= {} if index is None else {"index": index}
    return {"addSheet": {"properties": {"sheetId": tab.id, "title": tab.title, "gridProperties": grid, **look}}}


def format_headings(tab: SheetTab, ours: Sequence[bool]) -> Iterator[Json]:
    """Yield the requests for headings with filters."""
    for place, is_ours in enumerate(ours):
        yield format_heading(tab.id, place, 0, ours=is_ours)
    whole = {"sheetId": tab.id, "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": len(ours)}
    yield {"setBasicFilter": {"filter": {"range": whole}}}


def format_heading(sheet: int, column: int, row: int, *, ours: bool) -> Json:
    """Return the request that colours a heading."""
    look = {
        "backgroundColorStyle": {"rgbColor": colour(layout.GREY if ours else layout.GREEN)},
        "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": colour(layout.WHITE)}},
        "verticalAlignment": "MIDDLE",
    }
    parts = "backgroundColorStyle,textFormat.bold,textFormat.foregroundColorStyle,verticalAlignment"
    place = column_range(sheet, column, range(row, row + 1))
    cell = {"userEnteredFormat": look}
    return {"repeatCell": {"range": place, "cell": cell, "fields": f"userEnteredFormat({parts})"}}


def set_width(sheet: int, column: int, characters: float) -> Json:
    """Return the request for a width in characters."""
    place = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    size = {"pixelSize": round(characters * PIXELS) + 10}
    return {"updateDimensionProperties": {"range": place, "properties": size, "fields": "pixelSize"}}


def guard(place: Json, words: str) -> Json:
    """Return the request that warns whoever types there."""
    return {"addProtectedRange": {"protectedRange": {"range": place, "description": words, "warningOnly": True}}}


def column_range(sheet: int, column: int, rows: range | None = None) -> Json:
    """Return a range of one column, below row 1 by default."""
    place = {"sheetId": sheet, "startColumnIndex": column, "endColumnIndex": column + 1, "startRowIndex": 1}
    return {**place, "startRowIndex": rows.start, "endRowIndex": rows.stop} if rows is not None else place


def colour(digits: str) -> Json:
    """Return six hex digits as a colour."""
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return dict(zip(("red", "green", "blue"), parts, strict=True))


def requests_for(tabs: Sequence[OwnTab], tab_list: TabList, current: Mapping[str, Grid], notes: Notes) -> list[Json]:
    """Return the requests for all tabs that changed.

    A tab is replaced whole, cell by cell from A1: whatever people sorted, inserted or deleted in it, none of our rows
    lands in the wrong place. Of a tab that grows only the rows that were seen are replaced.

    Args:
        tabs: ours, as they shall be.
        tab_list: the tabs that the sheet has.
        current: the cells of those of ours that it has, by name.
        notes: what people are told at a new tab of ours.
    """
    changed = [tab for tab in tabs if tab.name not in current or not is_same(tab, current[tab.name])]
    new = new_ids([tab.name for tab in changed if tab_list.named(tab.name) is None], tab_list)
    targets = LinkTargets({tab.title: tab.id for tab in tab_list.tabs} | new)
    requests = list[Json]()
    for tab in changed:
        requests += _put(tab, tab_list.named(tab.name), targets, notes, len(current.get(tab.name, ())))
    return requests


def new_ids(names: Sequence[str], tab_list: TabList) -> dict[str, int]:
    """Return free ids, the same at each try."""
    taken, ids = set(tab_list.taken), {}
    for name in names:
        number = crc32(name.encode()) & 0x7FFFFFFF
        while number in taken:
            number = (number + 1) & 0x7FFFFFFF
        taken.add(number)
        ids[name] = number
    return ids


def _put(tab: OwnTab, target: SheetTab | None, targets: LinkTargets, notes: Notes, rows_seen: int) -> Iterator[Json]:
    rows, columns = len(tab.rows) + 1, len(tab.headings)
    if target is None:
        target = SheetTab(targets.ids[tab.name], tab.name, *grid_size(rows, columns))
        yield from _create_own_tab(target, tab, notes)
    elif target.rows < rows or target.columns < columns:
        yield _enlarge(target, rows, columns)
    rows_json = [*rows_of(tab, targets)]
    place: Json = {"sheetId": target.id}
    if tab.grows:
        place |= {"startRowIndex": 0, "endRowIndex": max(rows, rows_seen)}
    yield {"updateCells": {"range": place, "rows": rows_json, "fields": WRITTEN}}
    for column, look in column_formats(tab.rows).items():
        yield _format_column(target.id, column, rows, look)


def _enlarge(tab: SheetTab, rows: int, columns: int) -> Json:
    """Return the request that enlarges a grid, which never shrinks.

    People's formulas may refer to its last rows and columns.
    """
    size = {"rowCount": max(rows, tab.rows), "columnCount": max(columns, tab.columns)}
    return {
        "updateSheetProperties": {
            "properties": {"sheetId": tab.id, "gridProperties": size},
            "fields": "gridProperties.rowCount,gridProperties.columnCount",
        }
    }


def _format_column(sheet: int, column: int, rows: int, look: Json) -> Json:
    place = {
        "sheetId": sheet,
        "startRowIndex": 1,
        "endRowIndex": rows,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }
    cell = {"userEnteredFormat": {"numberFormat": look}}
    return {"repeatCell": {"range": place, "cell": cell, "fields": "userEnteredFormat.numberFormat"}}
