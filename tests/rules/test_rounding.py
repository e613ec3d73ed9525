from decimal import Decimal
from fractions import Fraction

import pytest

from tests.rules_desk import ladder, tier
from toolkit.rules.discounts import NO_DISCOUNT, Discount, discount_for
from toolkit.rules.rounding import half_up


@pytest.mark.parametrize(
    ("exact", "whole"),
    [("1/2", 1), ("-1/2", -1), ("49/100", 0), ("-49/100", 0), ("5/2", 3), ("-5/2", -3), ("7", 7), ("0", 0)],
)
def test_a_half_goes_away_from_zero(exact: str, whole: int) -> None:
    assert half_up(Fraction(exact)) == whole


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
    steps = ladder((0, "0"), (200_000, "0.04"))
    assert discount_for(lifetime, steps, tier("Silver", by_tier)) == wins


def test_without_a_ladder_and_a_tier_there_is_no_discount() -> None:
    assert discount_for(10**9, (), None) == NO_DISCOUNT
