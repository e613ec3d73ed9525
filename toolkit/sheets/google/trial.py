"""Whether a real Google Sheet keeps what lease, claims and reading rest on; not all of it is promised."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Final

from toolkit.book.grid import Cell, Grid
from toolkit.errors import ToolkitError, WorkbookChanged
from toolkit.sheets.google.cells import DAY, as_day
from toolkit.sheets.google.lease import FIRST, Lease
from toolkit.sheets.google.wire import Json, marked, unmarked
from toolkit.sheets.google.workbook import GoogleWorkbook

TAB: Final = "sheetclerk trial"
NUMBER: Final = 1_964_270_444
"""The id of the trial's tab and marks."""

APPENDS: Final = 15
"""So often each of two computers appends two rows while the other does."""

BESIDE: Final = 6
"""A column that the trial's rows do not reach, counted from 0."""

KEY: Final = "sheetclerk trial"
MARK: Final = Lease(NUMBER - FIRST, "a", "a", "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00")


def trials(one: GoogleWorkbook, other: GoogleWorkbook) -> Iterator[tuple[str, str]]:
    """Try each thing, in a tab and with marks of the trial's own, which go again at the end.

    Args:
        one: the sheet.
        other: the same sheet, over a line of its own.

    Yields:
        What was tried, and what was wrong with it; "" where it held.

    Raises:
        ToolkitError: the sheet cannot be reached or written.
    """
    _sweep(one)
    one.change([{"addSheet": {"properties": {"sheetId": NUMBER, "title": TAB}}}])
    try:
        one.append(TAB, [["Key", "By", "Words"]])
        for name, trial in TRIALS:
            yield name, _tried(trial, one, other)
    finally:
        _sweep(one)


Trial = Callable[[GoogleWorkbook, GoogleWorkbook], str]


def _tried(trial: Trial, one: GoogleWorkbook, other: GoogleWorkbook) -> str:
    try:
        return trial(one, other)
    except ToolkitError as error:
        return f"{error.what}: {error.why}"


def _sweep(sheet: GoogleWorkbook) -> None:
    sheet.forget_tabs()
    for number in (NUMBER, NUMBER + 1):
        with suppress(WorkbookChanged):
            sheet.change([unmarked(number)])
    if sheet.tabs().named(TAB):
        sheet.change([{"deleteSheet": {"sheetId": NUMBER}}])
    sheet.forget_tabs()


def _id_is_taken_once(one: GoogleWorkbook, other: GoogleWorkbook) -> str:
    one.change([marked(NUMBER, KEY)])
    return "" if _is_refused(other, [marked(NUMBER, KEY)]) else "a second mark with the same id was made"


def _whole_or_not(one: GoogleWorkbook, other: GoogleWorkbook) -> str:
    """A step that fails at its end leaves nothing behind."""
    if not _is_refused(other, [marked(NUMBER + 1, KEY), marked(NUMBER, KEY)]):
        return "a step with a refused part was done"
    return "" if not _is_refused(one, [marked(NUMBER + 1, KEY), unmarked(NUMBER + 1)]) else "half of a step was done"


def _mark_changes(one: GoogleWorkbook, other: GoogleWorkbook) -> str:
    one.change([*MARK.guard(), MARK.living(_moment(), "1 of 2").changed()])
    other.change([marked(NUMBER + 1, KEY)])
    guarded = _is_refused(one, [*MARK.guard(), MARK.changed()])
    other.change([unmarked(NUMBER + 1)])
    return "" if guarded else "the guard of a lease let a change through"


def _appends_never_meet(one: GoogleWorkbook, other: GoogleWorkbook) -> str:
    """Every append of two computers at once stands where Google said, and nothing else is lost."""
    with ThreadPoolExecutor(2) as pool:
        mine, theirs = pool.map(_append_often, (one, other), "ab")
    grid = one.values([TAB])[TAB]
    wanted = {place + down: row for place, rows in (*mine, *theirs) for down, row in enumerate(rows)}
    if len(wanted) < 2 * 2 * APPENDS:
        return "two appends were told the same place"
    wrong = [place for place, row in wanted.items() if list(grid[place - 1]) != row]
    return f"rows are not where Google said: {wrong[:5]}" if wrong else ""


def _append_often(sheet: GoogleWorkbook, who: str) -> list[tuple[int, list[list[str]]]]:
    done = []
    for turn in range(APPENDS):
        rows = [[f"{who}{turn}.{line}", who, "=1+1"] for line in range(2)]
        done.append((sheet.team.append(TAB, rows), rows))
    return done


def _text_stays_text(one: GoogleWorkbook, other: GoogleWorkbook) -> str:
    place = one.team.append(TAB, [["=1+1", "'x", "007"]])
    row = other.values([TAB])[TAB][place - 1]
    return "" if list(row) == ["=1+1", "'x", "007"] else f"text came back as {list(row)}"


def _days_are_no_numbers(one: GoogleWorkbook, other: GoogleWorkbook) -> str:
    day: Json = {"userEnteredValue": {"numberValue": 46_000}, "userEnteredFormat": {"numberFormat": DAY}}
    number: Json = {"userEnteredValue": {"numberValue": 46_000}}
    _put(one, [day, number], "userEnteredValue,userEnteredFormat.numberFormat")
    cells = _beside(other.rows()[TAB])
    return "" if cells == [as_day(46_000), 46_000] else f"a day and a number came back as {cells}"


def _semicolons_are_read(one: GoogleWorkbook, other: GoogleWorkbook) -> str:
    _put(one, [{"userEnteredValue": {"formulaValue": '=IF(1=1;"yes";"no")'}}], "userEnteredValue")
    cells = _beside(other.values([TAB])[TAB])
    return "" if cells[:1] == ["yes"] else f"a formula with semicolons shows {cells[:1]}"


def _beside(grid: Grid) -> list[Cell]:
    return [cell for row in grid for cell in row[BESIDE:] if cell not in ("", None)]


def _put(sheet: GoogleWorkbook, cells: Sequence[Json], fields: str) -> None:
    """Put cells below each other, beside the trial's rows."""
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
