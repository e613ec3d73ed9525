"""A day far ahead, a language and a letter that nobody knows: slips of the pen, told at their cells."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from tests.book.book_desk import LEXICON, READING, read, refusal, told
from toolkit.book.parse.cells import ParseContext, language
from toolkit.book.parse.dates import past_day
from toolkit.letters.wording import language_names

STRICT: Final = replace(
    READING,
    latest=date(2027, 11, 21),
    languages=language_names(LEXICON),
    letters=frozenset({"newsletter", "thank_you", "win_back"}),
)
CLIENTS: Final = """
    Client no. | Name   | Language  | Birthday
    C001       | Asha   | Swahlii   | 1990-03-04
    C002       | Hassan | sw-KE     | 2090-03-04
    C003       | Halima | Türkçe    |
    """


@pytest.mark.parametrize(
    ("cell", "proposal"), [("2036-11-20", "2026-11-20"), ("22.11.2027", "2026-11-22"), ("2028-02-29", "2026-02-28")]
)
def test_a_day_more_than_a_year_ahead_has_not_happened(cell: str, proposal: str) -> None:
    code, values = refusal(past_day, cell, STRICT)

    assert (code, values["proposal"]) == ("day-far-ahead", proposal)


def test_a_day_within_the_year_ahead_is_taken() -> None:
    assert past_day("2027-11-21", STRICT) == date(2027, 11, 21)
    assert past_day("2090-01-01", ParseContext()) == date(2090, 1, 1)


@pytest.mark.parametrize("written", ["sw", "SW", "sw-KE", "sw_KE", "Kiswahili", "swahili", "Русский", "Kyrgyz"])
def test_a_language_is_known_by_its_code_and_by_its_names(written: str) -> None:
    assert language(written, STRICT) == written


def test_a_language_without_letters_is_told_and_a_slip_has_a_proposal() -> None:
    assert refusal(language, "Kiswahli", STRICT) == (
        "language-unknown-near",
        {"given": "Kiswahli", "proposal": "Kiswahili"},
    )
    assert refusal(language, "Türkçe", STRICT)[0] == "language-unknown"
    assert language("Türkçe", ParseContext()) == "Türkçe"


def test_each_is_told_at_its_cell_and_the_other_cells_are_read() -> None:
    lines = "Date | Client no. | Amount\n2062-11-20 | C001 | 5\n2026-11-20 | C001 | 7"
    letters = "Letter | Language | Status | Words\nNewsleter | sw | Ready | Habari\nQuality | sw | Ready | Habari"
    book, problems = read(STRICT, Clients=CLIENTS, Purchases=lines, Letters=letters)

    to_mend = [one for one in problems if not one.is_hint]
    assert sorted(told(tuple(to_mend))) == [
        ("Clients!C2", "language-unknown-near"),
        ("Clients!D3", "day-far-ahead"),
        ("Letters!A2", "letter-unknown-near"),
        ("Letters!A3", "letter-unknown"),
        ("Purchases!A2", "day-far-ahead"),
    ]
    assert ("Clients!C4", "language-unknown") in told(problems)
    assert [one.amount for one in book.purchases] == [700]
    assert ([one.name for one in book.clients], book.letters) == (["Asha", "Hassan", "Halima"], ())
