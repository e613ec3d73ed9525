"""What adopt proposes for tabs that nobody here made, and what it says that it is not sure of."""

import pytest

from tests.book.book_desk import LEXICON
from tests.tables import table
from toolkit.book.adopt.proposal import Proposal, propose
from toolkit.book.adopt.synonyms import concepts_of
from toolkit.book.client_book import read_book
from toolkit.book.mapping import Mapped
from toolkit.book.parse.cells import ParseContext

READING = ParseContext(lexicon=LEXICON)
CLIENTS = "Client no. | Name\nC1 | Ann\nC2 | Ben"


def proposed(**tabs: str) -> Proposal:
    return propose({name.replace("_", " "): table(text) for name, text in tabs.items()}, READING)


def columns(mapped: Mapped) -> dict[str, str]:
    return {name: " + ".join(map(str, places)) for name, places in mapped.columns.items()}


def doubts(proposal: Proposal) -> dict[str, str]:
    return {one.place: one.says for one in proposal.doubts}


@pytest.mark.parametrize(
    ("heading", "speaks_of"),
    [
        ("CustomerID", {"client", "no"}),
        ("Cust_No.", {"client", "no"}),
        ("№ клиента", {"no", "client"}),
        ("Na. ya mteja", {"no", "client"}),
        ("E-mail", {"email"}),
        ("Barua pepe", {"email"}),
        ("Qty", {"quantity"}),
        ("Кол-во", {"quantity", "?во"}),
        ("OrderDate", {"purchase", "date"}),
        ("SHP_DT", {"delivered", "date"}),
        ("Freight", {"?freight"}),
    ],
)
def test_a_heading_speaks_of_the_same_in_any_spelling(heading: str, speaks_of: set[str]) -> None:
    assert concepts_of(heading) - {"?во"} == speaks_of - {"?во"}


def test_our_own_headings_need_no_mapping() -> None:
    found = proposed(Clients=CLIENTS, Purchases="Date | Client no. | Amount\n2026-01-01 | C1 | 5")
    assert (found.mapped, found.tabs) == ({}, {"clients": "Clients", "purchases": "Purchases"})


def test_tabs_with_names_that_say_nothing_are_known_by_their_headings_and_that_is_said() -> None:
    found = proposed(
        Sheet1="Customer ID | Customer name | Phone\nC1 | Ann | 1\nC2 | Ben | 2",
        Sheet2="Invoice | Date | Customer | Amount\n1 | 2026-01-01 | C1 | 5",
    )
    assert found.tabs == {"clients": "Sheet1", "purchases": "Sheet2"}
    said = {(one.place, one.says) for one in found.doubts}
    assert ("Sheet1", "taken for our Clients tab because of its headings") in said
    assert ("Sheet2", "taken for our Purchases tab because of its headings") in said


def test_a_second_tab_of_the_same_kind_is_told_since_only_one_is_read() -> None:
    sales = "Invoice | Date | Customer | Amount\n1 | 2026-01-01 | C1 | 5"
    found = proposed(Clients=CLIENTS, Sales_Jan=sales, Sales_Feb=sales, Ideas="New chairs")

    assert found.tabs["purchases"] == "Sales Jan"
    assert {place: says for place, says in doubts(found).items() if place in ("Sales Feb", "Ideas")} == {
        "Sales Feb": "looks like Purchases too, and is not read: put its rows under those of Sales Jan"
    }


def test_a_tab_whose_columns_are_read_over_a_join_is_no_second_tab_of_the_same_kind() -> None:
    found = proposed(
        Clients=CLIENTS,
        Order_lines="Order ID | Item | Qty | Price | Amt\n1 | Tea | 1 | 5 | 5\n2 | Tea | 1 | 6 | 6",
        Orders="Order ID | Order date | Customer | Total\n1 | 2026-01-01 | C1 | 5\n2 | 2026-01-02 | C2 | 6",
    )
    assert found.tabs["purchases"] == "Order lines"
    assert "Orders" in {join.to.tab for join in found.joins["purchases"]}
    assert "Orders" not in doubts(found)


def test_what_a_clients_tab_says_of_a_client_is_not_said_of_each_purchase() -> None:
    found = proposed(
        List="Cust no | Cust name | Discount | Introduced by\nC1 | Ann | 5 % | \nC2 | Ben | 3 % | C1",
        Sales="Bill | When | Cust no | Amount | Refund of\n1 | 2026-01-01 | C1 | 5 | \n2 | 2026-01-02 | C2 | 6 |",
    )
    assert columns(found.mapped["purchases"]) == {
        "number": "Bill",
        "date": "When",
        "client": "Cust no",
        "return_of": "Refund of",
    }
    assert found.joins["purchases"] == ()
    assert columns(found.mapped["clients"])["referred_by"] == "Introduced by"


def test_two_columns_for_one_field_are_told_and_the_first_is_taken() -> None:
    found = proposed(Customers="Customer ID | Name | Phone | Mobile\nC1 | Ann | 1 | 2")
    assert columns(found.mapped["clients"]) == {"number": "Customer ID"}
    assert doubts(found)["Customers!D1"] == '"Mobile" could be phone too; "Phone" is taken'


def test_a_column_of_other_things_is_not_taken_for_its_heading() -> None:
    found = proposed(
        Clients=CLIENTS,
        Sales="Date | Delivery date | Client no. | Amount\n2026-01-01 | by Ann | C1 | 5\n2026-01-02 | by Ben | C2 | 5",
    )
    assert "delivered_on" not in found.columns["purchases"]
    assert doubts(found)["Sales!B2"] == '"Delivery date" is no delivered_on in 2 of 2 different cells: not taken'


def test_purchases_that_name_products_by_name_make_the_name_the_number() -> None:
    found = proposed(
        Clients=CLIENTS,
        Sales="Date | Client no. | Item | Amount\n2026-01-01 | C1 | Tea | 5",
        Products="Product ID | Product name | Category\n1 | Tea | Drinks",
    )
    assert columns(found.mapped["products"])["product"] == "Product name"


def test_words_that_nobody_knows_are_told() -> None:
    found = proposed(Customers="Customer ID | Name | Newsletter\nC1 | Ann | Y\nC2 | Ben | perhaps")
    assert found.mapped["clients"].values == {"consent": {"yes": ("Y",)}}
    assert 'not known as one of yes, no: "perhaps"' in doubts(found)["Customers!C1"]


def test_fields_two_tabs_away_are_reached_also_over_a_tab_that_gives_nothing_else() -> None:
    tabs = {
        "Clients": CLIENTS,
        "Sale lines": "Line | Voucher ID | Amount\n1 | V1 | 5\n2 | V2 | 6",
        "Vouchers": "Voucher ID | Sale ID\nV1 | S1\nV2 | S2",
        "Register": "Sale ID | Date | Client no.\nS1 | 2026-01-01 | C1\nS2 | 2026-01-02 | C2",
    }
    grids = {name: table(text) for name, text in tabs.items()}
    found = propose(grids, READING)
    book, problems = read_book(grids, ParseContext(lexicon=LEXICON, mapped=found.mapped))
    assert [(one.client, one.amount) for one in book.purchases] == [("C1", 500), ("C2", 600)]
    assert [one for one in problems if not one.is_hint] == []
    assert [str(one) for one in found.mapped["purchases"].joins] == [
        "Voucher ID = Vouchers!Voucher ID",
        "Vouchers!Sale ID = Register!Sale ID",
    ]


def test_a_table_of_ours_that_was_laid_out_gives_no_column_to_another_tab() -> None:
    found = proposed(
        Clients=CLIENTS,
        Products="Product | Category\nTea | Drinks\nMug | Home",
        Weights="Category | Weight\nDrinks | 1\nHome | 2",
    )
    assert found.mapped == {}


def test_our_own_tabs_are_not_looked_at() -> None:
    assert proposed(Clients=CLIENTS, Standing="Client no. | Name\nC1 | Ann").tabs == {"clients": "Clients"}


def test_a_workbook_of_nothing_proposes_nothing() -> None:
    assert proposed().mapped == {}
    assert proposed(Empty="").tabs == {}
