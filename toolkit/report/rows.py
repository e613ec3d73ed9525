"""The rows of the page, each figure in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from toolkit.book import Problem
from toolkit.campaigns.occasion import Held
from toolkit.delivery.letter_record import WAITING, State
from toolkit.formatting import Formatter
from toolkit.report.figures import LetterCount, StaffMonth, StaffShare, TierCount, WeekSales
from toolkit.report.tasks import Late, Reason, Rose, Task, Verb
from toolkit.rules.rounding import half_up

PLOT: Final = 172
"""Pixels of the highest thing in the chart."""
ROOM_FOR_NUMBER: Final = 28
FULL_PLAN: Final = 80
"""The plan's place on a bar of 100, so that a bar can pass it."""
REASONS_SHOWN: Final = 3
LOOKS: Final = {Verb.TELL: "bad", Verb.THANK: "ok"}
OTHER_STATES: Final = {
    "failed": frozenset({State.FAILED}),
    "waiting": WAITING,
    "in_doubt": frozenset({State.IN_DOUBT, State.SENDING}),
    "suppressed": frozenset({State.SUPPRESSED}),
    "expired": frozenset({State.EXPIRED}),
}
"""Other states by column. A column is left out where it is empty, but for the first."""
UNITS: Final = ((10_000_000, "millions", 6), (10_000, "thousands", 3))
"""Sums from which a chart counts in millions or thousands, in whole units of the currency."""


class ToDo(NamedTuple):
    """One row of Do next."""

    verb: str
    look: str
    client: str
    why: tuple[str, ...]
    who: str


class Unit(NamedTuple):
    """The unit of a chart's numbers.

    Args:
        name: as the heading says it: thousand Ksh.
        digits: of the minor units, to cut off.
        places: decimals to show.
    """

    name: str
    digits: int
    places: int

    def number(self, minor: int, formatter: Formatter) -> str:
        """Return a sum in this unit, such as 46.9."""
        shown = Decimal(half_up(Fraction(minor, 10 ** (self.digits - self.places)))).scaleb(-self.places)
        return formatter.fixed(shown, self.places if shown else 0)


class Bar(NamedTuple):
    """One week of the chart.

    Args:
        height: pixels.
        plan: pixels; None without a plan.
    """

    week: str
    number: str
    height: int
    is_low: bool
    plan: int | None
    plan_number: str


class Chart(NamedTuple):
    """Weeks side by side, with a legend of the plan."""

    unit: str
    bars: tuple[Bar, ...]
    legend: str


class StaffRow(NamedTuple):
    """One person, with a width out of 100."""

    name: str
    share: str
    width: int | None
    look: str
    bonus: str


class StaffTable(NamedTuple):
    """Everybody's month, marked where bars show own plans."""

    title: str
    share_column: str
    has_mark: bool
    rows: tuple[StaffRow, ...]


class TierRow(NamedTuple):
    """One tier, with a width out of 100."""

    name: str
    clients: str
    width: int
    rose: str


class LetterTable(NamedTuple):
    """The campaigns with a number for each column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


class CellRow(NamedTuple):
    """One cell to fix, or a hint."""

    place: str
    says: str
    fix: str


def to_do(task: Task, formatter: Formatter) -> ToDo:
    """Return a task in words."""
    why = [_why(reason, formatter) for reason in task.reasons[:REASONS_SHOWN]]
    more = len(task.reasons) - len(why)
    return ToDo(
        verb=formatter.say("report", f"do_{task.verb}"),
        look=LOOKS.get(task.verb, "warn"),
        client=task.client.name or task.client.number,
        why=(*why, formatter.say("report", "and_more", n=formatter.number(more))) if more else tuple(why),
        who=task.who or "–",
    )


def _why(reason: Reason, formatter: Formatter) -> str:
    match reason:
        case Held():
            return formatter.say(
                "report",
                "why_held",
                letter=letter_name(reason.occasion.campaign, formatter),
                reason=_reason(reason, formatter),
            )
        case Problem():
            return f"{reason.place}: {formatter.words.problem(reason).says}"
        case Rose():
            return formatter.say("report", "why_rose", tier=reason.tier)
        case _:
            return _why_late(reason, formatter)


def _why_late(late: Late, formatter: Formatter) -> str:
    promised, bought = formatter.day(late.promised), formatter.day(late.bought)
    return formatter.say(
        "report", "why_late" if late.number else "why_late_of", number=late.number, bought=bought, day=promised
    )


def chart(weeks: Sequence[WeekSales], formatter: Formatter) -> Chart:
    """Return the weeks as bars."""
    sums = [week.sales for week in weeks] + [week.plan for week in weeks if week.plan is not None]
    unit, top = _unit(sums, formatter), max(*sums, 1)
    bars = tuple(_bar(week, top, formatter, unit) for week in weeks)
    return Chart(
        unit.name, bars, formatter.say("report", "plan_line", amount=bars[-1].plan_number) if bars[-1].plan else ""
    )


def _unit(sums: Iterable[int], formatter: Formatter) -> Unit:
    symbol, decimals = formatter.currency_symbol, formatter.decimals
    most = max((abs(amount) for amount in sums), default=0) // 10**decimals
    for least, key, digits in UNITS:
        if most >= least:
            return Unit(formatter.say("report", key, currency=symbol), digits + decimals, int(most < 10 * least))
    return Unit(symbol, decimals, 0)


def _bar(week: WeekSales, top: int, formatter: Formatter, unit: Unit) -> Bar:
    height = _pixels(week.sales, top)
    return Bar(
        week=formatter.short_day(week.monday),
        number=unit.number(week.sales, formatter),
        height=height,
        is_low=height < ROOM_FOR_NUMBER,
        plan=None if week.plan is None else _pixels(week.plan, top),
        plan_number="–" if week.plan is None else unit.number(week.plan, formatter),
    )


def _pixels(amount: int, top: int) -> int:
    return half_up(Fraction(max(amount, 0) * PLOT, top))


def staff_table(month: StaffMonth, formatter: Formatter) -> StaffTable:
    """Return everybody's share of a plan."""
    if month.own_plans:
        own = tuple(_staff_row(person, person.share, _look(person), formatter) for person in month.people)
        return StaffTable(
            formatter.say("report", "staff_own"), formatter.say("report", "col_plan_met"), has_mark=True, rows=own
        )
    whole = tuple(_staff_row(person, _part_of_bar(person.share), "", formatter) for person in month.people)
    return StaffTable(
        formatter.say("report", "staff_whole"), formatter.say("report", "col_part_of_plan"), has_mark=False, rows=whole
    )


def _part_of_bar(share: Fraction | None) -> Fraction | None:
    """Return the share that fills that part of the bar."""
    return None if share is None else share * Fraction(100, FULL_PLAN)


def _look(person: StaffShare) -> str:
    """Return the colour of a person's bar."""
    return "low" if person.is_behind else "mid" if person.share is not None and person.share < 1 else ""


def _staff_row(person: StaffShare, bar: Fraction | None, look: str, formatter: Formatter) -> StaffRow:
    share = "–" if person.share is None else formatter.percent(person.share)
    width = None if bar is None else min(max(half_up(bar * FULL_PLAN), 0), 100)
    bonus = formatter.short_money(person.bonus) if person.bonus else "–"
    return StaffRow(person.name, share, width, look, bonus)


def tier_rows(tiers: Sequence[TierCount], formatter: Formatter) -> Iterator[TierRow]:
    """Return tiers with their discount, and bars beside each other."""
    most = max((tier.clients for tier in tiers), default=0) or 1
    for tier in tiers:
        discount = f" · {formatter.share(tier.discount)}" if tier.discount else ""
        name = f"{tier.tier}{discount}" if tier.tier else formatter.say("report", "no_tier")
        rose = f"▲ {formatter.number(tier.rose)}" if tier.rose else "–"
        yield TierRow(name, formatter.number(tier.clients), half_up(Fraction(100 * tier.clients, most)), rose)


def letter_table(counts: Sequence[LetterCount], formatter: Formatter, sent: str) -> LetterTable:
    """Return the letters by campaign.

    Args:
        counts: the letters of each campaign.
        formatter: the page's language.
        sent: the column of those that left, `written` or `sent`.
    """
    columns = _letter_columns(counts, sent)
    names = tuple(formatter.say("report", f"col_{key}") for key in columns)
    numbers = (tuple(map(formatter.number, row)) for row in zip(*columns.values(), strict=True))
    title = formatter.say("report", "letters_of_run" if "today" in columns else "letters")
    return LetterTable(title, names, tuple(zip((_name(count, formatter) for count in counts), numbers, strict=True)))


def _letter_columns(counts: Sequence[LetterCount], sent: str) -> dict[str, list[int]]:
    others = {
        key: [sum(count.states[state] for state in states) for count in counts] for key, states in OTHER_STATES.items()
    }
    today = {"today": [count.today for count in counts]} if had_other_runs(counts) else {}
    return {
        "due": [count.due for count in counts],
        sent: [count.states[State.SENT] for count in counts],
        **today,
        "held": [count.held for count in counts],
        **{key: numbers for key, numbers in others.items() if key == "failed" or any(numbers)},
    }


def had_other_runs(counts: Iterable[LetterCount]) -> bool:
    """Return True if other runs sent letters that day."""
    return any(count.today != count.states[State.SENT] for count in counts)


def _name(count: LetterCount, formatter: Formatter) -> str:
    name = letter_name(count.campaign, formatter)
    return name[:1].upper() + name[1:]


def letter_name(campaign: str, formatter: Formatter) -> str:
    """Return a letter's name in the page's language."""
    return formatter.say("letters", campaign).replace("_", " ")


def held_reasons(letters: Iterable[Held], formatter: Formatter) -> tuple[tuple[str, str], ...]:
    """Return the reasons for holding, most frequent first."""
    counts = Counter(_reason(held, formatter) for held in letters)
    return tuple((reason, formatter.number(number)) for reason, number in counts.most_common())


def _reason(held: Held, formatter: Formatter) -> str:
    return formatter.say("held", held.code, **held.values)


def cell_row(problem: Problem, formatter: Formatter) -> CellRow:
    """Return a problem in words."""
    return CellRow(problem.place, *formatter.words.problem(problem))
