"""Addresses of cells, and problems as values."""

import pytest

from toolkit.book.grid import address, column_of, letters_of, place_of
from toolkit.book.problem import Problem


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_have_letters(column: int, letters: str) -> None:
    assert letters_of(column) == letters
    assert column_of(letters) == column


def test_a_cell_is_named_by_column_and_row() -> None:
    assert address(3, 5) == "F4"
    assert place_of("F4") == (3, 5)


def test_a_problem_names_its_place_as_people_do() -> None:
    assert Problem("Clients", "F4", "Email", "email-wrong").place == "Clients!F4"
    assert Problem("Clients", "", "", "tab-missing").place == "Clients"


def test_advice_is_no_fault() -> None:
    assert Problem("Clients", "F4", "Email", "domain-near").is_hint
    assert not Problem("Clients", "F4", "Email", "email-wrong").is_hint
