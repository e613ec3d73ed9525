"""A Google Sheet as a workbook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final, TypeVar

from toolkit.book import Cell, Filled, Filling, Grid, OwnTab, Tabs
from toolkit.errors import RunLocked, SetupError, WorkbookBusy, WorkbookChanged, WorkbookUnsafe
from toolkit.sheets.google.cells import (
    AS_ENTERED,
    DAYS_AS_TEXT,
    MERGES,
    NumberColumn,
    PeopleCells,
    filling_requests,
    formatted_cells,
    number_columns,
    with_days,
)
from toolkit.sheets.google.http_client import RetryingClient
from toolkit.sheets.google.new_tabs import add_look_ups, create_tabs
from toolkit.sheets.google.own_tabs import Notes, requests_for
from toolkit.sheets.google.tab_list import FIELDS, TabList, cells_in, read_tab_list, sizes_in
from toolkit.sheets.google.team import SheetTeam
from toolkit.sheets.google.wire import Json, create_mark, delete_mark
from toolkit.sheets.layout import MOST_CELLS, quoted
from toolkit.sheets.new_tab import LookUp, NewTab, name_taken
from toolkit.sheets.workbook import Capabilities

T = TypeVar("T")

WORK_TRIES: Final = 4
"""How often a read or a write begins anew where people change the tabs under it."""

AS_STORED: Final = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "SERIAL_NUMBER",
    "majorDimension": "ROWS",
}
"""How values are read as the sheet holds them.

0700123456 stays text, which gspread's get_all_records turns into 700123456 (6.2.1); days come as numbers.
"""

PROBE: Final = 1_964_270_233
"""The id of a mark that is made and removed in one request, to find out if we may write."""


class GoogleWorkbook:
    """One Google Sheet that its owner shared with our key.

    Reading takes three requests: the list of tabs, all their values, and which of the numbers are days. Writing takes
    one that reads our tabs again, and one `batchUpdate` that changes all of them or none. Of people's tabs only blank
    cells are filled, after their yes.

    Args:
        sheet: the sheet's id.
        client: the connection to Google.
        notes: warnings at tabs and columns of ours.
    """

    def __init__(self, sheet: str, client: RetryingClient, notes: Notes | None = None) -> None:
        self._sheet = sheet
        self._client = client
        self._notes = notes or Notes()
        self._list: TabList | None = None
        self._title = ""
        self._last_values: Tabs = {}
        self.team = SheetTeam(self)

    @property
    def name(self) -> str:
        """The sheet's title, once it was read."""
        return self._title or f"Google Sheet {self._sheet[:8]}…"

    @property
    def capabilities(self) -> Capabilities:
        """Shared by several computers, with look-up columns beside the team's."""
        return Capabilities(team=self.team, look_ups=self)

    def rows(self) -> Tabs:
        """Read every tab, with errors such as #N/A as text.

        Raises:
            NotShared: the owner has not shared it with our key, or the API is off.
            WorkbookNotFound: there is no such sheet.
            WorkbookBusy: Google cannot be reached, or lets us wait too long.
            WorkbookChanged: people change its tabs all the time.
            WorkbookUnsafe: it is an .xlsx file in Drive, or too big.
        """
        return self._retried(self._read)

    def check_writable(self) -> None:
        """Return quietly if `write` would work now.

        A mark that people do not see is made and removed.

        Raises:
            WorkbookError: we may not write, or Google lets us wait too long.
        """
        with _as_busy():
            self.probe()

    def probe(self) -> None:
        """Make a mark and remove it in one step.

        Raises:
            NotShared: we may only look, or not even that.
            ToolkitError: as in `rows`.
        """
        self.change([create_mark(PROBE, "sheetclerk"), delete_mark(PROBE)])

    @property
    def server_now(self) -> datetime | None:
        """The time on Google's clock at the last answer."""
        return self._client.server_now

    def write(self, tabs: Sequence[OwnTab]) -> str:
        """Write all or none of our tabs, and return the sheet's name.

        Nothing is written where all of them stand there already.

        Raises:
            WorkbookError: as in `rows`; nothing was changed.
        """
        with _as_busy():
            self._retried(lambda: self._put(tabs))
        return self.name

    def fill(self, fillings: Sequence[Filling]) -> Filled:
        """Fill blank cells in one step, and check the rows.

        Raises:
            WorkbookChanged: rows were moved in that very moment, and people must look at them.
            WorkbookError: as in `rows`; nothing was changed.
        """
        with _as_busy():
            cells, filled = self._retried(lambda: self._fill(fillings))
            titles = list(dict.fromkeys(cell.tab for cell in filled.done))
            if moved := cells.moved(filled.done, self._values(titles, AS_ENTERED)):
                raise _moved(self.name, ", ".join(cell.place for cell in moved))
        return filled

    def _fill(self, fillings: Sequence[Filling]) -> tuple[PeopleCells, Filled]:
        ids = {tab.title: tab.id for tab in self.tabs().tabs}
        titles = [title for title in ids if title in {cell.tab for cell in fillings}]
        answer = self._client.spreadsheets_get(self._sheet, {"fields": MERGES})
        merged = {sheet["properties"]["title"]: sheet.get("merges", ()) for sheet in answer["sheets"]}
        cells = PeopleCells(self._with_days(self._values(titles)), self._values(titles, AS_ENTERED), merged)
        filled = cells.free(fillings)
        if filled.done:
            self.change([*self.team.guard, *filling_requests(filled.done, ids)])
        return cells, filled

    def lay(self, tabs: Sequence[NewTab], standing: str = "Standing") -> None:
        """Add new tabs before the others in one step.

        Args:
            tabs: the team's and ours; none of their names may be taken.
            standing: the name of the tab that look-up columns read.

        Raises:
            WorkbookUnsafe: a tab of that name is there; nothing was changed.
            WorkbookError: as in `write`.
        """
        with _as_busy():
            if taken := self._taken_names(tabs):
                raise name_taken(self.name, taken[0])
            try:
                self.change(create_tabs(tabs, self.tabs(), standing, self._notes))
            except WorkbookChanged:
                self._list = None
                if len(self._taken_names(tabs)) < len(tabs):
                    raise
        self._list = None

    def add_tab(self, tab: NewTab) -> None:
        """Add a new tab before the others.

        Raises:
            WorkbookUnsafe: a tab of that name is there; nothing was changed.
            WorkbookError: as in `write`.
        """
        self.lay([tab])

    def _taken_names(self, tabs: Sequence[NewTab]) -> list[str]:
        return [tab.name for tab in tabs if self.tabs().named(tab.name)]

    def lay_look_ups(self, title: str, look_ups: Sequence[LookUp]) -> None:
        """Add look-up columns behind the last used column.

        They are added beside a tab of the team's, after their yes.

        Raises:
            WorkbookError: as in `write`.
        """
        with _as_busy():
            used = max(map(len, self._values([title])[title]), default=0)
            tab = self.tabs().named(title)
            if tab is None:
                raise _gone(self.name, title)
            more = used + len(look_ups) - tab.columns
            self.change([*add_look_ups(tab, used, look_ups, self._notes.our_column, more)])
        self._list = None

    def append(self, title: str, rows: Sequence[Sequence[str]]) -> str:
        """Append rows, and return their range, such as 'Outbox'!A5:J14.

        INSERT_ROWS, since the default OVERWRITE writes over what stands below the table, and RAW, since USER_ENTERED
        makes a formula of =1+1 (Sheets API reference, values.append).

        Raises:
            WorkbookError: it is not known whether they stand there.
        """
        options: Json = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS", "includeValuesInResponse": False}
        body = {"values": [list(row) for row in rows]}
        with _as_busy():
            answer = self._client.values_append(self._sheet, f"{quoted(title)}!A1", options, body)
        return str(answer.get("updates", {}).get("updatedRange", ""))

    def values(self, titles: Sequence[str]) -> Tabs:
        """Read existing tabs in one request for the next write.

        Raises:
            WorkbookError: they cannot be read now.
        """
        with _as_busy():
            self._last_values = self._retried(lambda: self._values(list(filter(self.tabs().named, titles))))
        return self._last_values

    def forget_tabs(self) -> None:
        """Forget the tabs and the lease."""
        self._list = None

    def change(self, requests: Sequence[Json]) -> Json:
        """Send one batchUpdate and return Google's answer."""
        answer: Json = self._client.batch_update(self._sheet, {"requests": list(requests)})
        return answer

    def tabs(self) -> TabList:
        """Return the tabs, read again after people changed them."""
        if self._list is None:
            self._list = read_tab_list(self._client.spreadsheets_get(self._sheet, {"fields": FIELDS}))
            self._title = self._list.title
        return self._list

    def _read(self) -> Tabs:
        self._list = None
        values = self._values([tab.title for tab in self.tabs().tabs])
        self.team.note_reading()
        if sum(map(len, (row for grid in values.values() for row in grid))) > MOST_CELLS:
            raise _too_big(self.name)
        return self._with_days(values)

    def _values(self, titles: Sequence[str], options: Mapping[str, str] = AS_STORED) -> dict[str, Grid]:
        """Read whole tabs and the sizes of their grids."""
        if not titles:
            return {}
        ranges = [quoted(title) for title in titles]
        answer = self._client.values_batch_get(self._sheet, ranges, dict(options))
        self._list = self.tabs().grown(sizes_in(answer, titles))
        return cells_in(answer, titles)

    def _current_values(self, titles: Sequence[str]) -> Tabs:
        """Return our tabs as read for this write, else anew."""
        glimpse, self._last_values = self._last_values, {}
        return glimpse if set(titles) <= glimpse.keys() else self._values(titles)

    def _with_days(self, values: Tabs) -> Tabs:
        shown = dict[NumberColumn, Sequence[Cell]]()
        for columns in number_columns(values):
            ranges = [column.range for column in columns]
            answer = self._client.values_batch_get(self._sheet, ranges, dict(DAYS_AS_TEXT))
            shown |= formatted_cells(answer, columns)
        return with_days(values, shown)

    def _put(self, tabs: Sequence[OwnTab]) -> None:
        titles = {tab.name: target.title for tab in tabs if (target := self.tabs().named(tab.name))}
        values = self._current_values([*titles.values()])
        current = {name: values[title] for name, title in titles.items()}
        if requests := requests_for(tabs, self.tabs(), current, self._notes):
            self.change([*self.team.guard, *requests])
            self._list = None if len(titles) < len(tabs) else self._list

    def _retried(self, work: Callable[[], T]) -> T:
        """Do the work, again if people changed the tabs."""
        for _ in range(WORK_TRIES - 1):
            try:
                return work()
            except WorkbookChanged:
                self.team.check_lease()
        return work()


@contextmanager
def _as_busy() -> Iterator[None]:
    """Raise WorkbookBusy for errors that prevent a write."""
    try:
        yield
    except (SetupError, RunLocked) as error:
        raise WorkbookBusy(error.what, why=error.why, next_step=error.next_step) from error


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
