"""Trials of what we need of Google beyond its promises."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Final

from toolkit.book import Cell, Grid
from toolkit.errors import ToolkitError, WorkbookChanged
from toolkit.sheets.google.cells import DAY, as_day
from toolkit.sheets.google.lease import FIRST_LEASE, Lease
from toolkit.sheets.google.wire import Json, create_mark, delete_mark
from toolkit.sheets.google.workbook import GoogleWorkbook

TAB: Final = "sheetclerk trial"
NUMBER: Final = 1_964_270_444
"""The id of the trial's tab and marks."""

APPENDS: Final = 15
"""So often each of two computers appends two rows while the other does."""

BESIDE: Final = 6
"""A column that the trial's rows do not reach, counted from 0."""

KEY: Final = "sheetclerk trial"
MARK: Final = Lease(NUMBER - FIRST_LEASE, "a", "a", "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00")


def trials(first: GoogleWorkbook, second: GoogleWorkbook) -> Iterator[tuple[str, str]]:
    """Try each thing in a tab that is removed afterwards.

    Args:
        first: the sheet.
        second: the same sheet over a connection of its own.

    Yields:
        The name of each trial, and what was wrong; "" if nothing was.

    Raises:
        ToolkitError: the sheet cannot be reached or written.
    """
    _sweep(first)
    first.change([{"addSheet": {"properties": {"sheetId": NUMBER, "title": TAB}}}])
    try:
        first.append(TAB, [["Key", "By", "Words"]])
        for name, trial in TRIALS:
            yield name, _tried(trial, first, second)
    finally:
        _sweep(first)


Trial = Callable[[GoogleWorkbook, GoogleWorkbook], str]


def _tried(trial: Trial, first: GoogleWorkbook, second: GoogleWorkbook) -> str:
    try:
        return trial(first, second)
    except ToolkitError as error:
        return f"{error.what}: {error.why}"


def _sweep(sheet: GoogleWorkbook) -> None:
    sheet.forget_tabs()
    for number in (NUMBER, NUMBER + 1):
        with suppress(WorkbookChanged):
            sheet.change([delete_mark(number)])
    if sheet.tabs().named(TAB):
        sheet.change([{"deleteSheet": {"sheetId": NUMBER}}])
    sheet.forget_tabs()


def _id_is_taken_once(first: GoogleWorkbook, second: GoogleWorkbook) -> str:
    first.change([create_mark(NUMBER, KEY)])
    return "" if _is_refused(second, [create_mark(NUMBER, KEY)]) else "a second mark with the same id was made"


def _whole_or_not(first: GoogleWorkbook, second: GoogleWorkbook) -> str:
    """Return what a failed step left behind."""
    if not _is_refused(second, [create_mark(NUMBER + 1, KEY), create_mark(NUMBER, KEY)]):
        return "a step with a refused part was done"
    is_left = _is_refused(first, [create_mark(NUMBER + 1, KEY), delete_mark(NUMBER + 1)])
    return "half of a step was done" if is_left else ""


def _mark_changes(first: GoogleWorkbook, second: GoogleWorkbook) -> str:
    first.change([*MARK.guard(), MARK.with_heartbeat(_moment(), "1 of 2").update()])
    second.change([create_mark(NUMBER + 1, KEY)])
    guarded = _is_refused(first, [*MARK.guard(), MARK.update()])
    second.change([delete_mark(NUMBER + 1)])
    return "" if guarded else "the guard of a lease let a change through"


def _appends_never_meet(first: GoogleWorkbook, second: GoogleWorkbook) -> str:
    """Return what went wrong while two computers appended."""
    with ThreadPoolExecutor(2) as pool:
        mine, theirs = pool.map(_append_often, (first, second), "ab")
    grid = first.values([TAB])[TAB]
    expected = {place + down: row for place, rows in (*mine, *theirs) for down, row in enumerate(rows)}
    if len(expected) < 2 * 2 * APPENDS:
        return "two appends were told the same place"
    wrong = [place for place, row in expected.items() if list(grid[place - 1]) != row]
    return f"rows are not where Google said: {wrong[:5]}" if wrong else ""


def _append_often(sheet: GoogleWorkbook, who: str) -> list[tuple[int, list[list[str]]]]:
    done = []
    for turn in range(APPENDS):
        rows = [[f"{who}{turn}.{line}", who, "=1+1"] for line in range(2)]
        done.append((sheet.team.append(TAB, rows), rows))
    return done


def _text_stays_text(first: GoogleWorkbook, second: GoogleWorkbook) -> str:
    place = first.team.append(TAB, [["=1+1", "'x", "007"]])
    row = second.values([TAB])[TAB][place - 1]
    return "" if list(row) == ["=1+1", "'x", "007"] else f"text came back as {list(row)}"


def _days_are_no_numbers(first: GoogleWorkbook, second: GoogleWorkbook) -> str:
    day: Json = {"userEnteredValue": {"numberValue": 46_000}, "userEnteredFormat": {"numberFormat": DAY}}
    number: Json = {"userEnteredValue": {"numberValue": 46_000}}
    _put(first, [day, number], "userEnteredValue,userEnteredFormat.numberFormat")
    cells = _beside(second.rows()[TAB])
    return "" if cells == [as_day(46_000), 46_000] else f"a day and a number came back as {cells}"


def _semicolons_are_read(first: GoogleWorkbook, second: GoogleWorkbook) -> str:
    _put(first, [{"userEnteredValue": {"formulaValue": '=IF(1=1;"yes";"no")'}}], "userEnteredValue")
    cells = _beside(second.values([TAB])[TAB])
    return "" if cells[:1] == ["yes"] else f"a formula with semicolons shows {cells[:1]}"


def _beside(grid: Grid) -> list[Cell]:
    return [cell for row in grid for cell in row[BESIDE:] if cell not in ("", None)]


def _put(sheet: GoogleWorkbook, cells: Sequence[Json], fields: str) -> None:
    """Write cells below each second, beside the trial's rows."""
    start = {"sheetId": NUMBER, "rowIndex": 0, "columnIndex": BESIDE}
    rows = [{"values": [cell]} for cell in cells]
    sheet.change([{"updateCells": {"start": start, "rows": rows, "fields": fields}}])


def _is_refused(sheet: GoogleWorkbook, requests: Sequence[dict[str, object]]) -> bool:
    try:
        sheet.change(requests)
    except WorkbookChanged:
        return True
    return False


def _moment() -> datetime:
    return datetime.fromisoformat(MARK.since)


TRIALS: Final[tuple[tuple[str, Trial], ...]] = (
    ("an id is taken once", _id_is_taken_once),
    ("a step is done whole or not", _whole_or_not),
    ("a lost lease is noticed", _mark_changes),
    ("two appends never meet", _appends_never_meet),
    ("text stays text", _text_stays_text),
    ("days are told from numbers", _days_are_no_numbers),
    ("formulas are read in every language", _semicolons_are_read),
)
