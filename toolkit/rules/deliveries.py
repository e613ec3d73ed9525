"""Promised days kept and missed, by purchase (K27, K31)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from toolkit.book.tabs.purchases import Purchase


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The fate of the days that clients were promised.

    Args:
        purchases: how many purchases were made; lines of one number are one.
        late: the numbers of those delivered after the promised day.
        open: how many are not delivered.
        overdue: the numbers of those not delivered whose promised day has passed.
    """

    purchases: int
    late: tuple[str, ...] = ()
    open: int = 0
    overdue: tuple[str, ...] = ()


def deliveries(lines: Iterable[Purchase], today: date) -> Deliveries:
    """Judge every purchase with a promised day up to a day.

    The last line of a purchase to arrive decides.
    """
    by_purchase: dict[str, list[Purchase]] = {}
    for one in _bought(lines, today):
        by_purchase.setdefault(one.number or f"row {one.row}", []).append(one)
    promised = {number: some for number, some in by_purchase.items() if any(one.promised_for for one in some)}
    pending = {number for number, some in promised.items() if any(_is_open(one, today) for one in some)}
    missed = [number for number, some in promised.items() if any(_is_missed(one, today) for one in some)]
    late = tuple(number for number in missed if number not in pending)
    return Deliveries(len(by_purchase), late, len(pending), tuple(one for one in missed if one in pending))


def awaited(lines: Iterable[Purchase], today: date) -> Iterator[tuple[date, Purchase]]:
    """Return undelivered lines with their promised day.

    The day may have passed.
    """
    for one in _bought(lines, today):
        if one.promised_for is not None and _is_open(one, today):
            yield one.promised_for, one


def _bought(lines: Iterable[Purchase], today: date) -> Iterator[Purchase]:
    """Return bought lines that may be promised.

    A return or a cancelled line promises nothing.
    """
    return (one for one in lines if one.date <= today and not one.is_return and one.status != "cancelled")


def _is_open(line: Purchase, today: date) -> bool:
    if line.delivered_on is None:
        return line.status != "delivered"
    return line.delivered_on > today


def _is_missed(line: Purchase, today: date) -> bool:
    if line.promised_for is None:
        return False
    if _is_open(line, today):
        return line.promised_for < today
    return line.delivered_on is not None and line.delivered_on > line.promised_for
