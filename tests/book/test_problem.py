"""A problem knows where it stands."""

import pytest

from toolkit.book.problem import Problem


@pytest.mark.parametrize(("cell", "row"), [("F4", 4), ("AB1048576", 1048576), ("5:5", 5), ("", 0)])
def test_a_problem_knows_the_row_of_its_cell(cell: str, row: int) -> None:
    assert Problem("Clients", cell, "Email", "email-wrong").row == row
