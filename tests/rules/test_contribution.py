"""Each one's part in the sales: weights of the day, splits to the last cent."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.book.tabs.products import Product
from toolkit.book.tabs.purchases import Purchase
from toolkit.rules.bonuses.contribution import Weights, summed

DAY = date(2026, 11, 21)


def product(code: str = "", category: str = "", weight: str = "", since: date | None = None) -> Product:
    return Product(
        row=2, product=code, category=category, weight=Decimal(weight) if weight else None, weight_from=since
    )


def sale(amount: int, *split: tuple[str, str], code: str = "Cotton", day: date = DAY) -> Purchase:
    parts = tuple((staff, Decimal(share)) for staff, share in split)
    return Purchase("P1", 2, day, "C001", code, Decimal(1), amount, parts)


def credits_by_staff(sales: Iterable[Purchase], products: Iterable[Product]) -> Mapping[str, Fraction]:
    weights = Weights(products)
    return summed(part for one in sales for part in weights.credits(one, one.amount))


PRODUCTS = (
    product("Cotton", "Fabrics"),
    product("Kanga", "Fabrics", "1.2"),
    product("Kanga", "", "1.5", date(2026, 11, 21)),
    product("Lining", "Curtains"),
    product("Thread", "", "0"),
    product("", "Fabrics", "2"),
    product("", "Fabrics", "3", date(2026, 12, 1)),
)


@pytest.mark.parametrize(
    ("day", "weights"),
    [
        ("2026-11-20", {"Cotton": "2", "Kanga": "1.2", "Thread": "0", "Lining": "1"}),
        ("2026-11-21", {"Cotton": "2", "Kanga": "1.5", "Thread": "0", "Lining": "1"}),
        ("2026-12-01", {"Cotton": "3", "Kanga": "1.5", "Thread": "0", "Lining": "1"}),
    ],
)
def test_a_products_own_latest_weight_goes_before_its_categorys(day: str, weights: dict[str, str]) -> None:
    on = date.fromisoformat(day)
    found = {code: Weights(PRODUCTS).credits(sale(1, ("S1", "1"), code=code, day=on), 1)[0].weight for code in weights}
    assert found == {code: Decimal(one) for code, one in weights.items()}


def test_a_purchase_uses_the_weights_of_its_own_day_and_no_weight_is_one() -> None:
    sales = [
        sale(100, ("S1", "1"), code="Kanga", day=date(2026, 11, 20)),
        sale(100, ("S1", "1"), code="Kanga"),
        sale(100, ("S1", "1"), code="Lining"),
        sale(100, ("S1", "1"), code=""),
        sale(100, ("S1", "1"), code="Thread"),
    ]
    assert credits_by_staff(sales, PRODUCTS) == {"S1": 120 + 150 + 100 + 100 + 0}


def test_ten_per_cent_of_100_000_is_split_into_6_000_and_4_000() -> None:
    found = credits_by_staff([sale(10_000_000, ("S1", "0.6"), ("S2", "0.4"))], ())
    assert {staff: credit / 10 for staff, credit in found.items()} == {"S1": 600_000, "S2": 400_000}


def test_a_return_takes_its_part_back() -> None:
    sales = [sale(1000, ("S1", "0.6"), ("S2", "0.4")), sale(-500, ("S1", "0.6"), ("S2", "0.4"))]
    assert credits_by_staff(sales, ()) == {"S1": 300, "S2": 200}


def test_a_sale_of_nobodys_gives_nobody_credit() -> None:
    assert credits_by_staff([sale(1000)], ()) == {}


@given(
    st.integers(-(10**12), 10**12), st.lists(st.integers(1, 1000), min_size=1, max_size=7), st.decimals(0, 9, places=3)
)
def test_the_parts_of_a_split_sum_to_the_lines_credit_exactly(amount: int, parts: list[int], weight: Decimal) -> None:
    shares = [Decimal(part * 1000 // sum(parts)) / 1000 for part in parts]
    shares[0] += 1 - sum(shares)
    line = sale(amount, *((f"S{at}", str(share)) for at, share in enumerate(shares)))
    found = credits_by_staff([line], [product("Cotton", weight=str(weight))])
    assert sum(found.values()) == amount * Fraction(weight)
