"""A client's standing in the shop's language, in words that can be pasted to the client who asks."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from toolkit.book.tab import Tab
from toolkit.book.tabs.ladders import DISCOUNTS, TIERS
from toolkit.report.rules_in_words import threshold, window
from toolkit.report.sentences import Voice
from toolkit.rules.loyalty.choices import PointsChoices
from toolkit.rules.loyalty.discounts import Discount
from toolkit.rules.loyalty.explain_client import ClientExplained, ClientLine, Counts
from toolkit.rules.loyalty.points import LedgerEntry, Points
from toolkit.rules.loyalty.standing import Standing

TabNames: TypeAlias = Callable[[Tab[Any]], str]


def client_lines(told: ClientExplained, voice: Voice, team: TabNames) -> Iterator[str]:
    """Each purchase with what it counted for, the rule that holds, the discount, the points, what lies ahead.

    Args:
        told: what is explained.
        voice: in whose language.
        team: what the team calls a tab.
    """
    one, say = told.standing, voice.explained
    who = {"number": one.client.number, "name": one.client.name, "day": str(one.as_of)}
    yield say("head", **who, tier=one.tier or say("no_tier"))
    yield say("counting", span=_span(told, one.as_of, voice))
    yield from (f"  {_line(line, told, voice)}" for line in told.lines)
    counted = _amount(one.counted, told, voice)
    yield say("counted", amount=counted, window=window(told.loyalty, voice), spent=voice.money(one.spent))
    yield from _tier(told, voice, team(TIERS))
    yield _discount(told, voice, team(DISCOUNTS))
    yield from _ahead(told, voice)
    yield from _points(one.points, told, voice)
    if one.due:
        yield say("due", rewards=", ".join(reward.reward for reward in one.due))


def _span(told: ClientExplained, today: date, voice: Voice) -> str:
    if told.starts > date.min:
        return voice.explained("span_from", first=str(told.starts), last=str(today))
    return voice.explained("span_to", last=str(today))


def _line(line: ClientLine, told: ClientExplained, voice: Voice) -> str:
    one = line.purchase
    number = f" {one.number}" if one.number else ""
    what = f", {one.product}" if one.product else ""
    paid = f"{one.date}{number}{what}: {voice.money(one.amount)}"
    if line.counts is not Counts.WINDOW:
        return paid + voice.explained("counts_for", what=voice.explained(f"counts_{line.counts.name.lower()}"))
    came_back = voice.explained("left", amount=voice.money(line.left)) if line.left != one.amount else ""
    running = voice.explained("running", amount=_amount(line.running, told, voice))
    return f"{paid}{came_back}{running}{_then(line.discount, voice)}"


def _then(discount: Discount, voice: Voice) -> str:
    """The discount with which the client came to buy."""
    return voice.explained(f"then_{discount.because}", share=_share(discount.share, voice)) if discount.share else ""


def _share(share: Decimal, voice: Voice) -> str:
    return f"{voice.number(share * 100)} %"


def _amount(amount: int, told: ClientExplained, voice: Voice) -> str:
    if told.loyalty.measure == "spend":
        return voice.money(amount)
    return voice.explained("purchases", n=str(amount // told.loyalty.unit))


def _tier(told: ClientExplained, voice: Voice, tab: str) -> Iterator[str]:
    one, row, say = told.standing, told.row, voice.explained
    if row is None:
        yield say("no_ladder")
        return
    starts = threshold(row, told.loyalty, voice)
    yield say("rule", tab=tab, row=str(row.row), tier=row.tier, threshold=starts, since=str(row.since))
    if one.override:
        yield say("by_hand", reason=one.client.override_reason or say("no_reason"))
        if told.lines:
            yield say("by_hand_since")
    elif told.borne is not None and told.borne.tier != one.tier:
        yield say("still_held", borne=told.borne.tier, tier=one.tier)


def _discount(told: ClientExplained, voice: Voice, tab: str) -> str:
    one, say = told.standing, voice.explained
    if one.discount.because == "none":
        return say("discount_none")
    share = _share(one.discount.share, voice)
    if one.discount.because == "ladder" and told.step is not None:
        return say("discount_ladder", share=share, tab=tab, row=str(told.step.row))
    return say("discount_tier", share=share, tier=one.tier)


def _ahead(told: ClientExplained, voice: Voice) -> Iterator[str]:
    one = told.standing
    if one.to_next is not None:
        more = {"tier": one.next_tier, "amount": _amount(one.to_next, told, voice)}
        key = "reach_by" if one.reach_by else "reach"
        yield voice.explained(key, **more, day=str(one.reach_by))
    if one.kept_until is not None:
        yield _keeping(one, told, voice)


def _keeping(one: Standing, told: ClientExplained, voice: Voice) -> str:
    stays = {"tier": one.tier, "day": str(one.kept_until)}
    if one.to_keep is None:
        return voice.explained("stays", **stays)
    return voice.explained("keep", **stays, amount=_amount(one.to_keep, told, voice), until=str(one.keep_by))


def _points(points: Points, told: ClientExplained, voice: Voice) -> Iterator[str]:
    if not points.entries:
        return
    numbers = {"n": str(points.usable), "pending": str(points.pending)}
    yield voice.explained("points_pending" if points.pending else "points", **numbers)
    yield _rounding(told.loyalty.points, voice)
    yield from (f"  {_entry(one, told, voice)}" for one in points.entries)
    yield from _refused(points, voice)


def _rounding(points: PointsChoices, voice: Voice) -> str:
    how = voice.explained(f"rounding_{points.rounding.replace(' ', '_')}")
    return voice.explained("rounding", how=how, grain=voice.explained(f"grain_{points.per}"))


def _entry(one: LedgerEntry, told: ClientExplained, voice: Voice) -> str:
    rate = _at_rate(told.rates[one.day], told, voice) if one.what == "earned" else ""
    last = voice.explained("usable_until", day=str(one.last_day)) if one.last_day else ""
    what = voice.explained(f"entry_{one.what}", of=one.of)
    return f"{one.day} {what}: {one.points:+}{rate}{voice.explained('balance', n=str(one.balance))}{last}"


def _at_rate(rate: Decimal, told: ClientExplained, voice: Voice) -> str:
    return voice.explained("at_rate", n=voice.number(rate), unit=voice.money(told.loyalty.unit))


def _refused(points: Points, voice: Voice) -> Iterable[str]:
    for one in points.refused:
        numbers = {"asked": str(one.given.points), "had": str(one.had)}
        yield f"  {one.given.date} {one.given.reward}: {voice.explained('refused', **numbers)}"
