from datetime import date
from decimal import Decimal

import pytest

from toolkit.letters.speech import day, exact, money, share


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
    assert money(minor, currency, decimals, language).replace("\xa0", " ") == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "3 November"), ("sw", "3 Novemba"), ("ky", "3-ноябрь"), ("ru", "3 ноября")]
)
def test_a_day_is_written_as_people_write_it(language: str, expected: str) -> None:
    assert day(date(2026, 11, 3), language) == expected


@pytest.mark.parametrize(
    ("part", "language", "expected"),
    [("0.05", "en", "5%"), ("0.075", "sw", "7.5%"), ("0.075", "ky", "7,5%"), ("0.1", "ru", "10 %"), ("0", "en", "0%")],
)
def test_a_share_is_written_as_people_write_it(part: str, language: str, expected: str) -> None:
    assert share(Decimal(part), language).replace("\xa0", " ") == expected


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [("0.015", "en", "0.015"), ("0.015", "ru", "0,015"), ("2.5", "ky", "2,5"), ("1", "sw", "1")],
)
def test_a_rate_is_written_with_the_decimal_sign_of_the_language(value: str, language: str, expected: str) -> None:
    assert exact(Decimal(value), language) == expected
