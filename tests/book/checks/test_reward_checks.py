import pytest

from tests.rules.tables import LADDER, read, said
from toolkit.book.tabs.rewards import Cost

REWARDS = """
    Reward | Kind      | Costs points or Tier | Until
    Card   | gift card | 500                  |
    Lining | offer     | Gold                 | 2026-12-31
    Box    | gift      | referral             |
"""
GIVEN = "Date | Client no. | Reward | Points | Code | Redeemed on\n"


def told(rewards: str = REWARDS, given: str = "") -> list[str]:
    tabs = {"Tiers": LADDER, "Rewards": rewards, "Rewards given": GIVEN + given}
    return [one for one in said(read(tabs)[1]) if one.startswith("Rewards")]


def test_a_reward_costs_points_or_a_tier_or_a_referral() -> None:
    book, _ = read({"Tiers": LADDER, "Rewards": REWARDS})

    assert [one.cost for one in book.rewards] == [Cost(points=500), Cost(tier="Gold"), Cost(referral=True)]
    assert told() == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Card | card | Godl |", "Rewards!C2 reward-tier-unknown-near"),
        ("Card | card | Platinum |", "Rewards!C2 reward-tier-unknown"),
        ("Card | card | |", "Rewards!C2 reward-free"),
        ("Card | card | -5 |", "Rewards!C2 below-zero"),
        ("Card | card | 2.5 |", "Rewards!C2 not-whole"),
        ("Card | card | 5 | soon", "Rewards!D2 not-a-date"),
    ],
)
def test_a_reward_with_a_fault_is_told_and_not_offered(row: str, problem: str) -> None:
    head = "Reward | Kind | Costs points or Tier | Until\n"

    assert told(head + row) == [problem]
    assert read({"Tiers": LADDER, "Rewards": head + row})[0].rewards == ()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("2026-01-05 | X | Card | | |", "Rewards given!B2 client-unknown"),
        ("2026-01-05 | C1 | Crad | | |", "Rewards given!C2 reward-unknown-near"),
        ("2026-01-05 | C1 | Moon | | |", "Rewards given!C2 reward-unknown"),
        ("2026-01-05 | C1 | Card | many | |", "Rewards given!D2 not-a-number"),
    ],
)
def test_what_was_given_must_agree_with_the_other_tabs(row: str, problem: str) -> None:
    assert told(given=row) == [problem]
    assert read({"Rewards": REWARDS, "Rewards given": GIVEN + row})[0].rewards_given == ()


def test_what_was_redeemed_before_it_was_given_is_told_and_still_counts() -> None:
    rows = "2026-01-05 | C1 | Card | | | 2026-01-04\n2026-01-05 | C1 | Card | | | 2026-01-05"

    assert told(given=rows) == ["Rewards given!F2 redeemed-early"]
    assert len(read({"Rewards": REWARDS, "Rewards given": GIVEN + rows})[0].rewards_given) == 2


def test_blank_points_are_what_the_reward_costs_and_an_old_reward_may_have_its_own() -> None:
    rows = "2026-01-05 | C1 | Card | | |\n2026-01-06 | C1 | Sold out | 70 | |\n2026-01-07 | C1 | Lining | | |"
    book, _ = read({"Tiers": LADDER, "Rewards": REWARDS, "Rewards given": GIVEN + rows})

    assert [one.points for one in book.rewards_given] == [500, 70, 0]


def test_a_code_stands_once_and_cannot_be_guessed() -> None:
    codes = ("K7QM-2XWP", "k7qm-2xwp", "12")
    rows = "\n".join(f"2026-01-0{place} | C1 | Card | | {code} |" for place, code in enumerate(codes, start=1))

    assert told(given=rows) == ["Rewards given!E3 code-twice", "Rewards given!E4 code-guessable"]
