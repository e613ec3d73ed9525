"""Clients without a number are named with the cell, the number that is proposed, and who they are."""

from dataclasses import replace
from typing import Any

import pytest

from tests.book.book_desk import READING, read, told
from tests.tables import table
from toolkit.book.client_book import read_book
from toolkit.book.client_rows import numbers_in
from toolkit.book.grid import Tabs
from toolkit.book.mapping import ColumnRef, Join, Mapped
from toolkit.book.numbering import has_number_column, unnumbered


def found(tabs: Tabs, mapped: Mapped | None = None) -> list[tuple[str, str, str]]:
    reading = replace(READING, mapped={"clients": mapped}) if mapped else READING
    clients = unnumbered(tabs, read_book(tabs, reading)[1], reading)
    return [(one.filling.place, one.filling.text, one.who) for one in clients]


def proposals(**tabs: Any) -> list[str]:
    return [one.values["proposal"] for one in read(**tabs)[1] if one.code == "key-blank"]


def test_each_gets_the_number_that_its_problem_proposes() -> None:
    tabs: Tabs = {
        "Clients": [
            ["Our clients"],
            [],
            ["Name", "First name", "Surname", "Email", "Likes", "Client no."],
            ["Asha Juma", "", "", "", "", "C007"],
            ["", "Hassan", "Ali", "h@example.com"],
            ["", "", "", "z@example.com", "", " "],
            ["", "", "", "", "tea "],
            ["Zoe", "", "", "", "", None],
        ]
    }

    assert found(tabs) == [
        ("Clients!F5", "C008", "Hassan Ali"),
        ("Clients!F6", "C009", "z@example.com"),
        ("Clients!F7", "C010", "tea"),
        ("Clients!F8", "C011", "Zoe"),
    ]


def test_the_teams_own_names_and_columns_are_gone_by() -> None:
    mapped = Mapped(
        tab="Customers",
        columns={"number": (ColumnRef("", "Code"),), "name": (ColumnRef("", "First"), ColumnRef("", "Last"))},
    )
    tabs = {"Customers": table("First | Last | Code\nAsha | Juma | 41\nPeter | Kamau |")}

    assert found(tabs, mapped) == [("Customers!C3", "42", "Peter")]


def test_blank_keys_of_other_tabs_are_blank_cells_and_no_clients() -> None:
    _, problems = read(
        Clients="Client no. | Name\nC001 | Asha", Staff="Staff no. | Name | Scheme\n | Juma | sales\nS2 | Ann | sales"
    )

    assert told(problems)[1:] == [("Staff!A2", "blank")]


def test_a_number_that_another_tab_names_is_not_proposed() -> None:
    clients = "Client no. | Name\nC011 | Asha\n | Hassan\n | Zoe"
    gone = {
        "Suppressed": "Client no. | Since\nC012 | 2026-01-01",
        "Purchases": "Date | Client no. | Amount\nx | C013 | 1",
    }

    assert proposals(Clients=clients) == ["C012", "C013"]
    assert proposals(Clients=clients, **gone) == ["C014", "C015"]


def test_a_number_that_purchases_name_under_a_heading_of_their_own_is_not_proposed() -> None:
    mapped = {"purchases": Mapped(columns={"client": (ColumnRef("", "Who"),)})}
    tabs = {
        "Clients": table("Client no. | Name\nC011 | Asha\n | Hassan"),
        "Purchases": table("Date | Who | Amount\n2026-11-01 | C012 | 1"),
    }

    problems = read_book(tabs, replace(READING, mapped=mapped))[1]

    assert [one.values["proposal"] for one in problems if one.code == "key-blank"] == ["C013"]


def test_every_number_in_the_workbook_is_known() -> None:
    tabs: Tabs = {
        "Clients": table("Client no. | Name\nC1 | Asha"),
        "Visits": [["Day", "Client no."], ["Mon", "C2"], ["Tue"]],
    }

    assert numbers_in(tabs, READING) == {"C1", "C2"}


@pytest.mark.parametrize(
    ("columns", "is_own"),
    [
        ({"number": (ColumnRef("", "Code"),), "name": (ColumnRef("", "Name"),)}, True),
        ({"number": (ColumnRef("", "Name"),), "name": (ColumnRef("", "Name"),)}, False),
        ({"number": (ColumnRef("", "Code"), ColumnRef("", "Name"))}, False),
        ({"number": (ColumnRef("Cards", "Card"),)}, False),
        ({"number": (ColumnRef("", "Gone"),)}, False),
    ],
)
def test_numbers_are_filled_only_into_a_column_that_says_nothing_else(
    columns: dict[str, tuple[ColumnRef, ...]], *, is_own: bool
) -> None:
    join = Join(ColumnRef("", "Name"), ColumnRef("Cards", "Owner"))
    reading = replace(READING, mapped={"clients": Mapped(columns=columns, joins=(join,))})
    tabs = {"Clients": table("Code | Name\nC1 | Asha"), "Cards": table("Owner | Card\nAsha | 7")}

    assert has_number_column(tabs, reading) is is_own
