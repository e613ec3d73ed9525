"""Amounts and days that reach the next tier or keep this one (RULES.md, Tiers)."""

from datetime import date
from typing import NamedTuple

from toolkit.book import TierStep
from toolkit.rules.loyalty.spend import ONE_DAY
from toolkit.rules.loyalty.spend_history import SpendHistory
from toolkit.rules.loyalty.tiers import TierRule


class Outlook(NamedTuple):
    """The future of a client who buys nothing more.

    Amounts are minor units, or purchases times the unit.

    Args:
        amount: what counts today, in the window that ends with it.
        above: the next tier; None at the top.
        to_next: how much more reaches it.
        reach_by: the last day on which that much is enough; None where it stays enough.
        kept_until: the last day of this tier; None where it never falls.
        to_keep: how much more keeps the tier beyond that day; None where it never falls.
        keep_by: the last day on which that much is enough.
    """

    amount: int
    above: TierStep | None = None
    to_next: int | None = None
    reach_by: date | None = None
    kept_until: date | None = None
    to_keep: int | None = None
    keep_by: date | None = None


def outlook(rule: TierRule, history: SpendHistory, day: date, tier: TierStep | None) -> Outlook:
    """Look ahead from a day for a client on a tier."""
    ladder, rank, missing = rule.ladders.on(day), rule.rank_of(tier, day), rule.loyalty.missing
    above = ladder[rank + 1] if rank + 1 < len(ladder) else None
    amount = rule.measured(history, day)
    until = _kept_until(rule, history, day, rank) if rank > 0 else None
    keep_by = _keep_by(rule, until)
    return Outlook(
        amount,
        above,
        missing(above.from_amount, amount) if above else None,
        _reach_by(rule, history, day) if above else None,
        until,
        missing(ladder[rank].from_amount, rule.measured(history, keep_by)) if keep_by else None,
        keep_by,
    )


def _reach_by(rule: TierRule, history: SpendHistory, day: date) -> date | None:
    """Return the last day on which all of today's spend counts."""
    window = rule.loyalty.window
    if window.by_year:
        return rule.lasts[day]
    first = history.first_in(rule.starts[day], day) if window.months else None
    return rule.lasts[first] if first else None


def _kept_until(rule: TierRule, history: SpendHistory, day: date, rank: int) -> date | None:
    """Return the last day of a tier above the ground."""
    if rule.loyalty.fall == "never" or rule.kept_rank(history, day) >= rank:
        return None
    borne = _borne_until(rule, history, day, rule.ladders.on(day)[rank])
    if borne is not None:
        return rule.held_until[borne] if borne < date.max else None
    return rule.held_until[day] if rule.reached_this_year(history, day) >= rank else date(day.year, 12, 31)


def _borne_until(rule: TierRule, history: SpendHistory, day: date, step: TierStep) -> date | None:
    """Return the last day on which the window alone bears a tier.

    None where it does not bear it today.
    """
    least = rule.loyalty.reaches(step.from_amount)
    if rule.measured(history, day) < least:
        return None
    return rule.lasts[history.falls_below(least, rule.starts[day], day)]


def _keep_by(rule: TierRule, until: date | None) -> date | None:
    """Return the day on which the tier must be reached again.

    It is the tier's last day where that prolongs it, else the day after.
    """
    if until is None:
        return None
    return until if rule.held_until[until] > until else until + ONE_DAY
