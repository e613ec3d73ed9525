"""Words and marks with which people say that a client has no phone or address."""

import pytest

from tests.book.book_desk import READING, read, told
from toolkit.book.parse.cells import ParseContext
from toolkit.book.parse.emails import email
from toolkit.book.parse.phones import phone

NONE_THERE = ["n/a", "N/A", " - ", "—", "–", "none", "нет", "Нет", "жок", "Hakuna", "hana"]


@pytest.mark.parametrize("cell", NONE_THERE)
def test_who_writes_that_there_is_no_address_or_phone_says_so(cell: str) -> None:
    assert (email(cell, READING), phone(cell, READING)) == (None, None)


def test_a_client_without_address_and_phone_has_nothing_to_mend() -> None:
    book, problems = read(
        Clients="""
        Client no. | Name   | Email            | Phone
        C001       | Asha   | asha@example.com | -
        C002       | Hassan | n/a              | +254 712 345 678
        C003       | Halima | hakuna           | нет
        C004       | Omar   | no way           | not yet
        """
    )
    assert [(one.email, one.phone) for one in book.clients] == [
        ("asha@example.com", ""),
        ("", "+254712345678"),
        ("", ""),
        ("", ""),
    ]
    assert [one.phone_as_written for one in book.clients] == ["", "", "", "not yet"]
    assert told(problems) == [("Clients!C5", "email-no-at"), ("Clients!D5", "phone-wrong")]


def test_only_the_words_of_the_shops_templates_say_none() -> None:
    assert email("none", ParseContext()) is None
    assert read(Clients="Client no. | Name | Email\nC1 | A | keine")[1][0].code == "email-no-at"


def test_a_name_of_a_dash_stays_what_was_typed() -> None:
    assert read(Clients="Client no. | Name\nC1 | -")[0].clients[0].name == "-"
