"""One client's standing for letters, tabs and scripts."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, partial
from operator import attrgetter
from typing import Final, NamedTuple

from toolkit.book import Client, ClientBook, Purchase, Reward, TierStep
from toolkit.book.gc_pause import gc_paused
from toolkit.rules.loyalty.choices import Loyalty, Measure
from toolkit.rules.loyalty.discounts import NO_DISCOUNT, Discount, Discounts
from toolkit.rules.loyalty.earning import Earner
from toolkit.rules.loyalty.outlook import Outlook, outlook
from toolkit.rules.loyalty.points import NO_POINTS, Past, Points, points_of
from toolkit.rules.loyalty.rates import Rates
from toolkit.rules.loyalty.rewards_due import Claim, given_before, is_due
from toolkit.rules.loyalty.spend import ONE_DAY, has_bought, paid
from toolkit.rules.loyalty.spend_history import SpendHistories, SpendHistory
from toolkit.rules.loyalty.tiers import TierRule

A_WEEK: Final = timedelta(days=7)
_RETURN_OF: Final = attrgetter("return_of")


class Standing(NamedTuple):
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
        points: what there is of points.
        due: rewards that a person may grant now.
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
    points: Points = NO_POINTS
    due: tuple[Reward, ...] = ()

    def quiet_for(self, days: int) -> bool:
        """Return True if a buyer has not bought for more days than this."""
        return self.last_bought is not None and self.as_of - self.last_bought > timedelta(days=days)


class TermsBefore(NamedTuple):
    """A client's terms before the day's first purchase."""

    tier: TierStep | None
    discount: Discount

    @property
    def points_rate(self) -> Decimal:
        """Return points for a whole unit of money."""
        return self.tier.points_rate if self.tier else Decimal(0)


def standings(book: ClientBook, loyalty: Loyalty, today: date) -> tuple[Standing, ...]:
    """Return every client's standing in Clients tab order."""
    rules = Rules(book, loyalty)
    with gc_paused():
        return tuple([rules.standing(client, today) for client in book.clients])


class Rules:
    """The loyalty rules of one book."""

    def __init__(self, book: ClientBook, loyalty: Loyalty) -> None:
        self.book = book
        self.loyalty = loyalty
        self.tiers = TierRule(book.tiers, loyalty)
        self.discounts = Discounts(book.discounts, loyalty)
        self._not_counted = frozenset(
            product.product for product in book.products if product.product and not product.counts
        )
        self._histories = SpendHistories(loyalty)
        self._earner = Earner(loyalty, self._not_counted)
        self._rates = Rates(self.tiers, loyalty.unit)
        self._eves: dict[tuple[str, date], TermsBefore] = {}

    def lines(self, client: str, day: date) -> Sequence[Purchase]:
        """Return the client's lines that count, as known on a day."""
        return self._counting(self._paid(client, day))

    def spend_history(self, client: str, day: date) -> SpendHistory:
        """Return the client's spend history, as known on a day."""
        return self._histories.of(self.lines(client, day))

    def _paid(self, client: str, day: date) -> Sequence[Purchase]:
        return paid(self.book.purchases_by_client.get(client, ()), day)

    def _counting(self, lines: Sequence[Purchase]) -> Sequence[Purchase]:
        """Return the lines of products that count for loyalty."""
        return [line for line in lines if line.product not in self._not_counted] if self._not_counted else lines

    def tier(self, client: Client, history: SpendHistory, day: date) -> TierStep | None:
        """Return the tier that a person set, else the earned one."""
        return self.override(client, day) or self.tiers.on(history, day)

    def override(self, client: Client, day: date) -> TierStep | None:
        """Return the tier that a person set, while it lasts.

        Its last day is included.
        """
        if not client.tier_override or (client.override_until or date.max) < day:
            return None
        return next((step for step in self.tiers.ladders.on(day) if step.tier == client.tier_override), None)

    def discount(self, history: SpendHistory, day: date, tier: TierStep | None) -> Discount:
        """Return the discount of a client on a tier on a day."""
        return self.discounts.on(day, history.spent, tier)

    def eve(self, client: str, day: date) -> TermsBefore:
        """Return the client's terms before the day's first purchase."""
        if (client, day) not in self._eves:
            before = self.spend_history(client, day - ONE_DAY)
            tier = self.tiers.on(before, day)
            self._eves[client, day] = TermsBefore(tier, self.discount(before, day, tier))
        return self._eves[client, day]

    def standing(self, client: Client, today: date) -> Standing:
        """Work out one client's standing."""
        bought = self._paid(client.number, today)
        lines = self._counting(bought)
        history = self._histories.of(lines)
        override = self.override(client, today)
        tier = override or self.tiers.on(history, today)
        ahead = outlook(self.tiers, history, today, tier)
        points = self._points(client.number, bought, history, today)
        rose_on = self._rose_on(client, lines, history, today)
        return Standing(
            client=client,
            as_of=today,
            tier=tier.tier if tier else "",
            spent=history.spent,
            counted=ahead.amount,
            discount=self.discount(history, today, tier),
            next_tier=ahead.above.tier if ahead.above else "",
            next_discount=self.discount(history, today, ahead.above) if ahead.above else NO_DISCOUNT,
            to_next=ahead.to_next,
            progress=_progress(tier, ahead),
            rose=rose_on is not None,
            last_bought=history.last_bought,
            measure=self.loyalty.measure,
            rose_on=rose_on,
            reach_by=ahead.reach_by,
            kept_until=client.override_until if override else ahead.kept_until,
            to_keep=None if override else ahead.to_keep,
            keep_by=None if override else ahead.keep_by,
            override=override is not None,
            points=points,
            due=self._due(client, tier, points, today) if self.book.rewards else (),
        )

    def _due(self, client: Client, tier: TierStep | None, points: Points, today: date) -> tuple[Reward, ...]:
        ladder = self.tiers.ladders.on(today)
        came = self.book.referred_by_client.get(client.number, ())
        claim = Claim(
            tiers=frozenset(step.tier for step in ladder[: self.tiers.rank_of(tier, today) + 1]),
            usable=points.usable,
            referrals=sum(has_bought(self.lines(number, today)) for number in came),
            given=given_before(
                given for given in self.book.given_by_client.get(client.number, ()) if given.date <= today
            ),
        )
        return tuple(reward for reward in self.book.rewards if is_due(reward, claim, today))

    @cached_property
    def _earns(self) -> bool:
        return any(step.points_rate for step in self.book.tiers)

    def points(self, client: str, today: date) -> Points:
        """Return a client's points on a day.

        There are none where no tier earns any.
        """
        bought = self._paid(client, today)
        return self._points(client, bought, self._histories.of(self._counting(bought)), today)

    def _points(self, client: str, lines: Sequence[Purchase], history: SpendHistory, today: date) -> Points:
        if not self._earns:
            return NO_POINTS
        given = [given for given in self.book.given_by_client.get(client, ()) if given.date <= today]
        if not _came_back(lines):
            rates = self._rates.on_eves(history, [line.date for line in lines])
            return points_of(Past(lines, rates, (), given), self._earner, today)
        back = [line for line in lines if line.return_of]
        bought = [line for line in lines if not line.return_of]
        days, returns = ([line.date for line in some] for some in (bought, back))
        rates = self._rates.as_known(partial(self._known_before, lines), days, returns)
        return points_of(Past(bought, rates, back, given), self._earner, today)

    def _known_before(self, bought: Sequence[Purchase], day: date) -> SpendHistory:
        """Return the history without later returns."""
        return self._histories.of(self._counting([line for line in bought if line.date < day]))

    def _rose_on(self, client: Client, lines: Sequence[Purchase], history: SpendHistory, today: date) -> date | None:
        """Return the day of the last seven on which the tier rose, or None."""
        week_ago = today - A_WEEK
        if not self._may_have_risen(history, week_ago, today):
            return None
        then = self._histories.of([line for line in lines if line.date <= week_ago]) if _came_back(lines) else history
        rank, before = self._rank(client, history, today), self._rank(client, then, week_ago, today)
        if before < 0 or rank <= before:
            return None
        days = [today - ONE_DAY * ago for ago in range(7)]
        return min(day for day in days if self._rank(client, history, day, today) >= rank)

    def _may_have_risen(self, history: SpendHistory, since: date, today: date) -> bool:
        """Return True if a purchase or a new ladder could have lifted the client."""
        ladders = self.tiers.ladders
        return ladders.on(since) is not ladders.on(today) or history.first_in(since + ONE_DAY, today) is not None

    def _rank(self, client: Client, history: SpendHistory, day: date, asked: date | None = None) -> int:
        return self.tiers.rank_of(self.tier(client, history, day), asked or day)


def _progress(tier: TierStep | None, ahead: Outlook) -> float:
    if ahead.above is None:
        return 1.0
    start = tier.from_amount if tier else 0
    return min(max(ahead.amount - start, 0) / (ahead.above.from_amount - start), 1.0)


def _came_back(lines: Sequence[Purchase]) -> bool:
    return any(map(_RETURN_OF, lines))
