"""A Google Sheet on the test server, laid as people would lay it, and the workbook that opens it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from toolkit.book.grid import Cell, Tabs
from toolkit.clock import FixedClock
from toolkit.sheets.google.account_key import Login, session_of
from toolkit.sheets.google.cells import DAY, MOMENT, day_number
from toolkit.sheets.google.errors import SheetAccess
from toolkit.sheets.google.http_client import API, RetryingClient, RetryPolicy
from toolkit.sheets.google.workbook import GoogleWorkbook

MORNING = datetime(2026, 11, 21, 6, tzinfo=UTC)


@dataclass
class Waiting:
    """A clock that moves only by waiting, and the lines that somebody would see meanwhile."""

    clock: FixedClock = field(default_factory=lambda: FixedClock(MORNING))
    told: list[str] = field(default_factory=list)

    @property
    def patience(self) -> RetryPolicy:
        return RetryPolicy(self.clock.wait, lambda: 0.5, self.told.append)


def line_to(server: SheetsServer, waiting: Waiting | None = None, **more: Any) -> RetryingClient:
    """Our line, logged in with a real key at the test server."""
    login = Login(server.account())
    session = session_of(login)
    session.mount(API, server.detour())
    who = SheetAccess("the team's sheet", server.email, "shop-123456")
    return RetryingClient(session, who, (waiting or Waiting()).patience, login, **more)


def sheet_of(server: SheetsServer, people: People, waiting: Waiting | None = None) -> GoogleWorkbook:
    return GoogleWorkbook(people.id, line_to(server, waiting))


def lay(people: People, tabs: Tabs) -> People:
    """The cells as people would have typed them: days are days, text is text."""
    for name, grid in tabs.items():
        people.lay(name, [[_number(cell) for cell in row] for row in grid])
        for row, cells in enumerate(grid):
            _mark_days(people, name, row, cells)
    return people


def _mark_days(people: People, tab: str, row: int, cells: Sequence[Cell]) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, date):
            look = {"numberFormat": MOMENT if isinstance(cell, datetime) else DAY}
            people.book.sheet(tab).put_mark(row, column, "userEnteredFormat", look)


def _number(cell: Cell) -> Cell:
    if isinstance(cell, date):
        return day_number(cell if isinstance(cell, datetime) else datetime.combine(cell, time()))
    return cell


def made_of(server: SheetsServer, tabs: Tabs) -> People:
    """A new sheet that the owner made, shared, and filled."""
    people = server.spreadsheet("Duka la Juma")
    lay(people, tabs)
    if tabs:
        people.delete_tab("Sheet1")
    return people


def first_column(people: People, tab: str) -> list[Any]:
    """What stands in column A, heading first, without the blank rows below."""
    return [row[0] for row in people.values(tab) if row]
