"""The best of the month and the products that carry the profit (S7, S11)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final, NamedTuple

from toolkit.book import Purchase, StaffMember
from toolkit.rules.bonuses.contribution import ASSUMED_WEIGHT, Weights
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.largest_remainder import natural

MOST: Final = Fraction(1, 2)
"""Locomotives together carry at least this much of the weighted profit."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One person's place in the contest for best of the month.

    Args:
        credit: weighted credit, exact, in minor units.
        purchases: how many purchases the person had a part in.
        returns: how many lines came back.
    """

    staff: StaffMember
    credit: Fraction
    purchases: int
    returns: int


def best_of(month: Sequence[Bonus], least: int) -> tuple[Contender, ...]:
    """Rank everybody with enough purchases, the best first.

    More weighted credit goes first; then more purchases, then fewer returns, then the lower staff number. An approved
    month is judged by the figures that were approved.
    """
    found = [contender for contender in map(_standing, month) if contender.purchases >= least and contender.credit > 0]
    return tuple(sorted(found, key=_rank))


def _rank(contender: Contender) -> tuple[object, ...]:
    return (-contender.credit, -contender.purchases, contender.returns, natural(contender.staff.number))


def _standing(bonus: Bonus) -> Contender:
    return Contender(bonus.staff, bonus.figures.credit, bonus.figures.purchases, bonus.figures.returns)


class Locomotive(NamedTuple):
    """One product that carries part of the profit.

    Args:
        earned: its weighted profit, exact, in minor units.
        share: of the weighted profit of everything that earns.
        so_far: the share of this product and all before it.
    """

    product: str
    earned: Fraction
    share: Fraction
    so_far: Fraction


class Carried(NamedTuple):
    """The products that carry the shop.

    Args:
        locomotives: the fewest products that together carry MOST, the strongest first.
        products: how many products earn anything.
        by_profit: whether every line says its cost; else sales stand for profit.
    """

    locomotives: tuple[Locomotive, ...]
    products: int
    by_profit: bool


def locomotives(purchases: Iterable[Purchase], weights: Weights) -> Carried:
    """Return the few products that carry the weighted profit.

    Returns are taken off.
    """
    lines = [purchase for purchase in purchases if purchase.product and purchase.is_paid]
    by_profit = bool(lines) and all(line.cost is not None for line in lines)
    sums: dict[str, Fraction] = {}
    for line in lines:
        weight = weights.on(line.product, line.date)
        profit = line.amount - (line.cost or 0 if by_profit else 0)
        credit = profit * Fraction(ASSUMED_WEIGHT if weight is None else weight)
        sums[line.product] = sums.get(line.product, Fraction(0)) + credit
    earning = sorted(((-earned, product) for product, earned in sums.items() if earned > 0))
    return Carried(tuple(_carrying([(name, -earned) for earned, name in earning])), len(earning), by_profit)


def _carrying(earning: Sequence[tuple[str, Fraction]]) -> Iterator[Locomotive]:
    total = sum((earned for _, earned in earning), Fraction(0))
    before = Fraction(0)
    for (product, earned), so_far in zip(earning, accumulate(earned for _, earned in earning), strict=True):
        if before >= MOST * total:
            return
        yield Locomotive(product, earned, earned / total, so_far / total)
        before = so_far
