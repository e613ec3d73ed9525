"""Arithmetic of calendar months.

One month after 31 January is 28 February, the last day usable.
"""

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=8192)
def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last.

    Months may be negative.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def month_name(day: date) -> str:
    """Return a month as tabs and occurrences name it, 2026-11."""
    return f"{day:%Y-%m}"
