from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.rules.bands import Band, slice_by_slice
from toolkit.rules.bonuses.grouping import GROUPS, Sale, grouped, paid_for

STEPS = tuple(Band(start, Fraction(rate, 100)) for start, rate in ((0, 1), (1000, 2), (3000, 3), (8000, 5)))
AMOUNTS = (200, 300, 1500, 1200, 2000, 4500)
DAYS = tuple(date(2026, month, 10) for month in (1, 1, 1, 2, 2, 3))
SALES = [Sale(f"P{n}", day, amount) for n, (day, amount) in enumerate(zip(DAYS, AMOUNTS, strict=True))]


def test_each_purchase_on_its_own_as_the_guide_prints_it() -> None:
    assert [slice_by_slice(amount, STEPS) for amount in AMOUNTS] == [2, 3, 20, 14, 30, 95]


@pytest.mark.parametrize(("group", "pays"), [("purchase", 164), ("month", 181), ("quarter", 285)])
def test_the_same_plan_and_sales_pay_164_181_or_285(group: str, pays: int) -> None:
    assert paid_for(SALES, GROUPS[group], slice_by_slice, STEPS) == pays
    assert paid_for(SALES, GROUPS["period to date"], slice_by_slice, STEPS) == 285


def test_quarters_end_with_march_june_september_and_december() -> None:
    sales = [Sale("", date(2026, month, 1), 1) for month in range(1, 13)]

    assert list(grouped(sales, GROUPS["quarter"]).values()) == [3, 3, 3, 3]


def test_a_group_that_returns_outweigh_pays_nothing() -> None:
    sales = [Sale("P1", DAYS[0], 100), Sale("P2", DAYS[3], -500)]

    assert paid_for(sales, GROUPS["month"], slice_by_slice, STEPS) == 1


@given(st.permutations(SALES))
def test_the_order_of_sales_changes_nothing(sales: list[Sale]) -> None:
    assert paid_for(sales, GROUPS["month"], slice_by_slice, STEPS) == 181
