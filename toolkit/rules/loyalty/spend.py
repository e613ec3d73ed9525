"""Purchases that count and what returns leave of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from toolkit.book import Purchase
from toolkit.book.tabs.purchases import PAID
from toolkit.rules.months import months_after

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The days whose purchases count.

    Args:
        months: the last so many months; 0 is the whole life.
        by_year: the calendar year to date, whatever the months say.
    """

    months: int = 12
    by_year: bool = False

    def __str__(self) -> str:
        if self.by_year:
            return "calendar year"
        if not self.months:
            return "lifetime"
        return "1 month" if self.months == 1 else f"{self.months} months"

    def starts(self, today: date) -> date:
        """Return the first day that counts.

        12 months to 21 November 2026 start on 22 November 2025.
        """
        return starts(today, self.months, self.by_year)

    def lasts(self, bought: date) -> date:
        """Return the last day on which that day's purchase counts."""
        return _lasts(bought, self)


@lru_cache(maxsize=8192)
def starts(today: date, months: int, by_year: bool) -> date:  # noqa: FBT001 - asked for every purchase, so by place
    """Return the first day of a window that ends today."""
    if by_year:
        return today.replace(month=1, day=1)
    return months_after(today, -months) + ONE_DAY if months else date.min


@lru_cache(maxsize=8192)
def _lasts(bought: date, window: Window) -> date:
    if window.by_year:
        return bought.replace(month=12, day=31)
    if not window.months:
        return date.max
    last = months_after(bought, window.months)
    while window.starts(last) > bought:
        last -= ONE_DAY
    return last


def paid(purchases: Sequence[Purchase], today: date) -> list[Purchase]:
    """Return the paid lines up to a day, oldest first."""
    if purchases and purchases[-1].date > today:
        purchases = [line for line in purchases if line.date <= today]
    return [purchase for purchase in purchases if purchase.status in PAID]


def net(lines: Sequence[Purchase]) -> tuple[Sequence[Purchase], list[int]]:
    """Return the bought lines and what returns leave of each.

    Amounts are minor units, never below 0.

    A return takes its amount back from the lines of its own purchase, the same product first, so that a purchase that
    came back whole leaves what was there before it.
    """
    back = [line for line in lines if line.return_of]
    if not back:
        return lines, [line.amount for line in lines]
    bought = [line for line in lines if not line.return_of]
    left = [line.amount for line in bought]
    places = places_of(bought, back)
    for returned in sorted(back, key=_by_day):
        _take_back(returned, bought, left, places[returned.return_of])
    return bought, left


def places_of(bought: Sequence[Purchase], back: Iterable[Purchase]) -> Mapping[str, Sequence[int]]:
    """Return the positions of each returned purchase's lines by number."""
    places: dict[str, list[int]] = {returned.return_of: [] for returned in back}
    for place, line in enumerate(bought):
        if line.number in places:
            places[line.number].append(place)
    return places


def _by_day(purchase: Purchase) -> tuple[object, ...]:
    """Sort by day and product, wherever rows stand in the sheet."""
    return purchase.date, not purchase.product, purchase.product, purchase.amount


def has_bought(lines: Sequence[Purchase]) -> bool:
    """Return True if anything bought is left after returns."""
    return any(net(lines)[1])


def _take_back(back: Purchase, bought: Sequence[Purchase], left: list[int], places: Iterable[int]) -> None:
    owed = abs(back.amount)
    for place in sorted(places, key=lambda place: (bought[place].product != back.product, _by_day(bought[place]))):
        taken = min(owed, max(left[place], 0))
        left[place] -= taken
        owed -= taken
