"""An explanation comes to the very figures that the rules decided, line by line."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.rules_desk import book
from toolkit.rules.explain import Counts, explain_client
from toolkit.rules.spend import Window, spent
from toolkit.rules.standing import standings

DAY = date(2026, 11, 21)
BOOK = book(
    Clients="Client no. | Name\nC001 | Asha\nC002 | Omar",
    Staff="Staff no. | Name | Scheme | Until\n1 | Ann | sales |\n2 | Ben | sales |\n3 | Old | sales | 2025-01-01",
    Products="Product | Name | Weight | Counts for loyalty\nT | Tea | 1.5 | yes\nG | Gift | 1 | no",
    Tiers="""
    From date  | Tier   | From amount | Discount
    2020-01-01 | Bronze | 0           | 0
    2020-01-01 | Silver | 100         | 3 %
    """,
    Discounts="From date | From amount | Discount\n2020-01-01 | 0 | 0\n2020-01-01 | 300 | 5 %",
    Bonus_bands="From date | Scheme | From | Rate\n2020-01-01 | sales | 0 | 1 %\n2020-01-01 | sales | 100 | 2.5 %",
    Plan="Period | Target\n2026-11 | 1000",
    Purchases="""
    Purchase no. | Date       | Client no. | Product | Amount | Quantity | Staff         | Status  | Return of
    P1           | 2024-05-01 | C001       | T       | 250    | 1        | Ann           | paid    |
    P2           | 2026-11-02 | C001       | T       | 120.33 | 1        | Ann 60, Ben 40| paid    |
    P3           | 2026-11-03 | C001       | G       | 50     | 1        | Ann           | paid    |
    P4           | 2026-11-04 | C001       | T       | 70     | 1        | Ben           | ordered |
    P5           | 2026-11-05 | C001       | T       | -20    | -1       | Ann           | paid    | P2
    P6           | 2026-11-30 | C001       | T       | 10     | 1        | Ann           | paid    |
    """,
)


def test_every_line_says_whether_it_counts_and_why_not() -> None:
    told = explain_client(BOOK, Window(12), "C001", DAY)
    assert told is not None
    assert [(line.purchase.number, line.counts) for line in told.lines] == [
        ("P1", Counts.LIFETIME),
        ("P2", Counts.WINDOW),
        ("P3", Counts.NOT_COUNTED),
        ("P4", Counts.NOT_PAID),
        ("P5", Counts.WINDOW),
        ("P6", Counts.LATER),
    ]
    assert (told.starts, told.standing.tier, told.standing.discount.because) == (date(2025, 11, 22), "Silver", "ladder")


@given(days=st.integers(0, 900), months=st.sampled_from([0, 1, 12]))
def test_the_lines_add_up_to_the_standing_on_every_day(days: int, months: int) -> None:
    day, window = date(2024, 6, 1) + timedelta(days=days), Window(months)
    for one in standings(BOOK, window, day):
        told = explain_client(BOOK, window, one.client.number, day)
        assert told is not None
        within = [line.purchase for line in told.lines if line.counts is Counts.WINDOW]
        before = [line.purchase for line in told.lines if line.counts is Counts.LIFETIME]
        assert (spent(within), spent(within) + spent(before)) == (one.counted, one.spent)


def test_nobody_is_not_explained() -> None:
    assert explain_client(BOOK, Window(12), "C009", DAY) is None
