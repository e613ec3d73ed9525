"""Rows under the data that are sums, and clients whose names only begin like one."""

import pytest

from tests.book.book_desk import READING, read, told
from toolkit.book.grid import Cell
from toolkit.book.numbering import unnumbered

HEADINGS: list[Cell] = ["Client no.", "Name", "Email", "Spent"]


def clients(*last: Cell) -> list[list[Cell]]:
    return [HEADINGS, ["C001", "Asha", "asha@example.com", 100], list(last)]


@pytest.mark.parametrize(
    "words",
    ["Total", "TOTAL 6 clients", "Total: 6", "total (6)", "Итого", "Итого: 6", "ИТОГО 6 клиентов", "Jumla", "Jumla: 6",
     "Жалпы: 6", "Grand total 1 200"],
)  # fmt: skip
def test_a_row_that_says_total_with_or_without_a_number_gets_none(words: str) -> None:
    tabs = {"Clients": clients("", words, "", 250.5)}
    book, problems = read(**tabs)
    assert told(problems) == [("Clients!B3", "total-row")]
    assert unnumbered(tabs, problems, READING) == ()
    assert [one.number for one in book.clients] == ["C001"]


@pytest.mark.parametrize(
    "row",
    [
        ("", "Total Energies", "", ""),
        ("", "Totally Spices 24", "", ""),
        ("", "Total 24 Ltd", "info@example.com", ""),
        ("", "Jumla Traders", "", 6),
        ("", "Sum 41", "", "Nairobi"),
    ],
)
def test_a_client_whose_name_begins_like_a_total_is_asked_for_a_number(row: tuple[Cell, ...]) -> None:
    tabs = {"Clients": clients(*row)}
    _, problems = read(**tabs)
    assert ("Clients!A3", "key-blank") in told(problems)
    assert [one.who for one in unnumbered(tabs, problems, READING)] == [row[1]]


def test_a_client_with_a_number_is_never_a_total() -> None:
    book, problems = read(Clients=clients("C002", "Total: 6", "", 6))
    assert ([one.name for one in book.clients], problems) == (["Asha", "Total: 6"], ())


def test_a_total_may_stand_in_the_first_column_and_beside_an_error_or_the_words_of_a_csv_tab() -> None:
    assert told(read(Clients=clients("Total: 6", "", "", "#REF!"))[1]) == [("Clients!A3", "total-row")]
    assert told(read(Clients=clients(" Total 6 clients", "", "", "1,250.50"))[1]) == [("Clients!A3", "total-row")]
