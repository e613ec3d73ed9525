from datetime import date

from tests.rules.tables import LADDER, read, said
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.standing import standings

REWARDS = """
    Reward | Kind      | Costs points or Tier | Until
    Card   | gift card | 100                  |
    Lining | offer     | Silver               | 2026-12-31
    Box    | gift      | referral             |
"""
CLIENTS = "Client no. | Name | Referred by\nC1 | Asha |\nC2 | Ben | C1\nC3 | Cleo | C1"
RATES = LADDER.replace("| 0\n", "| 1\n")


def due(purchases: str = "", given: str = "", on: str = "2026-11-21") -> list[str]:
    tabs = {
        "Clients": CLIENTS,
        "Tiers": RATES,
        "Rewards": REWARDS,
        "Purchases": f"Date | Client no. | Amount\n{purchases}",
        "Rewards given": f"Date | Client no. | Reward | Points\n{given}",
    }
    return [reward.reward for reward in standings(read(tabs)[0], Loyalty(), date.fromisoformat(on))[0].due]


def test_a_reward_for_points_is_due_while_there_are_enough() -> None:
    assert due("2026-01-05 | C1 | 99") == []
    assert "Card" in due("2026-01-05 | C1 | 100")
    assert "Card" not in due("2026-01-05 | C1 | 150", "2026-02-01 | C1 | Card |")
    assert "Card" in due("2026-01-05 | C1 | 200", "2026-02-01 | C1 | Card |")


def test_a_reward_for_a_tier_is_due_once_and_for_every_higher_tier_until_its_last_day() -> None:
    assert "Lining" in due("2026-10-05 | C1 | 150")
    assert "Lining" in due("2026-10-05 | C1 | 250")
    assert "Lining" not in due("2026-10-05 | C1 | 250", "2026-10-06 | C1 | Lining |")
    assert "Lining" in due("2026-10-05 | C1 | 250", on="2026-12-31")
    assert "Lining" not in due("2026-10-05 | C1 | 250", on="2027-01-01")


def test_a_friend_whose_purchase_came_back_whole_and_oneself_bring_no_reward() -> None:
    head = "Date | Client no. | Amount | Purchase no. | Return of\n"
    rows = "2026-10-05 | C2 | 20 | P1 |\n2026-10-07 | C2 | -20 | P2 | P1"
    tabs = {"Tiers": RATES, "Rewards": REWARDS, "Purchases": head + rows, "Clients": CLIENTS}
    own = {**tabs, "Clients": "Client no. | Name | Referred by\nC2 | Ben | C2", "Purchases": head + rows[:26]}

    assert [one.due for one in standings(read(tabs)[0], Loyalty(), date(2026, 11, 21))] == [(), (), ()]
    assert [one.due for one in standings(read(own)[0], Loyalty(), date(2026, 11, 21))] == [()]
    assert "Clients!C2 referrer-self" in said(read(own)[1])


def test_a_referrer_is_due_a_reward_once_for_each_new_client_who_has_bought() -> None:
    assert due() == []
    assert due("2026-10-05 | C2 | 20") == ["Box"]
    assert due("2026-10-05 | C2 | 20", "2026-10-06 | C1 | Box |") == []
    assert due("2026-10-05 | C2 | 20\n2026-10-07 | C3 | 20", "2026-10-06 | C1 | Box |") == ["Box"]
