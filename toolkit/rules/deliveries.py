"""Promised days kept and missed, by purchase (K27, K31)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from toolkit.book import Purchase


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
    for line in _bought(lines, today):
        by_purchase.setdefault(line.number or f"row {line.row}", []).append(line)
    promised = {number: some for number, some in by_purchase.items() if any(line.promised_for for line in some)}
    pending = {number for number, some in promised.items() if any(_is_open(line, today) for line in some)}
    missed = [number for number, some in promised.items() if any(_is_missed(line, today) for line in some)]
    late = tuple(number for number in missed if number not in pending)
    return Deliveries(len(by_purchase), late, len(pending), tuple(number for number in missed if number in pending))


def awaited(lines: Iterable[Purchase], today: date) -> Iterator[tuple[date, Purchase]]:
    """Return undelivered lines with their promised day.

    The day may have passed.
    """
    for line in _bought(lines, today):
        if line.promised_for is not None and _is_open(line, today):
            yield line.promised_for, line


def _bought(lines: Iterable[Purchase], today: date) -> Iterator[Purchase]:
    """Return bought lines that may be promised.

    A return or a cancelled line promises nothing.
    """
    return (line for line in lines if line.date <= today and not line.is_return and line.status != "cancelled")


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
