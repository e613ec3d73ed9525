"""Whose sale it was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.book.book_desk import READING, refusal
from toolkit.book.grid import Cell
from toolkit.book.parse.shares import splits


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Ann", {"Ann": "1"}),
        ("S1", {"S1": "1"}),
        (5.0, {"5": "1"}),
        ("Ann 100", {"Ann": "1"}),
        ("Ann 60, Ben 40", {"Ann": "0.6", "Ben": "0.4"}),
        ("Ann 60 %; Ben 40%", {"Ann": "0.6", "Ben": "0.4"}),
        ("S1 60,S2 40", {"S1": "0.6", "S2": "0.4"}),
        ("5 60, 6 40", {"5": "0.6", "6": "0.4"}),
        ("Ann Lee 33.1, Ben 33.2, Cy 33.7", {"Ann Lee": "0.331", "Ben": "0.332", "Cy": "0.337"}),
        ("Ann 33,333; Ben 66,667", {"Ann": "0.33333", "Ben": "0.66667"}),
        ("Ann 100, Ben 0", {"Ann": "1", "Ben": "0"}),
        (" Ann 60,, Ben 40,", {"Ann": "0.6", "Ben": "0.4"}),
    ],
)
def test_shares_that_total_a_hundred_are_exact(cell: Cell, parts: dict[str, str]) -> None:
    assert {part.who: part.share for part in splits(cell, READING)} == {who: Decimal(it) for who, it in parts.items()}


@pytest.mark.parametrize(
    ("cell", "total"), [("Ann 60, Ben 30", "90"), ("Ann 60, Ben 40.1", "100.1"), ("Ann 99.9", "99.9"), (",", "0")]
)
def test_shares_that_do_not_total_a_hundred_are_refused(cell: str, total: str) -> None:
    assert refusal(splits, cell) == ("shares-not-100", {"given": cell, "total": total})


def test_a_name_without_a_share_beside_others_is_refused() -> None:
    assert refusal(splits, "Ann 60, Ben") == ("share-missing", {"given": "Ann 60, Ben", "who": "Ben"})


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_any_parts_of_a_hundred_to_three_places_total_one(weights: list[int]) -> None:
    cents = [weight * 100_000 // sum(weights) for weight in weights]
    cents[0] += 100_000 - sum(cents)
    written = ", ".join(f"Name {'abcdefgh'[at]} {Decimal(part) / 1000}" for at, part in enumerate(cents))
    assert sum(part.share for part in splits(written, READING)) == 1
