"""The month's bonus of each staff member (S5, S8, S9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from toolkit.book import ClientBook, Scheme, StaffMember
from toolkit.rules.bonuses.approved import Approved, Figures, approved_months
from toolkit.rules.bonuses.contribution import Credit
from toolkit.rules.bonuses.earnings import Earnings, Person
from toolkit.rules.bonuses.payout import Earned
from toolkit.rules.bonuses.returns import Returned, Sales
from toolkit.rules.bonuses.rulebook import Rulebook, Usual
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
        amount: what is paid out.
        scheme: by which it was worked out.
        found: how the scheme came to it.
        sales: what was sold; returns of the month's own sales are among them.
        posted: earned with returned, rounded once.
        returned: what came back of earlier months' sales.
        adjusted: what is added for months that were approved before something about them became known.
        brought: taken over from the month before, 0 or less.
        carried: taken over into the next month, 0 or less.
        held: why nothing could be worked out: "no-plan", "no-scheme"; "" where it could.
        approved_on: the day from which nothing changes any more; None while it may.
        figures: what an approval keeps.
        news: what has become known since the approval; the first open month adds it.
    """

    staff: StaffMember
    month: date
    credit: int
    contribution: Fraction | None
    target: int | None
    amount: int
    scheme: Scheme
    found: Earned
    sales: tuple[Credit, ...]
    posted: int
    returned: tuple[Returned, ...]
    adjusted: Mapping[date, int]
    brought: int
    carried: int
    held: str
    approved_on: date | None
    figures: Figures
    news: int = 0


class Bonuses:
    """The bonuses of every month, worked out on demand.

    Args:
        book: sales, rules, and what was approved.
        usual: the settings' own method and basis.
        today: sales after it have not come yet.
    """

    def __init__(self, book: ClientBook, usual: Usual, today: date) -> None:
        self._book = book
        self._usual = usual
        self._today = today
        self._sales = Sales(book.purchases, today)
        self._months: dict[date, tuple[Bonus, ...]] = {}
        self._earned: dict[date, Earnings] = {}

    @cached_property
    def kept(self) -> Mapping[date, Approved]:
        """Return every approved month in the workbook, oldest first."""
        return approved_months(self._book.approved_rows)

    @cached_property
    def approved(self) -> Mapping[date, Approved]:
        """Return the months approved by the day of asking, oldest first."""
        return {month: approved for month, approved in self.kept.items() if approved.approved_on <= self._today}

    def rules(self, month: date) -> Rulebook:
        """Return the rules of a month.

        An approved month has those that were used, any other those of the workbook.
        """
        kept = self.approved.get(month)
        return kept.rules if kept else Rulebook.of(self._book, self._usual, month)

    def month(self, month: date) -> tuple[Bonus, ...]:
        """Return everybody's bonus of a month, in Staff tab order."""
        if month not in self._months:
            self._months[month] = tuple(self._bonuses(month))
        return self._months[month]

    def earnings(self, month: date) -> Earnings:
        """Return a month's earnings under its own rules."""
        if month not in self._earned:
            self._earned[month] = Earnings(self.rules(month), self._sales)
        return self._earned[month]

    def _bonuses(self, month: date) -> Iterable[Bonus]:
        earned = self.earnings(month)
        adjusted = self._adjusted() if month == self._first_open else {}
        kept = self.approved.get(month)
        for member in self._people(month, earned, adjusted):
            found = self._found(member, month, earned)
            if kept:
                yield _as_approved(found, kept.figures.get(member.number), kept.rules.target())
            else:
                yield self._settled(found, adjusted.get(member.number, {}))

    def _people(self, month: date, earned: Earnings, adjusted: Mapping[str, object]) -> list[StaffMember]:
        """Return the month's team and leavers with something to settle."""
        kept = self.approved.get(month)
        team = list(earned.rules.staff)
        there = {member.number for member in team}
        owing = (
            {returned.staff for returned in earned.returns} | adjusted.keys() | (kept.figures.keys() if kept else set())
        )
        return team + [member for member in self._book.staff if member.number in owing - there]

    def _found(self, member: StaffMember, month: date, earned: Earnings) -> Bonus:
        """Work out a month before earlier months are considered."""
        person = earned.person(member)
        returned = self._returned(member.number, month, earned)
        posted = half_up(person.earned.amount + sum((line.takes for line in returned), Fraction(0)))
        figures = Figures(
            approved_on=self._today,
            credit=person.credit,
            counted=person.counted,
            earned=person.from_counted,
            posted=posted,
            held=person.earned.held,
            rates={line.month: line.rate for line in returned},
            purchases=len({_purchase(sale) for sale in person.sales if not sale.back}),
            returns=sum(credit.back for credit in person.sales) + len(returned),
        )
        return _bonus(member, month, person, earned, returned, figures)

    def _returned(self, staff: str, month: date, earned: Earnings) -> tuple[Returned, ...]:
        kept = self.approved.get(month)
        known = kept.figures[staff].rates if kept and staff in kept.figures else {}
        lines = [returned for returned in earned.returns if returned.staff == staff]
        return tuple(line.at(known.get(line.month, self._rate(staff, line.month))) for line in lines)

    def _rate(self, staff: str, month: date) -> Fraction:
        """Return a month's pay per unit of weighted credit.

        An approved month has its frozen rate.
        """
        kept = self.approved.get(month)
        if kept and staff in kept.figures:
            figures = kept.figures[staff]
            return figures.earned / figures.counted if figures.counted > 0 else Fraction(0)
        member = self._book.staff_by_number.get(staff)
        person = self.earnings(month).person(member) if member else None
        return person.from_counted / person.counted if person and person.counted > 0 else Fraction(0)

    # earlier months

    @cached_property
    def _first_open(self) -> date | None:
        """Return the first month after the approved ones, which adjusts them."""
        return months_after(max(self.approved), 1) if self.approved else None

    def _adjusted(self) -> Mapping[str, Mapping[date, int]]:
        """Return the change in approved months since they were paid."""
        found: dict[str, dict[date, int]] = {}
        for month, kept in self.approved.items():
            earned = self.earnings(month)
            for member in self._people(month, earned, {}):
                due = self._found(member, month, earned).posted - self._posted_for(member.number, month, kept)
                if due:
                    found.setdefault(member.number, {})[month] = due
        return found

    def _posted_for(self, staff: str, month: date, kept: Approved) -> int:
        first = kept.figures[staff].posted if staff in kept.figures else 0
        later = (
            approved.figures[staff]
            for at, approved in self.approved.items()
            if at > month and staff in approved.figures
        )
        return first + sum(figures.adjusted.get(month, 0) for figures in later)

    def _settled(self, found: Bonus, adjusted: Mapping[date, int]) -> Bonus:
        """Add adjustments and what the month before carried over."""
        brought = self._brought(found.staff.number, found.month)
        total = found.posted + sum(adjusted.values()) + brought
        carries = found.scheme.below_zero == "carry"
        amount, carried = max(total, 0), min(total, 0) if carries else 0
        figures = replace(found.figures, adjusted=adjusted, brought=brought, carried=carried, amount=amount)
        return replace(found, amount=amount, adjusted=adjusted, brought=brought, carried=carried, figures=figures)

    def _brought(self, staff: str, month: date) -> int:
        before = months_after(month, -1)
        kept = self.approved.get(before)
        if kept:
            return kept.figures[staff].carried if staff in kept.figures else 0
        if before < self._sales.first_month or not any(scheme.below_zero == "carry" for scheme in self._book.schemes):
            return 0
        return next((bonus.carried for bonus in self.month(before) if bonus.staff.number == staff), 0)


def _purchase(credit: Credit) -> tuple[str, str]:
    """Return the key of a purchase, its row where it has no number."""
    return credit.sale.number or str(credit.sale.row), credit.sale.client


def _bonus(
    member: StaffMember,
    month: date,
    person: Person,
    earned: Earnings,
    returned: tuple[Returned, ...],
    figures: Figures,
) -> Bonus:
    plan = earned.rules.target()
    return Bonus(
        staff=member,
        month=month,
        credit=half_up(person.credit),
        contribution=person.credit / plan if plan else None,
        target=earned.rules.target(member.number),
        amount=max(figures.posted, 0),
        scheme=person.scheme,
        found=person.earned,
        sales=person.sales,
        posted=figures.posted,
        returned=returned,
        adjusted={},
        brought=0,
        carried=0,
        held=figures.held,
        approved_on=None,
        figures=figures,
    )


def _as_approved(found: Bonus, figures: Figures | None, plan: int | None) -> Bonus:
    """Return the approved figures.

    A person without any then has none now.
    """
    kept = figures or replace(found.figures, credit=Fraction(0), posted=0, amount=0)
    return replace(
        found,
        credit=half_up(kept.credit),
        contribution=kept.credit / plan if plan else None,
        amount=kept.amount,
        posted=kept.posted,
        adjusted=kept.adjusted,
        brought=kept.brought,
        carried=kept.carried,
        held=kept.held,
        approved_on=kept.approved_on,
        figures=kept,
        news=found.posted - kept.posted,
    )


def target(book: ClientBook, month: date, staff: str = "") -> int | None:
    """Return a month's sales plan in minor units, or None.

    It is one staff member's plan, or the plan of the whole.
    """
    found = [plan.target for plan in book.sales_plan if (plan.month, plan.staff, plan.product) == (month, staff, "")]
    return sum(found) if found else None
