"""Rows: blank ones are passed over, faulty ones are told, numbers stand once."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.book.book_desk import LEXICON, READING, read, told
from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.grid import Cell
from toolkit.book.numbering import next_number
from toolkit.book.parse.cells import ParseContext
from toolkit.book.rows import read_tab
from toolkit.book.tab import Column, Tab
from toolkit.book.tabs import TABS


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers() -> None:
    book, problems = read(
        Clients=[["Client no.", "Name", "Email"], [], ["", None, "\u00a0"], ["C001", "Asha", "a@example.com"], [" "]]
    )
    assert [(one.number, one.row) for one in book.clients] == [("C001", 4)]
    assert problems == ()


def test_rows_that_hold_nothing_but_empty_tick_boxes_are_blank() -> None:
    headings = ["Client no.", "Name", "Email", "First name ok", "Letters"]
    book, problems = read(
        Clients=[headings, ["C001", "Asha", "a@example.com", True, False], [None, None, None, False, False]]
    )
    assert (len(book.clients), book.clients[0].consent, problems) == (1, False, ())
    _, problems = read(Clients=[headings, ["C001", "", "a@example.com"], [None, None, None, True]])
    assert told(problems) == [("Clients!A3", "key-blank")]


def test_a_row_that_is_shorter_than_the_headings_is_blank_to_its_end() -> None:
    book, _ = read(Clients=[["Client no.", "Name", "Email"], ["C001"]])
    assert (book.clients[0].number, book.clients[0].name, book.clients[0].faults) == ("C001", "", frozenset())


def test_clients_without_a_number_are_told_and_each_gets_one_proposed() -> None:
    book, problems = read(
        Clients="""
        Client no. | Name   | Email
        C011       | Asha   | a@example.com
                   | Hassan | h@example.com
        B7         | Halima | i@example.com
                   | Zoe    |
        """
    )
    assert [one.number for one in book.clients] == ["C011", "B7"]
    assert [(one.place, one.code, one.values) for one in problems] == [
        ("Clients!A3", "key-blank", {"proposal": "C012"}),
        ("Clients!A5", "key-blank", {"proposal": "C013"}),
    ]


@pytest.mark.parametrize(
    ("known", "proposal"),
    [
        ((), "C001"),
        (("Asha",), "C001"),
        (("C009",), "C010"),
        (("C999",), "C1000"),
        (("A2", "B10"), "B11"),
        (("7", "12"), "13"),
        (("9" * 5000,), "9" * 4985 + "1" + "0" * 15),
    ],
)
def test_the_next_number_is_written_like_the_highest(known: tuple[str, ...], proposal: str) -> None:
    assert next_number(frozenset(known)) == proposal


@given(st.frozensets(st.text(max_size=8)))
def test_the_next_number_is_new(known: frozenset[str]) -> None:
    assert next_number(known) not in known


def test_a_number_that_stands_twice_is_told_where_it_stands_first() -> None:
    book, problems = read(
        Clients="""
        Client no. | Name   | Email
        C001       | Asha   | a@example.com
        C002       | Hassan | h@example.com
        C001       | Halima | i@example.com
        """,
        Purchases="Date | Client no. | Amount\n2026-11-01 | C001 | 100",
    )
    assert [one.name for one in book.clients] == ["Asha", "Hassan"]
    assert [(one.place, one.code, one.values) for one in problems] == [
        ("Clients!A4", "key-twice", {"given": "C001", "first": "A2"})
    ]
    assert book.doubled == {"C001"}
    assert [one.amount for one in book.purchases] == [10000]


def test_a_number_is_the_same_as_text_and_as_a_number() -> None:
    book, _ = read(
        Clients=[["Client no.", "Name"], [17.0, "Asha"]],
        Purchases=[["Date", "Client no.", "Amount"], ["2026-11-01", "17", 5]],
    )
    assert [one.client for one in book.purchases] == ["17"]


def test_a_fault_outside_the_vital_cells_leaves_the_row_and_is_remembered() -> None:
    book, problems = read(Clients="Client no. | Name | Email | Birthday\nC001 | Asha | asha@gmail | yesterday")
    assert (book.clients[0].name, book.clients[0].email, book.clients[0].birthday) == ("Asha", "", None)
    assert book.clients[0].faults == {"email", "birthday"}
    assert [(one.place, one.column, one.code) for one in problems] == [
        ("Clients!C2", "Email", "email-no-dot"),
        ("Clients!D2", "Birthday", "not-a-date"),
    ]


def test_a_fault_in_a_vital_cell_leaves_the_row_out_and_is_told_once() -> None:
    book, problems = read(
        Clients="Client no. | Name | Email\nC001 | Asha | a@example.com",
        Purchases="""
        Date       | Client no. | Amount | Quantity
        yesterday  | C001       | 100    | 1
                   | C001       | 100    | 1
        2026-11-03 | C001       | 100    | 1
        """,
    )
    assert [one.row for one in book.purchases] == [4]
    assert told(problems) == [("Purchases!A2", "not-a-date"), ("Purchases!A3", "blank")]


def test_problems_stand_in_the_order_of_tabs_and_rows_and_advice_comes_last() -> None:
    _, problems = read(
        Purchases="Date | Client no. | Amount\nx | C001 | 1\n2026-11-01 | C009 | 1",
        Clients="Client no. | Name | Emali\nC001 | A | a\n | B | b\n"
        + "\n".join(f"D{at} | {at} | " for at in range(10)),
    )
    assert [one.code for one in problems] == [
        "key-blank",
        "no-emails",
        "heading-near",
        "not-a-date",
        "client-unknown-near",
    ]


def test_a_book_of_nothing_is_empty() -> None:
    book = ClientBook()
    assert (book.purchases_by_client, book.staff_by_number, book.products_by_code) == ({}, {}, {})


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        ["C001", "Ann 60, Ben 40", "10 %", "-5", "2026-11-01", "yes", "+254 712 345 678", "a@b.co", "7E+08"]
    ),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@st.composite
def grids(draw: st.DrawFn) -> dict[str, list[list[Cell]]]:
    return {
        tab.name: [[one.heading for one in tab.columns], *draw(st.lists(st.lists(CELLS, max_size=12), max_size=4))]
        for tab in TABS
    }


@given(grids())
def test_whatever_stands_in_the_cells_every_row_is_kept_or_told(tabs: dict[str, list[list[Cell]]]) -> None:
    book, problems = read_book(tabs, READING)
    kept = {one.row for one in book.clients}
    spoken_of = {one.row for one in problems if one.tab == "Clients"}
    filled = {
        at for at, row in enumerate(tabs["Clients"][1:], 2) if any(isinstance(cell, int) and cell for cell in row)
    }
    assert filled <= kept | spoken_of
    known = {one.number for one in book.clients}
    assert {one.client for one in book.purchases} <= known
    assert all(LEXICON.words(language).problem(one).says for one in problems for language in LEXICON.languages)


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#ERROR!", "Err:502"])
def test_an_error_of_the_sheet_is_told_and_is_no_blank_and_no_words(error: str) -> None:
    book, problems = read(
        Clients=[
            ["Client no.", "Name", "Email", "Phone", "Letters"],
            ["C001", error, "a@example.com", error, ""],
            [error, "Asha", "b@example.com", "", "yes"],
            ["", "", "", "", error],
        ]
    )
    assert [(one.number, one.name, one.phone_as_written) for one in book.clients] == [("C001", "", "")]
    assert book.clients[0].faults == {"name", "phone"}
    assert told(problems) == [
        ("Clients!B2", "cell-error"),
        ("Clients!D2", "cell-error"),
        ("Clients!A3", "cell-error"),
        ("Clients!A4", "key-blank"),
        ("Clients!E4", "cell-error"),
    ]


def test_hidden_characters_are_taken_out_and_told() -> None:
    book, problems = read(
        Clients=[
            ["Client no.", "Name", "Email", "Likes"],
            ["C001", "As\x07ha", "a@example.com", "tea\n\tand\x00 cake"],
            ["C002", "Zoe\u200d \u202eamuJ", "b@example.com", "tea\r\nand cake"],
        ]
    )
    assert [(one.name, one.likes) for one in book.clients] == [
        ("Asha", "tea\n and cake"),
        ("Zoe amuJ", "tea\nand cake"),
    ]
    assert told(problems) == [
        ("Clients!B2", "hidden-characters"),
        ("Clients!D2", "hidden-characters"),
        ("Clients!B3", "hidden-characters"),
    ]
    assert not any(one.is_hint for one in problems)


def test_nothing_is_told_of_a_row_that_is_a_total() -> None:
    _, problems = read(
        Clients="Client no. | Name\nC001 | Asha",
        Purchases=[["Date", "Client no.", "Amount"], ["Total", "\x07", "#REF!"]],
    )
    assert told(problems)[-1:] == [("Purchases!A2", "total-row")]
    assert [one.tab for one in problems if one.code != "no-emails"] == ["Purchases"]


class Noted(NamedTuple):
    row: int
    faults: frozenset[str]
    word: Cell = None


def test_each_distinct_cell_of_a_column_is_read_once() -> None:
    seen: list[Cell] = []

    def note(cell: Cell, _: ParseContext) -> Cell:
        seen.append(cell)
        return cell

    tab = Tab(name="Notes", make=Noted, columns=(Column("Word", "word", note),))
    words: list[Cell] = ["x", "y", "x", 1, True, 1.0, 1, "", "y"]
    found = read_tab(tab, "Notes", [["Word"], *([word] for word in words)], READING)
    assert seen == ["x", "y", 1, True, 1.0]
    assert [(one.row, one.word) for one in found.records] == [(at, one) for at, one in enumerate(words, 2) if one != ""]
    assert [type(one.word) for one in found.records][2:6] == [str, int, bool, float]
