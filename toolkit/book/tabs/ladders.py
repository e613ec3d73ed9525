"""The Tiers, Discounts and Bonus bands tabs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Protocol, TypeVar

from toolkit.book.parse.amounts import Level, level, share, sum_of_money, weight
from toolkit.book.parse.cells import text, yes_no
from toolkit.book.parse.dates import day
from toolkit.book.tab import Column, Tab

BLANK: Final = -1
"""The threshold or rate of a row without one, whose ladder is left out (checks/ladders.py)."""


class Dated(Protocol):
    """A row with a From date and a threshold."""

    @property
    def since(self) -> date:
        """The first day on which it holds."""
        ...

    @property
    def from_amount(self) -> int | Decimal:
        """The amount from which on it holds."""
        ...


Step = TypeVar("Step", bound=Dated)


@dataclass(frozen=True, slots=True)
class TierStep:
    """One tier of a ladder.

    Args:
        from_amount: minor units.
        discount: a share.
        points_rate: points for each whole unit of the currency.
        keeps: True if a client never falls from it.
    """

    since: date
    tier: str = ""
    from_amount: int = BLANK
    row: int = 0
    faults: frozenset[str] = frozenset()
    discount: Decimal = Decimal(0)
    points_rate: Decimal = Decimal(0)
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class DiscountStep:
    """One step of the cumulative ladder over lifetime spend (practice S13)."""

    since: date
    from_amount: int = BLANK
    discount: Decimal = Decimal(BLANK)
    row: int = 0
    faults: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BonusBand:
    """One band of a bonus scheme.

    Args:
        from_amount: minor units, or an attainment.
        rate: a share.
    """

    since: date
    scheme: str = ""
    from_amount: Level = BLANK
    rate: Decimal = Decimal(BLANK)
    row: int = 0
    faults: frozenset[str] = frozenset()


TIERS: Final = Tab(
    name="Tiers",
    make=TierStep,
    columns=(
        Column("From date", "since", day, vital=True, expected=True),
        Column("Tier", "tier", text, expected=True),
        Column("From amount", "from_amount", sum_of_money, expected=True),
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
        Column("From amount", "from_amount", sum_of_money, expected=True),
        Column("Discount", "discount", share, expected=True),
    ),
)

BONUS_BANDS: Final = Tab(
    name="Bonus bands",
    make=BonusBand,
    columns=(
        Column("From date", "since", day, vital=True, expected=True),
        Column("Scheme", "scheme", text, expected=True),
        Column("From", "from_amount", level, expected=True),
        Column("Rate", "rate", share, expected=True),
    ),
)


def ladder_on(steps: Iterable[Step], day: date) -> tuple[Step, ...]:
    """Return the ladder of a day, lowest step first."""
    held = [step for step in steps if step.since <= day]
    latest = max((step.since for step in held), default=None)
    return tuple(sorted((step for step in held if step.since == latest), key=lambda step: step.from_amount))
