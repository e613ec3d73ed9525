"""Phone numbers in cells."""

from dataclasses import replace
from datetime import date

import pytest

from tests.book.book_desk import READING, read, refusal, told
from toolkit.book.grid import Cell
from toolkit.book.parse.cells import ParseContext
from toolkit.book.parse.phones import phone

NOWHERE = ParseContext()


@pytest.mark.parametrize("cell", ["+254 712 345 678", "0712 345678", "0712-345-678", "254712345678", "712345678"])
def test_a_phone_is_read_in_the_shops_own_country(cell: str) -> None:
    assert phone(cell, READING) == "+254712345678"


def test_a_phone_with_its_country_code_needs_no_country() -> None:
    assert phone("+996 555 123 456", NOWHERE) == "+996555123456"


def test_a_phone_without_country_code_needs_one() -> None:
    assert refusal(phone, "0712 345678", NOWHERE) == ("phone-no-country", {"given": "0712 345678"})


@pytest.mark.parametrize("cell", ["+254 12", "12", "call me", "+99", True, date(2026, 1, 1)])
def test_what_is_no_phone_of_its_country_is_refused(cell: Cell) -> None:
    assert refusal(phone, cell)[0] == "phone-wrong"


def test_a_plus_with_no_number_behind_it_is_wrong_everywhere() -> None:
    assert refusal(phone, "+000", NOWHERE) == ("phone-wrong", {"given": "+000", "example": "+254 20 2012345"})


@pytest.mark.parametrize("cell", [712345678.0, 712345678, 254712345678])
def test_a_phone_that_the_sheet_took_for_a_number_is_proposed_in_full(cell: Cell) -> None:
    code, values = refusal(phone, cell)
    assert (code, values["proposal"]) == ("phone-number", "+254 712 345678")


def test_digits_that_the_sheet_rounded_away_are_asked_for() -> None:
    assert refusal(phone, "7.12E+08") == ("phone-rounded", {"given": "7.12E+08", "proposal": "+254 712 ..."})
    assert refusal(phone, " 7,12e8 ") == ("phone-rounded", {"given": "7,12e8", "proposal": "+254 712 ..."})
    assert refusal(phone, "7.12E+08", NOWHERE)[1]["proposal"] == "712 ..."


def test_each_phone_is_read_in_the_country_of_its_client() -> None:
    book, problems = read(
        Clients="""
        Client no. | Name  | Phone        | Country
        C001       | Asha  | 0712 345678  |
        C002       | Асель | 0555 123456  | Кыргызстан
        C003       | Omar  | 0712 345678  | Tanzania
        C004       | Zoe   | 0955 123456  |
        """
    )
    assert [client.phone for client in book.clients] == ["+254712345678", "+996555123456", "+255712345678", ""]
    assert ("Clients!C5", "phone-wrong") in told(problems)


def test_a_country_that_nobody_knows_is_told_and_the_shops_own_is_taken() -> None:
    clients = "Client no. | Name | Email | Phone | Country\nC1 | A | a@example.com | 0712 345678 | Atlantis"
    book, problems = read(Clients=clients)
    assert (book.clients[0].phone, book.clients[0].country) == ("+254712345678", "")
    assert book.clients[0].faults == {"country"}
    assert [(one.place, one.code, one.values) for one in problems] == [
        ("Clients!E2", "not-a-country", {"given": "Atlantis"})
    ]


@pytest.mark.parametrize(
    ("cell", "region", "proposal"),
    [("254712345678", "", "+254 712 345678"), ("00254712345678", "", "+254 712 345678")],
)
def test_a_number_that_only_lacks_its_plus_is_proposed_with_it(cell: str, region: str, proposal: str) -> None:
    given = {"given": cell, "proposal": proposal}
    assert refusal(phone, cell, replace(NOWHERE, region=region)) == ("phone-no-country-near", given)


@pytest.mark.parametrize(
    ("cell", "region", "read"),
    [
        ("030-0074321", "DE", "+49300074321"),
        ("(1) 42.34.22.66", "FR", "+33142342266"),
        ("0695-34 67 21", "SE", "+46695346721"),
        ("(503) 555-7555", "US", "+15035557555"),
        ("011-4988260", "IT", "+390114988260"),
    ],
)
def test_each_country_writes_its_phones_in_its_own_style(cell: str, region: str, read: str) -> None:
    assert phone(cell, replace(NOWHERE, region=region)) == read


def test_a_number_of_former_days_is_told_with_how_numbers_of_its_country_look() -> None:
    code, values = refusal(phone, "88.60.15.31", replace(NOWHERE, region="FR"))
    assert (code, values["example"]) == ("phone-wrong", "+33 1 23 45 67 89")
