"""Where one client stands: everything of the rules that a letter, a tab or a script may use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.book.client_book import ClientBook
from toolkit.book.clients import Client
from toolkit.book.ladders import DiscountStep, TierStep
from toolkit.book.purchases import Purchase
from toolkit.rules.discounts import NO_DISCOUNT, Discount, discount_for
from toolkit.rules.effective import ladder_on, next_step, reached
from toolkit.rules.spend import Window, counted, spent


@dataclass(frozen=True, slots=True)
class Standing:
    """One client on one day. Money is in minor units.

    Args:
        tier: its name; "" where no ladder holds on that day.
        spent: lifetime, net of returns.
        counted: in the tier's window.
        discount: the one that holds now.
        next_tier: the tier above; "" at the top.
        to_next: how much more in the window reaches it; None at the top.
        progress: how far from this tier to the next, 0 to 1; 1 at the top.
        rose: whether the tier is higher than a week ago.
        last_bought: the day of the last paid purchase.
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

    def quiet_for(self, days: int) -> bool:
        """Whether a client who has bought before has not bought for more than so many days."""
        return self.last_bought is not None and self.as_of - self.last_bought > timedelta(days=days)


@dataclass(frozen=True)
class Ladders:
    """The rules of one day."""

    tiers: tuple[TierStep, ...]
    discounts: tuple[DiscountStep, ...]
    window: Window
    not_counted: frozenset[str]

    @classmethod
    def of(cls, book: ClientBook, window: Window, day: date) -> "Ladders":
        """The ladders that hold on a day."""
        uncounted = frozenset(one.product for one in book.products if one.product and not one.counts)
        return cls(ladder_on(book.tiers, day), ladder_on(book.discounts, day), window, uncounted)

    def tier(self, purchases: Iterable[Purchase], day: date) -> TierStep | None:
        """The tier that purchases earn on a day (RULES.md, Tiers: spend net of returns in a rolling window)."""
        return reached(spent(counted(purchases, day, self.not_counted), self.window.starts(day)), self.tiers)


def standings(book: ClientBook, window: Window, today: date) -> tuple[Standing, ...]:
    """Where every client stands, in the order of the Clients tab; who has not bought has spent 0."""
    now = Ladders.of(book, window, today)
    week_ago = today - timedelta(days=7)
    then = Ladders.of(book, window, week_ago)
    return tuple(_standing(client, book, now, then, today) for client in book.clients)


def _standing(client: Client, book: ClientBook, now: Ladders, then: Ladders, today: date) -> Standing:
    lines = counted(book.purchases_by_client.get(client.number, ()), today, now.not_counted)
    in_window = spent(lines, now.window.starts(today))
    lifetime = spent(lines)
    tier, above = reached(in_window, now.tiers), next_step(in_window, now.tiers)
    before = then.tier(lines, today - timedelta(days=7))
    return Standing(
        client=client,
        as_of=today,
        tier=tier.tier if tier else "",
        spent=lifetime,
        counted=in_window,
        discount=discount_for(lifetime, now.discounts, tier),
        next_tier=above.tier if above else "",
        next_discount=discount_for(lifetime, now.discounts, above) if above else NO_DISCOUNT,
        to_next=above.from_amount - max(in_window, 0) if above else None,
        progress=_progress(in_window, tier, above),
        rose=bool(tier and before and tier.from_amount > before.from_amount),
        last_bought=max((line.date for line in lines if not line.is_return), default=None),
    )


def _progress(amount: int, tier: TierStep | None, above: TierStep | None) -> float:
    if above is None:
        return 1.0
    start = tier.from_amount if tier else 0
    return max(amount - start, 0) / (above.from_amount - start)
