"""One letter after the first meeting, within seven days of it."""

from datetime import date

import pytest

from tests.campaigns.campaign_desk import book_of, owed, said
from toolkit.campaigns.follow_up import FollowUp
from toolkit.campaigns.occasion import CampaignContext, Kind

BOOK = book_of(Clients="Client no. | Name | First met\nC001 | Asha | 2026-11-14\nC002 | Hassan |")


@pytest.mark.parametrize(
    ("today", "count"), [("2026-11-13", 0), ("2026-11-14", 1), ("2026-11-21", 1), ("2026-11-22", 0)]
)
def test_it_goes_from_the_day_of_the_meeting_until_seven_days_after(today: str, count: int) -> None:
    assert owed(FollowUp(), BOOK, today) == [("C001", "once")] * count


@pytest.mark.parametrize(("adopted", "count"), [("2026-11-14", 1), ("2026-11-15", 0)])
def test_meetings_from_before_the_book_was_adopted_are_not_followed_up(adopted: str, count: int) -> None:
    assert len(owed(FollowUp(), BOOK, "2026-11-15", adopted=adopted)) == count


def test_it_is_a_service_letter_that_expires_after_seven_days() -> None:
    one = next(FollowUp().occasions(BOOK, CampaignContext(date(2026, 11, 15))))
    assert (one.campaign, one.kind, one.expires, one.purchases) == ("follow_up", Kind.SERVICE, date(2026, 11, 21), ())


def test_it_has_one_name_for_ever_so_that_a_mended_date_sends_nothing_twice() -> None:
    before = said(("follow_up", "once", "C001", "2026-11-14"))
    assert owed(FollowUp(), BOOK, "2026-11-20", before) == [("C001", "once")]
    assert before.has("follow_up", "once", "C001")
