"""The Rewards and Rewards given tabs."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from toolkit.book.grid import Cell
from toolkit.book.parse.amounts import number, whole
from toolkit.book.parse.cells import Choice, ParseContext, ParseError, shown, text
from toolkit.book.parse.dates import day, past_day
from toolkit.book.tab import Column, Tab

REFERRAL: Final = Choice("referral")
"""The word in place of a cost for the reward of a referrer."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a reward in points, tier or referral."""

    points: int = 0
    tier: str = ""
    referral: bool = False


FREE: Final = Cost()


@dataclass(frozen=True, slots=True)
class Reward:
    """One reward that can be given, up to the day `until`."""

    reward: str
    row: int
    faults: frozenset[str] = frozenset()
    kind: str = ""
    cost: Cost = FREE
    until: dt.date | None = None

    def is_offered(self, today: dt.date) -> bool:
        """True if it can be given on a day."""
        return not self.faults and self.cost != FREE and (self.until is None or today <= self.until)


@dataclass(frozen=True, slots=True)
class RewardGiven:
    """One reward that a person granted.

    Args:
        points: the points that it took; None is what the reward costs.
        code: the code that the client shows; "" where there is none.
    """

    date: dt.date
    client: str
    reward: str
    row: int
    faults: frozenset[str] = frozenset()
    points: int | None = None
    code: str = ""
    redeemed_on: dt.date | None = None


def cost(cell: Cell, context: ParseContext) -> Cost:
    """Return points, the tier or the referral that a reward costs."""
    words = text(cell, context)
    if context.lexicon.meant(words, REFERRAL.options):
        return Cost(referral=True)
    try:
        number(cell, context)
    except ParseError:
        return Cost(tier=words)
    return Cost(points=points(cell, context))


def points(cell: Cell, context: ParseContext) -> int:
    """Return a whole number of points, at least 0."""
    if (count := whole(cell, context)) < 0:
        raise ParseError("below-zero", given=shown(cell))
    return count


REWARDS: Final = Tab(
    name="Rewards",
    make=Reward,
    key="reward",
    columns=(
        Column("Reward", "reward", text, vital=True, expected=True),
        Column("Kind", "kind", text),
        Column("Costs points or Tier", "cost", cost, expected=True),
        Column("Until", "until", day),
    ),
)

REWARDS_GIVEN: Final = Tab(
    name="Rewards given",
    make=RewardGiven,
    columns=(
        Column("Date", "date", past_day, vital=True, expected=True),
        Column("Client no.", "client", text, vital=True, expected=True),
        Column("Reward", "reward", text, vital=True, expected=True),
        Column("Points", "points", points),
        Column("Code", "code", text),
        Column("Redeemed on", "redeemed_on", past_day),
    ),
)
