"""The loyalty rules read back in words, as the settings and the tabs say them today."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from toolkit.book.client_book import ClientBook
from toolkit.book.tabs.ladders import TierStep, ladder_on
from toolkit.report.sentences import Voice, many
from toolkit.rules.loyalty.choices import Loyalty, PointsChoices

HELD = {
    "no": "as long as that holds",
    "end of period": "kept to the end of the year",
    "end of next period": "kept to the end of the next year",
}
FALLS = {"full": "", "one step": ", then falling one step a year", "never": ""}
ROUNDINGS = {"floor": "rounded down", "nearest": "rounded to the nearest", "half up": "rounded, a half up"}
RETURNS = {"proportion": "in proportion", "line": "by the line that came back"}
BALANCES = {
    "only pending": "only while they are pending",
    "never below zero": "never below zero",
    "unlimited": "even below zero",
}


def rule_lines(book: ClientBook, loyalty: Loyalty, voice: Voice, today: date) -> Iterator[str]:
    """One sentence a tier, a discount and the points; nothing where the tabs are not used."""
    ladder = ladder_on(book.tiers, today)
    for step in ladder:
        yield _tier(step, loyalty, voice)
    if ladder and loyalty.counts_from > date.min:
        yield f"Purchases count for a tier from {loyalty.counts_from} on"
    for rung in ladder_on(book.discounts, today):
        if rung.discount:
            yield f"{_share(rung.discount)} discount {_from(rung.from_amount, loyalty, voice)} over a lifetime"
    if any(step.points_rate for step in ladder):
        yield _points(loyalty.points)


def _from(amount: int, loyalty: Loyalty, voice: Voice) -> str:
    return voice.explained("from" if loyalty.inclusive else "over", amount=voice.money(amount))


def _tier(step: TierStep, loyalty: Loyalty, voice: Voice) -> str:
    gives = [f"{_share(step.discount)} discount"] if step.discount else []
    if step.points_rate:
        points = "1 point" if step.points_rate == 1 else f"{step.points_rate.normalize():f} points"
        gives.append(f"{points} for each {voice.money(loyalty.unit)}")
    given = f"; {', '.join(gives)}" if gives else ""
    if not step.from_amount:
        return f"{step.tier} for everybody{given}"
    return f"{step.tier} {threshold(step, loyalty, voice)} {window(loyalty, voice)}, {_held(step, loyalty)}{given}"


def threshold(step: TierStep, loyalty: Loyalty, voice: Voice) -> str:
    """From which amount or number a tier is reached: from Ksh 10,000."""
    if loyalty.measure == "spend":
        return _from(step.from_amount, loyalty, voice)
    number = voice.explained("purchases", n=str(step.from_amount // loyalty.unit))
    return voice.explained("from" if loyalty.inclusive else "over", amount=number)


def window(loyalty: Loyalty, voice: Voice) -> str:
    """The days that count, in words."""
    months = loyalty.window.months
    if loyalty.window.by_year:
        return voice.explained("window_year")
    if not months:
        return voice.explained("window_lifetime")
    return voice.explained("window_months", n=str(months)) if months > 1 else voice.explained("window_month")


def _held(step: TierStep, loyalty: Loyalty) -> str:
    if step.keeps or loyalty.fall == "never":
        return "kept for good"
    held = "end of period" if loyalty.fall == "one step" and loyalty.held == "no" else loyalty.held
    return f"{HELD[held]}{FALLS[loyalty.fall]}"


def _points(points: PointsChoices) -> str:
    waits = f", usable after {many(points.pending_days, 'day')}" if points.pending_days else ""
    ends = f"expire {many(points.months, 'month')} after earning" if points.months else "never expire"
    back = f"returns take them back {RETURNS[points.returns]}, {BALANCES[points.balance]}"
    return f"Points: {ROUNDINGS[points.rounding]} for each {points.per}{waits}, {ends}; {back}"


def _share(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"
