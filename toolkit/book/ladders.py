"""The Tiers, Discounts and Bonus bands tabs: what is reached from which amount, and from which day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from toolkit.book.cells import day, share, sum_of_money, text, weight, yes_no
from toolkit.book.levels import Level, level
from toolkit.book.tab import Column, Tab


@dataclass(frozen=True, slots=True)
class TierStep:
    """One tier of a ladder; from_amount is in minor units; discount is a share."""

    since: date
    tier: str
    from_amount: int
    row: int
    faults: frozenset[str] = frozenset()
    discount: Decimal = Decimal(0)
    points_rate: Decimal = Decimal(0)
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class DiscountStep:
    """One step of the cumulative ladder over lifetime spend (practice S13)."""

    since: date
    from_amount: int
    discount: Decimal
    row: int
    faults: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BonusBand:
    """One band of a bonus scheme; from_amount is in minor units or an attainment; rate is a share."""

    since: date
    scheme: str
    from_amount: Level
    rate: Decimal
    row: int
    faults: frozenset[str] = frozenset()


TIERS: Final = Tab(
    name="Tiers",
    make=TierStep,
    columns=(
        Column("From date", "since", day, vital=True, expected=True),
        Column("Tier", "tier", text, vital=True, expected=True),
        Column("From amount", "from_amount", sum_of_money, vital=True, expected=True),
        Column("Discount", "discount", share),
        Column("Points rate", "points_rate", weight),
        Column("Keeps", "keeps", yes_no),
    ),
)

DISCOUNTS: Final = Tab(
    name="Discounts",
    make=DiscountStep,
    columns=(
        Column("From date", "since", day, vital=True, expected=True),
        Column("From amount", "from_amount", sum_of_money, vital=True, expected=True),
        Column("Discount", "discount", share, vital=True, expected=True),
    ),
)

BONUS_BANDS: Final = Tab(
    name="Bonus bands",
    make=BonusBand,
    columns=(
        Column("From date", "since", day, vital=True, expected=True),
        Column("Scheme", "scheme", text, vital=True, expected=True),
        Column("From", "from_amount", level, vital=True, expected=True),
        Column("Rate", "rate", share, vital=True, expected=True),
    ),
)
