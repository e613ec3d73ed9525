"""Which ladder holds on which day, and how far an amount reaches on it."""

from datetime import date
from decimal import Decimal

import pytest

from toolkit.book.ladders import TierStep
from toolkit.rules.effective import ladder_on, reached

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


def step(since: date, tier: str, start: int, percent: int = 0) -> TierStep:
    return TierStep(since, tier, start, row=2, discount=Decimal(percent) / 100)


STEPS = (
    step(JULY, "Gold", 600),
    step(JULY, "Bronze", 0),
    step(JANUARY, "Bronze", 0),
    step(JANUARY, "Gold", 500),
)


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        ("2025-12-31", []),
        ("2026-01-01", [0, 500]),
        ("2026-06-30", [0, 500]),
        ("2026-07-01", [0, 600]),
        ("2030-01-01", [0, 600]),
    ],
)
def test_the_rows_of_the_latest_from_date_hold_from_that_day_on(day: str, starts: list[int]) -> None:
    assert [one.from_amount for one in ladder_on(STEPS, date.fromisoformat(day))] == starts


@pytest.mark.parametrize(
    ("amount", "tier"),
    [(-5, "Bronze"), (0, "Bronze"), (599, "Bronze"), (600, "Gold"), (9999, "Gold")],
)
def test_a_threshold_is_reached_by_its_very_amount(amount: int, tier: str) -> None:
    here = reached(amount, ladder_on(STEPS, JULY))
    assert (here.tier if here else "") == tier


def test_without_a_ladder_nothing_is_reached() -> None:
    assert reached(5, ()) is None
