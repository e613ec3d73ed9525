"""A client's discount by tier or by lifetime spend (S13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from toolkit.book import TierStep
from toolkit.book.tabs.ladders import DiscountStep
from toolkit.rules.effective import Ladders, reached
from toolkit.rules.loyalty.choices import Loyalty


@dataclass(frozen=True, slots=True)
class Discount:
    """A share and the rule that gave it."""

    share: Decimal = Decimal(0)
    because: Literal["tier", "ladder", "none"] = "none"


NO_DISCOUNT: Final = Discount()


def _higher(step: DiscountStep | None, tier: TierStep | None) -> Discount:
    by_ladder = step.discount if step else Decimal(0)
    by_tier = tier.discount if tier else Decimal(0)
    if by_tier == by_ladder == 0:
        return NO_DISCOUNT
    return Discount(by_tier, "tier") if by_tier >= by_ladder else Discount(by_ladder, "ladder")


class Discounts:
    """The Discounts tab beside the tiers.

    Clients share one discount of the same two steps, which stay the same objects as long as their book.
    """

    def __init__(self, steps: Sequence[DiscountStep], loyalty: Loyalty) -> None:
        self._ladders = Ladders(steps)
        self._inclusive = loyalty.inclusive
        self._made: dict[tuple[int, int], Discount] = {}

    def reached(self, day: date, lifetime: int) -> DiscountStep | None:
        """Return the step that lifetime spend has reached."""
        return reached(lifetime, self._ladders.on(day), inclusive=self._inclusive)

    def on(self, day: date, lifetime: int, tier: TierStep | None) -> Discount:
        """Return the higher of the two discounts on a day.

        The tier's counts where both are equal.
        """
        step = self.reached(day, lifetime)
        pair = id(step), id(tier)
        if pair not in self._made:
            self._made[pair] = _higher(step, tier)
        return self._made[pair]
