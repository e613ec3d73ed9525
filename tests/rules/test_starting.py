"""Tables to begin with are round, complete and readable, and promise nothing to clients."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules_desk import book
from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.parse.cells import ParseContext
from toolkit.rules.bonuses.starting import round_figure, starting_tables

NAMES = ("Bronze", "Silver", "Gold")
BOOK = book(
    Clients="Client no. | Name\n" + "\n".join(f"C{at} | {at}" for at in range(1, 6)),
    Staff="Staff no. | Name\n1 | Ann\n2 | Ben",
    Products="Product | Name | Category\nT | Tea | Drinks\nH | Honey | Food",
    Purchases="Date | Client no. | Product | Amount\n"
    + "\n".join(f"2026-0{at}-15 | C{at} | T | {at * 1000}" for at in range(1, 6)),
)


@pytest.mark.parametrize(("amount", "figure"), [(0, 1), (1, 1), (3, 2), (7, 5), (99, 50), (1000, 1000), (4321, 2000)])
def test_a_round_figure_is_a_one_a_two_or_a_five(amount: float, figure: int) -> None:
    assert round_figure(amount) == figure


@given(st.floats(1, 1e12))
def test_a_round_figure_is_reached_and_not_far_below(amount: float) -> None:
    assert round_figure(amount) <= amount < 2.5 * round_figure(amount) + 1


def test_half_of_the_buyers_reach_the_second_tier_and_a_fifth_the_third() -> None:
    head, *rows = starting_tables(BOOK, 2, NAMES)["tiers"]
    assert head == ("From date", "Tier", "From amount", "Discount")
    assert rows == [
        ("2026-01-01", "Bronze", "0", "0"),
        ("2026-01-01", "Silver", "2000", "0"),
        ("2026-01-01", "Gold", "5000", "0"),
    ]


def test_every_category_weighs_one_and_the_plan_is_an_average_month() -> None:
    tables = starting_tables(BOOK, 2, NAMES)
    assert tables["weights"] == (("Category", "Weight"), ("Drinks", "1"), ("Food", "1"))
    assert tables["plan"][1] == ("2025-06", "1000")
    assert (len(tables["plan"]), tables["plan"][-1][0]) == (25, "2027-05")


def test_what_is_there_gets_no_table() -> None:
    full = book(
        Clients="Client no. | Name",
        Tiers="From date | Tier | From amount",
        Bonus_bands="From date | Scheme | From | Rate",
        Products="Product | Name | Category | Weight\nT | Tea | Drinks | 2",
        Plan="Period | Target",
    )
    assert starting_tables(full, 2, NAMES) == {}
    assert set(starting_tables(ClientBook(), 2, NAMES)) == {"tiers"}


def test_the_tables_can_be_read() -> None:
    tables = starting_tables(BOOK, 2, NAMES)
    tabs = {"Clients": [["Client no.", "Name"]]}
    read, problems = read_book(tabs, ParseContext(starter=tables))
    assert [one.code for one in problems] == []
    assert (len(read.tiers), len(read.bonus_bands), len(read.sales_plan), len(read.products)) == (3, 3, 24, 2)
