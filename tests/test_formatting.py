from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.report.small_shop import words
from toolkit.book.i18n import Words
from toolkit.formatting import Formatter, rounded_share


def formatter(language: str = "en", currency: str = "KES", decimals: int = 2) -> Formatter:
    return Formatter(words(language), currency, decimals, language)


@pytest.mark.parametrize(
    ("minor", "currency", "decimals", "language", "expected"),
    [
        (1180000, "KES", 2, "en", "Ksh 11,800"),
        (1180000, "KES", 2, "sw", "Ksh 11,800"),
        (1180050, "KES", 2, "sw", "Ksh 11,800.50"),
        (456000, "KGS", 2, "ky", "4 560 сом"),
        (456000, "KGS", 2, "ru", "4 560 сом"),
        (456005, "KGS", 2, "ru", "4 560,05 сом"),
        (11800, "TZS", 0, "sw", "TSh 11,800"),
        (11800, "TZS", 0, "en", "TSh 11,800"),
        (1999, "USD", 2, "en", "$19.99"),
        (1999, "EUR", 2, "en", "€19.99"),
        (-50, "EUR", 2, "en", "-€0.50"),
        (1500, "BHD", 3, "xx", "BHD 1.500"),
        (100, "KES", 2, "not a language", "KES 1"),
    ],
)
def test_money_is_written_as_people_write_it(
    minor: int, currency: str, decimals: int, language: str, expected: str
) -> None:
    assert formatter(language, currency, decimals).money(minor).replace("\xa0", " ") == expected


def test_a_large_sum_is_short_in_whole_units_and_a_small_one_goes_to_the_last_cent() -> None:
    assert formatter(currency="USD").short_money(1627185) == "$16,272"
    assert formatter(currency="USD").short_money(22379) == "$223.79"


def test_an_exact_sum_keeps_every_digit() -> None:
    assert formatter().exact_sum(Fraction(12648006, 10)) == "12,648.006"
    assert formatter("ru").exact_sum(Fraction(450000)).replace("\xa0", " ") == "4 500,00"


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "3 November"), ("sw", "3 Novemba"), ("ky", "3-ноябрь"), ("ru", "3 ноября")]
)
def test_a_day_is_written_as_people_write_it(language: str, expected: str) -> None:
    assert formatter(language).day(date(2026, 11, 3)) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "16 Nov"), ("sw", "16 Nov"), ("ru", "16 нояб."), ("ky", "16-ноя.")]
)
def test_a_day_fits_below_a_bar(language: str, expected: str) -> None:
    assert formatter(language).short_day(date(2026, 11, 16)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "16–22 November 2026"),
        (date(2026, 10, 26), date(2026, 11, 1), "26 October – 1 November 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 – 3 January 2027"),
        (date(2026, 11, 1), date(2026, 11, 1), "1 November 2026"),
    ],
)
def test_a_span_of_days_is_as_short_as_it_can_be(first: date, last: date, expected: str) -> None:
    assert formatter().days(first, last) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("sw", "16–22 Novemba 2026"), ("ru", "16–22 ноября 2026 г."), ("ky", "16–22-ноябрь 2026-ж.")],
)
def test_a_week_ends_with_its_year_in_every_language(language: str, expected: str) -> None:
    assert formatter(language).days(date(2026, 11, 16), date(2026, 11, 22)) == expected


@pytest.mark.parametrize(
    ("part", "language", "expected"),
    [("0.05", "en", "5%"), ("0.075", "sw", "7.5%"), ("0.075", "ky", "7,5%"), ("0.1", "ru", "10 %"), ("0", "en", "0%")],
)
def test_a_share_is_written_as_people_write_it(part: str, language: str, expected: str) -> None:
    assert formatter(language).share(Decimal(part)).replace("\xa0", " ") == expected


def test_a_share_of_half_a_hundredth_is_rounded_up_everywhere() -> None:
    assert rounded_share(Fraction(4500, 80000)) == Decimal("0.0563")
    assert formatter().share(Fraction(4500, 80000)) == "5.63%"
    assert formatter().percent(Fraction(9285, 10000)) == "93%"


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [("0.015", "en", "0.015"), ("0.015", "ru", "0,015"), ("2.5", "ky", "2,5"), ("1", "sw", "1")],
)
def test_a_rate_is_written_with_the_decimal_sign_of_the_language(value: str, language: str, expected: str) -> None:
    assert formatter(language).rate(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("number", "language", "expected"),
    [
        (1, "en", "1 client"),
        (2, "en", "2 clients"),
        (1, "sw", "mteja 1"),
        (2, "sw", "wateja 2"),
        (2, "ky", "2 кардар"),
        (1, "ru", "1 клиент"),
        (3, "ru", "3 клиента"),
        (5, "ru", "5 клиентов"),
        (11, "ru", "11 клиентов"),
        (21, "ru", "21 клиент"),
    ],
)
def test_a_noun_takes_the_form_that_its_number_asks_for(number: int, language: str, expected: str) -> None:
    assert formatter(language).count("report", "clients", number) == expected


def test_a_noun_is_counted_as_in_the_language_of_its_text() -> None:
    french_numbers = Formatter(words("en"), "EUR", 2, "fr")

    assert french_numbers.count("report", "clients", 0) == "0 clients"
    assert french_numbers.number(1104).replace("\u202f", " ") == "1 104"


def test_a_language_without_tables_is_written_like_english() -> None:
    assert Formatter(Words("zz", {}), "KES", 2).number(1104) == "1,104"
