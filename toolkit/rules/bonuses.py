"""The month's bonus of each staff member: the scheme's bands over the weighted credit (practices S8, S9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from toolkit.book.client_book import ClientBook
from toolkit.book.ladders import BonusBand
from toolkit.book.purchases import Purchase
from toolkit.book.staff import StaffMember
from toolkit.rules.bands import Band, Method
from toolkit.rules.contribution import credits_by_staff
from toolkit.rules.effective import ladder_on
from toolkit.rules.months import months_after
from toolkit.rules.rounding import half_up


@dataclass(frozen=True, slots=True)
class Bonus:
    """One person's month. Money is in minor units.

    Args:
        month: its first day; a month that is not over yet is counted to the day of asking.
        credit: weighted credit, rounded for showing only.
        contribution: weighted credit as a share of the plan of the organisation; None without a plan.
        target: the person's own sales plan; None without one.
        amount: the bonus, rounded once.
    """

    staff: StaffMember
    month: date
    credit: int
    contribution: Fraction | None
    target: int | None
    amount: int


def bonuses(book: ClientBook, method: Method, today: date) -> tuple[Bonus, ...]:
    """The bonus of everybody who is on the staff that month, in the order of the Staff tab."""
    month = today.replace(day=1)
    earned = credits_by_staff(_paid_in(book, month, today), book.products)
    team = [member for member in book.staff if _works_in(member, month)]
    month_of = _Month(book, month, method)
    return tuple(month_of.bonus(member, earned.get(member.number, Fraction(0))) for member in team)


def _paid_in(book: ClientBook, month: date, today: date) -> list[Purchase]:
    return [one for one in book.purchases if one.is_paid and month <= one.date <= today]


def _works_in(member: StaffMember, month: date) -> bool:
    end = months_after(month, 1)
    return (member.since is None or member.since < end) and (member.until is None or member.until >= month)


@dataclass(frozen=True)
class _Month:
    book: ClientBook
    month: date
    method: Method

    def bonus(self, member: StaffMember, credit: Fraction) -> Bonus:
        plan, bands = target(self.book, self.month), bands_on(self.book.bonus_bands, member.scheme, self.month)
        return Bonus(
            staff=member,
            month=self.month,
            credit=half_up(credit),
            contribution=credit / plan if plan else None,
            target=target(self.book, self.month, member.number),
            amount=half_up(payout(credit, bands, self.method)),
        )


def target(book: ClientBook, month: date, staff: str = "") -> int | None:
    """The sales plan of a month in minor units, of one staff member or of the whole; None where there is none."""
    found = [one.target for one in book.sales_plan if (one.month, one.staff, one.product) == (month, staff, "")]
    return sum(found) if found else None


def bands_on(rows: Sequence[BonusBand], scheme: str, month: date) -> tuple[Band, ...]:
    """A scheme's bands as they stand on the first day of a month."""
    held = ladder_on([row for row in rows if row.scheme.casefold() == scheme.casefold()], month)
    return tuple(Band(row.from_amount, Fraction(row.rate)) for row in held)


def payout(credit: Fraction, bands: Sequence[Band], method: Method) -> Fraction:
    """What the bands pay for a credit, exact; nothing where no bands hold or returns outweigh sales."""
    return method(max(credit, Fraction(0)), bands) if bands else Fraction(0)
