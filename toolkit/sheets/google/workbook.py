"""A Google Sheet as a workbook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final, TypeVar

from toolkit.book.filling import Filled, Filling
from toolkit.book.grid import Cell, Grid, OwnTab, Tabs
from toolkit.errors import RunLocked, SetupError, WorkbookBusy, WorkbookChanged, WorkbookUnsafe
from toolkit.sheets.google import cells as sheet_cells
from toolkit.sheets.google import tab_list
from toolkit.sheets.google.http_client import RetryingClient
from toolkit.sheets.google.new_tabs import LookUp, laying, look_ups_beside
from toolkit.sheets.google.own_tabs import Notes, requests_for
from toolkit.sheets.google.people_cells import AS_ENTERED, MERGES, PeopleCells, filling_requests
from toolkit.sheets.google.tab_list import TabList
from toolkit.sheets.google.team import SheetTeam
from toolkit.sheets.google.wire import Json, marked, unmarked
from toolkit.sheets.layout import MOST_CELLS, quoted
from toolkit.sheets.new_tab import NewTab
from toolkit.sheets.workbook import Capabilities

T = TypeVar("T")

TRIES: Final = 4
"""So often a read or a write begins anew where people change the tabs under it."""

AS_STORED: Final = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "SERIAL_NUMBER",
    "majorDimension": "ROWS",
}
"""Values as the sheet holds them, not as they look: 0700123456 stays text, and days come as numbers."""

PROBE: Final = 1_964_270_233
"""The id of a mark that is made and taken away in one request, to see whether we may write."""


class GoogleWorkbook:
    """One Google Sheet, which its owner made and shared with our key.

    Reading takes three requests: the list of tabs, all their values, and which of the numbers are days. Writing takes
    one that reads our tabs again, and one `batchUpdate` that changes all of them or none. Of people's tabs only blank
    cells are filled, after their yes.

    Args:
        sheet: the sheet's id.
        line: the line to Google.
        notes: what people are told at tabs and columns of ours.
    """

    def __init__(self, sheet: str, line: RetryingClient, notes: Notes | None = None) -> None:
        self._sheet = sheet
        self._line = line
        self._notes = notes or Notes()
        self._list: TabList | None = None
        self._title = ""
        self._glimpse: Tabs = {}
        self.team = SheetTeam(self)

    @property
    def name(self) -> str:
        """The sheet's title; until it was read, the first characters of its id."""
        return self._title or f"Google Sheet {self._sheet[:8]}…"

    @property
    def capabilities(self) -> Capabilities:
        """Several computers share it."""
        return Capabilities(team=self.team)

    def rows(self) -> Tabs:
        """Every tab with its cells, as they are now; text of an error, such as #N/A, stays text.

        Raises:
            NotShared: the owner has not shared it with our key, or the API is off.
            WorkbookNotFound: there is no such sheet.
            WorkbookBusy: Google cannot be reached, or lets us wait too long.
            WorkbookChanged: people change its tabs all the time.
            WorkbookUnsafe: it is an .xlsx file in Drive, or too big.
        """
        return self._anew(self._read)

    def check_writable(self) -> None:
        """Return quietly if `write` would work now; a mark that nobody sees is made and taken away again.

        Raises:
            WorkbookError: we may not write, or Google lets us wait too long.
        """
        with _as_busy():
            self.probe()

    def probe(self) -> None:
        """Make a mark and take it away again in one step.

        Raises:
            NotShared: we may only look, or not even that.
            ToolkitError: as in `rows`.
        """
        self.change([marked(PROBE, "sheetclerk"), unmarked(PROBE)])

    @property
    def server_now(self) -> datetime | None:
        """What time it was at Google at the last answer; None before the first."""
        return self._line.server_now

    def write(self, tabs: Sequence[OwnTab]) -> str:
        """Put these tabs in place of ours, all or none, and return the sheet's name.

        Nothing is written where all of them stand there already.

        Raises:
            WorkbookError: as in `rows`; nothing was changed.
        """
        with _as_busy():
            self._anew(lambda: self._put(tabs))
        return self.name

    def fill(self, fillings: Sequence[Filling]) -> Filled:
        """Fill blank cells of the people's tabs in one step; afterwards the rows are read again.

        Raises:
            WorkbookChanged: rows were moved in that very moment, and people must look at them.
            WorkbookError: as in `rows`; nothing was changed.
        """
        with _as_busy():
            cells, filled = self._anew(lambda: self._fill(fillings))
            titles = list(dict.fromkeys(one.tab for one in filled.done))
            if moved := cells.moved(filled.done, self._values(titles, AS_ENTERED)):
                raise _moved(self.name, ", ".join(one.place for one in moved))
        return filled

    def _fill(self, fillings: Sequence[Filling]) -> tuple[PeopleCells, Filled]:
        ids = {tab.title: tab.id for tab in self.tabs().tabs}
        titles = [title for title in ids if title in {one.tab for one in fillings}]
        answer = self._line.spreadsheets_get(self._sheet, {"fields": MERGES})
        merged = {one["properties"]["title"]: one.get("merges", ()) for one in answer["sheets"]}
        cells = PeopleCells(self._with_days(self._values(titles)), self._values(titles, AS_ENTERED), merged)
        filled = cells.free(fillings)
        if filled.done:
            self.change([*self.team.guard, *filling_requests(filled.done, ids)])
        return cells, filled

    def lay(self, tabs: Sequence[NewTab], standing: str = "Standing") -> None:
        """Lay new tabs before the others, all in one step, after somebody asked for them.

        Args:
            tabs: the team's and ours; none of their names may be taken.
            standing: the name of the tab that look-up columns read.

        Raises:
            WorkbookUnsafe: a tab of that name is there; nothing was changed.
            WorkbookError: as in `write`.
        """
        with _as_busy():
            if taken := self._there(tabs):
                raise _taken(self.name, taken[0])
            try:
                self.change(laying(tabs, self.tabs(), standing, self._notes))
            except WorkbookChanged:
                self._list = None
                if len(self._there(tabs)) < len(tabs):
                    raise
        self._list = None

    def add_tab(self, tab: NewTab) -> None:
        """Add a new tab of the team's before the others.

        Raises:
            WorkbookUnsafe: a tab of that name is there; nothing was changed.
            WorkbookError: as in `write`.
        """
        self.lay([tab])

    def _there(self, tabs: Sequence[NewTab]) -> list[str]:
        return [tab.name for tab in tabs if self.tabs().named(tab.name)]

    def lay_look_ups(self, title: str, look_ups: Sequence[LookUp]) -> None:
        """Lay look-up columns behind the last used column of a tab of the team's, after their yes.

        Raises:
            WorkbookError: as in `write`.
        """
        with _as_busy():
            used = max(map(len, self._values([title])[title]), default=0)
            there = self.tabs().named(title)
            if there is None:
                raise _gone(self.name, title)
            more = used + len(look_ups) - there.columns
            self.change([*look_ups_beside(there, used, look_ups, self._notes.our_column, more)])
        self._list = None

    def append(self, title: str, rows: Sequence[Sequence[str]]) -> str:
        """Insert rows below the last one of a tab, and return where Google put them: 'Outbox'!A5:J14.

        Raises:
            WorkbookError: it is not known whether they stand there.
        """
        how: Json = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS", "includeValuesInResponse": False}
        body = {"values": [list(row) for row in rows]}
        with _as_busy():
            answer = self._line.values_append(self._sheet, f"{quoted(title)}!A1", how, body)
        return str(answer.get("updates", {}).get("updatedRange", ""))

    def values(self, titles: Sequence[str]) -> Tabs:
        """The values of those tabs that are there, as they are now, in one request; the next write goes by them.

        Raises:
            WorkbookError: they cannot be read now.
        """
        with _as_busy():
            self._glimpse = self._anew(lambda: self._values([one for one in titles if self.tabs().named(one)]))
        return self._glimpse

    def forget_tabs(self) -> None:
        """Ask for the tabs and the lease anew, the next time that they are needed."""
        self._list = None

    def change(self, requests: Sequence[Json]) -> Json:
        """Do these things in one step, all or none, and return Google's answer."""
        answer: Json = self._line.batch_update(self._sheet, {"requests": list(requests)})
        return answer

    def tabs(self) -> TabList:
        """The tabs of the sheet; they are asked for once, and anew after people changed them."""
        if self._list is None:
            self._list = tab_list.tab_list(self._line.spreadsheets_get(self._sheet, {"fields": tab_list.FIELDS}))
            self._title = self._list.title
        return self._list

    def _read(self) -> Tabs:
        self._list = None
        values = self._values([tab.title for tab in self.tabs().tabs])
        self.team.note_reading()
        if sum(map(len, (row for grid in values.values() for row in grid))) > MOST_CELLS:
            raise _too_big(self.name)
        return self._with_days(values)

    def _values(self, titles: Sequence[str], how: Mapping[str, str] = AS_STORED) -> dict[str, Grid]:
        """The values of these tabs, each whole; the list learns how big their grids are by now."""
        if not titles:
            return {}
        ranges = [quoted(title) for title in titles]
        answer = self._line.values_batch_get(self._sheet, ranges, dict(how))
        self._list = self.tabs().grown(tab_list.sizes_in(answer, titles))
        return tab_list.cells_in(answer, titles)

    def _glimpsed(self, titles: Sequence[str]) -> Tabs:
        """The values of our tabs: those that were read a moment ago for this write, else as they are now."""
        glimpse, self._glimpse = self._glimpse, {}
        return glimpse if set(titles) <= glimpse.keys() else self._values(titles)

    def _with_days(self, values: Tabs) -> Tabs:
        shown = dict[sheet_cells.NumberColumn, Sequence[Cell]]()
        for columns in sheet_cells.questions(values):
            ranges = [one.range for one in columns]
            answer = self._line.values_batch_get(self._sheet, ranges, dict(sheet_cells.DAYS_AS_TEXT))
            shown |= sheet_cells.shown_in(answer, columns)
        return sheet_cells.with_days(values, shown)

    def _put(self, tabs: Sequence[OwnTab]) -> None:
        titles = {tab.name: known.title for tab in tabs if (known := self.tabs().named(tab.name))}
        values = self._glimpsed([*titles.values()])
        there = {name: values[title] for name, title in titles.items()}
        if requests := requests_for(tabs, self.tabs(), there, self._notes):
            self.change([*self.team.guard, *requests])
            self._list = None if len(titles) < len(tabs) else self._list

    def _anew(self, work: Callable[[], T]) -> T:
        """Do the work, and begin it anew where people changed the tabs under it."""
        for _ in range(TRIES - 1):
            try:
                return work()
            except WorkbookChanged:
                self.team.see_that_it_is_ours()
        return work()


@contextmanager
def _as_busy() -> Iterator[None]:
    """At writing, a door that is closed is a workbook that cannot be written now."""
    try:
        yield
    except (SetupError, RunLocked) as error:
        raise WorkbookBusy(error.what, why=error.why, next_step=error.next_step) from error


def _taken(name: str, tab: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{name} has a tab {tab} already",
        why="a tab is laid only where there is none, so that nothing of yours is lost",
        next_step="rename that tab, or take an empty sheet; nothing was changed",
    )


def _gone(name: str, tab: str) -> WorkbookChanged:
    return WorkbookChanged(f"{name} has no tab {tab} any more", why="somebody renamed it", next_step="run again")


def _moved(name: str, places: str) -> WorkbookChanged:
    return WorkbookChanged(
        f"{name}: rows changed in the moment in which {places} was filled",
        why="what stands beside it is not what stood there before",
        next_step="look at these cells in the sheet: File, Version history shows what changed; then: sheetclerk check",
    )


def _too_big(name: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{name} is too big",
        why=f"it has more than {MOST_CELLS:,} filled cells",
        next_step="move what is old into another sheet, then run again",
    )
