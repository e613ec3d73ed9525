"""A client's standing in words that can be pasted to the client who asks."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from toolkit.report.rules_told import threshold, window
from toolkit.report.sentences import Voice
from toolkit.rules.discounts import Discount
from toolkit.rules.explain_client import ClientExplained, ClientLine, Counts
from toolkit.rules.points import Points
from toolkit.rules.standing import Standing

ENTRIES = {"earned": "earned", "spent": "spent on", "returned": "taken back for", "expired": "expired from"}


def client_lines(told: ClientExplained, voice: Voice) -> Iterator[str]:
    """Each purchase with what it counted for, the rule that holds, the discount, the points, what lies ahead."""
    one = told.standing
    yield f"{one.client.number} {one.client.name} on {one.as_of}: {one.tier or 'no tier'}"
    yield f"Counted for the tier: paid purchases {_span(told, one.as_of)}, less returns; no line is rounded again."
    yield from (f"  {_line(line, voice)}" for line in told.lines)
    yield f"Counted: {_amount(one.counted, told, voice)} {window(told.loyalty)}; lifetime {voice.money(one.spent)}."
    yield from _tier(told, voice)
    yield _discount(told)
    yield from _ahead(told, voice)
    yield from _points(one.points)
    if one.due:
        yield f"Due, for a person to grant: {', '.join(reward.reward for reward in one.due)}."


def _span(told: ClientExplained, today: date) -> str:
    return f"from {told.starts} to {today}" if told.starts > date.min else f"to {today}"


def _line(line: ClientLine, voice: Voice) -> str:
    one = line.purchase
    number = f" {one.number}" if one.number else ""
    what = f", {one.product}" if one.product else ""
    paid = f"{one.date}{number}{what}: {voice.money(one.amount)}"
    if line.counts is Counts.WINDOW:
        came_back = f", {voice.money(line.left)} left after returns" if line.left != one.amount else ""
        return f"{paid}{came_back}; running total {voice.money(line.running)}{_then(line.discount)}"
    return f"{paid}; counts for: {line.counts}"


def _then(discount: Discount) -> str:
    """The discount with which the client came to buy."""
    return f"; discount that day {_share(discount.share)} by the {discount.because}" if discount.share else ""


def _share(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %"


def _amount(amount: int, told: ClientExplained, voice: Voice) -> str:
    if told.loyalty.measure == "spend":
        return voice.money(amount)
    return f"{amount // told.loyalty.unit} purchases"


def _tier(told: ClientExplained, voice: Voice) -> Iterator[str]:
    one, row = told.standing, told.row
    if row is None:
        yield "No ladder of tiers holds on that day."
        return
    yield f"Rule: Tiers row {row.row}, {row.tier} {threshold(row, told.loyalty, voice)}, valid from {row.since}."
    if one.override:
        reason = one.client.override_reason or "no reason written"
        yield f"The tier was set by hand: {reason}."
    elif told.borne is not None and told.borne.tier != one.tier:
        yield f"The purchases alone would bear {told.borne.tier}; {one.tier} was reached before and is still held."


def _discount(told: ClientExplained) -> str:
    one = told.standing
    if one.discount.because == "none":
        return "Discount for the next purchase: none."
    by = f"the tier {one.tier}"
    if one.discount.because == "ladder" and told.step is not None:
        by = f"the lifetime ladder, Discounts row {told.step.row}, which is higher than the tier's"
    return f"Discount for the next purchase: {_share(one.discount.share)}, by {by}."


def _ahead(told: ClientExplained, voice: Voice) -> Iterator[str]:
    one = told.standing
    if one.to_next is not None:
        by = f" by {one.reach_by}" if one.reach_by else ""
        yield f"To reach {one.next_tier}: {_amount(one.to_next, told, voice)} more{by}."
    if one.kept_until is not None:
        yield f"{one.tier} stays until {one.kept_until}{_keeping(one, told, voice)}."


def _keeping(one: Standing, told: ClientExplained, voice: Voice) -> str:
    if one.to_keep is None:
        return ""
    return f"; to keep it longer: {_amount(one.to_keep, told, voice)} more by {one.keep_by}"


def _points(points: Points) -> Iterator[str]:
    if not points.entries:
        return
    waiting = f", {points.pending} more pending" if points.pending else ""
    yield f"Points: {points.usable} usable{waiting}."
    for entry in points.entries:
        last = f", usable until {entry.last_day}" if entry.last_day else ""
        yield f"  {entry.day} {ENTRIES[entry.what]} {entry.of}: {entry.points:+}, balance {entry.balance}{last}"
    yield from _refused(points)


def _refused(points: Points) -> Iterable[str]:
    for one in points.refused:
        yield f"  {one.given.date} {one.given.reward}: {one.given.points} asked, only {one.had} there; not counted"
