"""Values that a setting may hold beside texts, numbers and days."""

from dataclasses import dataclass
from datetime import time
from typing import Final

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""WEEKDAYS[day.weekday()] is the name of a day."""


@dataclass(frozen=True, slots=True)
class Term:
    """A number of months, or 0 for ever."""

    months: int

    def __str__(self) -> str:
        if not self.months:
            return "never"
        return f"{self.months} month" if self.months == 1 else f"{self.months} months"


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of the day without its end, which may pass midnight."""

    start: time
    end: time

    def __contains__(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"
