"""Where one client stands: everything of the rules that a letter, a tab or a script may use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.book.client_book import ClientBook
from toolkit.book.clients import Client
from toolkit.book.ladders import TierStep
from toolkit.book.purchases import Purchase
from toolkit.rules.account import Account, account
from toolkit.rules.discounts import NO_DISCOUNT, Discount, discount_for
from toolkit.rules.effective import Ladders
from toolkit.rules.loyalty import Loyalty, Measure
from toolkit.rules.outlook import Outlook, outlook
from toolkit.rules.spend import ONE_DAY, counted
from toolkit.rules.tiers import TierRule

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """One client on one day. Money is in minor units.

    Args:
        tier: its name; "" where no ladder holds on that day.
        spent: lifetime, net of returns.
        counted: in the tier's window: money, or purchases times the minor units of one.
        discount: the one that holds for the next purchase; no purchase earns its own.
        next_tier: the tier above; "" at the top.
        to_next: how much more in the window reaches it; None at the top.
        progress: how far from this tier to the next, 0 to 1; 1 at the top.
        rose: whether the tier is higher than a week ago.
        last_bought: the day of the last paid purchase.
        measure: what counted and to_next count.
        rose_on: the day on which it rose within the last week.
        reach_by: the last day on which to_next is enough; None where it stays enough.
        kept_until: the last day of this tier if nothing more is bought; None where it never falls.
        to_keep: how much more keeps it beyond that day; None where it never falls.
        keep_by: the last day on which to_keep is enough.
        override: whether a person set the tier.
    """

    client: Client
    as_of: date
    tier: str = ""
    spent: int = 0
    counted: int = 0
    discount: Discount = NO_DISCOUNT
    next_tier: str = ""
    next_discount: Discount = NO_DISCOUNT
    to_next: int | None = None
    progress: float = 1.0
    rose: bool = False
    last_bought: date | None = None
    measure: Measure = "spend"
    rose_on: date | None = None
    reach_by: date | None = None
    kept_until: date | None = None
    to_keep: int | None = None
    keep_by: date | None = None
    override: bool = False

    def quiet_for(self, days: int) -> bool:
        """Whether a client who has bought before has not bought for more than so many days."""
        return self.last_bought is not None and self.as_of - self.last_bought > timedelta(days=days)


def standings(book: ClientBook, loyalty: Loyalty, today: date) -> tuple[Standing, ...]:
    """Where every client stands, in the order of the Clients tab; who has not bought has spent 0."""
    rules = Rules(book, loyalty)
    return tuple(rules.standing(client, today) for client in book.clients)


class Rules:
    """The loyalty rules of one book, asked client by client."""

    def __init__(self, book: ClientBook, loyalty: Loyalty) -> None:
        self.book = book
        self.loyalty = loyalty
        self.tiers = TierRule(book.tiers, loyalty)
        self.discounts = Ladders(book.discounts)
        self._not_counted = frozenset(one.product for one in book.products if one.product and not one.counts)

    def lines(self, client: str, day: date) -> Sequence[Purchase]:
        """What counts of a client's lines, as it was known on a day."""
        return counted(self.book.purchases_by_client.get(client, ()), day, self._not_counted)

    def tier(self, client: Client, one: Account, day: date) -> TierStep | None:
        """The tier on a day: what a person set, else what the purchases bear."""
        return self.override(client, day) or self.tiers.on(one, day)

    def override(self, client: Client, day: date) -> TierStep | None:
        """The tier that a person set, while it lasts; its last day is usable."""
        if not client.tier_override or (client.override_until or date.max) < day:
            return None
        return next((step for step in self.tiers.ladders.on(day) if step.tier == client.tier_override), None)

    def discount(self, one: Account, day: date, tier: TierStep | None) -> Discount:
        """The discount that holds on a day for an account on a tier."""
        return discount_for(one.spent, self.discounts.on(day), tier)

    def standing(self, client: Client, today: date) -> Standing:
        """Where one client stands."""
        lines = self.lines(client.number, today)
        one = account(lines, self.loyalty)
        tier, override = self.tier(client, one, today), self.override(client, today)
        ahead = outlook(self.tiers, one, today, tier)
        rose_on = self._rose_on(client, lines, one, today)
        return Standing(
            client=client,
            as_of=today,
            tier=tier.tier if tier else "",
            spent=one.spent,
            counted=self.tiers.measured(one, today),
            discount=self.discount(one, today, tier),
            next_tier=ahead.above.tier if ahead.above else "",
            next_discount=self.discount(one, today, ahead.above) if ahead.above else NO_DISCOUNT,
            to_next=ahead.to_next,
            progress=self._progress(one, today, tier, ahead),
            rose=rose_on is not None,
            last_bought=one.last_bought,
            measure=self.loyalty.measure,
            rose_on=rose_on,
            reach_by=ahead.reach_by,
            kept_until=client.override_until if override else ahead.kept_until,
            to_keep=None if override else ahead.to_keep,
            keep_by=None if override else ahead.keep_by,
            override=override is not None,
        )

    def _progress(self, one: Account, today: date, tier: TierStep | None, ahead: Outlook) -> float:
        if ahead.above is None:
            return 1.0
        start = tier.from_amount if tier else 0
        way = max(self.tiers.measured(one, today) - start, 0) / (ahead.above.from_amount - start)
        return min(way, 1.0)

    def _rose_on(self, client: Client, lines: Sequence[Purchase], one: Account, today: date) -> date | None:
        """The day of the last seven on which the tier rose above that of a week ago; None where it did not."""
        week_ago = today - A_WEEK
        then = account([line for line in lines if line.date <= week_ago], self.loyalty) if _came_back(lines) else one
        rank, before = self._rank(client, one, today), self._rank(client, then, week_ago, today)
        if before < 0 or rank <= before:
            return None
        days = [today - ONE_DAY * ago for ago in range(7)]
        return min(day for day in days if self._rank(client, one, day, today) >= rank)

    def _rank(self, client: Client, one: Account, day: date, asked: date | None = None) -> int:
        return self.tiers.rank_of(self.tier(client, one, day), asked or day)


def _came_back(lines: Sequence[Purchase]) -> bool:
    return any(line.is_return for line in lines)
