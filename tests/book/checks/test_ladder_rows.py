"""Ladders: rows that cannot be a ladder are left out together, and the last one that can be keeps working."""

from datetime import date
from typing import Any

from tests.book.book_desk import CLIENTS, read, told
from toolkit.book.tabs.ladders import ladder_on
from toolkit.book.tabs.schemes import Scheme
from toolkit.rules.bonuses.rulebook import Rulebook, Usual

TODAY = date(2026, 11, 21)


def ladders_told(**tabs: Any) -> list[tuple[str, str]]:
    return [one for one in told(read(Clients=CLIENTS, **tabs)[1]) if one[1] != "no-emails"]


def test_two_rows_that_start_from_one_amount_leave_their_day_out() -> None:
    tiers = """
        From date  | Tier   | From amount
        2026-01-01 | Bronze | 0
        2026-01-01 | Silver | 40,000
        2026-07-01 | Bronze | 0
        2026-07-01 | Silver | 50,000
        2026-07-01 | Gold   | 50,000
        """
    book, _ = read(Clients=CLIENTS, Tiers=tiers)
    assert [(one.tier, one.from_amount) for one in ladder_on(book.tiers, TODAY)] == [
        ("Bronze", 0),
        ("Silver", 4_000_000),
    ]
    assert ladders_told(Tiers=tiers) == [("Tiers!C6", "threshold-twice")]


def test_a_ladder_that_does_not_start_from_nothing_is_left_out() -> None:
    discounts = """
        From date  | From amount | Discount
        2026-01-01 | 0           | 0 %
        2026-01-01 | 20,000      | 2 %
        2026-07-01 | 10,000      | 5 %
        2026-07-01 | 10,000      | 6 %
        """
    book, _ = read(Clients=CLIENTS, Discounts=discounts)
    assert [one.row for one in ladder_on(book.discounts, TODAY)] == [2, 3]
    assert ladders_told(Discounts=discounts) == [
        ("Discounts!B4", "first-not-zero"),
        ("Discounts!B5", "threshold-twice"),
    ]


def test_each_scheme_has_bands_of_its_own() -> None:
    bands = """
        From date  | Scheme | From   | Rate
        2026-01-01 | sales  | 0      | 5 %
        2026-01-01 | office | 0      | 1 %
        2026-01-01 | Sales  | 20,000 | 8 %
        2026-01-01 | kiosk  | 5,000  | 8 %
        """
    book, _ = read(Clients=CLIENTS, Bonus_bands=bands)
    rules = Rulebook.of(book, Usual(), TODAY)
    assert [band.from_amount for band in rules.bands_of(Scheme("SALES"))] == [0, 2_000_000]
    assert [band.from_amount for band in rules.bands_of(Scheme("office"))] == [0]
    assert rules.bands_of(Scheme("kiosk")) == ()
    assert ladders_told(Bonus_bands=bands) == [("Bonus bands!C5", "first-not-zero")]


def test_a_step_that_cannot_be_read_is_told_at_its_cell() -> None:
    tiers = "From date | Tier | From amount\n2026-01-01 | Bronze | 0\n2026-01-01 | Silver | -5\n2026-01-01 | | 9"
    assert ladders_told(Tiers=tiers) == [
        ("Tiers!A2", "ladder-left-out"),
        ("Tiers!C3", "below-zero"),
        ("Tiers!B4", "blank"),
    ]
