from datetime import date
from typing import Final

import pytest

from tests.report.small_shop import words
from tests.rules.tables import read
from toolkit.formatting import Formatter
from toolkit.report.rules_in_words import rule_lines
from toolkit.rules.loyalty.choices import Loyalty, PointsChoices
from toolkit.rules.loyalty.spend import Window

TIERS: Final = """
    From date  | Tier   | From amount | Discount | Points rate | Keeps
    2020-01-01 | Bronze | 0           | 0 %      | 0.5         |
    2020-01-01 | Silver | 10000       | 5 %      | 0.5         |
    2020-01-01 | Gold   | 20000       | 7.5 %    | 0.5         | yes
"""
HELD: Final = "kept to the end of the next year"
STEPWISE: Final = "kept to the end of the year, then down one tier a year"
BACK: Final = "returns take them back by the line that came back, even below zero"
DISCOUNTS: Final = "From date | From amount | Discount\n2020-01-01 | 0 | 0 %\n2020-01-01 | 500 | 2 %"


def told(loyalty: Loyalty, tiers: str = TIERS) -> list[str]:
    book, _ = read({"Tiers": tiers, "Discounts": DISCOUNTS})
    said = rule_lines(book, loyalty, Formatter(words("en"), "KES", 2), date(2026, 11, 21))
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in said]


def test_the_rules_are_read_back_in_words() -> None:
    points = PointsChoices(pending_days=14, months=6, returns="line", balance="unlimited")

    assert told(Loyalty(held="end of next period", points=points)) == [
        "Bronze for everybody: 0.5 points for each Ksh 1",
        f"Silver from Ksh 10,000 in the last 12 months, {HELD}: 5% discount, 0.5 points for each Ksh 1",
        "Gold from Ksh 20,000 in the last 12 months, kept for good: 7.5% discount, 0.5 points for each Ksh 1",
        "2% discount from Ksh 500 over a lifetime",
        f"Points: rounded down for each purchase, usable after 14 days, expire 6 months after earning; {BACK}",
    ]


def test_the_day_from_which_purchases_count_is_read_back() -> None:
    assert told(Loyalty(counts_from=date(2026, 1, 1)))[3] == "Purchases count towards a tier from 2026-01-01"
    assert not any("count towards a tier" in line for line in told(Loyalty()))


def test_one_of_a_thing_is_not_many() -> None:
    once = told(Loyalty(points=PointsChoices(pending_days=1, months=1)), TIERS.replace("0.5 ", "1 "))

    assert once[0] == "Bronze for everybody: 1 point for each Ksh 1"
    assert "usable after 1 day, expire 1 month after earning" in once[-1]


@pytest.mark.parametrize(
    ("loyalty", "silver"),
    [
        (Loyalty(inclusive=False), "Silver over Ksh 10,000 in the last 12 months, as long as that holds"),
        (Loyalty(window=Window(0), fall="never"), "Silver from Ksh 10,000 over a lifetime, kept for good"),
        (Loyalty(window=Window(1)), "Silver from Ksh 10,000 in the last month, as long as that holds"),
        (
            Loyalty(window=Window(0, by_year=True), fall="one step", measure="purchases"),
            f"Silver from 10,000 purchases in the calendar year, {STEPWISE}",
        ),
    ],
)
def test_every_choice_has_its_words(loyalty: Loyalty, silver: str) -> None:
    assert told(loyalty)[1].startswith(silver)
