from datetime import date

import pytest

from toolkit.rules.loyalty.spend import Window
from toolkit.rules.months import month_name, months_after


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 21), -12, date(2025, 11, 21)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_as_people_do(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_month_is_named_by_year_and_number() -> None:
    assert month_name(date(2026, 3, 31)) == "2026-03"


def test_a_window_of_twelve_months_starts_the_day_after_the_same_day_last_year() -> None:
    assert Window(12).starts(date(2026, 11, 21)) == date(2025, 11, 22)
    assert Window(0).starts(date(2026, 11, 21)) == date.min
