"""Months as people count them: one month after 31 January is 28 February, the last day usable."""

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=8192)
def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month; months may be negative."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def month_name(day: date) -> str:
    """A month as tabs and occurrences name it: 2026-11."""
    return f"{day:%Y-%m}"
