"""What each one earns: weights, splits, bands and the month."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.rules_desk import bonuses, book
from toolkit.book.client_book import ClientBook
from toolkit.rules.bonuses.contribution import Weights
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.bonuses.rulebook import Usual

TODAY = date(2026, 11, 21)
CLIENTS = "Client no. | Name\nC001 | Asha"
STAFF = """
    Staff no. | Name    | From       | Until      | Scheme
    1         | Ann Ali | 2020-01-01 |            | sales
    2         | Ben Odo | 2020-01-01 | 2026-11-01 | sales
    3         | Eva Kim | 2026-12-01 |            | sales
    4         | Joe Ngo | 2020-01-01 | 2026-10-31 | sales
    5         | Sam Teo |            |            |
    """
BANDS = """
    From date  | Scheme | From | Rate
    2020-01-01 | sales  | 0    | 10 %
    """


def sold(*rows: str) -> str:
    return "\n".join(["Purchase no. | Date | Client no. | Product | Amount | Staff | Status", *rows])


def earned(**tabs: str) -> dict[str, Bonus]:
    read = book(**{"Clients": CLIENTS, "Staff": STAFF, "Bonus_bands": BANDS, **tabs})
    return {one.staff.number: one for one in bonuses(read, Usual(), TODAY)}


def test_who_worked_in_the_month_is_paid_for_it() -> None:
    assert set(earned()) == {"1", "2", "5"}


def test_a_sale_of_100_000_at_10_percent_split_60_to_40_pays_6_000_and_4_000() -> None:
    found = earned(Purchases=sold("P1 | 2026-11-01 | C001 | | 100000 | Ann 60, Ben 40 | paid"))
    assert (found["1"].amount, found["2"].amount) == (600_000, 400_000)


def test_only_paid_sales_of_the_month_up_to_the_day_count() -> None:
    rows = sold(
        "P1 | 2026-10-31 | C001 | | 100 | Ann | paid",
        "P2 | 2026-11-01 | C001 | | 10 | Ann | delivered",
        "P3 | 2026-11-21 | C001 | | 20 | Ann | paid",
        "P4 | 2026-11-22 | C001 | | 400 | Ann | paid",
        "P5 | 2026-11-10 | C001 | | 800 | Ann | ordered",
    )
    assert earned(Purchases=rows)["1"].credit == 3000


def test_a_person_without_a_scheme_and_a_scheme_without_bands_pay_nothing() -> None:
    rows = sold("P1 | 2026-11-02 | C001 | | 100 | Sam | paid")
    found = earned(Purchases=rows)["5"]
    assert (found.credit, found.amount) == (10_000, 0)


def test_a_return_of_an_earlier_month_takes_back_what_that_month_paid_and_a_sum_below_zero_is_forgotten() -> None:
    rows = """
        Purchase no. | Date       | Client no. | Amount | Quantity | Staff | Return of
        P1           | 2026-10-02 | C001       | 100    | 1        | Ann   |
        P2           | 2026-11-02 | C001       | -100   | -1       | Ann   | P1
        """
    found = earned(Purchases=rows)["1"]
    assert (found.credit, found.posted, found.amount) == (0, -1000, 0)


def test_contribution_is_the_weighted_credit_as_a_share_of_the_plan_of_the_whole() -> None:
    products = """
        Product | Weight
        Cotton  | 1.5
        """
    plan = """
        Period  | Staff | Product or category | Target
        2026-11 |       |                     | 600
        2026-11 | Ann   |                     | 200
        2026-11 |       | Cotton              | 50
        2026-10 |       |                     | 999
        """
    rows = sold("P1 | 2026-11-02 | C001 | Cotton | 100 | Ann | paid")
    found = earned(Products=products, Plan=plan, Purchases=rows)
    assert found["1"].contribution == Fraction(1, 4)
    assert (found["1"].target, found["2"].target) == (20_000, None)


def test_without_a_plan_there_is_no_contribution() -> None:
    assert earned()["1"].contribution is None


def test_the_bands_are_those_of_the_months_first_day() -> None:
    bands = BANDS + "2026-11-02 | sales | 0 | 50 %"
    rows = sold("P1 | 2026-11-10 | C001 | | 100 | Ann | paid")
    assert earned(Bonus_bands=bands, Purchases=rows)["1"].amount == 1000


def test_the_method_is_the_one_that_is_named() -> None:
    bands = BANDS + "2020-01-01 | sales | 50 | 20 %"
    read = book(
        Clients=CLIENTS, Staff=STAFF, Bonus_bands=bands, Purchases=sold("P1 | 2026-11-10 | C001 | | 100 | Ann | paid")
    )
    paid = [next(iter(bonuses(read, Usual(method), TODAY))).amount for method in ("slice", "whole")]
    assert paid == [1500, 2000]


WEIGHTS = """
    Product | Category | Weight | Weight from
    Cotton  | Fabrics  | 1.2    |
    Cotton  | Fabrics  | 2      | 2026-11-10
    Silk    | Fabrics  |        |
    Nails   | Tools    |        |
            | Fabrics  | 0.5    |
    """


def test_a_product_has_its_own_latest_weight_else_its_categorys_else_1() -> None:
    products = book(Clients=CLIENTS, Products=WEIGHTS).products
    weights, before, after = Weights(products), date(2026, 11, 9), date(2026, 11, 10)
    assert (weights.on("Cotton", before), weights.on("Silk", before)) == (Decimal("1.2"), Decimal("0.5"))
    assert weights.on("Nails", before) is None
    assert weights.on("Cotton", after) == 2


def test_a_sale_uses_the_weights_of_its_own_day() -> None:
    rows = sold(
        "P1 | 2026-11-09 | C001 | Cotton | 100 | Ann | paid", "P2 | 2026-11-10 | C001 | Cotton | 100 | Ann | paid"
    )
    assert earned(Products=WEIGHTS, Purchases=rows)["1"].credit == 12_000 + 20_000


@st.composite
def split_sales(draw: st.DrawFn) -> ClientBook:
    rows = []
    for number in range(draw(st.integers(1, 6))):
        part = draw(st.decimals(0, 100, places=1))
        amount = draw(st.integers(1, 10**6))
        rows.append(f"P{number} | 2026-11-01 | C001 | | {amount} | Ann {part}, Ben {100 - part} | paid")
    return book(Clients=CLIENTS, Staff=STAFF, Purchases=sold(*rows))


@given(split_sales())
def test_credits_over_all_staff_are_the_credit_of_all_lines(read: ClientBook) -> None:
    found = bonuses(read, Usual(), TODAY)
    assert sum(one.figures.credit for one in found) == sum(one.amount for one in read.purchases)


@given(split_sales())
def test_the_order_of_rows_changes_no_bonus(read: ClientBook) -> None:
    turned = ClientBook(
        clients=read.clients, staff=read.staff, purchases=read.purchases[::-1], bonus_bands=read.bonus_bands
    )
    assert bonuses(read, Usual(), TODAY) == bonuses(turned, Usual(), TODAY)
