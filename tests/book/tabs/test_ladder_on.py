"""Which ladder holds on which day."""

from datetime import date

import pytest

from toolkit.book.tabs.ladders import TierStep, ladder_on

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
STEPS = (
    TierStep(JULY, "Gold", 600),
    TierStep(JULY, "Bronze", 0),
    TierStep(JANUARY, "Bronze", 0),
    TierStep(JANUARY, "Gold", 500),
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
