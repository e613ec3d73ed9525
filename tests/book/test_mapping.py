"""A team's own tabs are read as they are: every way to map them, and every way in which that goes wrong, by cell."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.tables import table
from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.mapping import ColumnRef, Join, Mapped
from toolkit.book.parse.cells import ParseContext
from toolkit.book.problem import Problem

if TYPE_CHECKING:
    from toolkit.book.grid import Tabs

CUSTOMERS = """
Code | First | Last    | Mail              | News | Town
A1   | Asha  | Juma    | asha@example.com  | Y    | 7
A2   | Boris | Ivanov  | boris@example.com | n/a  | 8
"""
SALES = """
Bill | Day        | Who | Item | Price
S1   | 2026-03-01 | A1  | tea  | 12.50
S1   | 2026-03-01 | A1  | salt | 2
S2   | 2026-03-02 | A2  | tea  | 12.50
"""
CLIENTS = Mapped(
    tab="Customers",
    columns={
        "number": (ColumnRef("", "Code"),),
        "name": (ColumnRef("", "First"), ColumnRef("", "Last")),
        "email": (ColumnRef("", "Mail"),),
        "consent": (ColumnRef("", "News"),),
    },
    constants={"language": "sw"},
    values={"consent": {"yes": ("Y", "1"), "": ("n/a", "-")}},
)
PURCHASES = Mapped(
    tab="Sales",
    columns={
        "number": (ColumnRef("", "Bill"),),
        "date": (ColumnRef("", "Day"),),
        "client": (ColumnRef("", "Who"),),
        "product": (ColumnRef("", "Item"),),
        "paid": (ColumnRef("", "Price"),),
    },
)
LINES = Mapped(
    tab="Lines",
    columns={
        "number": (ColumnRef("", "Bill"),),
        "unit_price": (ColumnRef("", "Price"),),
        "date": (ColumnRef("Bills", "Day"),),
        "client": (ColumnRef("People", "Code"),),
    },
    joins=(
        Join(ColumnRef("", "Bill"), ColumnRef("Bills", "Bill")),
        Join(ColumnRef("Bills", "Who"), ColumnRef("People", "Name")),
    ),
)
BILLS = """
Bill | Day        | Who
S1   | 2026-03-01 | Asha Juma
S2   | 2026-03-02 | Boris Ivanov
"""
PEOPLE = """
Code | Name
A1   | Asha Juma
A2   | Boris Ivanov
"""
ROWS = """
Bill | Price
S1   | 12.50
S1   | 2
S2   | 12.50
"""


def read(tabs: dict[str, str], **mapped: Mapped) -> tuple[ClientBook, tuple[Problem, ...]]:
    return read_book({name: table(text) for name, text in tabs.items()}, ParseContext(mapped=mapped))


def told(problems: tuple[Problem, ...], code: str) -> list[str]:
    return [one.place for one in problems if one.code == code]


def lines(bills: str = BILLS, rows: str = ROWS, people: str = PEOPLE) -> tuple[ClientBook, tuple[Problem, ...]]:
    tabs = {"Customers": CUSTOMERS, "Lines": rows, "Bills": bills, "People": people}
    return read(tabs, clients=CLIENTS, purchases=LINES)


def test_columns_are_put_together_and_words_and_constants_stand_for_cells() -> None:
    book, problems = read({"Customers": CUSTOMERS}, clients=CLIENTS)
    assert [(one.number, one.name, one.consent, one.language) for one in book.clients] == [
        ("A1", "Asha Juma", True, "sw"),
        ("A2", "Boris Ivanov", None, "sw"),
    ]
    assert problems == ()


def test_columns_of_other_tabs_come_over_two_joins() -> None:
    book, problems = lines()
    assert [(one.client, one.date.isoformat(), one.amount) for one in book.purchases] == [
        ("A1", "2026-03-01", 1250),
        ("A1", "2026-03-01", 200),
        ("A2", "2026-03-02", 1250),
    ]
    assert problems == ()


def test_blanks_around_the_name_of_a_tab_are_no_other_tab() -> None:
    tabs = {"Customers ": CUSTOMERS, " Lines": ROWS, "Bills ": BILLS, "People": PEOPLE}
    book, problems = read(tabs, clients=CLIENTS, purchases=LINES)
    assert [one.client for one in book.purchases] == ["A1", "A1", "A2"]
    assert problems == ()


def test_a_key_that_stands_nowhere_is_told_at_its_cell_with_the_near_one() -> None:
    book, problems = lines(rows=ROWS.replace("S2 ", "S2x"))
    assert [one.number for one in book.purchases] == ["S1", "S1"]
    assert [(one.place, one.code, one.values["proposal"]) for one in problems] == [
        ("Lines!A4", "join-nothing-near", "S2")
    ]


def test_a_key_that_stands_nowhere_two_joins_away_is_told_in_the_tab_between() -> None:
    _, problems = lines(people=PEOPLE.replace("Asha Juma", "Somebody"))
    assert [(one.place, one.code) for one in problems] == [("Bills!C2", "join-nothing")]


def test_a_key_that_stands_in_two_rows_is_told_once_where_the_second_stands() -> None:
    book, problems = lines(bills=f"{BILLS}S1 | 2026-04-01 | Boris Ivanov\n")
    assert [one.number for one in book.purchases] == ["S2"]
    assert [(one.place, one.code, one.values["first"]) for one in problems] == [("Bills!A4", "join-two", "A2")]


def test_a_fault_in_a_joined_cell_is_told_once_in_its_own_tab() -> None:
    book, problems = lines(bills=BILLS.replace("2026-03-01", "yesterday "))
    assert [one.number for one in book.purchases] == ["S2"]
    assert [(one.place, one.column, one.code) for one in problems] == [("Bills!B2", "Day", "not-a-date")]


def test_a_blank_joined_cell_is_told_in_its_own_tab() -> None:
    _, problems = lines(bills=BILLS.replace("2026-03-02", "          "))
    assert [(one.place, one.code) for one in problems] == [("Bills!B3", "blank")]


def test_a_blank_key_is_told_where_it_is_missing() -> None:
    _, problems = lines(rows=f"{ROWS} | 3\n")
    assert told(problems, "blank") == ["Lines!A5"]


def test_a_column_that_is_gone_is_told_at_the_heading_row() -> None:
    mapped = Mapped(CLIENTS.tab, {**CLIENTS.columns, "phone": (ColumnRef("", "Mobile"),)})
    book, problems = read({"Customers": CUSTOMERS}, clients=mapped)
    assert told(problems, "mapped-column-gone") == ["Customers!1:1"]
    assert len(book.clients) == 2


def test_a_column_with_a_new_name_is_told_with_that_name() -> None:
    _, problems = read({"Customers": CUSTOMERS.replace("Mail", "Mails")}, clients=CLIENTS)
    assert [(one.column, one.code, one.values["near"]) for one in problems if one.code != "no-emails"] == [
        ("Mail", "mapped-column-gone-near", "Mails")
    ]


def test_without_a_column_that_a_tab_cannot_do_without_nothing_of_it_is_read() -> None:
    tabs = {"Customers": CUSTOMERS, "Sales": SALES.replace("Who", "Name")}
    book, problems = read(tabs, clients=CLIENTS, purchases=PURCHASES)
    assert book.purchases == ()
    assert told(problems, "mapped-column-gone") == ["Sales!1:1"]


@pytest.mark.parametrize("gone", ["Bills", "People"])
def test_a_joined_tab_that_is_gone_is_told(gone: str) -> None:
    tabs = {"Customers": CUSTOMERS, "Lines": ROWS, "Bills": BILLS, "People": PEOPLE}
    del tabs[gone]
    book, problems = read(tabs, clients=CLIENTS, purchases=LINES)
    assert book.purchases == ()
    assert gone in [one.values["other"] for one in problems if one.code == "mapped-tab-gone"]


def test_a_mapped_tab_that_is_gone_is_told() -> None:
    _, problems = read({"Customer": CUSTOMERS}, clients=CLIENTS)
    assert [(one.place, one.code, one.values["near"]) for one in problems] == [
        ("Customers", "mapped-tab-missing-near", "Customer")
    ]


def test_two_columns_of_one_name_are_told_and_the_second_is_not_read() -> None:
    doubled = {"Customers": "Code | First | Last | Mail\nA1 | Asha | Juma | a@example.com".replace("Last", "First")}
    mapped = Mapped(
        "Customers", {"number": (ColumnRef("", "Code"),), "name": (ColumnRef("", "First"), ColumnRef("", "Mail"))}
    )
    _, problems = read(doubled, clients=mapped)
    assert told(problems, "heading-twice") == ["Customers!C1"]


def test_headings_in_the_third_row_are_found_also_in_a_joined_tab() -> None:
    above = "Our bills of 2026 | |\nDo not print | |\n"
    book, problems = lines(bills=above + BILLS.strip(), rows=f"Lines |\n\n{ROWS.strip()}")
    assert (len(book.purchases), problems) == (3, ())


def test_totals_under_the_data_are_not_read_and_told() -> None:
    tabs = {"Customers": CUSTOMERS, "Sales": f"{SALES}Total: | | | | 27\n"}
    book, problems = read(tabs, clients=CLIENTS, purchases=PURCHASES)
    assert sum(one.amount for one in book.purchases) == 2700
    assert [(one.place, one.code, one.is_hint) for one in problems] == [("Sales!A5", "total-row", True)]


def test_one_column_may_make_two_fields() -> None:
    mapped = Mapped("Customers", {"number": (ColumnRef("", "Code"),), "name": (ColumnRef("", "Code"),)})
    book, _ = read({"Customers": CUSTOMERS}, clients=mapped)
    assert [(one.number, one.name) for one in book.clients] == [("A1", "A1"), ("A2", "A2")]


def test_a_wrong_constant_is_told_once_and_as_such() -> None:
    mapped = Mapped("Customers", CLIENTS.columns, constants={"birthday": "soon"})
    _, problems = read({"Customers": CUSTOMERS}, clients=mapped)
    assert told(problems, "not-a-date") == ["sheetclerk.toml"]


def test_a_table_of_the_settings_stands_for_a_tab_that_is_not_there() -> None:
    tables = {"weights": (("Category", "Weight"), ("Tea", "1.2"), ("Salt", "heavy"))}
    book, problems = read_book({"Clients": table("Client no. | Name")}, ParseContext(starter=tables))
    assert [(one.category, one.weight) for one in book.products] == [("Tea", Decimal("1.2"))]
    assert [one.place for one in problems] == ["sheetclerk.toml [starter.weights]!B3"]


def test_a_tab_of_the_workbook_stands_before_the_table_of_the_settings() -> None:
    tabs = {"Clients": table("Client no. | Name"), "Weights": table("Category | Weight\nTea | 2")}
    book, _ = read_book(tabs, ParseContext(starter={"weights": (("Category", "Weight"), ("Tea", "1.2"))}))
    assert [one.weight for one in book.products] == [Decimal(2)]


def test_a_place_is_written_as_it_is_read() -> None:
    for written in ("Mail", "Orders!Date", "!Paid!"):
        assert str(ColumnRef.of(written)) == written
    assert Join.of("Bill = Bills") is None
    assert str(Join.of("Bill = Bills!No.")) == "Bill = Bills!No."


def test_a_blank_heading_and_a_blank_key_of_a_joined_tab_join_nothing() -> None:
    bills = [[*row, "" if number == 0 else "note"] for number, row in enumerate(table(BILLS))]
    blank = ["" for _ in bills[0][:-1]]
    rows: Tabs = {"Lines": table(ROWS), "Bills": [*bills, [*blank, "x"]], "People": table(PEOPLE)}
    tabs: Tabs = {"Customers": table(CUSTOMERS), **rows}
    book, problems = read_book(tabs, ParseContext(mapped={"clients": CLIENTS, "purchases": LINES}))
    assert len(book.purchases) == 3
    assert problems == ()
