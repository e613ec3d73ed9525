"""The output of `explain` (rules/RULES.md, Explain)."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from toolkit.app.shop import Shop
from toolkit.book import Tab
from toolkit.book.tabs.ladders import DISCOUNTS, TIERS
from toolkit.book.tabs.staff import staff_names
from toolkit.errors import SetupError
from toolkit.formatting import Formatter
from toolkit.report import bonus_pages
from toolkit.report.find_client import clients_called, nearest_called, several_match
from toolkit.report.rules_in_words import amount, threshold, window
from toolkit.rules.loyalty.choices import Loyalty, PointsChoices
from toolkit.rules.loyalty.discounts import Discount
from toolkit.rules.loyalty.explain_client import ClientExplained, ClientLine, Counts, explain_client
from toolkit.rules.loyalty.points import LedgerEntry

TabNames: TypeAlias = Callable[[Tab[Any]], str]


def explain_lines(shop: Shop, query: str, today: date, formatter: Formatter) -> Iterator[str]:
    """Explain a client or a staff member.

    Raises:
        SetupError: no client or staff member matches, or several do.
    """
    kind, number = _find(shop, query)
    if kind == "client":
        explained = explain_client(shop.book, shop.choices.loyalty, number, today)
        return client_lines(explained, formatter, shop.open_book.team_tab_name) if explained else iter(())
    return bonus_pages.explain_lines(shop, number, today.replace(day=1))


def _find(shop: Shop, query: str) -> tuple[str, str]:
    staff = staff_names(shop.book.staff)
    matches = [("client", client.number) for client in clients_called(shop.book, query)]
    if number := staff.get(query.casefold()):
        matches.append(("staff", number))
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise several_match(query, "people", [f"{kind} {number}" for kind, number in matches])
    near = nearest_called(shop.book, query, staff)
    raise SetupError(
        f'No client or staff member "{query}" in {shop.open_book.workbook.name}',
        why="nobody has that number or name",
        next_step=f"sheetclerk explain {near}" if near else "look the number up in the workbook",
    )


def client_lines(explained: ClientExplained, formatter: Formatter, tab_names: TabNames) -> Iterator[str]:
    """Explain a client's purchases, tier, discount, next tier and points.

    Args:
        explained: the client's standing and how it came about.
        formatter: the reader's language.
        tab_names: what the team calls a tab.
    """
    return _ClientExplanation(explained, formatter, tab_names).lines()


class _ClientExplanation:
    def __init__(self, explained: ClientExplained, formatter: Formatter, tab_names: TabNames) -> None:
        self._explained = explained
        self._format = formatter
        self._tab_names = tab_names

    @property
    def _loyalty(self) -> Loyalty:
        return self._explained.loyalty

    def _say(self, key: str, **values: str) -> str:
        return self._format.say("explain", key, **values)

    def _amount(self, minor: int) -> str:
        return amount(minor, self._loyalty, self._format)

    def lines(self) -> Iterator[str]:
        explained, standing = self._explained, self._explained.standing
        client, tier = standing.client, standing.tier or self._say("no_tier")
        yield self._say("head", number=client.number, name=client.name, day=str(standing.as_of), tier=tier)
        yield self._say("counting", span=self._span())
        yield from (f"  {self._line(line)}" for line in explained.lines)
        yield self._say(
            "counted",
            amount=self._amount(standing.counted),
            window=window(self._loyalty, self._format),
            spent=self._format.money(standing.spent),
        )
        yield from self._tier()
        yield self._discount()
        yield from self._next_tier()
        yield from self._points()
        if standing.due:
            yield self._say("due", rewards=", ".join(reward.reward for reward in standing.due))

    def _span(self) -> str:
        first, last = self._explained.starts, str(self._explained.standing.as_of)
        return (
            self._say("span_from", first=str(first), last=last) if first > date.min else self._say("span_to", last=last)
        )

    def _line(self, line: ClientLine) -> str:
        purchase = line.purchase
        number = f" {purchase.number}" if purchase.number else ""
        product = f", {purchase.product}" if purchase.product else ""
        paid = f"{purchase.date}{number}{product}: {self._format.money(purchase.amount)}"
        if line.counts is not Counts.WINDOW:
            return paid + self._say("counts_for", what=self._say(f"counts_{line.counts.name.lower()}"))
        has_returns = line.left != purchase.amount
        left = self._say("left", amount=self._format.money(line.left)) if has_returns else ""
        running = self._say("running", amount=self._amount(line.running))
        return f"{paid}{left}{running}{self._discount_then(line.discount)}"

    def _discount_then(self, discount: Discount) -> str:
        share = self._format.share(discount.share)
        return self._say(f"then_{discount.because}", share=share) if discount.share else ""

    def _tier(self) -> Iterator[str]:
        explained, standing, row = self._explained, self._explained.standing, self._explained.row
        if row is None:
            yield self._say("no_ladder")
            return
        yield self._say(
            "rule",
            tab=self._tab_names(TIERS),
            row=str(row.row),
            tier=row.tier,
            threshold=threshold(row, self._loyalty, self._format),
            since=str(row.since),
        )
        if standing.override:
            yield self._say("by_hand", reason=standing.client.override_reason or self._say("no_reason"))
            if explained.lines:
                yield self._say("by_hand_since")
        elif explained.borne is not None and explained.borne.tier != standing.tier:
            yield self._say("still_held", borne=explained.borne.tier, tier=standing.tier)

    def _discount(self) -> str:
        standing, step = self._explained.standing, self._explained.step
        if standing.discount.because == "none":
            return self._say("discount_none")
        share = self._format.share(standing.discount.share)
        if standing.discount.because == "ladder" and step is not None:
            return self._say("discount_ladder", share=share, tab=self._tab_names(DISCOUNTS), row=str(step.row))
        return self._say("discount_tier", share=share, tier=standing.tier)

    def _next_tier(self) -> Iterator[str]:
        standing = self._explained.standing
        if standing.to_next is not None:
            key, more = "reach_by" if standing.reach_by else "reach", self._amount(standing.to_next)
            yield self._say(key, tier=standing.next_tier, amount=more, day=str(standing.reach_by))
        if standing.kept_until is None:
            return
        tier, day = standing.tier, str(standing.kept_until)
        if standing.to_keep is None:
            yield self._say("stays", tier=tier, day=day)
        else:
            more = self._amount(standing.to_keep)
            yield self._say("keep", tier=tier, day=day, amount=more, until=str(standing.keep_by))

    def _points(self) -> Iterator[str]:
        points = self._explained.standing.points
        if not points.entries:
            return
        key = "points_pending" if points.pending else "points"
        yield self._say(key, n=str(points.usable), pending=str(points.pending))
        yield self._rounding(self._loyalty.points)
        yield from (f"  {self._entry(entry)}" for entry in points.entries)
        for refused in points.refused:
            given, numbers = refused.given, {"asked": str(refused.given.points), "had": str(refused.had)}
            yield f"  {given.date} {given.reward}: {self._say('refused', **numbers)}"

    def _rounding(self, points: PointsChoices) -> str:
        how = self._say(f"rounding_{points.rounding.replace(' ', '_')}")
        return self._say("rounding", how=how, grain=self._say(f"grain_{points.per}"))

    def _entry(self, entry: LedgerEntry) -> str:
        rate = self._at_rate(self._explained.rates[entry.day]) if entry.what == "earned" else ""
        last = self._say("usable_until", day=str(entry.last_day)) if entry.last_day else ""
        kind, balance = self._say(f"entry_{entry.what}", of=entry.of), self._say("balance", n=str(entry.balance))
        return f"{entry.day} {kind}: {entry.points:+}{rate}{balance}{last}"

    def _at_rate(self, rate: Decimal) -> str:
        return self._say("at_rate", n=self._format.rate(rate), unit=self._format.money(self._loyalty.unit))
