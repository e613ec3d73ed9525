"""The rows of the page: each figure with its words, cut to what a page can hold."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from toolkit.book.problem import Problem
from toolkit.campaigns.occasion import Held
from toolkit.delivery.letter_record import WAITING, State
from toolkit.report.figures import LetterCount, StaffMonth, StaffShare, TierCount, WeekSales
from toolkit.report.page_language import PageLanguage, Unit
from toolkit.report.tasks import Late, Reason, Rose, Task, Verb
from toolkit.rules.rounding import half_up

PLOT: Final = 172
"""Pixels of the highest thing in the chart."""
ROOM_FOR_NUMBER: Final = 28
FULL_PLAN: Final = 80
"""Where the plan stands on a bar of 100, so that a bar can go over it."""
REASONS_SHOWN: Final = 3
LOOKS: Final = {Verb.TELL: "bad", Verb.THANK: "ok"}
OTHER_STATES: Final = {
    "failed": frozenset({State.FAILED}),
    "waiting": WAITING,
    "in_doubt": frozenset({State.IN_DOUBT, State.SENDING}),
    "suppressed": frozenset({State.SUPPRESSED}),
    "expired": frozenset({State.EXPIRED}),
}
"""What else became of letters, by column; a column shows where it is not empty, the first one always."""


class ToDo(NamedTuple):
    """One row of Do next."""

    verb: str
    look: str
    client: str
    why: tuple[str, ...]
    who: str


class Bar(NamedTuple):
    """One week of the chart; height and plan are pixels, None without a plan."""

    week: str
    number: str
    height: int
    is_low: bool
    plan: int | None
    plan_number: str


class Chart(NamedTuple):
    """Weeks side by side; legend explains the line of the plan, "" where there is none."""

    unit: str
    bars: tuple[Bar, ...]
    legend: str


class StaffRow(NamedTuple):
    """One person; width of 100, None without a plan."""

    name: str
    share: str
    width: int | None
    look: str
    bonus: str


class StaffTable(NamedTuple):
    """Everybody's month; has_mark: whether the bars are held against a plan of their own."""

    title: str
    share_column: str
    has_mark: bool
    rows: tuple[StaffRow, ...]


class TierRow(NamedTuple):
    """One tier; width of 100."""

    name: str
    clients: str
    width: int
    rose: str


class LetterTable(NamedTuple):
    """Campaigns with a number for each column; the title says whether other runs of the day have their own."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


class CellRow(NamedTuple):
    """One thing to mend, or a hint."""

    place: str
    says: str
    fix: str


def to_do(task: Task, tongue: PageLanguage) -> ToDo:
    """A task in words."""
    why = [_why(reason, tongue) for reason in task.reasons[:REASONS_SHOWN]]
    more = len(task.reasons) - len(why)
    return ToDo(
        verb=tongue.say(f"do_{task.verb}"),
        look=LOOKS.get(task.verb, "warn"),
        client=task.client.name or task.client.number,
        why=(*why, tongue.say("and_more", n=tongue.number(more))) if more else tuple(why),
        who=task.who or "–",
    )


def _why(reason: Reason, tongue: PageLanguage) -> str:
    match reason:
        case Held():
            return tongue.say("why_held", letter=tongue.letter(reason.occasion.campaign), reason=tongue.held(reason))
        case Problem():
            return f"{reason.place}: {tongue.problem(reason).says}"
        case Rose():
            return tongue.say("why_rose", tier=reason.tier)
        case _:
            return _why_late(reason, tongue)


def _why_late(late: Late, tongue: PageLanguage) -> str:
    promised, bought = tongue.day(late.promised), tongue.day(late.bought)
    return tongue.say("why_late" if late.number else "why_late_of", number=late.number, bought=bought, day=promised)


def chart(weeks: Sequence[WeekSales], tongue: PageLanguage) -> Chart:
    """The weeks as bars."""
    sums = [one.sales for one in weeks] + [one.plan for one in weeks if one.plan is not None]
    unit, top = tongue.unit(sums), max(*sums, 1)
    bars = tuple(_bar(one, top, tongue, unit) for one in weeks)
    return Chart(unit.name, bars, tongue.say("plan_line", amount=bars[-1].plan_number) if bars[-1].plan else "")


def _bar(week: WeekSales, top: int, tongue: PageLanguage, unit: Unit) -> Bar:
    height = _pixels(week.sales, top)
    return Bar(
        week=tongue.short_day(week.monday),
        number=tongue.in_unit(week.sales, unit),
        height=height,
        is_low=height < ROOM_FOR_NUMBER,
        plan=None if week.plan is None else _pixels(week.plan, top),
        plan_number="–" if week.plan is None else tongue.in_unit(week.plan, unit),
    )


def _pixels(amount: int, top: int) -> int:
    return half_up(Fraction(max(amount, 0) * PLOT, top))


def staff_table(month: StaffMonth, tongue: PageLanguage) -> StaffTable:
    """Everybody's month: how much of the own plan, or beside each other how much of the whole one."""
    if month.own_plans:
        own = tuple(_staff_row(one, one.share, _look(one), tongue) for one in month.people)
        return StaffTable(tongue.say("staff_own"), tongue.say("col_plan_met"), has_mark=True, rows=own)
    whole = tuple(_staff_row(one, _of_the_bar(one.share), "", tongue) for one in month.people)
    return StaffTable(tongue.say("staff_whole"), tongue.say("col_part_of_plan"), has_mark=False, rows=whole)


def _of_the_bar(share: Fraction | None) -> Fraction | None:
    """A part of a whole fills the same part of its bar."""
    return None if share is None else share * Fraction(100, FULL_PLAN)


def _look(one: StaffShare) -> str:
    """Behind the month, ahead of it, or the plan met."""
    return "low" if one.is_behind else "mid" if one.share is not None and one.share < 1 else ""


def _staff_row(one: StaffShare, bar: Fraction | None, look: str, tongue: PageLanguage) -> StaffRow:
    share = "–" if one.share is None else tongue.percent(one.share)
    width = None if bar is None else min(max(half_up(bar * FULL_PLAN), 0), 100)
    return StaffRow(one.name, share, width, look, _bonus(one, tongue))


def _bonus(one: StaffShare, tongue: PageLanguage) -> str:
    return tongue.money(one.bonus) if one.bonus else "–"


def tier_rows(tiers: Sequence[TierCount], tongue: PageLanguage) -> Iterator[TierRow]:
    """Tiers with their discount, and bars beside each other."""
    most = max((one.clients for one in tiers), default=0) or 1
    for one in tiers:
        discount = f" · {tongue.exact_percent(one.discount)}" if one.discount else ""
        name = f"{one.tier}{discount}" if one.tier else tongue.say("no_tier")
        rose = f"▲ {tongue.number(one.rose)}" if one.rose else "–"
        yield TierRow(name, tongue.number(one.clients), half_up(Fraction(100 * one.clients, most)), rose)


def letter_table(counts: Sequence[LetterCount], tongue: PageLanguage, sent: str) -> LetterTable:
    """The letters by campaign.

    Args:
        counts: one for each campaign.
        tongue: the language.
        sent: what happened to those that left: written or sent.
    """
    columns = _letter_columns(counts, sent)
    names = tuple(tongue.say(f"col_{key}") for key in columns)
    numbers = (tuple(map(tongue.number, row)) for row in zip(*columns.values(), strict=True))
    title = tongue.say("letters_of_run" if "today" in columns else "letters")
    return LetterTable(title, names, tuple(zip((_name(one, tongue) for one in counts), numbers, strict=True)))


def _letter_columns(counts: Sequence[LetterCount], sent: str) -> dict[str, list[int]]:
    others = {key: [_sum(one, states) for one in counts] for key, states in OTHER_STATES.items()}
    today = {"today": [one.today for one in counts]} if had_other_runs(counts) else {}
    return {
        "due": [one.due for one in counts],
        sent: [one.states[State.SENT] for one in counts],
        **today,
        "held": [one.held for one in counts],
        **{key: numbers for key, numbers in others.items() if key == "failed" or any(numbers)},
    }


def had_other_runs(counts: Iterable[LetterCount]) -> bool:
    """Whether more letters left on that day than this run's."""
    return any(one.today != one.states[State.SENT] for one in counts)


def _name(one: LetterCount, tongue: PageLanguage) -> str:
    name = tongue.letter(one.campaign)
    return name[:1].upper() + name[1:]


def _sum(one: LetterCount, states: frozenset[State]) -> int:
    return sum(one.states[state] for state in states)


def held_reasons(held: Iterable[Held], tongue: PageLanguage) -> tuple[tuple[str, str], ...]:
    """Why letters are held, the most frequent reason first."""
    counts = Counter(tongue.held(one) for one in held)
    return tuple((reason, tongue.number(number)) for reason, number in counts.most_common())


def cell_row(problem: Problem, tongue: PageLanguage) -> CellRow:
    """A problem in words."""
    return CellRow(problem.place, *tongue.problem(problem))
