"""A client's discount: the higher of the tier's and of the cumulative ladder over lifetime spend (practice S13)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from toolkit.book.ladders import DiscountStep, TierStep
from toolkit.rules.effective import reached


@dataclass(frozen=True, slots=True)
class Discount:
    """A share, and which rule gave it."""

    share: Decimal = Decimal(0)
    because: Literal["tier", "ladder", "none"] = "none"


NO_DISCOUNT: Final = Discount()


def discount_for(lifetime: int, ladder: tuple[DiscountStep, ...], tier: TierStep | None) -> Discount:
    """The higher of two discounts; the tier's where they are equal."""
    step = reached(lifetime, ladder)
    by_ladder = step.discount if step else Decimal(0)
    by_tier = tier.discount if tier else Decimal(0)
    if by_tier == by_ladder == 0:
        return NO_DISCOUNT
    return Discount(by_tier, "tier") if by_tier >= by_ladder else Discount(by_ladder, "ladder")
