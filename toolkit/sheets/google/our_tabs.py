"""Our tabs as the parts of one `batchUpdate`: all of them change, or none does."""

from collections.abc import Iterator, Mapping, Sequence
from zlib import crc32

from toolkit.book.grid import Grid, OwnTab
from toolkit.sheets.google.looks import Notes, dressed, sized
from toolkit.sheets.google.our_cells import WRITTEN, Places, column_formats, is_same, rows_of
from toolkit.sheets.google.payload import Json
from toolkit.sheets.google.tab_list import SheetTab, TabList


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
