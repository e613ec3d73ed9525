"""Which purchases count, and what they come to: paid ones, net of returns and of the client's own discount."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from toolkit.book.purchases import Purchase
from toolkit.rules.months import months_after


@dataclass(frozen=True, slots=True)
class Window:
    """The days whose purchases count: the last so many months, or with 0 the whole life."""

    months: int = 12

    def starts(self, today: date) -> date:
        """The first day that counts; 12 months to 21 November 2026 start on 22 November 2025."""
        return date.fromordinal(months_after(today, -self.months).toordinal() + 1) if self.months else date.min


def counted(purchases: Iterable[Purchase], today: date, not_counted: Container[str] = ()) -> tuple[Purchase, ...]:
    """The paid lines up to a day, without products that do not count for loyalty."""
    return tuple(one for one in purchases if one.is_paid and one.date <= today and one.product not in not_counted)


def spent(purchases: Iterable[Purchase], since: date = date.min) -> int:
    """What the lines from a day on come to, in minor units; returns take their part back."""
    return sum(one.amount for one in purchases if one.date >= since)
