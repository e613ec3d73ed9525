"""The reasons for a client's standing, line by line.

The values come from the same functions that decide; report/client_explained.py finds the words.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from toolkit.book import ClientBook, Purchase, TierStep
from toolkit.book.tabs.ladders import DiscountStep
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.discounts import Discount
from toolkit.rules.loyalty.spend import net
from toolkit.rules.loyalty.standing import Rules, Standing


class Counts(StrEnum):
    """The part of a line that counts on the day asked for."""

    WINDOW = "tier and lifetime"
    LIFETIME = "lifetime only"
    LATER = "not yet"
    NOT_PAID = "not paid"
    NOT_COUNTED = "product does not count"
    RETURN = "taken off its purchase"


@dataclass(frozen=True, slots=True)
class ClientLine:
    """One line of the client's purchases.

    Args:
        left: what returns have left of it, in minor units; 0 where it counts for nothing.
        running: what counted in the window up to this line: minor units, or purchases times the unit.
        discount: the one that held on its day, before it: no purchase earns its own.
    """

    purchase: Purchase
    counts: Counts
    left: int
    running: int
    discount: Discount


@dataclass(frozen=True, slots=True)
class ClientExplained:
    """One client's standing with all that made it.

    Args:
        starts: the first day of the tier's window; date.min for a lifetime.
        row: the row of the Tiers tab that holds; None without a ladder.
        borne: the tier that the window alone bears; where it is lower than the row, the row is held, kept or set.
        step: the row of the Discounts tab that holds.
        rates: points for a whole unit of money, by the days on which some were earned.
    """

    standing: Standing
    loyalty: Loyalty
    starts: date
    lines: tuple[ClientLine, ...]
    row: TierStep | None
    borne: TierStep | None
    step: DiscountStep | None
    rates: Mapping[date, Decimal]


def explain_client(book: ClientBook, loyalty: Loyalty, number: str, today: date) -> ClientExplained | None:
    """Explain a client on a day, or None for an unknown number."""
    client = next((client for client in book.clients if client.number == number), None)
    if client is None:
        return None
    rules = Rules(book, loyalty)
    history = rules.spend_history(number, today)
    ladder = rules.tiers.ladders.on(today)
    standing = rules.standing(client, today)
    return ClientExplained(
        standing=standing,
        loyalty=loyalty,
        starts=max(loyalty.window.starts(today), loyalty.counts_from),
        lines=tuple(_Lines(rules, standing).told()),
        row=next((step for step in ladder if step.tier == standing.tier), None),
        borne=rules.tiers.reached_on(history, today),
        step=rules.discounts.reached(today, standing.spent),
        rates={
            entry.day: rules.eve(number, entry.day).points_rate
            for entry in standing.points.entries
            if entry.what == "earned"
        },
    )


class _Lines:
    def __init__(self, rules: Rules, standing: Standing) -> None:
        self._rules = rules
        self._standing = standing
        self._starts = max(rules.loyalty.window.starts(standing.as_of), rules.loyalty.counts_from)

    def told(self) -> Iterator[ClientLine]:
        client, today = self._standing.client, self._standing.as_of
        counting = self._rules.lines(client.number, today)
        left = {line.row: amount for line, amount in zip(*net(counting), strict=True)}
        known = {line.row for line in counting}
        running, seen = 0, set[str]()
        for line in self._rules.book.purchases_by_client.get(client.number, ()):
            counts = self._counts(line, known)
            amount = left.get(line.row, 0)
            running += self._counted(line, amount, seen) if counts is Counts.WINDOW else 0
            seen |= {line.number} if amount else set()
            yield ClientLine(line, counts, amount, running, self._rules.eve(line.client, line.date).discount)

    def _counted(self, line: Purchase, left: int, seen: Collection[str]) -> int:
        """Return what a line adds.

        Where purchases count, only the first line of a purchase adds one.
        """
        if self._rules.loyalty.measure == "spend":
            return left
        return self._rules.loyalty.unit if left and not (line.number and line.number in seen) else 0

    def _counts(self, line: Purchase, counting: Collection[int]) -> Counts:
        if line.date > self._standing.as_of:
            return Counts.LATER
        if not line.is_paid:
            return Counts.NOT_PAID
        if line.row not in counting:
            return Counts.NOT_COUNTED
        if line.is_return:
            return Counts.RETURN
        return Counts.WINDOW if line.date >= self._starts else Counts.LIFETIME
