"""Once a month is approved, each person gets the own statement and the team hears who was best, each once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

import toolkit
from tests.tables import table
from toolkit.app.commands.approving import approve
from toolkit.app.commands.stopping import stop_or_lift
from toolkit.app.run import weekly_run
from toolkit.app.run_report import RunReport
from toolkit.book.grid import Grid
from toolkit.delivery.letter_record import State
from toolkit.report.tasks import Verb, tasks
from toolkit.sheets.memory import MemoryWorkbook

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
SHOP: dict[str, Grid] = {
    "Clients": table(
        "Client no. | Name | Email | Letters\n1 | Asha | asha@example.com | yes\n2 | Bea | bea@example.com |"
    ),
    "Staff": table("""
        Staff no. | Name       | Email            | Scheme | Language | Until
        1         | Ann Otieno | ann@example.com  | sales  | en       |
        2         | Ben Kimani | ben@example.com  | sales  | sw       |
        3         | Cleo Maro  |                  | sales  |          |
        4         | Dan Said   | dan@example.com  | sales  |          | 2026-10-31
        5         | Eve Ali    | eve@example.com  |        | ru       |
        """),
    "Products": table("Product | Name | Weight\nCotton | Cotton, 3 m | 1.2\nThread | Thread | 0.5"),
    "Purchases": table("""
        Purchase no. | Date       | Client no. | Product | Quantity | Amount | Staff        | Status
        P1           | 2026-10-05 | 1          | Cotton  | 1        | 1000   | Ann          | paid
        P2           | 2026-10-20 | 2          | Thread  | 1        | 600    | 1 60, Ben 40 | paid
        P3           | 2026-10-21 | 1          | Cotton  | 1        | 500    | Ben          | paid
        P4           | 2026-10-22 | 1          | Cotton  | 1        | 400    | Dan          | paid
        P5           | 2026-10-23 | 1          | Cotton  | 1        | 100    | Ann          | paid
        """),
    "Schemes": table("Scheme | Pays | Method\nsales | bands | slice"),
    "Bonus bands": table(
        "From date | Scheme | From | Rate\n2026-01-01 | sales | 0 | 10 %\n2026-01-01 | sales | 1000 | 20 %"
    ),
    "Awards": table("Award | Kind | Value\nKettle | appliance | 40"),
}


class Team:
    """A shop in a folder, opened anew on each day that something is done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workbook = MemoryWorkbook(SHOP)

    @contextmanager
    def on(self, day: str) -> Iterator[toolkit.Shop]:
        hour = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC)
        with toolkit.open_shop(self.workbook, clock=toolkit.FixedClock(hour)) as shop:
            yield shop

    def approve(self, day: str, month: date = OCTOBER) -> None:
        with self.on(day) as shop:
            approve(shop, month)

    def run(self, day: str) -> RunReport:
        with self.on(day) as shop:
            return weekly_run(shop, shop.today)

    def add(self, tab: str, line: str) -> None:
        rows = self.workbook.rows()
        self.workbook = MemoryWorkbook({**rows, tab: [*rows[tab], *table(line)]})

    def letters(self) -> dict[str, str]:
        """The text part of every letter in the folder, by file name without its key."""
        found = sorted(self.folder.glob("outbox/*/*.eml"))
        return {one.stem.rpartition("-")[0]: _text(one) for one in found}


def _text(path: Path) -> str:
    message = message_from_bytes(path.read_bytes(), policy=default)
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.chdir(tmp_path)
    found = Team(tmp_path)
    found.run("2026-10-25")
    return found


def sent(report: RunReport) -> list[tuple[str, str]]:
    return [(one.header.campaign, one.header.client) for one in report.handled if one.state is State.SENT]


def held(report: RunReport) -> list[tuple[str, str, str]]:
    return [(one.occasion.campaign, one.occasion.reader.reader_no, one.code) for one in report.plan.held]


STATEMENTS = [("bonus_statement", "staff:1"), ("bonus_statement", "staff:2")]
PRAISES = [("best_of_month", "staff:1"), ("best_of_month", "staff:2"), ("best_of_month", "staff:5")]
HELD = [
    ("bonus_statement", "staff:3", "staff-no-email"),
    ("bonus_statement", "staff:4", "staff-left"),
    ("best_of_month", "staff:3", "staff-no-email"),
]


def test_nothing_goes_to_the_team_before_a_person_approved_the_month(team: Team) -> None:
    assert sent(team.run("2026-11-02")) == []


def test_an_approved_month_brings_each_person_a_statement_and_the_team_one_announcement(team: Team) -> None:
    team.approve("2026-11-02")
    report = team.run("2026-11-02")
    assert sent(report) == STATEMENTS + PRAISES
    assert held(report) == HELD
    assert {"bonus_statement-staff_1", "best_of_month-staff_5"} <= team.letters().keys()


def test_a_second_run_sends_nothing_and_says_again_who_has_no_address(team: Team) -> None:
    team.approve("2026-11-02")
    team.run("2026-11-02")
    again = team.run("2026-11-03")
    assert (sent(again), held(again)) == ([], HELD)


def test_a_statement_says_every_line_of_the_person_and_nothing_of_anybody_else(team: Team) -> None:
    team.approve("2026-11-02")
    team.run("2026-11-02")
    letter = team.letters()["bonus_statement-staff_1"]
    for said in (
        "Approved on 2 November 2026; these figures are final.",
        "2026-10-20            P2  Thread         600.00     0.5    60%           180.00",
        "from 1,000.00 up: 500.00 at 20%         100.00",
        "Bonus for October 2026: $200",
    ):
        assert said in letter
    assert [name for name in ("Ben", "Cleo", "Dan", "Eve", "P3", "P4") if name in letter] == []


def test_the_announcement_comes_in_the_language_of_each_reader(team: Team) -> None:
    team.approve("2026-11-02")
    team.run("2026-11-02")
    letters = team.letters()
    assert "our employee of the month for October 2026 is Ann Otieno." in letters["best_of_month-staff_1"]
    assert "Gifts to choose from: Kettle." in letters["best_of_month-staff_1"]
    assert "Mfanyakazi bora wa mwezi: Ann Otieno" in letters["best_of_month-staff_2"]
    assert "Лучший сотрудник месяца: Ann Otieno" in letters["best_of_month-staff_5"]


def test_what_became_known_late_stands_in_the_next_months_statement(team: Team) -> None:
    team.approve("2026-11-02")
    team.run("2026-11-02")
    team.add("Purchases", "P6 | 2026-10-30 | 2 | Cotton | 1 | 50 | Ann | paid")
    team.approve("2026-12-01", NOVEMBER)
    report = team.run("2026-12-01")
    assert ("bonus_statement", "staff:1") in sent(report)
    assert "October 2026, after approval  $12" in team.letters()["bonus_statement-staff_1"]


def test_the_praise_stays_with_whom_the_approved_figures_name(team: Team) -> None:
    """Ben gets ahead by a sale that is written down only after the approval."""
    team.approve("2026-11-02")
    for number in (7, 8, 9):
        team.add("Purchases", f"P{number} | 2026-10-30 | 2 | Cotton | 1 | 5000 | Ben | paid")
    team.run("2026-11-03")
    assert "our employee of the month for October 2026 is Ann Otieno." in team.letters()["best_of_month-staff_1"]


def test_an_announcement_may_still_go_for_7_days_and_a_statement_for_31(team: Team) -> None:
    team.approve("2026-11-02")
    assert sent(team.run("2026-11-10")) == STATEMENTS


def test_after_31_days_an_approval_is_no_news(team: Team) -> None:
    team.approve("2026-11-02")
    assert sent(team.run("2026-12-04")) == []


def test_a_letter_that_is_switched_off_is_not_written(team: Team) -> None:
    team.approve("2026-11-02")
    with team.on("2026-11-02") as shop:
        choosy = replace(shop, choices=replace(shop.choices, off=frozenset({"best_of_month"})))
        assert sent(weekly_run(choosy, shop.today)) == STATEMENTS


def test_a_statement_is_not_sent_to_a_mailbox_that_a_colleague_reads(team: Team) -> None:
    team.add("Staff", "6 | Femi Oku | ANN@example.com | | |")
    team.approve("2026-11-02")
    report = team.run("2026-11-02")
    assert ("bonus_statement", "staff:1", "staff-same-address") in held(report)
    assert ("best_of_month", "staff:1") in sent(report)


def test_staff_whose_number_stands_twice_get_nothing(team: Team) -> None:
    team.add("Staff", "2 | Ben Other | other@example.com | | |")
    team.approve("2026-11-02")
    report = team.run("2026-11-02")
    assert ("bonus_statement", "staff:2", "staff-number-twice") in held(report)
    assert ("best_of_month", "staff:2") not in sent(report)


def test_a_client_and_a_colleague_with_one_number_are_two_readers(team: Team) -> None:
    """Client 1 asked us to stop and had letters this week; Ann is number 1 of the staff."""
    with team.on("2026-11-02") as shop:
        stop_or_lift(shop.desk, "1", "rang us", lift=False)
    team.approve("2026-11-02")
    team.add("Purchases", "P7 | 2026-11-01 | 1 | Cotton | 1 | 50 | Ben | paid")
    report = team.run("2026-11-02")
    assert [one for one in STATEMENTS + PRAISES if one not in sent(report)] == []
    assert ("thank_you", "1", "suppressed") in held(report)


def test_a_colleague_can_be_suppressed_by_the_number_that_the_lists_show(team: Team) -> None:
    with team.on("2026-11-02") as shop:
        stop_or_lift(shop.desk, "staff:1", "wants paper", lift=False)
    team.approve("2026-11-02")
    report = team.run("2026-11-02")
    assert ("best_of_month", "staff:1", "suppressed") in held(report)
    assert ["staff:1", "Ann Otieno"] in [list(row)[1:3] for row in team.workbook.rows()["Suppressed"]]


def test_a_run_that_broke_off_doubles_nothing(team: Team) -> None:
    """The first run stops after two letters, as a killed one would; the next goes on with the rest."""
    team.approve("2026-11-02")
    with team.on("2026-11-02") as shop:
        shop.deliver(shop.plan_week(shop.today), limit=2)
    rest = team.run("2026-11-03")
    assert len(sent(rest)) == 3
    assert len(list(team.folder.glob("outbox/*/b*.eml"))) == 5


def test_the_report_tells_who_of_the_staff_has_no_address(team: Team) -> None:
    team.approve("2026-11-02")
    report = team.run("2026-11-02")
    found = [
        (task.verb, task.client.name, len(task.reasons)) for task in tasks(report) if task.client.reader_no == "staff:3"
    ]
    assert found == [(Verb.MEND, "Cleo Maro", 2)]


def test_a_preview_shows_the_teams_letters_and_the_held_ones(team: Team) -> None:
    team.approve("2026-11-02")
    with team.on("2026-11-02") as shop:
        page = shop.preview(shop.plan_week(shop.today), team.folder / "preview").read_text(encoding="utf-8")
    assert "Your bonus statement, October 2026" in page
    assert "Cleo Maro" in page
