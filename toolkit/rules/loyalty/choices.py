"""The named choices of the loyalty rules (RULES.md, Choices)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from toolkit.rules.loyalty.spend import Window

Measure: TypeAlias = Literal["spend", "purchases"]
Held: TypeAlias = Literal["no", "end of period", "end of next period"]
Fall: TypeAlias = Literal["full", "one step", "never"]
Grain: TypeAlias = Literal["purchase", "line"]
Rounding: TypeAlias = Literal["floor", "nearest", "half up"]
Returns: TypeAlias = Literal["proportion", "line"]
BalancePolicy: TypeAlias = Literal["only pending", "never below zero", "unlimited"]


@dataclass(frozen=True, slots=True)
class PointsChoices:
    """Choices of how points are earned, kept and taken back.

    Args:
        per: what is rounded: the points of each purchase, or of each line.
        pending_days: how many days pass before points can be spent.
        months: in how many months after earning they expire; 0 is never.
        returns: in proportion to what came back, or by the line that came back.
        balance: how far a return may go: only pending points, not below zero, or below it.
    """

    per: Grain = "purchase"
    rounding: Rounding = "floor"
    pending_days: int = 0
    months: int = 0
    returns: Returns = "proportion"
    balance: BalancePolicy = "never below zero"


@dataclass(frozen=True, slots=True)
class Loyalty:
    """Choices of how tiers are reached and held.

    Args:
        window: which days count.
        measure: what counts: money, or the number of purchases.
        held: until when a tier stays once reached, as far as the window alone would not bear it; periods are years.
        fall: what happens when nothing holds a tier any more.
        inclusive: whether reaching a threshold is enough; False for shops that say "over".
        counts_from: purchases before it count for no tier.
        unit: how many minor units make a whole one: 100.
        points: how points work.
        notice_days: how long before a loss clients are told.
    """

    window: Window = field(default_factory=Window)
    measure: Measure = "spend"
    held: Held = "no"
    fall: Fall = "full"
    inclusive: bool = True
    counts_from: date = date.min
    unit: int = 100
    points: PointsChoices = field(default_factory=PointsChoices)
    notice_days: int = 30

    def reaches(self, threshold: int) -> int:
        """Return the least amount that reaches a threshold.

        It is in minor units, or in whole purchases times the unit.
        """
        smallest = self.unit if self.measure == "purchases" else 1
        return threshold if self.inclusive else threshold + smallest

    def missing(self, threshold: int, amount: int) -> int:
        """Return how much more reaches a threshold, 0 where it is reached.

        It is in minor units, or in whole purchases times the unit.
        """
        return max(self.reaches(threshold) - max(amount, 0), 0)
