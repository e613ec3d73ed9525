"""Numbers, money and shares in cells."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.book.book_desk import READING, refusal
from toolkit.book.grid import Cell
from toolkit.book.parse.amounts import minor_units, money, number, price, share, sum_of_money, weight, whole
from toolkit.book.parse.cells import ParseContext


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (7, "7"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        ("1200.50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("1 200,50", "1200.50"),
        ("1\u00a0200,50", "1200.50"),
        ("1\u202f200", "1200"),
        ("1'200.50", "1200.50"),
        ("1.200,50", "1200.50"),
        ("1,200", "1200"),
        ("1.200", "1.200"),
        ("1,20", "1.20"),
        ("1,200,000", "1200000"),
        ("1.200.000", "1200000"),
        ("1 200 000.5", "1200000.5"),
        (" -5 ", "-5"),
        ("+5", "5"),
        (",5", "0.5"),
        ("5.", "5"),
    ],
)
def test_a_number_is_read_as_people_write_it(cell: Cell, value: str) -> None:
    assert number(cell, READING) == Decimal(value)


@pytest.mark.parametrize(
    "cell",
    [
        "nan",
        "inf",
        "-Infinity",
        "1e400",
        "1E5",
        "0e-999999999",
        "twelve",
        "1_000",
        "3 4",
        "1,2,3.4",
        "1.2.3,4",
        "1,200,50",
        "1 2000",
        "- ",
        ".",
        "--5",
        "10:30",
        float("nan"),
        float("inf"),
        1e300,
        1e13,
        1e-31,
        True,
        False,
        date(2026, 3, 31),
        datetime(2026, 3, 31, 10, 0),  # noqa: DTZ001 - a cell knows no zone
        timedelta(hours=3),
        time(10, 30),
    ],
)
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    assert refusal(number, cell)[0] == "not-a-number"


def test_the_words_of_a_refused_number_are_shown_as_they_stand() -> None:
    assert refusal(number, " about  5 ") == ("not-a-number", {"given": "about 5"})
    assert refusal(number, True) == ("not-a-number", {"given": "yes"})  # noqa: FBT003 - a tick box
    assert refusal(number, datetime(2026, 3, 31)) == ("not-a-number", {"given": "2026-03-31"})  # noqa: DTZ001 - as above


def test_the_greatest_number_is_below_ten_million_million() -> None:
    assert number("9999999999999", READING) == 9_999_999_999_999
    assert refusal(number, "10000000000000")[0] == "not-a-number"


def test_a_whole_number_has_no_decimals() -> None:
    assert whole("12.0", READING) == 12
    assert refusal(whole, 12.5) == ("not-whole", {"given": "12.5"})


def test_a_weight_is_not_below_zero() -> None:
    assert weight("1,2", READING) == Decimal("1.2")
    assert weight(0, READING) == 0
    assert refusal(weight, "-0.1") == ("below-zero", {"given": "-0.1"})


@pytest.mark.parametrize(
    "cell", ["Ksh 1,200", "Ksh. 1,200", "KES1200", "1 200 сом", "1200 ₽", "$1,200", "€ 1.200,00", "1,200/=", "1200/-"]
)
def test_a_price_may_name_its_currency(cell: str) -> None:
    assert price(cell, READING) == 1200


def test_a_price_below_zero_keeps_its_sign() -> None:
    assert price("Ksh -200", READING) == -200


@pytest.mark.parametrize("cell", ["Ksh", "1200 shillings", "Ksh 1,2,3", "₽"])
def test_what_is_no_price_is_refused(cell: str) -> None:
    assert refusal(price, cell)[0] == "not-a-number"


def test_money_is_minor_units_of_the_shops_currency() -> None:
    assert money("12.50", READING) == 1250
    assert money(12.5, ParseContext(decimals=0)) == 13
    assert money("12.3455", ParseContext(decimals=3)) == 12346


def test_half_a_minor_unit_goes_away_from_zero() -> None:
    assert money("0.125", READING) == 13
    assert money("-0.125", READING) == -13
    assert money("0.1249999999999999999999999999999999999999", READING) == 12


@given(st.decimals(-(10**40), 10**40, places=30), st.integers(0, 3))
def test_minor_units_are_the_nearest_whole_ones_however_many_digits_there_are(amount: Decimal, decimals: int) -> None:
    exact = Fraction(amount) * 10**decimals
    assert abs(minor_units(amount, decimals) - exact) <= Fraction(1, 2)


def test_a_sum_is_not_below_zero() -> None:
    assert sum_of_money("40,000", READING) == 4_000_000
    assert refusal(sum_of_money, "-1") == ("below-zero", {"given": "-1"})


@pytest.mark.parametrize("cell", [0.1, "0.1", "0,1", "10 %", "10%", "10\u00a0%", "10,0 %"])
def test_a_tenth_is_written_in_many_ways(cell: Cell) -> None:
    assert share(cell, READING) == Decimal("0.1")


def test_nothing_and_everything_are_shares() -> None:
    assert share(0, READING) == 0
    assert share(1.0, READING) == 1
    assert share("100 %", READING) == 1


@pytest.mark.parametrize(
    ("cell", "proposal"), [(10, "10 %"), (10.0, "10 %"), ("7.5", "7.5 %"), (150, "100 %"), ("150 %", "100 %")]
)
def test_a_share_above_one_is_a_question(cell: Cell, proposal: str) -> None:
    code, values = refusal(share, cell)
    assert (code, values["proposal"]) == ("not-a-share", proposal)


def test_a_share_below_zero_or_of_no_number_is_refused() -> None:
    assert refusal(share, "-5 %") == ("below-zero", {"given": "-5 %"})
    assert refusal(share, "ten %") == ("not-a-number", {"given": "ten"})
    assert refusal(share, "%") == ("not-a-number", {"given": ""})
    assert refusal(share, True)[0] == "not-a-number"  # noqa: FBT003 - a tick box
