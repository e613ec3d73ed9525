"""Past months under a new ladder, with moves and cost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from toolkit.book import Client, ClientBook, TierStep
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.standing import Rules
from toolkit.rules.rounding import half_up

ALWAYS = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Move:
    """A client whose tier would change."""

    client: Client
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """The present ladder and a new one over the same purchases.

    Args:
        since: the first day that was looked at.
        moves: clients whose tier today would differ.
        tiers: how many clients stand on each tier now and would stand: name -> (now, then).
        cost: how much more discount the purchases since would have had, in minor units; below zero it saves.
        points: how many more points they would have earned.
    """

    since: date
    today: date
    moves: tuple[Move, ...]
    tiers: Mapping[str, tuple[int, int]]
    cost: int
    points: int


def simulate(book: ClientBook, steps: Sequence[TierStep], loyalty: Loyalty, since: date, today: date) -> Simulation:
    """Try a new ladder on purchases as if it had always held."""
    now = Rules(book, loyalty)
    then = Rules(replace(book, tiers=tuple(replace(step, since=ALWAYS) for step in steps)), loyalty)
    pairs = [(client, _tier(now, client, today), _tier(then, client, today)) for client in book.clients]
    cost, points = _differences(book, now, then, since, today)
    before, after = Counter(was for _, was, _ in pairs), Counter(would for _, _, would in pairs)
    return Simulation(
        since=since,
        today=today,
        moves=tuple(Move(*pair) for pair in pairs if pair[1] != pair[2]),
        tiers={name: (before[name], after[name]) for name in dict.fromkeys([*before, *after])},
        cost=half_up(cost),
        points=half_up(points),
    )


def _tier(rules: Rules, client: Client, today: date) -> str:
    tier = rules.tier(client, rules.spend_history(client.number, today), today)
    return tier.tier if tier else ""


def _differences(book: ClientBook, now: Rules, then: Rules, since: date, today: date) -> tuple[Fraction, Fraction]:
    """Sum the differences of discounts and of points over all purchases."""
    cost, points = Fraction(0), Fraction(0)
    for client in book.purchases_by_client:
        for line in (line for line in now.lines(client, today) if line.date >= since and not line.is_return):
            before, after = (rules.eve(client, line.date) for rules in (now, then))
            cost += line.amount * Fraction(after.discount.share - before.discount.share)
            points += line.amount * Fraction(after.points_rate - before.points_rate) / now.loyalty.unit
    return cost, points
