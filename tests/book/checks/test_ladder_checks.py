from datetime import date

import pytest

from tests.rules.tables import LADDER, read, said
from toolkit.book.problem import Problem

HEAD = "From date | Tier | From amount | Discount | Points rate\n"
OLD = HEAD + "2020-01-01 | Bronze | 0 | 0 % | 0\n2020-01-01 | Gold | 500 | 10 % | 0\n"


def ladder(*rows: str) -> tuple[list[str], list[str]]:
    """The problems of rows below a ladder that holds, and the tiers that hold on 2026-11-21."""
    book, problems = read({"Tiers": OLD + "\n".join(rows)})
    latest = max(step.since for step in book.tiers)
    of_tiers = tuple(one for one in problems if one.tab == "Tiers")
    return said(of_tiers), [step.tier for step in book.tiers if step.since == latest]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("2026-01-01 | New | 0 | 0 % | 0", "2026-01-01 | Top | ten | 5 % | 0"), "Tiers!C5 not-a-number"),
        (("2026-01-01 | New | 0 | 0 % | 0", "2026-01-01 | Top | 9 | 500 % | 0"), "Tiers!D5 not-a-share"),
        (("2026-01-01 | New | 0 | 0 % | 0", "2026-01-01 | Top |  | 5 % | 0"), "Tiers!C5 blank"),
        (("2026-01-01 | New | 0 | 0 % | 0", "2026-01-01 |  | 9 | 5 % | 0"), "Tiers!B5 blank"),
        (("2026-01-01 | New | 0 | 0 % | 0", "2026-01-01 | Top | 0 | 5 % | 0"), "Tiers!C5 threshold-twice"),
        (("2026-01-01 | New | 0 | 0 % | 0", "2026-01-01 | New | 9 | 5 % | 0"), "Tiers!B5 tier-twice"),
        (("2026-01-01 | New | 5 | 0 % | 0",), "Tiers!C4 first-not-zero"),
    ],
)
def test_a_ladder_with_a_fault_is_left_out_and_the_last_valid_one_keeps_holding(
    rows: tuple[str, ...], told: str
) -> None:
    problems, holds = ladder(*rows)

    assert [one for one in problems if one != "Tiers!A4 ladder-left-out"] == [told]
    assert holds == ["Bronze", "Gold"]


def test_rows_out_of_order_are_read_in_the_order_of_amounts_and_pointed_out() -> None:
    problems, holds = ladder("2026-01-01 | Top | 9 | 5 % | 0", "2026-01-01 | New | 0 | 0 % | 0")

    assert problems == ["Tiers!C5 ladder-order"]
    assert holds == ["New", "Top"]


def test_a_share_that_falls_is_pointed_out() -> None:
    assert ladder("2026-01-01 | New | 0 | 5 % | 0", "2026-01-01 | Top | 9 | 4 % | 0")[0] == ["Tiers!D5 rate-falls"]


def test_a_ladder_of_a_later_day_is_pointed_out_and_does_not_hold_yet() -> None:
    assert ladder("2026-11-22 | New | 0 | 0 % | 0")[0] == ["Tiers!A4 ladder-later"]
    assert ladder("2026-11-21 | New | 0 | 0 % | 0")[0] == []


def test_discounts_and_bonus_bands_need_their_share() -> None:
    book, problems = read(
        {
            "Discounts": "From date | From amount | Discount\n2026-01-01 | 0 |",
            "Bonus bands": "From date | Scheme | From | Rate\n2026-01-01 | sales | 0 | x",
        }
    )

    assert (book.discounts, book.bonus_bands) == ((), ())
    assert {"Discounts!C2 blank", "Bonus bands!D2 not-a-number"} <= set(said(problems))


def override(cells: str, tiers: str = LADDER) -> list[str]:
    clients = f"Client no. | Name | Email | Tier override | Override reason\nC1 | Asha | a@example.com | {cells}"
    return said(read({"Clients": clients, "Tiers": tiers}, date(2026, 11, 21))[1])


def test_an_override_names_a_tier_and_its_reason() -> None:
    assert override("Gold | our lawyer") == []
    assert override("Gold |") == ["Clients!D2 override-no-reason"]
    assert override("Godl | our lawyer") == ["Clients!D2 tier-unknown-near"]
    assert override("Platinum | our lawyer") == ["Clients!D2 tier-unknown"]


def test_an_override_to_a_tier_of_an_earlier_or_a_later_ladder_does_not_hold_and_is_told() -> None:
    today = f"{LADDER}2026-01-01 | Entry | 0\n2026-01-01 | Zenith | 100\n"
    assert override("Zenith | our lawyer", today) == []
    assert override("Gold | our lawyer", today) == ["Clients!D2 tier-unknown"]
    later = f"{LADDER}2027-01-01 | Entry | 0\n2027-01-01 | Zenith | 100\n"
    assert override("Zenith | our lawyer", later) == ["Clients!D2 tier-unknown", "Tiers!A5 ladder-later"]


def test_only_faults_leave_something_out() -> None:
    codes = ("ladder-order", "rate-falls", "ladder-later", "override-no-reason", "ladder-left-out")

    assert [Problem("Tiers", "A1", "", code).is_hint for code in codes] == [True, True, True, True, False]
