"""A letter that a script asks for: what it names must be there."""

import pytest

import toolkit
from toolkit.errors import SetupError
from toolkit.sheets.memory import MemoryWorkbook

CLIENTS = [["Client no.", "Name", "Email", "Letters"], ["C1", "Asha", "asha@example.com", "yes"]]


@pytest.mark.parametrize(
    ("letter", "occasion", "what", "next_step"),
    [
        ("win-back", "2026-Q4", 'No letter "win-back"', "did you mean win_back?"),
        ("win_back", " ", "the occasion of win_back has no name", "name it, such as 2026-Q4"),
    ],
)
def test_a_letter_or_an_occasion_that_is_none_is_told(letter: str, occasion: str, what: str, next_step: str) -> None:
    with toolkit.open_shop(MemoryWorkbook({"Clients": CLIENTS})) as shop, pytest.raises(SetupError) as told:
        shop.plan(letter, to=shop.book.clients, occasion=occasion, today=shop.today)
    assert (told.value.what, told.value.next_step) == (what, next_step)
