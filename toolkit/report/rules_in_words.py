"""The loyalty rules of today in words."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from toolkit.book import ClientBook, TierStep
from toolkit.book.tabs.ladders import ladder_on
from toolkit.formatting import Formatter
from toolkit.report.sentences import plural
from toolkit.rules.loyalty.choices import Loyalty, PointsChoices

HELD: Final = {
    "no": "as long as that holds",
    "end of period": "kept to the end of the year",
    "end of next period": "kept to the end of the next year",
}
FALLS: Final = {"full": "", "one step": ", then down one tier a year", "never": ""}
ROUNDINGS: Final = {
    "floor": "rounded down",
    "nearest": "rounded to the nearest, half to even",
    "half up": "rounded half up",
}
RETURNS: Final = {"proportion": "in proportion", "line": "by the line that came back"}
BALANCES: Final = {
    "only pending": "only while they are pending",
    "never below zero": "never below zero",
    "unlimited": "even below zero",
}


def rule_lines(book: ClientBook, loyalty: Loyalty, formatter: Formatter, today: date) -> Iterator[str]:
    """Return one sentence for each rule in use."""
    ladder = ladder_on(book.tiers, today)
    for step in ladder:
        yield _tier(step, loyalty, formatter)
    if ladder and loyalty.counts_from > date.min:
        yield f"Purchases count towards a tier from {loyalty.counts_from}"
    for rung in ladder_on(book.discounts, today):
        if rung.discount:
            start = _from(formatter.money(rung.from_amount), loyalty, formatter)
            yield f"{formatter.share(rung.discount)} discount {start} over a lifetime"
    if any(step.points_rate for step in ladder):
        yield _points(loyalty.points)


def _from(amount: str, loyalty: Loyalty, formatter: Formatter) -> str:
    return formatter.say("explain", "from" if loyalty.inclusive else "over", amount=amount)


def _tier(step: TierStep, loyalty: Loyalty, formatter: Formatter) -> str:
    gives = [f"{formatter.share(step.discount)} discount"] if step.discount else []
    if step.points_rate:
        points = "1 point" if step.points_rate == 1 else f"{formatter.rate(step.points_rate)} points"
        gives.append(f"{points} for each {formatter.money(loyalty.unit)}")
    benefits = f": {', '.join(gives)}" if gives else ""
    if not step.from_amount:
        return f"{step.tier} for everybody{benefits}"
    start = f"{step.tier} {threshold(step, loyalty, formatter)} {window(loyalty, formatter)}"
    return f"{start}, {_held(step, loyalty)}{benefits}"


def threshold(step: TierStep, loyalty: Loyalty, formatter: Formatter) -> str:
    """Return a tier's threshold, such as from Ksh 10,000."""
    return _from(amount(step.from_amount, loyalty, formatter), loyalty, formatter)


def amount(minor: int, loyalty: Loyalty, formatter: Formatter) -> str:
    """Return a sum or a number of purchases."""
    if loyalty.measure == "spend":
        return formatter.money(minor)
    return formatter.count("explain", "purchases", minor // loyalty.unit)


def window(loyalty: Loyalty, formatter: Formatter) -> str:
    """Return the days that count, such as in the last 12 months."""
    months = loyalty.window.months
    if loyalty.window.by_year:
        return formatter.say("explain", "window_year")
    if not months:
        return formatter.say("explain", "window_lifetime")
    if months == 1:
        return formatter.say("explain", "window_month")
    return formatter.count("explain", "window_months", months)


def _held(step: TierStep, loyalty: Loyalty) -> str:
    if step.keeps or loyalty.fall == "never":
        return "kept for good"
    held = "end of period" if loyalty.fall == "one step" and loyalty.held == "no" else loyalty.held
    return f"{HELD[held]}{FALLS[loyalty.fall]}"


def _points(points: PointsChoices) -> str:
    waits = f", usable after {plural(points.pending_days, 'day')}" if points.pending_days else ""
    ends = f"expire {plural(points.months, 'month')} after earning" if points.months else "never expire"
    back = f"returns take them back {RETURNS[points.returns]}, {BALANCES[points.balance]}"
    return f"Points: {ROUNDINGS[points.rounding]} for each {points.per}{waits}, {ends}; {back}"
