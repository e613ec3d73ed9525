"""The week of a small shop, told in its own text tables: the same with memory, .csv tabs, .xlsx and a Google Sheet."""

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import toolkit
from tests.sheets.google.sheet_desk import made_of, sheet_of
from tests.sheets_server.server import SheetsServer
from tests.shop_parts import with_channels
from tests.tables import table
from toolkit.book.grid import Grid, Tabs
from toolkit.channels.memory import MemoryChannel
from toolkit.delivery.letter_record import State
from toolkit.sheets.csv_folder import CsvFolder
from toolkit.sheets.memory import MemoryWorkbook
from toolkit.sheets.workbook import Workbook
from toolkit.sheets.xlsx import NewColumn, NewTab, XlsxWorkbook
from toolkit.sheets.xlsx.maker import make_workbook

SATURDAY = date(2026, 11, 21)
SHOP: dict[str, Grid] = {
    "Clients": table("""
        Client no. | Name         | Call them | Email            | Language | Letters | Manager | First met
        C001       | Asha Juma    | Bi. Asha  | asha@example.com | sw       | yes     | Zawadi  |
        C002       | Peter Kamau  | Peter     | peter@gmail      | en       | yes     | Zawadi  |
        C003       | Grace Wanja  |           | grace@example.com| en       |         |         | 2026-11-19
        """),
    "Purchases": table("""
        Purchase no. | Date       | Client no. | Product | Quantity | Unit price | Staff             | Status
        P1           | 2026-11-18 | C001       | Cotton  | 4        | 1600       | Zawadi 60, Juma 40| paid
        P2           | 2026-11-20 | C002       | Thread  | 1        | 300        | Juma              | paid
        P3           | 2026-10-02 | C003       | Cotton  | 30       | 1600       | Juma              |
        P4           | yesterday  | C001       | Cotton  | 1        | 1600       | Juma              | paid
        P5           | 2026-11-20 | C009       | Cotton  | 1        | 1600       | Juma              | paid
        """),
    "Products": table("""
        Product | Name          | Weight
        Cotton  | Cotton fabric | 1.5
        Thread  | White thread  | 1
        """),
    "Staff": table("""
        Staff no. | Name         | Direct line     | Scheme
        S1        | Juma Ali     | +254 712 345678 | sales
        S2        | Zawadi Njeri | +254 723 678901 | sales
        """),
    "Tiers": table("""
        From date  | Tier   | From amount | Discount
        2026-01-01 | Bronze | 0           | 0
        2026-01-01 | Silver | 10000       | 5 %
        """),
    "Bonus bands": table("""
        From date  | Scheme | From | Rate
        2026-01-01 | sales  | 0    | 5 %
        2026-01-01 | sales  | 4000 | 10 %
        """),
}

Opened = Callable[[Tabs], toolkit.Shop]


def in_memory(_folder: Path, tabs: Tabs, _closing: object = None) -> Workbook:
    return MemoryWorkbook(tabs)


def as_csv(folder: Path, tabs: Tabs, _closing: object = None) -> Workbook:
    for name, grid in tabs.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(grid)
    return CsvFolder(folder)


def as_xlsx(folder: Path, tabs: Tabs, _closing: object = None) -> Workbook:
    laid = [
        NewTab(name, tuple(NewColumn(str(heading)) for heading in top), tuple(tuple(row) for row in rows))
        for name, (top, *rows) in tabs.items()
    ]
    make_workbook(folder / "clients.xlsx", laid)
    return XlsxWorkbook(folder / "clients.xlsx")


def in_google(_folder: Path, tabs: Tabs, closing: ExitStack) -> Workbook:
    server = closing.enter_context(SheetsServer())
    return sheet_of(server, made_of(server, tabs))


@pytest.fixture(params=[in_memory, as_csv, as_xlsx, in_google])
def opened(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Opens a shop on the morning of a Saturday, over tabs laid in one kind of workbook."""
    monkeypatch.chdir(tmp_path)
    shops: list[toolkit.Shop] = []
    closing = ExitStack()

    def open_it(tabs: Tabs) -> toolkit.Shop:
        """The team's tabs as they are now, with ours as the last run left them."""
        ours = {
            name: grid for shop in shops for name, grid in shop.open_book.workbook.rows().items() if name not in tabs
        }
        folder = tmp_path / f"book{len(shops)}"
        folder.mkdir()
        for shop in shops:
            shop.close()
        clock = toolkit.FixedClock(datetime(2026, 11, 21, 6, tzinfo=UTC))
        shops.append(toolkit.open_shop(request.param(folder, {**tabs, **ours}, closing), clock=clock))
        return shops[-1]

    yield open_it
    for shop in shops:
        shop.close()
    closing.close()


def test_who_is_thanked_who_is_held_and_who_is_followed_up(opened: Opened) -> None:
    report = toolkit.weekly_run(opened(SHOP), SATURDAY)
    assert [(one.header.campaign, one.header.client, one.state) for one in report.handled] == [
        ("thank_you", "C001", State.SENT),
        ("follow_up", "C003", State.SENT),
    ]
    assert [(one.occasion.reader.number, one.code) for one in report.plan.held] == [("C002", "email-wrong")]
    assert str(report.plan) == "2 ready, 1 held, 0 already sent"


def test_the_other_rows_go_on_where_one_is_wrong_and_every_fault_is_told(opened: Opened) -> None:
    shop = opened(SHOP)
    assert [(one.place, one.code) for one in shop.problems] == [
        ("Clients!D3", "email-no-dot"),
        ("Purchases!B5", "not-a-date"),
        ("Purchases!C6", "client-unknown"),
    ]
    assert [(one.number, one.amount) for one in shop.book.purchases] == [
        ("P1", 640_000),
        ("P2", 30_000),
        ("P3", 4_800_000),
    ]


def test_tiers_spend_and_bonuses_stand_in_our_tabs(opened: Opened) -> None:
    shop = opened(SHOP)
    toolkit.weekly_run(shop, SATURDAY)
    tabs = shop.open_book.workbook.rows()
    standing = [[str(cell) for cell in row[:4]] for row in tabs["Standing"]]
    assert standing == [
        ["Client no.", "Name", "Tier", "Spent"],
        ["C001", "Asha Juma", "Bronze", standing[1][3]],
        ["C002", "Peter Kamau", "Bronze", standing[2][3]],
        ["C003", "Grace Wanja", "Silver", standing[3][3]],
    ]
    assert [float(row[3]) for row in standing[1:]] == [6400, 300, 48_000]
    assert [(row[1], float(str(row[3])), float(str(row[6]))) for row in tabs["Bonuses"][1:]] == [
        ("S1", 4140.0, 214.0),  # (6,400 x 1.5 x 40 %) + 300 = 4,140: 5 % of 4,000 and 10 % of 140
        ("S2", 5760.0, 376.0),  # 6,400 x 1.5 x 60 % = 5,760
    ]


def test_a_second_run_writes_no_letter_twice(opened: Opened) -> None:
    toolkit.weekly_run(opened(SHOP), SATURDAY)
    again = toolkit.weekly_run(opened(SHOP), SATURDAY)
    assert again.handled == ()
    assert again.said_today == 2
    assert again.letter_counts["planned"] == 0


def test_the_week_tab_tells_this_run_from_all_of_the_day(opened: Opened) -> None:
    toolkit.weekly_run(opened(SHOP), SATURDAY)
    shop = opened(SHOP)
    toolkit.weekly_run(shop, SATURDAY)
    week = {str(row[0]): row[1] for row in shop.open_book.workbook.rows()["Week"]}
    both = [week["Letters written to the folder"], week["Letters written today, all runs"]]
    assert [float(str(one)) for one in both] == [0, 2]


def test_a_letter_in_doubt_is_not_told_as_one_that_was_sent_today(opened: Opened) -> None:
    shop = opened(SHOP)
    channel = MemoryChannel(cut={"C001"}, mode=shop.desk.mode)
    report = toolkit.weekly_run(with_channels(shop, channel), SATURDAY)
    assert [(one.header.client, one.state) for one in report.handled] == [
        ("C001", State.IN_DOUBT),
        ("C003", State.SENT),
    ]
    assert report.said_today_by == {"follow_up": 1}


def test_a_letter_speaks_the_clients_language_and_names_the_manager(opened: Opened) -> None:
    plan = opened(SHOP).plan_week(SATURDAY)
    letter = next(one for one in plan.letters if one.header.client == "C001")
    assert letter.header.language == "sw"
    assert letter.header.subject == "Asante, Bi. Asha!"
    assert "Cotton fabric × 4" in letter.text
    assert "Zawadi Njeri" in letter.text
    assert "+254 723 678901" in letter.text


def test_a_limit_lets_the_rest_wait_for_the_next_run(opened: Opened) -> None:
    first = toolkit.weekly_run(opened(SHOP), SATURDAY, limit=1)
    assert (first.letter_counts["written"], first.letter_counts["waiting"]) == (1, 1)
    second = toolkit.weekly_run(opened(SHOP), SATURDAY)
    assert (second.letter_counts["written"], second.letter_counts["waiting"]) == (1, 0)
    assert second.said_today == 2


def test_a_mended_cell_frees_its_letter(opened: Opened) -> None:
    toolkit.weekly_run(opened(SHOP), SATURDAY)
    mended: Tabs = {
        **SHOP,
        "Clients": [[str(cell).replace("peter@gmail", "peter@gmail.com") for cell in row] for row in SHOP["Clients"]],
    }
    report = toolkit.weekly_run(opened(mended), SATURDAY)
    assert [(one.header.campaign, one.header.client) for one in report.handled] == [("thank_you", "C002")]
