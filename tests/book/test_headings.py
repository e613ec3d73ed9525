"""Headings and tabs are found in any language and place and by the team's own names; slips are told."""

from dataclasses import replace
from typing import Any

import pytest

from tests.book.book_desk import LEXICON, READING, read, told
from toolkit.book.layout import tab_name
from toolkit.book.mapping import ColumnRef, Mapped
from toolkit.book.parse.cells import ParseContext
from toolkit.book.tabs import TABS
from toolkit.book.tabs.clients import CLIENTS


def mapped(**names: Mapped) -> ParseContext:
    return replace(READING, mapped=names)


@pytest.mark.parametrize("language", ["en", "sw", "ky", "ru"])
def test_every_tab_and_heading_is_known_in_every_language(language: str) -> None:
    words = LEXICON.words(language)
    grids: dict[str, Any] = {
        words.tab(tab.name): [[words.heading(column.heading) for column in tab.columns]] for tab in TABS
    }
    book, problems = read(**grids)
    assert told(problems) == []
    assert book.has == {tab.name for tab in TABS}


def test_case_spaces_and_marks_of_a_heading_do_not_count() -> None:
    book, problems = read(Clients="CLIENT  NO.: | name *\nC001 | Asha")
    assert (book.clients[0].number, book.clients[0].name, problems[0].code) == ("C001", "Asha", "no-emails")


def test_the_case_of_a_tabs_name_does_not_count() -> None:
    assert [one.number for one in read(clients="Client no. | Name\nC001 | Asha")[0].clients] == ["C001"]


def test_headings_may_stand_below_a_title() -> None:
    book, problems = read(
        Clients=[
            ["Our clients in 2026"],
            [],
            [None, "Client no.", "Name", "Email"],
            ["", "C001", "Asha", "asha@gmail"],
        ]
    )
    assert [(one.number, one.row) for one in book.clients] == [("C001", 4)]
    assert told(problems) == [("Clients!D4", "email-no-dot")]


def test_headings_below_the_tenth_row_are_not_looked_for() -> None:
    _, problems = read(Clients=[*[["2026"]] * 10, ["Client no.", "Name"], ["C001", "Asha"]])
    assert told(problems) == [("Clients!1:1", "heading-missing"), ("Clients!1:1", "heading-missing")]


def test_an_empty_clients_tab_lacks_its_headings() -> None:
    book, problems = read(Clients=[])
    assert [(one.place, one.column, one.code) for one in problems] == [
        ("Clients!1:1", "Client no.", "heading-missing"),
        ("Clients!1:1", "Name", "heading-missing"),
    ]
    assert not book.clients
    assert book.has == {"Clients"}


def test_a_missing_heading_names_the_one_that_may_be_meant() -> None:
    _, problems = read(Clients="Client nr. | Name\nC001 | Asha")
    assert [(one.place, one.column, one.code, one.values) for one in problems] == [
        ("Clients!1:1", "Client no.", "heading-missing-near", {"heading": "Client no.", "near": "Client nr."})
    ]


def test_a_heading_that_is_nearly_known_is_pointed_out_and_stops_nothing() -> None:
    book, problems = read(Clients="Client no. | Name | E-mial | Phone\nC001 | Asha | a@example.com | 0712345678")
    assert (book.clients[0].email, book.clients[0].phone) == ("", "+254712345678")
    hint = next(one for one in problems if one.code == "heading-near")
    assert (hint.place, hint.column, hint.values, hint.is_hint) == (
        "Clients!C1",
        "E-mial",
        {"near": "E-mial", "heading": "Email"},
        True,
    )


def test_a_heading_that_is_nearly_right_in_another_language_is_pointed_out() -> None:
    _, problems = read(Clients="Client no. | Name | Телефн | Email\nC001 | Asha | 0712345678 | a@example.com")
    assert [(one.place, one.values["heading"]) for one in problems] == [("Clients!C1", "Телефон")]


def test_our_own_look_up_columns_are_no_strangers_in_any_language() -> None:
    russian = LEXICON.words("ru")
    ours = [russian.heading(heading) for heading in CLIENTS.ours]
    _, problems = read(Clients=[["Client no.", "Name", "Email", *ours], ["C001", "Asha", "a@example.com", "Gold"]])
    assert told(problems) == []


def test_of_two_columns_with_one_heading_the_first_is_read() -> None:
    book, problems = read(Clients="Client no. | Name | Jina | Email\nC001 | Asha | Hassan | a@example.com")
    assert book.clients[0].name == "Asha"
    assert [(one.place, one.column, one.code, one.values) for one in problems] == [
        ("Clients!C1", "Jina", "heading-twice", {"first": "B1"})
    ]


def test_strangers_headings_and_cells_are_left_alone() -> None:
    book, problems = read(Clients="Client no. | Name | Email | Qwzx\nC001 | Asha | a@example.com | 31/02/x")
    assert (len(book.clients), told(problems)) == (1, [])


def test_a_mapped_tab_and_its_headings_are_read_by_the_teams_names() -> None:
    names = Mapped("Customers", {"name": (ColumnRef("", "ContactName"),), "company": (ColumnRef("", "Name"),)})
    book, problems = read(
        mapped(clients=names), Customers="Client no. | Name | ContactName | Email\nC1 | Duka | Asha | a@example.com"
    )
    assert (book.clients[0].name, book.clients[0].company, told(problems)) == ("Asha", "Duka", [])


def test_a_mapped_heading_wins_over_our_own_column_of_that_name() -> None:
    names = Mapped(columns={"name": (ColumnRef("", "Company"),)})
    book, _ = read(mapped(clients=names), Clients="Client no. | Company\nC1 | Duka")
    assert (book.clients[0].name, book.clients[0].company) == ("Duka", "")


def test_a_mapped_heading_that_is_not_there_is_named_as_the_team_names_it() -> None:
    names = Mapped(columns={"name": (ColumnRef("", "ContactName"),)})
    _, problems = read(mapped(clients=names), Clients="Client no. | Contact name\nC1 | Asha")
    assert [(one.column, one.code, one.values["near"]) for one in problems] == [
        ("ContactName", "mapped-column-gone-near", "Contact name")
    ]


def test_a_book_without_a_clients_tab_says_what_it_has() -> None:
    book, problems = read(Cliens="Client no. | Name", Other="x")
    assert problems[0].values == {"near": "Cliens", "tabs": "Cliens, Other", "section": "clients"}
    assert (problems[0].place, problems[0].code) == ("Clients", "tab-missing-near")
    assert not book.has
    assert told(read(Zzz="x")[1]) == [("Clients", "tab-missing")]


def test_every_tab_that_the_settings_name_must_be_there() -> None:
    reading = mapped(clients=Mapped("Customers"), purchases=Mapped("Sales"))
    _, problems = read(reading, Customer="Client no. | Name", Purchases="Date | Client no.")
    assert told(problems) == [("Customers", "mapped-tab-missing-near"), ("Sales", "mapped-tab-missing")]
    assert [one.values["section"] for one in problems] == ["clients", "purchases"]
    assert tab_name(CLIENTS, ["Customer"], reading) == "Customers"


def test_a_tab_without_a_heading_that_it_needs_is_not_read() -> None:
    book, problems = read(Clients="Client no. | Name | Email\nC1 | A | a@example.com", Staff="Name\nAnn")
    assert (book.staff, told(problems)) == ((), [("Staff!1:1", "heading-missing")])


@pytest.mark.parametrize("stranger", ["Age", "Source", "Contact", "Account", "Region", "Gender", "Total"])
def test_a_heading_of_the_teams_own_is_not_taken_for_a_slip(stranger: str) -> None:
    _, problems = read(Clients=f"Client no. | Name | Email | {stranger}\nC001 | Asha | a@example.com | x")
    assert told(problems) == []
