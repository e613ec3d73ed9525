"""Write-back while people sort, insert, delete and edit between any two of our requests: a state machine."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.sheets.google.sheet_desk import Waiting, made_of, sheet_of
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from toolkit.book.grid import Grid, OwnTab
from toolkit.sheets.new_tab import LookUp

TEAMS: Final = ("Clients", "Purchases")
OURS: Final = ("Standing", "Problems")
STEPS: Final = 10
GRID_ROWS: Final = 40

places = st.integers(2, 14)
columns = st.integers(1, 3)
words = st.sampled_from(["Asha", "0712 345", "=IMPORTXML(1)", "'007", "", "Зоё", "12.5", "C003"])
any_tab = st.sampled_from([*TEAMS, *OURS, "Clients", "Standing"])


@dataclass(frozen=True)
class Act:
    """What people do: its name, the tab, and two numbers and words that it may need."""

    name: str
    tab: str
    row: int
    column: int
    words: str
    before: int
    """Before which of our requests, counted from 1."""

    def by(self, people: People) -> None:
        """Do it, if the tab is there and big enough."""
        if self.tab not in people.titles():
            return
        if self.name in ("delete", "delete tab") and self.tab in TEAMS and people.book.sheet(self.tab).row_count < 20:
            return
        self._done(people)

    def _done(self, people: People) -> None:
        match self.name:
            case "sort":
                people.sort(self.tab, self.column, down=bool(self.row % 2))
            case "insert":
                people.insert_rows(self.tab, self.row, 1 + self.column % 2)
            case "delete":
                people.delete_rows(self.tab, self.row)
            case "move":
                people.move_rows(self.tab, self.row, 1, 2)
            case "type":
                people.type(self.tab, f"{'BC'[self.column % 2]}{self.row}", self.words)
            case "new client":
                people.type("Clients", f"A{self.row}", f"N{self.row}{self.column}{self.before}")
            case "delete tab" if self.tab in OURS:
                people.delete_tab(self.tab)
            case "columns" if self.tab == "Clients":
                people.insert_columns("Clients", 2)


acts = st.builds(
    Act,
    st.sampled_from(
        ["sort", "sort", "insert", "delete", "move", "type", "type", "new client", "delete tab", "columns"]
    ),
    any_tab,
    places,
    columns,
    words,
    st.integers(1, 6),
)


@dataclass
class Watch:
    """Lets people act before our requests, and sees that none of our requests touches a cell of theirs."""

    people: People
    planned: list[Act] = field(default_factory=list)
    number: int = 0
    left: dict[str, Any] | None = None
    changed: list[str] = field(default_factory=list)

    def __call__(self, _seen: object) -> None:
        self.look()
        self.number += 1
        for act in self.planned:
            if act.before == self.number:
                act.by(self.people)
        self.left = self.theirs()

    def theirs(self) -> dict[str, Any]:
        """Every cell of the team's tabs with all that it has; rows are replaced, never changed, so this is cheap."""
        return {name: list(self.people.book.sheet(name).rows) for name in TEAMS}

    def look(self) -> None:
        """See whether the last request changed anything of theirs."""
        if self.left is not None and self.left != self.theirs():
            self.changed.append(f"request {self.number}")

    def begin(self, planned: list[Act]) -> None:
        self.planned, self.number, self.left = planned, 0, None


def standing_of(clients: Grid) -> OwnTab:
    """What we would write of each client: a row that only its number decides."""
    numbers = dict.fromkeys(str(row[0]) for row in clients[1:] if row and row[0] not in ("", None))
    rows = tuple((number, f"name of {number}", f"tier of {number}") for number in numbers)
    return OwnTab("Standing", ("Client no.", "Name", "Tier"), rows)


def filled(grid: list[list[Any]]) -> list[list[Any]]:
    return [row for row in grid if any(cell not in (None, "") for cell in row)]


class Weeks(RuleBasedStateMachine):
    """Weeks of a shop whose people never rest."""

    runs: ClassVar[int] = 0
    done: ClassVar[int] = 0
    server: ClassVar[SheetsServer]

    def __init__(self) -> None:
        super().__init__()
        self.server.between = lambda _: None
        clients: Grid = [("Client no.", "Name", "Email"), *((f"C{n:03}", f"Client {n}", f"c{n}@x.y") for n in range(8))]
        bought: Grid = [("Purchase no.", "Client no.", "Amount"), *((f"P{n}", f"C{n:03}", n * 10) for n in range(8))]
        self.people = made_of(self.server, {"Clients": clients, "Purchases": bought})
        for name in TEAMS:
            self.people.book.sheet(name).properties["gridProperties"]["rowCount"] = GRID_ROWS
        book = sheet_of(self.server, self.people, Waiting())
        book.write([standing_of(self.people.values("Clients"))])
        book.lay_look_ups("Clients", [LookUp("Tier", 3, "Standing")])
        self.watch = Watch(self.people)

    @rule(planned=st.lists(acts, max_size=6))
    def week(self, planned: list[Act]) -> None:
        """Read, decide, write back, while people do what they planned."""
        type(self).runs += 1
        type(self).done += len(planned)
        book = sheet_of(self.server, self.people, Waiting())
        self.watch.begin(planned)
        self.server.bodies.append({"requests": []})
        self.server.between = self.watch
        tabs = book.rows()
        standing = standing_of(tabs["Clients"])
        problems = OwnTab("Problems", ("Where",), tuple((f"Clients!A{n}",) for n in range(len(standing.rows) % 3)))
        book.write([standing, problems])
        self.server.between = lambda _: None
        self.watch.look()
        self._see(standing, problems)

    def _see(self, *written: OwnTab) -> None:
        assert self.watch.changed == [], "a cell of the team's changed"
        for tab in self._rewritten(written):
            wanted = [list(tab.headings), *map(list, tab.rows)]
            assert filled(self.people.values(tab.name)) == wanted, f"wrong rows in {tab.name}"
        if written[0] in self._rewritten(written):
            self._see_look_ups(written[0])

    def _rewritten(self, tabs: tuple[OwnTab, ...]) -> list[OwnTab]:
        """Those that the last request put there; the others stood there already when we looked."""
        requests = self.server.bodies[-1]["requests"]
        ids = {one["updateCells"]["range"]["sheetId"] for one in requests if "updateCells" in one}
        names = {sheet.title for sheet in self.people.book.sheets if sheet.id in ids}
        return [tab for tab in tabs if tab.name in names]

    def _see_look_ups(self, standing: OwnTab) -> None:
        """Beside each client that was read stands what Standing says of that client."""
        headings, *rows = self.people.values("Clients")
        if "Tier" not in headings:
            return
        tier, told = headings.index("Tier"), {row[0]: row[2] for row in standing.rows}
        for row in rows:
            if row and str(row[0]) in told:
                assert (row + [None] * 9)[tier] == told[str(row[0])], f"a wrong tier beside {row[0]}"


@pytest.fixture(scope="module")
def running() -> Iterator[SheetsServer]:
    with SheetsServer(strict=False) as server:
        yield server


def test_no_row_lands_wrong_and_no_cell_of_the_teams_changes(
    request: pytest.FixtureRequest, running: SheetsServer
) -> None:
    wanted = int(request.config.getoption("--write-backs"))
    Weeks.server, Weeks.runs, Weeks.done = running, 0, 0
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    while Weeks.runs < wanted:
        run_state_machine_as_test(
            Weeks,
            settings=settings(
                max_examples=max((wanted - Weeks.runs) // STEPS, 1),
                stateful_step_count=STEPS,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=quiet,
                database=None,
            ),
        )
    sys.stdout.write(f"{Weeks.runs} write-backs, {Weeks.done} acts of people between: 0 wrong rows, 0 cells changed\n")
