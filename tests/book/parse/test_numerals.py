"""Decimal and thousands signs: a column proves them, the shop's locale knows them, or a person is asked."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from toolkit.book.parse.amounts import number, price
from toolkit.book.parse.cells import ParseContext, ParseError
from toolkit.book.parse.numerals import Numerals, numerals_of
from toolkit.book.rows import read_tab
from toolkit.book.tabs.purchases import PURCHASES

NAIROBI = ParseContext(own_currency=frozenset({"kes", "ksh", "$"}), foreign=frozenset({"usd", "€", "руб"}))
BISHKEK = ParseContext(numerals=Numerals(",", ""))
BERLIN = ParseContext(numerals=Numerals(",", "."))
KUWAIT = ParseContext(decimals=3)


def purchases(cells: Sequence[str]) -> list[list[str]]:
    rows = [["Purchase no.", "Date", "Client no.", "Amount"]]
    return rows + [[f"P{at}", "2026-11-20", "C1", cell] for at, cell in enumerate(cells)]


def amounts(context: ParseContext, *cells: str) -> list[str]:
    """What a Purchases tab reads in its Amount column, row by row; "?" where the cell is asked about or refused."""
    rows = purchases(cells)
    read = {line.number: line.paid for line in read_tab(PURCHASES, "Purchases", rows, context).records}
    return [str(read[f"P{at}"]) if read.get(f"P{at}") is not None else "?" for at in range(len(cells))]


def asked(context: ParseContext, *cells: str) -> list[tuple[str, str, str]]:
    rows = purchases(cells)
    problems = read_tab(PURCHASES, "Purchases", rows, context).problems
    return [(problem.cell, problem.code, problem.values.get("count", "")) for problem in problems]


def test_a_column_whose_cells_prove_a_comma_has_commas_throughout() -> None:
    assert amounts(NAIROBI, "334.327,57", "1.500", "1,250") == ["334327.57", "1500", "1.250"]


def test_a_column_whose_cells_prove_a_point_has_points_throughout() -> None:
    assert amounts(BISHKEK, "1,234.50", "1,500", "12.5") == ["1234.50", "1500", "12.5"]


def test_no_group_follows_a_lone_zero() -> None:
    assert amounts(BISHKEK, "0,250") == ["0.250"]
    assert amounts(NAIROBI, "0,125", "1,250") == ["0.125", "1.250"]


def test_the_shops_locale_decides_what_no_cell_proves() -> None:
    assert amounts(NAIROBI, "1,250", "12,500") == ["1250", "12500"]
    assert amounts(BERLIN, "1.250") == ["1250"]


def test_money_with_three_digits_behind_the_locales_decimal_sign_is_asked_about_once_for_the_column() -> None:
    assert amounts(NAIROBI, "1.250", "2.500", "7") == ["?", "?", "7"]
    assert asked(NAIROBI, "1.250", "2.500", "7") == [("D2", "number-two-ways", "2")]
    assert amounts(BISHKEK, "1,250") == ["?"]


def test_where_the_locale_groups_with_spaces_a_point_before_three_digits_is_asked_about() -> None:
    assert amounts(BISHKEK, "1.250") == ["?"]


def test_a_currency_with_three_decimals_leaves_a_group_open() -> None:
    assert amounts(KUWAIT, "1,250") == ["?"]
    assert amounts(KUWAIT, "1,250", "12,5") == ["1.250", "12.5"]


def test_cells_that_prove_both_signs_leave_the_open_ones_to_a_person() -> None:
    assert amounts(NAIROBI, "1.234,50", "1,234.50", "1,500") == ["1234.50", "1234.50", "?"]


def test_a_quantity_may_have_three_decimals() -> None:
    assert number("1,250", BISHKEK) == Decimal("1.250")
    assert number("1.250", NAIROBI) == Decimal("1.250")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,23,456.78", "123456.78"),
        ("(50.00)", "-50.00"),
        ("50-", "-50"),
        ("−50", "-50"),
        ("-$50", "-50"),
        ("$-50", "-50"),
        ("99,-", "99"),
        ("99.-", "99"),
        ("Ksh. 1,200/-", "1200"),
        ("1’200.50", "1200.50"),
    ],
)
def test_amounts_as_books_of_accounts_write_them(cell: str, value: str) -> None:
    assert price(cell, NAIROBI) == Decimal(value)


@pytest.mark.parametrize("cell", ["5 тыс.", "12 млн", "1.2k", "6k", "7 pcs", "3 миң", "elfu 5", "2m", "5 kg"])
def test_a_word_that_is_no_currency_makes_no_amount(cell: str) -> None:
    with pytest.raises(ParseError, match="not-a-number"):
        price(cell, NAIROBI)


def test_another_currency_is_told_and_never_summed() -> None:
    assert asked(NAIROBI, "100 руб.", "€ 5", "5") == [("D2", "other-currency", ""), ("D3", "other-currency", "")]


@pytest.mark.parametrize(("cell", "value"), [(22.884999999999998, "22.885"), (0.1 + 0.2, "0.3"), (1e-7, "0.0000001")])
def test_a_number_that_a_formula_left_counts_as_the_sheet_shows_it(cell: float, value: str) -> None:
    assert number(cell, NAIROBI) == Decimal(value)


def test_cells_without_an_open_sign_prove_nothing_and_cost_nothing() -> None:
    assert numerals_of({"12,50", "3"}, NAIROBI.numerals) == NAIROBI.numerals
    assert numerals_of({"1,500", "1,2,3", "1 200", "none"}, NAIROBI.numerals) == NAIROBI.numerals


def test_a_quantity_says_nothing_of_the_amounts_beside_it() -> None:
    rows = [["Purchase no.", "Date", "Client no.", "Quantity", "Amount"], ["P1", "2026-11-20", "C1", "0,5", "1,250"]]
    [line] = read_tab(PURCHASES, "Purchases", rows, NAIROBI).records
    assert (line.quantity, line.paid) == (Decimal("0.5"), Decimal(1250))
