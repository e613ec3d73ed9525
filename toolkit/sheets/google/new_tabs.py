"""Requests for new tabs and look-up columns."""

from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.book import Cell
from toolkit.book.grid import letters_of
from toolkit.sheets import layout
from toolkit.sheets.google.cells import cell_value
from toolkit.sheets.google.own_tabs import (
    Notes,
    colour,
    column_range,
    create_tab,
    format_heading,
    format_headings,
    grid_size,
    guard,
    new_ids,
    set_width,
)
from toolkit.sheets.google.tab_list import SheetTab, TabList
from toolkit.sheets.google.wire import Json
from toolkit.sheets.layout import cell_text, quoted
from toolkit.sheets.new_tab import Kind, LookUp, NewColumn, NewTab, typed


def look_up_formula(look_up: LookUp) -> str:
    """Return the formula for row 1, which looks up numbers as text.

    It speaks of whole columns: A2:A would be shifted beside the wrong client by a row that is inserted above. Its parts
    are kept apart by semicolons, which every sheet takes: where a comma is the decimal sign, as in Kyrgyz and Russian
    sheets, a formula with commas that comes over the API shows #ERROR!.

    Source: googleapis/google-api-nodejs-client, issue 1994, 2020-03-20.
    """
    key = f"{letters_of(look_up.keys)}:{letters_of(look_up.keys)}"
    heading = look_up.heading.replace('"', '""')
    shown = f'IFERROR(VLOOKUP({key}&"";{quoted(look_up.standing)}!A:Z;{look_up.column};FALSE);"")'
    below = f'IF({key}="";"";{shown})'
    if look_up.heading_row > 1:
        below = f'IF(ROW({key})<{look_up.heading_row};"";{below})'
    return f'=ARRAYFORMULA(IF(ROW({key})={look_up.heading_row};"{heading}";{below}))'


def _look_up_requests(look_up: LookUp, sheet: int, place: int, note: str) -> Iterator[Json]:
    """Yield the requests for its formula, note and warning."""
    cell = {"userEnteredValue": {"formulaValue": look_up_formula(look_up)}, "note": note}
    start = {"sheetId": sheet, "rowIndex": 0, "columnIndex": place}
    yield {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue,note"}}
    whole = {name: value for name, value in column_range(sheet, place).items() if name != "startRowIndex"}
    yield guard(whole, note)


FORMATS_IN_GOOGLE: Final[dict[Kind, Json]] = {
    "text": {"type": "TEXT"},
    "number": {"type": "NUMBER", "pattern": "0.####"},
    "date": {"type": "DATE", "pattern": layout.DAY},
    "share": {"type": "PERCENT", "pattern": "0.##%"},
    "money": {"type": "NUMBER", "pattern": layout.MONEY},
}
"""How typed cells look; in a text column 0700123456 and =1+1 stay as typed."""


def create_tabs(tabs: Sequence[NewTab], tab_list: TabList, standing: str, notes: Notes) -> list[Json]:
    """Return the requests that put new tabs before the others.

    Args:
        tabs: the new tabs, in their order.
        tab_list: the tabs that the sheet has.
        standing: the name of the tab that look-up columns read.
        notes: what people are told at our tabs and columns.
    """
    ids = new_ids([tab.name for tab in tabs], tab_list)
    places = [SheetTab(ids[tab.name], tab.name, *grid_size(len(tab.rows) + 1, len(tab.columns))) for tab in tabs]
    pairs = list(zip(places, tabs, strict=True))
    requests = [create_tab(place, ours=tab.ours, index=at) for at, (place, tab) in enumerate(pairs)]
    for place, tab in pairs:
        requests += _fill_tab(place, tab, standing, notes)
    return requests


def _fill_tab(target: SheetTab, tab: NewTab, standing: str, notes: Notes) -> Iterator[Json]:
    columns = [_column(tab, place) for place in range(len(tab.columns))]
    yield from format_headings(target, [tab.ours or column.ours for column in tab.columns])
    for place, column in enumerate(tab.columns):
        yield from _format_column(target.id, place, column, columns[place])
    yield _cells(target.id, tab, columns)
    for place, column in enumerate(tab.columns):
        if column.lookup:
            look_up = LookUp(column.heading, column.lookup, standing)
            yield from _look_up_requests(look_up, target.id, place, notes.our_column)
    if tab.ours:
        yield guard({"sheetId": target.id}, notes.our_tab)


def _column(tab: NewTab, place: int) -> list[Cell]:
    column = tab.columns[place]
    if column.lookup:
        return [None for _ in tab.rows]
    return [typed(row[place], column.kind) if place < len(row) else None for row in tab.rows]


def _cells(sheet: int, tab: NewTab, columns: Sequence[Sequence[Cell]]) -> Json:
    headings: Json = {"values": [cell_value(column.heading) for column in tab.columns]}
    rows = [{"values": [cell_value(cell) for cell in row]} for row in zip(*columns, strict=True)]
    start = {"sheetId": sheet, "rowIndex": 0, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": [headings, *rows], "fields": "userEnteredValue"}}


def _format_column(sheet: int, place: int, column: NewColumn, cells: Sequence[Cell]) -> Iterator[Json]:
    longest = max((layout.longest_line(cell_text(cell)) for cell in cells), default=0)
    fitted = max(layout.width_for(column.heading, longest), layout.LEAST_WIDTHS.get(column.kind, 0))
    yield set_width(sheet, place, column.width or fitted)
    yield _format_cells(sheet, place, column)
    if column.choices:
        yield _drop_down(sheet, place, column.choices)


def _format_cells(sheet: int, place: int, column: NewColumn) -> Json:
    look: Json = {"numberFormat": FORMATS_IN_GOOGLE[column.kind], "verticalAlignment": "TOP"}
    fields = "numberFormat,verticalAlignment"
    if column.lookup:
        look = {"textFormat": {"italic": True, "foregroundColorStyle": {"rgbColor": colour(layout.GREY)}}}
        look |= {"numberFormat": FORMATS_IN_GOOGLE[column.kind]} if column.kind != "text" else {}
        fields = "numberFormat,textFormat.italic,textFormat.foregroundColorStyle"
    cell = {"userEnteredFormat": look}
    return {"repeatCell": {"range": column_range(sheet, place), "cell": cell, "fields": f"userEnteredFormat({fields})"}}


def _drop_down(sheet: int, place: int, choices: Sequence[str]) -> Json:
    """Return the request for a drop-down below a heading.

    Another value is warned of, not refused.
    """
    values = [{"userEnteredValue": choice} for choice in choices]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": False, "showCustomUi": True}
    return {"setDataValidation": {"range": column_range(sheet, place), "rule": rule}}


def add_look_ups(
    target: SheetTab, first: int, look_ups: Sequence[LookUp], note: str, more_columns: int
) -> Iterator[Json]:
    """Yield the requests for look-up columns beside the team's."""
    if more_columns > 0:
        yield {"appendDimension": {"sheetId": target.id, "dimension": "COLUMNS", "length": more_columns}}
    for place, look_up in enumerate(look_ups, start=first):
        yield format_heading(target.id, place, look_up.heading_row - 1, ours=True)
        yield _format_cells(
            target.id, place, NewColumn(look_up.heading, look_up.kind, ours=True, lookup=look_up.column)
        )
        yield from _look_up_requests(look_up, target.id, place, note)
