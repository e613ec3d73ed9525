"""A level is a sum or a share, and what stands in the cell decides."""

from decimal import Decimal

import pytest

from tests.book.book_desk import READING, refusal
from toolkit.book.grid import Cell
from toolkit.book.parse.amounts import Level, level


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("5000", 500_000),
        (5000, 500_000),
        ("KES 2", 200),
        (0, 0),
        ("80 %", Decimal("0.8")),
        ("0 %", Decimal(0)),
        (0.8, Decimal("0.8")),
        (1.5, Decimal("1.5")),
        (3.5, 350),
    ],
)
def test_a_level_is_read_as_people_mean_it(cell: Cell, expected: Level) -> None:
    assert (level(cell, READING), type(level(cell, READING))) == (expected, type(expected))


@pytest.mark.parametrize(("cell", "code"), [("-5 %", "below-zero"), (-5, "below-zero"), ("much", "not-a-number")])
def test_what_is_no_level_is_refused(cell: Cell, code: str) -> None:
    assert refusal(level, cell)[0] == code
