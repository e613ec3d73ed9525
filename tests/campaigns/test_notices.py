from datetime import date, timedelta
from typing import Final

import pytest

from tests.campaigns.campaign_desk import book_of, said
from toolkit.campaigns.letter_history import LetterHistory
from toolkit.campaigns.occasion import Campaign, CampaignContext, Kind, Occasion
from toolkit.campaigns.points_notice import PointsNotice
from toolkit.campaigns.reward import RewardLetter
from toolkit.campaigns.tier_notice import TierNotice
from toolkit.rules.loyalty.choices import Loyalty, PointsChoices
from toolkit.rules.loyalty.standing import standings

TODAY: Final = date(2026, 11, 21)
CLIENTS: Final = """
    Client no. | Name | Referred by
    C1         | Asha |
    C2         | Ben  | C1
"""
TIERS: Final = """
    From date  | Tier   | From amount | Points rate
    2020-01-01 | Bronze | 0           | 1
    2020-01-01 | Silver | 100         | 1
"""
REWARDS: Final = """
    Reward | Kind | Costs points or Tier | Until
    Card   | card | 100                  | 2026-12-31
    Lining | gift | Silver               | {until}
"""
BOUGHT: Final = "Date | Client no. | Amount | Purchase no. | Return of"
LOYALTY: Final = Loyalty(points=PointsChoices(months=6))


def owed(
    campaign: Campaign,
    *purchases: str,
    given: str = "",
    before: LetterHistory | None = None,
    adopted: date = date.min,
    loyalty: Loyalty = LOYALTY,
    until: str = "",
) -> list[Occasion]:
    tabs = {
        "Clients": CLIENTS,
        "Tiers": TIERS,
        "Rewards": REWARDS.format(until=until),
        "Purchases": "\n".join([BOUGHT, *purchases]),
        "Rewards given": f"Date | Client no. | Reward | Points | Code | Redeemed on\n{given}",
    }
    book = book_of(**tabs)
    stand = standings(book, loyalty, TODAY)
    moment = CampaignContext(TODAY, before or LetterHistory(), adopted, stand, timedelta(days=30))
    return [one for one in campaign.occasions(book, moment) if isinstance(one, Occasion)]


def told(occasions: list[Occasion]) -> list[tuple[str, str, date]]:
    return [(one.client.number, one.occurrence, one.expires) for one in occasions]


def test_who_rose_in_the_last_week_is_told_with_the_tier_and_the_day() -> None:
    found = owed(TierNotice(), "2026-01-05 | C1 | 60", "2026-11-17 | C1 | 60")

    assert told(found) == [("C1", "rose-Silver-2026-11-17", date(2026, 11, 24))]
    assert (found[0].kind, found[0].event) == (Kind.SERVICE, "rose")


def test_what_rose_before_the_book_was_adopted_triggers_no_letter() -> None:
    lines = ("2026-01-05 | C1 | 60", "2026-11-17 | C1 | 60")

    assert owed(TierNotice(), *lines, adopted=date(2026, 11, 18)) == []


def test_whose_tier_will_fall_is_warned_once_within_the_days_of_notice() -> None:
    lines = ("2025-12-15 | C1 | 60", "2026-03-05 | C1 | 60")

    assert told(owed(TierNotice(), *lines)) == [("C1", "falls-Silver-2026-12-14", date(2026, 11, 28))]
    warned = said(("tier_notice", "falls-Silver-2026-12-01", "C1", "2026-11-01"))
    assert owed(TierNotice(), *lines, before=warned) == []
    long_ago = said(("tier_notice", "falls-Silver-2026-12-01", "C1", "2026-10-22"))
    assert len(owed(TierNotice(), *lines, before=long_ago)) == 1


def test_a_warning_never_leaves_after_the_tier_has_fallen() -> None:
    lines = ("2025-11-25 | C1 | 60", "2026-03-05 | C1 | 60")

    assert told(owed(TierNotice(), *lines)) == [("C1", "falls-Silver-2026-11-24", date(2026, 11, 24))]


def test_a_tier_that_lasts_longer_needs_no_warning() -> None:
    assert owed(TierNotice(), "2026-03-05 | C1 | 120") == []
    assert owed(TierNotice(), "2025-12-25 | C1 | 20") == []


@pytest.mark.parametrize(("bought", "last"), [("2026-05-21", "2026-11-21"), ("2026-06-21", "2026-12-21")])
def test_points_that_expire_within_the_days_of_notice_are_told(bought: str, last: str) -> None:
    found = told(owed(PointsNotice(), f"{bought} | C1 | 40"))

    assert found == [("C1", f"expire-{last}", date.fromisoformat(last))]


def test_points_are_not_warned_of_too_early_or_twice() -> None:
    assert owed(PointsNotice(), "2026-06-22 | C1 | 40") == []
    warned = said(("points_notice", "expire-2026-11-30", "C1", "2026-11-10"))
    assert owed(PointsNotice(), "2026-06-21 | C1 | 40", before=warned) == []


def test_all_points_that_end_before_the_next_notice_are_told_together() -> None:
    last_days = ["2026-05-25 | C1 | 40", "2026-06-21 | C1 | 20", "2026-06-28 | C1 | 10", "2026-06-29 | C1 | 5"]

    assert [(one.occurrence, one.points) for one in owed(PointsNotice(), *last_days)] == [("expire-2026-11-25", 70)]


def test_a_reward_that_was_granted_is_brought_with_its_code() -> None:
    found = owed(RewardLetter(), given="2026-11-20 | C1 | Card | 0 | K7QM-2XWP-9RTA |")

    assert told(found) == [("C1", "given-2026-11-20-Card-K7QM-2XWP-9RTA", date(2026, 11, 27))]
    assert found[0].kind is Kind.SERVICE
    assert found[0].gift is not None
    assert (found[0].gift.code, found[0].gift.until) == ("K7QM-2XWP-9RTA", date(2026, 12, 31))


def test_two_cards_of_one_day_are_brought_each_with_its_own_code() -> None:
    rows = "2026-11-20 | C1 | Card | 0 | K7QM-2XWP-9RTA |\n2026-11-20 | C1 | Card | 0 | ABCD-2XWP-9RTA |"

    found = owed(RewardLetter(), given=rows)
    assert len({one.occurrence for one in found}) == 2
    assert {one.gift.code for one in found if one.gift} == {"K7QM-2XWP-9RTA", "ABCD-2XWP-9RTA"}


def test_a_reward_that_was_redeemed_or_given_long_ago_needs_no_letter() -> None:
    assert owed(RewardLetter(), given="2026-11-20 | C1 | Card | 0 | K7QM-2XWP-9RTA | 2026-11-20") == []
    assert owed(RewardLetter(), given="2026-11-13 | C1 | Card | 0 | K7QM-2XWP-9RTA |") == []


def test_a_referrer_is_thanked_once_the_new_client_has_first_bought() -> None:
    assert told(owed(RewardLetter(), "2026-11-16 | C2 | 20")) == [("C1", "referral-C2", date(2026, 11, 23))]
    assert owed(RewardLetter(), "2026-11-01 | C2 | 20", "2026-11-16 | C2 | 20") == []


def test_nobody_is_thanked_for_a_purchase_that_came_back_whole() -> None:
    lines = ("2026-11-16 | C2 | 20 | P1 |", "2026-11-18 | C2 | -20 | P2 | P1")

    assert owed(RewardLetter(), *lines) == []
    assert len(owed(RewardLetter(), lines[0], "2026-11-18 | C2 | -15 | P2 | P1")) == 1


def test_who_rises_to_a_tier_is_offered_what_it_brings_and_nothing_else() -> None:
    rose = owed(RewardLetter(), "2026-06-05 | C1 | 60", "2026-11-17 | C1 | 45", until="2026-11-25")

    assert told(rose) == [("C1", "reached-Card-0", date(2026, 11, 28)), ("C1", "offered-Lining", date(2026, 11, 25))]
    assert {one.kind for one in rose} == {Kind.PROMOTIONAL}
    assert rose[1].gift is not None
    assert (rose[1].event, rose[1].gift.until, rose[1].gift.points) == ("offered", date(2026, 11, 25), 0)
    assert told(owed(RewardLetter(), "2026-10-05 | C1 | 99", "2026-11-10 | C1 | 3")) == []


def test_an_offer_outlasts_the_week_in_which_other_letters_were_enough() -> None:
    bought = "2026-11-10 | C1 | 102"
    told_of_rise = said(("tier_notice", "rose-Silver-2026-11-10", "C1", "2026-11-11"))
    long_ago = said(("tier_notice", "rose-Silver-2026-10-10", "C1", "2026-10-11"))

    assert told(owed(RewardLetter(), bought, before=told_of_rise)) == [("C1", "offered-Lining", date(2026, 11, 28))]
    assert owed(RewardLetter(), bought, before=long_ago) == owed(RewardLetter(), bought) == []


def test_points_that_were_earned_and_spent_this_week_reach_nothing() -> None:
    before, given = "2026-10-05 | C1 | 150", "2026-11-18 | C1 | Card | 190 | K7QM-2XWP-9RTA | 2026-11-18"

    assert owed(RewardLetter(), before, "2026-11-17 | C1 | 45", given=given) == []


def test_who_reaches_a_reward_by_points_is_offered_it_once() -> None:
    silver = "2025-12-05 | C1 | 60"
    reached = owed(RewardLetter(), silver, "2026-06-05 | C1 | 60", "2026-11-17 | C1 | 45")

    assert told(reached) == [("C1", "reached-Card-0", date(2026, 11, 28))]
    assert reached[0].kind is Kind.PROMOTIONAL
    assert owed(RewardLetter(), "2026-06-05 | C1 | 100", "2026-11-17 | C1 | 45") == []


@pytest.mark.parametrize(
    ("bought", "count"), [("2026-11-08", 0), ("2026-11-07", 1), ("2026-10-31", 1), ("2026-10-30", 0)]
)
def test_points_that_were_pending_reach_a_reward_when_they_can_be_spent(bought: str, count: int) -> None:
    pending = Loyalty(points=PointsChoices(months=6, pending_days=14))
    assert len(owed(RewardLetter(), f"{bought} | C1 | 99.5", "2026-08-01 | C1 | 1", loyalty=pending)) == count
