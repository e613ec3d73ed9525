"""The higher of the tier's discount and of the cumulative ladder over lifetime spend."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from tests.rules_desk import START, ladder, tier
from toolkit.book.tabs.ladders import DiscountStep, TierStep
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.discounts import NO_DISCOUNT, Discount, Discounts

STEPS = ladder((0, "0"), (200_000, "0.04"))


def held(lifetime: int, step: TierStep | None, steps: Sequence[DiscountStep] = STEPS) -> Discount:
    return Discounts(steps, Loyalty()).on(date(2026, 11, 21), lifetime, step)


@pytest.mark.parametrize(
    ("lifetime", "by_tier", "wins"),
    [
        (0, "0", NO_DISCOUNT),
        (0, "0.05", Discount(Decimal("0.05"), "tier")),
        (200_000, "0.05", Discount(Decimal("0.05"), "tier")),
        (199_999, "0.01", Discount(Decimal("0.01"), "tier")),
        (200_000, "0.02", Discount(Decimal("0.04"), "ladder")),
        (200_000, "0.04", Discount(Decimal("0.04"), "tier")),
    ],
)
def test_the_higher_discount_holds_and_says_whose_it_is(lifetime: int, by_tier: str, wins: Discount) -> None:
    assert held(lifetime, tier("Silver", by_tier)) == wins


def test_a_ladder_alone_and_a_tier_alone_give_their_own() -> None:
    assert held(200_000, None) == Discount(Decimal("0.04"), "ladder")
    assert held(200_000, tier("Gold", "0.03"), ()) == Discount(Decimal("0.03"), "tier")
    assert held(10**9, None, ()) == NO_DISCOUNT


def test_a_shop_that_says_over_gives_no_discount_for_the_very_amount() -> None:
    over = Discounts(STEPS, Loyalty(inclusive=False))

    assert [over.on(START, amount, None).share for amount in (0, 200_000, 200_001)] == [0, 0, Decimal("0.04")]
    assert [step.from_amount for amount in (0, 200_000, 200_001) if (step := over.reached(START, amount))] == [
        0,
        0,
        200_000,
    ]
