"""Who rose to a higher tier in the last seven days."""

from datetime import date, timedelta

import pytest

from tests.rules_desk import book
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.standing import Standing, standings

SATURDAY = date(2026, 11, 21)
CLIENTS = "Client no. | Name\nC001 | Asha"
TIERS = """
    From date  | Tier   | From amount
    2026-01-01 | Bronze | 0
    2026-01-01 | Silver | 10,000
    """


def asha(today: date, *bought: tuple[str, int], tiers: str = TIERS) -> Standing:
    rows = "\n".join(f"{day} | C001 | {amount}" for day, amount in bought)
    read = book(Clients=CLIENTS, Tiers=tiers, Purchases=f"Date | Client no. | Amount\n{rows}")
    return standings(read, Loyalty(), today)[0]


@pytest.mark.parametrize(("days", "rose"), [(-1, False), (0, True), (6, True), (7, False)])
def test_it_is_said_on_the_day_and_on_six_more(days: int, rose: bool) -> None:  # noqa: FBT001 - a table of answers
    assert asha(SATURDAY + timedelta(days=days), ("2026-11-21", 10_000)).rose is rose


def test_who_fell_or_stayed_did_not_rise() -> None:
    assert not asha(SATURDAY, ("2025-11-21", 10_000), ("2026-11-20", 1)).rose
    assert not asha(SATURDAY, ("2026-11-20", 9_999)).rose


def test_who_rose_from_no_purchase_at_all_rose() -> None:
    assert asha(SATURDAY, ("2026-11-20", 10_000)).rose


def test_the_rules_of_a_week_ago_say_where_one_stood_then() -> None:
    tiers = f"{TIERS.rstrip()}\n2026-11-15 | Bronze | 0\n2026-11-15 | Gold | 20,000"
    assert asha(date(2026, 11, 20), ("2026-10-01", 20_000), tiers=tiers).rose
    assert not asha(date(2026, 11, 22), ("2026-10-01", 20_000), tiers=tiers).rose


def test_without_rules_a_week_ago_nobody_rose() -> None:
    assert not asha(date(2026, 1, 5), ("2026-01-04", 20_000)).rose
