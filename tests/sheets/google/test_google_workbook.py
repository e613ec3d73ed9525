from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.contracts import PROBLEMS, STANDING, TABS, MakeWorkbook, Occupy, WorkbookContract
from tests.sheets.google.sheet_desk import first_column, made_of, sheet_of
from tests.sheets_server.faults import refuse
from tests.sheets_server.server import SheetsServer
from toolkit.book.grid import Link, OwnTab, Share, Tabs
from toolkit.errors import WorkbookBusy
from toolkit.sheets.workbook import Workbook

if TYPE_CHECKING:
    from toolkit.book.grid import Cell

NINE_THIRTY = datetime(2026, 3, 31, 9, 30)  # noqa: DTZ001 - a cell's moment has no zone


class TestGoogleWorkbook(WorkbookContract):
    is_shared = True
    takes_look_ups = True

    @pytest.fixture
    def make(self, server: SheetsServer) -> MakeWorkbook:
        def made(tabs: Tabs) -> Workbook:
            return sheet_of(server, made_of(server, tabs))

        return made

    @pytest.fixture
    def occupy(self, server: SheetsServer) -> Occupy:
        def take(_book: Workbook) -> None:
            server.weather = lambda seen: refuse(429) if seen.deed == "write" else None

        return take


def test_a_read_is_three_requests_and_a_write_is_two(server: SheetsServer) -> None:
    book = sheet_of(server, made_of(server, TABS))
    server.forget()

    book.rows()
    assert (server.count("read"), server.count("write")) == (3, 0)
    book.write([STANDING, PROBLEMS])

    assert (server.count("read"), server.count("write")) == (3, 1)


def test_what_stands_there_already_is_not_written_again(server: SheetsServer) -> None:
    book = sheet_of(server, made_of(server, TABS))
    book.write([STANDING, PROBLEMS])
    book.rows()
    server.forget()

    book.write([STANDING, PROBLEMS])

    assert (server.count("read"), server.count("write")) == (1, 0)


def test_only_the_tab_that_changed_is_written(server: SheetsServer) -> None:
    people = made_of(server, TABS)
    book = sheet_of(server, people)
    book.write([STANDING, PROBLEMS])

    book.write([STANDING, OwnTab("Problems", ("Where", "What"), ())])

    [*_, last] = server.bodies
    assert [one["updateCells"]["range"]["sheetId"] for one in last["requests"]] == [people.book.sheet("Problems").id]


def test_a_formula_that_came_as_data_stays_text(server: SheetsServer) -> None:
    people = made_of(server, {"Clients": (("Client no.", "Name"), ("C001", '=IMPORTXML("http://evil", "//a")'))})
    book = sheet_of(server, people)

    name = book.rows()["Clients"][1][1]
    book.write([OwnTab("Standing", ("Client no.", "Name"), (("C001", name),))])

    assert people.formula("Standing", "B2") == ""
    assert people.values("Standing")[1][1] == '=IMPORTXML("http://evil", "//a")'
    assert book.rows()["Standing"][1] == ["C001", '=IMPORTXML("http://evil", "//a")']


def test_a_share_is_shown_as_percent_and_stays_its_number(server: SheetsServer) -> None:
    people = made_of(server, TABS)
    sheet_of(server, people).write([OwnTab("Standing", ("Client no.", "Discount"), (("C001", Share("0.05")),))])
    look = people.mark("Standing", "B2", "userEnteredFormat")["numberFormat"]
    assert look == {"type": "PERCENT", "pattern": "0.0#%"}
    assert sheet_of(server, people).rows()["Standing"][1] == ["C001", 0.05]


def test_days_money_and_links_look_like_what_they_are(server: SheetsServer) -> None:
    people = made_of(server, TABS)
    tab = OwnTab(
        "Standing",
        ("Where", "Day", "At", "Spent"),
        ((Link("Clients!C3", "Clients", "C3"), date(2026, 3, 31), NINE_THIRTY, Decimal("12.50")),),
    )

    sheet_of(server, people).write([tab])

    clients = people.book.sheet("Clients").id
    looks = [people.mark("Standing", f"{letter}2", "userEnteredFormat") for letter in "ABCD"]
    assert looks[0]["textFormat"]["link"]["uri"] == f"#gid={clients}&range=C3"
    assert [look["numberFormat"]["type"] for look in looks[1:]] == ["DATE", "DATE_TIME", "NUMBER"]
    assert people.shown("Standing")[1][1] == "2026-03-31"
    assert sheet_of(server, people).rows()["Standing"][1] == [
        "Clients!C3",
        date(2026, 3, 31),
        NINE_THIRTY,
        12.5,
    ]


def test_days_and_numbers_of_one_column_are_told_apart(server: SheetsServer) -> None:
    cells: list[Cell] = ["When", date(2026, 3, 31), 46_000, "soon", date(2026, 4, 1), None, 12.5]
    cells += [date(2026, 5, 1)] * 60 + [46_001, date(2026, 5, 2)]
    people = made_of(server, {"Notes": [[cell] for cell in cells]})

    read = sheet_of(server, people).rows()["Notes"]

    assert [row[0] if row else None for row in read] == cells


def test_a_day_far_down_in_a_column_of_money_is_told_as_in_a_file(server: SheetsServer) -> None:
    """Where a point keeps the parts of a day apart, 12.5 typed as money becomes a day: 12 May."""
    cells: list[Cell] = ["Amount", *[46_000] * 200, date(2026, 5, 12)]
    people = made_of(server, {"Purchases": [[cell] for cell in cells]})

    assert [row[0] for row in sheet_of(server, people).rows()["Purchases"]] == cells


def test_days_of_more_columns_than_one_address_can_name_are_asked_for_again(server: SheetsServer) -> None:
    many = 400
    people = made_of(server, {"Wide": [[f"Day {number}" for number in range(many)], [date(2026, 3, 31)] * many]})

    assert sheet_of(server, people).rows()["Wide"][1] == [date(2026, 3, 31)] * many


def test_prices_are_no_days(server: SheetsServer) -> None:
    people = made_of(server, {"Purchases": (("Amount", "Date"), (46_000, date(2026, 3, 31)), (3_200.5, None))})

    assert sheet_of(server, people).rows()["Purchases"][1:] == [[46_000, date(2026, 3, 31)], [3_200.5]]


def test_a_new_tab_of_ours_is_grey_frozen_filtered_and_guarded(server: SheetsServer) -> None:
    people = made_of(server, TABS)

    sheet_of(server, people).write([STANDING])

    laid = people.book.sheet("Standing")
    assert laid.properties["gridProperties"]["frozenRowCount"] == 1
    assert laid.basic_filter is not None
    assert [one["warningOnly"] for one in laid.protected] == [True]
    assert people.mark("Standing", "A1", "userEnteredFormat")["textFormat"]["bold"] is True


def test_a_grid_grows_where_our_rows_need_it_and_never_shrinks(server: SheetsServer) -> None:
    people = made_of(server, TABS)
    book = sheet_of(server, people)
    book.write([STANDING])
    long = OwnTab("Standing", ("Client no.",), tuple((f"C{number:05}",) for number in range(2_000)))

    book.write([long])
    assert people.book.sheet("Standing").row_count == 2_001
    book.write([STANDING])

    assert people.book.sheet("Standing").row_count == 2_001
    assert first_column(people, "Standing") == ["Client no.", "C001", "C003"]


def test_people_may_rename_delete_and_add_tabs_between_our_requests(server: SheetsServer) -> None:
    people = made_of(server, TABS)
    book = sheet_of(server, people)
    book.write([STANDING, PROBLEMS])
    work = iter((lambda: people.delete_tab("Standing"), lambda: people.rename("Purchases", "Sales")))
    server.between = lambda _: next(work, lambda: None)()

    tabs = book.rows()
    assert "Sales" in tabs
    book.write([STANDING, OwnTab("Problems", ("Where",), ())])

    assert people.values("Standing")[1] == ["C001", "Gold", 1200]


def test_a_tab_that_another_laptop_made_meanwhile_is_taken_over(server: SheetsServer) -> None:
    people = made_of(server, TABS)
    book = sheet_of(server, people)
    book.rows()
    sheet_of(server, people).write([OwnTab("Standing", ("Client no.",), (("C009",),))])

    book.write([STANDING])

    assert people.titles().count("Standing") == 1
    assert first_column(people, "Standing") == ["Client no.", "C001", "C003"]


def test_a_sheet_that_we_may_only_look_at_says_so_before_and_at_writing(server: SheetsServer) -> None:
    people = made_of(server, TABS)
    people.share(server.email, "reader")
    book = sheet_of(server, people)
    assert "Clients" in book.rows()

    for use in (book.check_writable, lambda: book.write([STANDING])):
        with pytest.raises(WorkbookBusy) as told:
            use()
        assert server.email in told.value.next_step


def test_looking_whether_we_may_write_leaves_nothing_behind(server: SheetsServer) -> None:
    people = made_of(server, TABS)

    sheet_of(server, people).check_writable()
    sheet_of(server, people).check_writable()

    assert people.book.metadata == []


def test_what_a_sheet_cannot_hold_is_cut_or_shown_as_words(server: SheetsServer) -> None:
    people = made_of(server, TABS)
    odd = (float("nan"), 10**20, date(1899, 1, 1), "x" * 60_000, "half \ud800", Decimal("NaN"))

    sheet_of(server, people).write([OwnTab("Problems", ("What",), tuple((one,) for one in odd))])

    shown = first_column(people, "Problems")[1:]
    assert shown[1:3] == ["100000000000000000000", "1899-01-01"]
    assert (len(str(shown[3])), shown[4]) == (50_000, "half ?")
