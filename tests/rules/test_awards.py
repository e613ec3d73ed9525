"""The best of the month by the written rule, and the few products that carry the shop."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.book.book_desk import CLIENTS, READING, read, told
from tests.rules_desk import bonuses, book
from toolkit.book.tabs.purchases import Purchase
from toolkit.rules.bonuses.awards import best_of, locomotives
from toolkit.rules.bonuses.contribution import Weights
from toolkit.rules.bonuses.rulebook import Usual
from toolkit.rules.bonuses.what_if import try_scheme

TODAY = date(2026, 11, 30)
STAFF = "Staff no. | Name | Scheme\nS1 | Ann | sales\nS2 | Ben | sales\nS10 | Eva | sales"
HEADING = "Purchase no. | Date | Client no. | Product | Quantity | Amount | Staff | Return of"


def ranked(least: int, *rows: str) -> list[str]:
    read_ = book(Clients="Client no. | Name\nC1 | Asha", Staff=STAFF, Purchases="\n".join([HEADING, *rows]))
    return [one.staff.name for one in best_of(bonuses(read_, Usual(), TODAY), least)]


def sale(number: str, who: str, amount: int = 100) -> str:
    return f"{number} | 2026-11-02 | C1 | | 1 | {amount} | {who} |"


def test_more_weighted_credit_is_better() -> None:
    assert ranked(1, sale("P1", "Ann"), sale("P2", "Ben", 101)) == ["Ben", "Ann"]


def test_equal_credit_is_decided_by_purchases_then_returns_then_the_lower_number() -> None:
    more = (sale("P1", "Ann", 200), sale("P2", "Ben"), sale("P3", "Ben"))
    assert ranked(1, *more) == ["Ben", "Ann"]
    back = (sale("P1", "Ann", 200), "R1 | 2026-11-03 | C1 | | -1 | -100 | Ann | P1", sale("P2", "Ben"))
    assert ranked(1, *back) == ["Ben", "Ann"]
    assert ranked(1, sale("P1", "Eva"), sale("P2", "Ben"), sale("P3", "Ann")) == ["Ann", "Ben", "Eva"]


def test_whoever_sold_less_than_asked_cannot_be_the_best() -> None:
    few = (sale("P1", "Ann", 900), sale("P1", "Ann", 900), sale("P2", "Ben"), sale("P3", "Ben"))
    assert ranked(2, *few) == ["Ben"]
    assert ranked(3, *few) == []


def test_gifts_that_are_too_personal_are_refused_by_name() -> None:
    awards = """
        Award  | Kind        | Value
        Kettle | appliance   | 2500
        Scarf  | clothing    | 900
        Ring   | jewellery   | 9000
        Soap   | personal    | 90
        Circus | tickets     |
        """
    found, problems = read(READING, Clients=CLIENTS, Awards=awards)
    assert [one.award for one in found.awards] == ["Kettle", "Circus"]
    excluded = [("Awards!B3", "award-excluded"), ("Awards!B4", "award-excluded"), ("Awards!B5", "award-excluded")]
    assert [one for one in told(problems) if one[1] != "no-emails"] == excluded


def line(product: str, amount: int, cost: int | None = 0) -> Purchase:
    return Purchase("P1", 2, TODAY, "C1", product, Decimal(1), amount, cost=cost)


def test_the_fewest_products_that_carry_half_of_the_profit() -> None:
    found = locomotives([line("A", 100, 20), line("B", 300, 250), line("C", 40, 0), line("D", 10, 90)], Weights(()))
    assert [(one.product, one.earned, one.share) for one in found.locomotives] == [
        ("A", Fraction(80), Fraction(80, 170)),
        ("B", Fraction(50), Fraction(50, 170)),
    ]
    assert (found.products, found.by_profit) == (3, True)


def test_where_a_cost_is_missing_sales_stand_for_profit() -> None:
    found = locomotives([line("A", 100, 90), line("B", 50, None)], Weights(()))
    assert ([one.product for one in found.locomotives], found.by_profit) == (["A"], False)


def test_nothing_sold_has_no_locomotives() -> None:
    assert locomotives([], Weights(())).locomotives == ()


@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.integers(-500, 1000)), max_size=12))
def test_locomotives_carry_half_and_without_the_last_they_would_not(sales: list[tuple[str, int]]) -> None:
    found = locomotives([line(product, amount) for product, amount in sales], Weights(())).locomotives
    if found:
        assert found[-1].so_far >= Fraction(1, 2)
        assert found[-1].so_far - found[-1].share < Fraction(1, 2)
        assert sum(one.share for one in found) == found[-1].so_far


BANDS = """
    From date  | Scheme | From | Rate
    2026-01-01 | sales  | 0    | 10 %
    2026-12-01 | new    | 0    | 20 %
    """


@pytest.mark.parametrize(("instead_of", "moved"), [("", ["Ann", "Ben", "Eva"]), ("SALES", ["Ann", "Ben", "Eva"])])
def test_a_scheme_can_be_tried_before_the_day_from_which_it_holds(instead_of: str, moved: list[str]) -> None:
    rows = "\n".join([HEADING, sale("P1", "Ann"), "P2 | 2026-10-02 | C1 | | 1 | 50 | Ann |"])
    read_ = book(Clients="Client no. | Name\nC1 | Asha", Staff=STAFF, Bonus_bands=BANDS, Purchases=rows)
    months = [date(2026, 10, 1), date(2026, 11, 1)]
    found = try_scheme(read_, Usual(), "new", months, instead_of=instead_of)
    assert [one.staff.name for one in found] == moved
    assert [(one.now, one.then, one.held) for one in found] == [(1500, 3000, 0), (0, 0, 0), (0, 0, 0)]


def test_a_scheme_that_needs_plans_says_in_how_many_months_there_were_none() -> None:
    schemes = "Scheme | Pays | At target\nplanned | target | 100"
    read_ = book(Clients="Client no. | Name\nC1 | Asha", Staff=STAFF, Schemes=schemes, Bonus_bands=BANDS)
    assert try_scheme(read_, Usual(), "planned", [date(2026, 11, 1)])[0].held == 1
