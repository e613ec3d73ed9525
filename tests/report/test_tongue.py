from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.report.small_shop import words
from toolkit.report.figures import Days
from toolkit.report.page_language import PageLanguage


def tongue(language: str = "en", currency: str = "KES") -> PageLanguage:
    return PageLanguage(words(language), currency, 2, language)


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1 клиент"), (3, "3 клиента"), (5, "5 клиентов"), (11, "11 клиентов"), (21, "21 клиент")],
)
def test_a_noun_takes_the_form_that_its_number_asks_for(number: int, said: str) -> None:
    assert tongue("ru").counted("clients", number) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "16–22 November 2026"),
        (date(2026, 10, 26), date(2026, 11, 1), "26 October – 1 November 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 – 3 January 2027"),
        (date(2026, 11, 1), date(2026, 11, 1), "1 November 2026"),
    ],
)
def test_days_are_told_as_short_as_they_can_be(first: date, last: date, said: str) -> None:
    assert tongue().days(Days(first, last)) == said


def test_a_week_that_starts_with_a_year_ends_with_it_in_every_language() -> None:
    week = Days(date(2026, 11, 16), date(2026, 11, 22))
    assert tongue("sw").days(week) == "16–22 Novemba 2026"
    assert tongue("ru").days(week) == "16–22 ноября 2026 г."
    assert tongue("ky").days(week) == "16–22-ноябрь 2026-ж."


def test_a_large_sum_is_told_in_whole_units_and_a_small_one_to_the_last_cent() -> None:
    assert tongue(currency="USD").money(1627185) == "$16,272"
    assert tongue(currency="USD").money(22379) == "$223.79"


@pytest.mark.parametrize(
    ("most", "heading", "number"),
    [
        (999_900, "Ksh", "9,999"),
        (4_690_000, "thousand Ksh", "46.9"),
        (23_600_000, "thousand Ksh", "236"),
        (1_250_000_000, "million Ksh", "12.5"),
    ],
)
def test_a_chart_counts_in_units_that_fit_on_a_bar(most: int, heading: str, number: str) -> None:
    unit = tongue().unit([most, 0])
    assert unit.name == heading
    assert tongue().in_unit(most, unit) == number
    assert tongue().in_unit(0, unit) == "0"


def test_a_chart_of_nothing_counts_in_whole_units() -> None:
    assert tongue().unit([]).name == "Ksh"


def test_shares_are_whole_percents_and_discounts_as_in_the_sheet() -> None:
    assert tongue().percent(Fraction(9285, 10000)) == "93%"
    assert tongue().exact_percent(Decimal("0.075")) == "7.5%"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "16 Nov"), ("sw", "16 Nov"), ("ru", "16 нояб."), ("ky", "16-ноя.")]
)
def test_a_day_fits_below_a_bar(language: str, said: str) -> None:
    assert tongue(language).short_day(date(2026, 11, 16)) == said


def test_a_language_that_nobody_has_tables_for_is_written_like_english() -> None:
    assert tongue("zz").number(1104) == "1,104"


def test_a_letter_of_the_owner_is_called_by_its_own_name() -> None:
    assert tongue("sw").letter("spring_sale") == "spring sale"
