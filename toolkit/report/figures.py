"""The figures of a week, without any words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from toolkit.app.run_report import RunReport
from toolkit.book import ClientBook, Purchase
from toolkit.book.tabs.ladders import ladder_on
from toolkit.delivery.letter_record import State
from toolkit.rules.bonuses.monthly import Bonus, target
from toolkit.rules.months import months_after
from toolkit.rules.rounding import half_up

WEEKS_SHOWN: Final = 7
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Days:
    """From a first day to a last, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Sold:
    """The sales of some days.

    Args:
        sales: paid lines net of returns, in minor units.
        clients: how many clients bought; a return does not count.
    """

    sales: int
    clients: int


@dataclass(frozen=True, slots=True)
class WeekSales:
    """One ISO week so far, with money in minor units.

    Args:
        monday: its first day.
        plan: the months' plans spread evenly over their days, or None where a day has none.
    """

    monday: date
    sales: int
    plan: int | None


@dataclass(frozen=True, slots=True)
class ThisWeek:
    """The week of the run beside the one before.

    Args:
        days: Monday to Sunday.
        now: from Monday to the day of the run.
        before: the same days of the week before.
        share_of_plan: of the whole week's plan; None without one.
        is_over: True on its Sunday.
    """

    days: Days
    now: Sold
    before: Sold
    share_of_plan: Fraction | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class StaffShare:
    """One person's month.

    Args:
        share: weighted credit as a share of a plan; None without one.
        is_behind: True if the share of an own plan is below the part of the month that has passed.
        bonus: in minor units.
    """

    name: str
    share: Fraction | None
    is_behind: bool
    bonus: int


@dataclass(frozen=True, slots=True)
class StaffMonth:
    """Everybody's month, in the order of the Staff tab.

    Args:
        own_plans: True for shares of each one's own plan, False for shares of the shop's plan.
    """

    own_plans: bool
    people: tuple[StaffShare, ...]


@dataclass(frozen=True, slots=True)
class TierCount:
    """The clients on a tier, "" for none."""

    tier: str
    discount: Decimal
    clients: int
    rose: int


@dataclass(frozen=True, slots=True)
class LetterCount:
    """The letters of one campaign, each in one state or on hold.

    Args:
        due: all of them.
        states: the count of each state.
        held: owed, but not planned.
        today: left on the day of the run, in this run or before.
    """

    campaign: str
    due: int
    states: Counter[State]
    held: int
    today: int


def iso_week(day: date) -> Days:
    """Return the Monday and the Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=6))


def sold_in(purchases: Iterable[Purchase], days: Days) -> Sold:
    """Return what was paid for on some days."""
    lines = [line for line in purchases if line.is_paid and line.date in days]
    return Sold(sum(line.amount for line in lines), len({line.client for line in lines if not line.is_return}))


def plan_of(book: ClientBook, days: Days) -> int | None:
    """Return the plan of some days, if each has one."""
    parts = [_plan_of_day(book, days.first + timedelta(days=at)) for at in range((days.last - days.first).days + 1)]
    known = [part for part in parts if part is not None]
    return half_up(sum(known, Fraction(0))) if len(known) == len(parts) else None


def _plan_of_day(book: ClientBook, day: date) -> Fraction | None:
    of_month = target(book, day.replace(day=1))
    return None if of_month is None else Fraction(of_month, days_in_month(day))


def days_in_month(day: date) -> int:
    """Return the number of days in a day's month."""
    first = day.replace(day=1)
    return (months_after(first, 1) - first).days


def sales_by_week(book: ClientBook, as_of: date) -> tuple[WeekSales, ...]:
    """Return the last weeks, oldest first."""
    weeks = (iso_week(as_of - WEEK * back) for back in reversed(range(WEEKS_SHOWN)))
    return tuple(
        WeekSales(
            week.first, sold_in(book.purchases, Days(week.first, min(week.last, as_of))).sales, plan_of(book, week)
        )
        for week in weeks
    )


def this_week(book: ClientBook, as_of: date) -> ThisWeek:
    """Return the week so far, and the same days before."""
    week = iso_week(as_of)
    now = sold_in(book.purchases, Days(week.first, as_of))
    plan = plan_of(book, week)
    return ThisWeek(
        days=week,
        now=now,
        before=sold_in(book.purchases, Days(week.first - WEEK, as_of - WEEK)),
        share_of_plan=Fraction(now.sales, plan) if plan else None,
        is_over=as_of == week.last,
    )


def staff_month(bonuses: Sequence[Bonus], as_of: date) -> StaffMonth:
    """Return shares of own plans or the shop's (practice S5)."""
    if any(bonus.target for bonus in bonuses):
        passed = Fraction(as_of.day, days_in_month(as_of))
        return StaffMonth(own_plans=True, people=tuple(_of_own_plan(bonus, passed) for bonus in bonuses))
    return StaffMonth(own_plans=False, people=tuple(_staff_share(bonus, bonus.contribution) for bonus in bonuses))


def _of_own_plan(bonus: Bonus, passed: Fraction) -> StaffShare:
    share = Fraction(bonus.credit, bonus.target) if bonus.target else None
    return _staff_share(bonus, share, is_behind=share is not None and share < passed)


def _staff_share(bonus: Bonus, share: Fraction | None, *, is_behind: bool = False) -> StaffShare:
    return StaffShare(bonus.staff.name or bonus.staff.number, share, is_behind, bonus.amount)


def tier_counts(report: RunReport) -> tuple[TierCount, ...]:
    """Return the day's tiers, highest first, then no tier."""
    ladder = ladder_on(report.book.tiers, report.as_of)
    clients = Counter(standing.tier for standing in report.plan.standings)
    rose = Counter(standing.tier for standing in report.plan.standings if standing.rose)
    steps = [(step.tier, step.discount) for step in reversed(ladder)]
    rows = [TierCount(tier, discount, clients[tier], rose[tier]) for tier, discount in steps]
    return (*rows, TierCount("", Decimal(0), clients[""], 0)) if rows and clients[""] else tuple(rows)


def letter_counts(report: RunReport) -> tuple[LetterCount, ...]:
    """Return the letters of each campaign."""
    states: dict[str, Counter[State]] = {}
    tried = {outcome.key for outcome in report.outcomes}
    planned = [
        (letter.header.campaign, State.PLANNED) for letter in report.plan.letters if letter.header.key not in tried
    ]
    for campaign, state in [*((outcome.header.campaign, outcome.state) for outcome in report.handled), *planned]:
        states.setdefault(campaign, Counter())[state] += 1
    held = Counter(letter.occasion.campaign for letter in report.plan.held)
    today = report.said_today_by
    return tuple(
        _letter_count(campaign, states.get(campaign, Counter()), held[campaign], today.get(campaign, 0))
        for campaign in {**states, **held, **today}
    )


def _letter_count(campaign: str, states: Counter[State], held: int, today: int) -> LetterCount:
    return LetterCount(campaign, states.total() + held, states, held, today)
