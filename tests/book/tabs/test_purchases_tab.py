"""Purchases are held against clients, products, staff and one another."""

from decimal import Decimal
from typing import Any

import pytest

from tests.book.book_desk import CLIENTS, READING, read, told
from toolkit.book.client_book import ClientBook
from toolkit.book.parse.cells import ParseContext
from toolkit.book.parse.suggest import MOST_GUESSES
from toolkit.book.problem import Problem

STAFF = """
    Staff no. | Name
    S1        | Ann Lee
    S2        | Ben Okoth
    S3        | Ben Said
    """


def shop(reading: ParseContext = READING, /, **tabs: Any) -> tuple[ClientBook, list[Problem]]:
    """Three clients whose lack of addresses is beside the point."""
    book, problems = read(reading, **{"Clients": CLIENTS, **tabs})
    return book, [one for one in problems if one.code != "no-emails"]


def amounts(purchases: str, reading: ParseContext = READING) -> list[int]:
    return [one.amount for one in shop(reading, Purchases=purchases)[0].purchases]


def test_the_amount_is_what_was_paid_else_quantity_times_price_less_discount() -> None:
    purchases = """
        Date       | Client no. | Quantity | Unit price | Discount | Amount
        2026-11-01 | C001       | 3        | Ksh 1,200  | 10 %     | 3,000
        2026-11-01 | C001       | 3        | Ksh 1,200  | 10 %     |
        2026-11-01 | C001       | 3        | Ksh 1,200  |          |
        2026-11-01 | C001       |          | Ksh 1,200  |          |
        2026-11-01 | C001       | 0        | Ksh 1,200  |          |
        """
    assert amounts(purchases) == [300000, 324000, 360000, 120000, 0]


def test_each_line_is_rounded_half_up_by_itself() -> None:
    purchases = """
        Date       | Client no. | Quantity | Unit price | Discount
        2026-11-01 | C001       | 1        | 0.05       | 10 %
        2026-11-01 | C001       | 1        | 0.05       | 10 %
        2026-11-01 | C001       | 3        | 0.335      |
        """
    assert amounts(purchases) == [5, 5, 101]
    assert amounts(purchases, ParseContext(decimals=3)) == [45, 45, 1005]


def test_nothing_is_rounded_before_the_line_is() -> None:
    line = "Date | Client no. | Quantity | Unit price\n2026-11-01 | C001 | 3 | 0.0416666666666666666666666666666"
    assert amounts(line) == [12]


def test_a_line_of_which_nothing_says_what_was_paid_is_left_out_and_told() -> None:
    book, problems = shop(Purchases="Date | Client no. | Quantity | Amount\n2026-11-01 | C001 | 3 |")
    assert book.purchases == ()
    assert [(one.place, one.column, one.code) for one in problems] == [("Purchases!D2", "Amount", "no-amount")]


def test_a_fault_in_a_cell_that_decides_the_amount_leaves_the_line_out() -> None:
    book, problems = shop(
        Purchases="""
        Date       | Client no. | Amount | Quantity | Unit price | Discount | Status | Note | Promised for
        2026-11-01 | C001       | x      |          |            |          |        |      |
        2026-11-01 | C001       | 10     | x        |            |          |        |      |
        2026-11-01 | C001       | 10     |          | x          |          |        |      |
        2026-11-01 | C001       | 10     |          |            | 10       |        |      |
        2026-11-01 | C001       | 10     |          |            |          | payd   |      |
        2026-11-01 | C001       | 10     |          |            |          |        | x    | soon
        """
    )
    assert [one.row for one in book.purchases] == [7]
    assert told(tuple(problems)) == [
        ("Purchases!C2", "not-a-number"),
        ("Purchases!D3", "not-a-number"),
        ("Purchases!E4", "not-a-number"),
        ("Purchases!F5", "not-a-share"),
        ("Purchases!G6", "not-a-choice-near"),
        ("Purchases!I7", "not-a-date"),
    ]


@pytest.mark.parametrize(
    ("status", "is_paid"), [("", True), ("paid", True), ("Delivered", True), ("ordered", False), ("cancelled", False)]
)
def test_a_line_without_a_status_counts_as_paid(status: str, is_paid: bool) -> None:  # noqa: FBT001 - a table of answers
    book, _ = shop(Purchases=f"Date | Client no. | Amount | Status\n2026-11-01 | C001 | 1 | {status}")
    assert book.purchases[0].is_paid is is_paid


def test_a_purchase_for_nobody_we_know_is_left_out_with_the_one_that_may_be_meant() -> None:
    book, problems = shop(
        Purchases="Date | Client no. | Amount\n2026-11-01 | C0O1 | 1\n2026-11-01 | C002 | 2\n2026-11-01 | zz | 3"
    )
    assert [one.client for one in book.purchases] == ["C002"]
    assert [(one.place, one.code, one.values) for one in problems] == [
        ("Purchases!B2", "client-unknown-near", {"given": "C0O1", "proposal": "C001"}),
        ("Purchases!B4", "client-unknown", {"given": "zz", "proposal": ""}),
    ]


def test_after_many_unknown_names_only_slips_of_the_finger_are_proposed() -> None:
    names = [f"Halima Said {one}{other}" for one in "bcdefghjknp" for other in "bcdefghjkn"][: MOST_GUESSES + 1]
    rows = [["2026-11-01", name, 1] for name in (*names, names[0], "Halima Siad Omar")]
    _, problems = shop(
        Clients=[["Client no.", "Name"], ["Halima Said Omar", "H"]], Purchases=[["Date", "Client no.", "Amount"], *rows]
    )
    codes = [one.code for one in problems if one.tab == "Purchases"]
    assert codes == ["client-unknown-near"] * MOST_GUESSES + ["client-unknown", *["client-unknown-near"] * 2]


def test_where_the_clients_cannot_be_read_their_purchases_are_not_all_told_too() -> None:
    book, problems = read(Clients="Client no.\nC001", Purchases="Date | Client no. | Amount\n2026-11-01 | C001 | 1")
    assert (book.purchases, told(problems)) == ((), [("Clients!1:1", "heading-missing")])


def test_a_line_below_zero_that_is_no_return_is_left_out_at_the_cell_that_says_so() -> None:
    book, problems = shop(
        Purchases="""
        Date       | Client no. | Quantity | Amount | Unit price
        2026-11-01 | C001       | -2       |        | 5
        2026-11-01 | C001       |          | -7.50  |
        2026-11-01 | C001       | 2        |        | -3
        """
    )
    assert book.purchases == ()
    assert [(one.place, one.code, one.values["given"]) for one in problems] == [
        ("Purchases!C2", "negative-no-return", "-2"),
        ("Purchases!D3", "negative-no-return", "-7.50"),
        ("Purchases!E4", "negative-no-return", "-3"),
    ]


RETURNS = """
    Purchase no. | Date       | Client no. | Quantity | Amount | Return of
    P1           | 2026-11-01 | C001       | 2        | 40     |
    P2           | 2026-11-02 | C001       | -1       | -20    | P1
    P3           | 2026-11-02 | C002       | -1       | -20    | P1
    P4           | 2026-11-02 | C001       | -1       | -20    | P9
    P5           | 2026-11-02 | C001       | -1       | -20    | P2
    """


def test_a_return_needs_its_purchase_and_the_same_client() -> None:
    book, problems = shop(Purchases=RETURNS)
    assert [(one.number, one.amount, one.is_return) for one in book.purchases] == [
        ("P1", 4000, False),
        ("P2", -2000, True),
    ]
    assert [(one.place, one.code, one.values) for one in problems] == [
        ("Purchases!F4", "return-unknown", {"given": "P1", "client": "C002"}),
        ("Purchases!F5", "return-unknown", {"given": "P9", "client": "C001"}),
        ("Purchases!F6", "return-unknown", {"given": "P2", "client": "C001"}),
    ]


def test_what_was_never_bought_cannot_come_back() -> None:
    gift = "P1 | 2026-11-01 | C001 | 0 | 0 |\nP2 | 2026-11-02 | C001 | -1 | -20 | P1"
    _, problems = shop(Purchases=f"Purchase no. | Date | Client no. | Quantity | Amount | Return of\n{gift}")
    assert told(tuple(problems)) == [("Purchases!F3", "return-unknown")]


def test_nothing_comes_back_before_the_day_on_which_it_was_bought() -> None:
    head = "Purchase no. | Date | Client no. | Quantity | Amount | Return of\n"
    bought = "P1 | 2026-11-05 | C001 | 1 | 40 |\nP1 | 2026-11-03 | C001 | 1 | 40 |\n"
    rows = "P2 | 2026-11-02 | C001 | -1 | -20 | P1\nP3 | 2026-11-03 | C001 | -1 | -20 | P1"
    book, problems = shop(Purchases=head + bought + rows)

    assert told(tuple(problems)) == [("Purchases!F4", "return-unknown")]
    assert [one.number for one in book.purchases] == ["P1", "P1", "P3"]


def test_more_that_comes_back_than_was_bought_is_told_once_at_the_first_such_row() -> None:
    head = "Purchase no. | Date | Client no. | Quantity | Amount | Return of\n"
    rows = """P2 | 2026-11-08 | C001 | -1 | -30 | P1
        P3 | 2026-11-07 | C001 | -1 | -30 | P1
        P1 | 2026-11-05 | C001 | 1  | 40  |
        P4 | 2026-11-09 | C001 | -1 | -1  | P1
        P5 | 2026-11-05 | C002 | 1  | 40  |
        P6 | 2026-11-09 | C002 | -1 | -40 | P5"""
    book, problems = shop(Purchases=head + rows)

    values = {"given": "P1", "back": "60.00", "bought": "40.00"}
    assert [(one.place, one.code, one.values) for one in problems] == [("Purchases!F2", "return-too-much", values)]
    assert problems[0].is_hint
    assert len(book.purchases) == 6


def test_lines_of_one_client_come_oldest_first() -> None:
    book, _ = shop(
        Purchases="""
        Purchase no. | Date       | Client no. | Amount
        P2           | 2026-11-02 | C001       | 2
        P1           | 2026-11-01 | C001       | 1
        P3           | 2026-11-01 | C002       | 3
        """
    )
    found = {client: [one.number for one in lines] for client, lines in book.purchases_by_client.items()}
    assert found == {"C001": ["P1", "P2"], "C002": ["P3"]}


def credits_of(staff: str, tab: str | None = STAFF) -> tuple[list[tuple[str, Decimal]], list[tuple[str, str, str]]]:
    tabs: dict[str, Any] = {"Staff": tab} if tab else {}
    purchases = [["Date", "Client no.", "Amount", "Staff"], ["2026-11-01", "C001", 1, staff]]
    book, problems = shop(Purchases=purchases, **tabs)
    return list(book.purchases[0].credits), [(one.place, one.code, one.values["proposal"]) for one in problems]


@pytest.mark.parametrize("written", ["S1", "s1", "Ann Lee", "ANN LEE", "Ann", " ann "])
def test_a_staff_member_is_written_by_number_name_or_a_first_name_of_ones_own(written: str) -> None:
    assert credits_of(written) == ([("S1", Decimal(1))], [])


def test_a_split_gives_each_part_to_its_own() -> None:
    assert credits_of("Ann 60, S2 40") == ([("S1", Decimal("0.6")), ("S2", Decimal("0.4"))], [])


def test_a_first_name_that_two_share_is_nobodys() -> None:
    assert credits_of("Ben") == ([], [("Purchases!D2", "staff-unknown", "")])


def test_a_name_that_two_share_is_nobodys() -> None:
    staff = "Staff no. | Name\nS1 | Ann Lee\nS2 | Ann Lee"
    assert credits_of("Ann Lee", staff)[0] == []
    assert credits_of("S2", staff) == ([("S2", Decimal(1))], [])


def test_a_full_name_goes_before_the_first_name_of_another() -> None:
    assert credits_of("Ann", "Staff no. | Name\nS1 | Ann Lee\nS2 | Ann")[0] == [("S2", Decimal(1))]


def test_an_unknown_name_is_told_in_the_staffs_own_spelling_and_the_rest_is_credited() -> None:
    found, problems = credits_of("Ann 60, Ben Okot 40")
    assert (found, problems) == (
        [("S1", Decimal("0.6"))],
        [("Purchases!D2", "staff-unknown-near", "Ben Okoth")],
    )


def test_a_shop_without_a_staff_tab_is_not_asked_for_one_line_by_line() -> None:
    assert credits_of("Ann", None) == ([], [])


def test_products_that_nobody_listed_are_pointed_out_and_count_all_the_same() -> None:
    book, problems = shop(
        Products="Product | Weight\nCotton | 1.2",
        Purchases="""
        Date       | Client no. | Product | Amount
        2026-11-01 | C001       | Coton   | 1
        2026-11-01 | C001       | Zzz     | 1
        2026-11-01 | C001       |         | 1
        2026-11-01 | C001       | Cotton  | 1
        """,
    )
    assert len(book.purchases) == 4
    assert [(one.place, one.code, one.is_hint) for one in problems] == [
        ("Purchases!C2", "product-unknown-near", True),
        ("Purchases!C3", "product-unknown", True),
    ]


def test_without_products_no_product_is_unknown() -> None:
    assert shop(Purchases="Date | Client no. | Product | Amount\n2026-11-01 | C001 | Coton | 1")[1] == []


def test_the_first_row_of_a_product_names_it() -> None:
    book, _ = shop(Products="Product | Name | Category\nK | Kanga | F\nK | Kanga, new | F\n | Fabrics | F")
    assert {code: one.name for code, one in book.products_by_code.items()} == {"K": "Kanga"}


def test_plans_name_staff_who_are_there() -> None:
    book, problems = shop(
        Staff=STAFF,
        Plan="""
        Period  | Staff | Target
        2026-11 |       | 80,000
        2026-11 | Ann   | 30,000
        2026-11 | Zzz   | 10,000
        November|       | 10,000
        """,
    )
    assert [(one.staff, one.target) for one in book.sales_plan] == [("", 8_000_000), ("S1", 3_000_000)]
    assert told(tuple(problems)) == [("Plan!B4", "staff-unknown"), ("Plan!A5", "not-a-month")]
    assert [one.number for one in book.staff_by_number.values()] == ["S1", "S2", "S3"]


def test_a_return_that_is_not_below_zero_is_told_and_left_out() -> None:
    book, problems = read(
        Clients=CLIENTS,
        Purchases="""
            Purchase no. | Date       | Client no. | Quantity | Unit price | Amount | Return of
            P1           | 2026-11-01 | C001       | 1        | 100        |        |
            P2           | 2026-11-02 | C001       | 1        | 100        |        | P1
            P3           | 2026-11-02 | C001       | -1       |            | 100    | P1
            P4           | 2026-11-02 | C001       | -1       | 100        |        | P1
            """,
    )
    assert told(problems)[1:] == [("Purchases!D3", "return-not-negative"), ("Purchases!F4", "return-not-negative")]
    assert [(one.number, one.amount) for one in book.purchases] == [("P1", 10_000), ("P4", -10_000)]
