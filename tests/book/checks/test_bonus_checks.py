"""What bonuses cannot rest on is told by its cell, and the rest goes on."""

from datetime import date

import pytest

from tests.book.book_desk import CLIENTS, READING, read, told
from tests.rules_desk import bonuses
from toolkit.rules.bonuses.rulebook import Usual

STAFF = """
    Staff no. | Name | Until      | Scheme
    S1        | Ann  |            | sales
    S2        | Ben  | 2026-10-31 | sales
    """
BANDS = "From date | Scheme | From | Rate\n2026-01-01 | sales | 0 | 10 %"
TODAY = date(2026, 11, 21)


def problems(**tabs: str) -> list[tuple[str, str]]:
    book = {"Clients": CLIENTS, "Staff": STAFF, "Bonus_bands": BANDS, **tabs}
    return [(place, code) for place, code in told(read(READING, **book)[1]) if code != "no-emails"]


def sold(who: str, day: str = "2026-11-02", amount: str = "100") -> str:
    return f"Purchase no. | Date | Client no. | Amount | Staff\nP1 | {day} | C001 | {amount} | {who}"


def test_a_book_that_is_right_has_nothing_to_tell() -> None:
    assert problems(Purchases=sold("Ann")) == []


def test_shares_that_total_100_are_taken_to_the_last_digit() -> None:
    assert problems(Purchases=sold("Ann 33.1, Ben 33.2, S1 33.7", "2026-10-02")) == []


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"Purchases": sold("Ann 60, Ben 30", "2026-10-02")}, ("Purchases!E2", "shares-not-100")),
        ({"Purchases": sold("Anne Mary")}, ("Purchases!E2", "staff-unknown")),
        ({"Purchases": sold("Ban", "2026-10-02")}, ("Purchases!E2", "staff-unknown-near")),
        ({"Purchases": sold("Ben")}, ("Purchases!E2", "staff-left")),
        ({"Purchases": sold("Ann", amount="-100")}, ("Purchases!D2", "negative-no-return")),
        ({"Plan": "Period | Target\n2026-11 | 0"}, ("Plan!B2", "plan-zero")),
        (
            {"Plan": "Period | Product or category | Target\n2026-11 | Silks | 5", "Products": "Product\nSilk"},
            ("Plan!B2", "plan-product-unknown-near"),
        ),
        ({"Products": "Product | Weight\nSilk | 2\nNails |"}, ("Products!B3", "weight-assumed")),
        ({"Bonus_bands": BANDS + "\n2026-01-01 | sales | 0 | 20 %"}, ("Bonus bands!C3", "threshold-twice")),
        ({"Bonus_bands": BANDS + "\n2026-01-01 | sales | 80 % | 20 %"}, ("Bonus bands!C3", "band-sum")),
        ({"Schemes": "Scheme | Measure\nsales | attainment", "Bonus_bands": BANDS + "\n2026-01-01 | sales | 500 | 10%"},
         ("Bonus bands!C3", "band-share")),
        ({"Staff": "Staff no. | Name | Scheme\nS1 | Ann | sale"}, ("Staff!C2", "scheme-unknown-near")),
        ({"Schemes": "Scheme | Pays | Pool\nsales | bands |\nteam | pool |"}, ("Schemes!C3", "scheme-lacks")),
        ({"Schemes": "Scheme | Pays\nsales | draw"}, ("Schemes!B2", "not-built")),
        ({"Schemes": "Scheme | Basis\nsales | invoiced"}, ("Schemes!B2", "not-built")),
        ({"Schemes": "Scheme | Pays\nsales | bands\nother | bands"}, ("Schemes!A3", "scheme-no-bands")),
        ({"Schemes": "Scheme | Pays\nsales | bands\nSales | bands"}, ("Schemes!A3", "scheme-twice")),
        ({"Schemes": "Scheme | Accelerator\nsales | 2"}, ("Schemes!B2", "scheme-clash")),
        ({"Schemes": "Scheme | Cap\nsales | 80 %"}, ("Schemes!B2", "scheme-clash")),
        ({"Schemes": "Scheme | Pays | Pool | Cap\nsales | pool | 5 % | 100"}, ("Schemes!D2", "scheme-clash")),
        ({"Schemes": "Scheme | Pays | Pool | Shared sales\nsales | pool | 5 % | payout"},
         ("Schemes!D2", "scheme-clash")),
        ({"Schemes": "Scheme | Pays | At target | Scorecard\nsales | scorecard | 9 | sales 60, team 30"},
         ("Schemes!D2", "shares-not-100")),
        ({"Schemes": "Scheme | Pays | At target | Scorecard\nsales | scorecard | 9 | sales 60, team"},
         ("Schemes!D2", "measure-wrong")),
        ({"Schemes": "Scheme | Pays | At target | Scorecard\nsales | scorecard | 9 | sales 60, Silk 40"},
         ("Schemes!D2", "measure-unknown")),
    ],
)  # fmt: skip
def test_each_fault_is_told_by_its_cell(tabs: dict[str, str], expected: tuple[str, str]) -> None:
    found = problems(**tabs)
    assert expected in found
    assert [one for one in found if one[1] not in (expected[1], "scheme-no-bands", "scheme-lacks")] == []


@pytest.mark.parametrize("who", ["Ann 60, Ben 30", "Nobody", "Ben"])
def test_nobody_elses_bonus_is_held_back(who: str) -> None:
    lines = sold("Ann") + f"\nP2 | 2026-11-03 | C001 | 500 | {who}"
    book, found = read(Clients=CLIENTS, Staff=STAFF, Bonus_bands=BANDS, Purchases=lines)
    assert [(one.staff.name, one.amount) for one in bonuses(book, Usual(), TODAY)] == [("Ann", 1000)]
    assert any(one.cell == "E3" for one in found)


def test_a_bonuses_tab_without_its_kept_column_has_no_approved_month() -> None:
    book, problems = read(READING, Clients=CLIENTS, Bonuses="Period | Staff no.\n2026-10 | S1")
    assert book.approved_rows == ()
    assert [one.code for one in problems] == ["no-emails"]
