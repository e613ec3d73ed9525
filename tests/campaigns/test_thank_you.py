"""One thank-you in seven days, within seven days of the purchase."""

from datetime import date

import pytest

from tests.campaigns.campaign_desk import book_of, owed, said
from toolkit.campaigns.occasion import CampaignContext, Kind
from toolkit.campaigns.thank_you import ThankYou

CLIENTS = "Client no. | Name\nC001 | Asha\nC002 | Hassan"


def bought(*rows: str) -> dict[str, str]:
    headings = "Purchase no. | Date | Client no. | Amount | Status | Return of"
    return {"Clients": CLIENTS, "Purchases": "\n".join((headings, *rows))}


NOVEMBER_14 = book_of(**bought("P1 | 2026-11-14 | C001 | 100 | paid |"))


@pytest.mark.parametrize(
    ("today", "count"), [("2026-11-13", 0), ("2026-11-14", 1), ("2026-11-21", 1), ("2026-11-22", 0)]
)
def test_thanks_go_from_the_day_of_the_purchase_until_seven_days_after(today: str, count: int) -> None:
    assert owed(ThankYou(), NOVEMBER_14, today) == [("C001", "2026-11-14")] * count


@pytest.mark.parametrize(("adopted", "count"), [("2026-11-14", 1), ("2026-11-15", 0)])
def test_purchases_from_before_the_book_was_adopted_are_not_thanked_for(adopted: str, count: int) -> None:
    assert len(owed(ThankYou(), NOVEMBER_14, "2026-11-15", adopted=adopted)) == count


def test_a_letter_thanks_for_all_lines_of_the_latest_day() -> None:
    book = book_of(
        **bought(
            "P1 | 2026-11-18 | C001 | 100 | paid |",
            "P2 | 2026-11-20 | C001 | 200 | paid |",
            "P3 | 2026-11-20 | C001 | 300 | delivered |",
            "P4 | 2026-11-20 | C002 | 400 | paid |",
        )
    )
    found = list(ThankYou().occasions(book, CampaignContext(date(2026, 11, 21))))
    assert [(one.client.number, [line.number for line in one.purchases]) for one in found] == [
        ("C001", ["P2", "P3"]),
        ("C002", ["P4"]),
    ]
    assert {(one.campaign, one.kind, one.expires) for one in found} == {("thank_you", Kind.SERVICE, date(2026, 11, 27))}


@pytest.mark.parametrize(
    "row",
    [
        "P1 | 2026-11-20 | C001 | 100 | ordered |",
        "P1 | 2026-11-20 | C001 | 100 | cancelled |",
        "P1 | 2026-11-20 | C001 | 0 | paid |",
    ],
)
def test_what_is_not_paid_is_not_thanked_for(row: str) -> None:
    assert owed(ThankYou(), book_of(**bought(row)), "2026-11-21") == []


def test_a_return_is_not_thanked_for() -> None:
    book = book_of(**bought("P1 | 2026-10-01 | C001 | 100 | paid |", "P2 | 2026-11-20 | C001 | -100 | paid | P1"))
    assert owed(ThankYou(), book, "2026-11-21") == []


@pytest.mark.parametrize(
    ("thanked_for", "count"),
    [("2026-11-07", 1), ("2026-11-08", 0), ("2026-11-13", 0), ("2026-11-15", 0), ("2026-11-20", 0), ("2026-11-21", 1)],
)
def test_who_was_thanked_for_a_day_less_than_seven_days_away_is_not_thanked_again(thanked_for: str, count: int) -> None:
    before = said(("thank_you", thanked_for, "C001", thanked_for))
    assert len(owed(ThankYou(), NOVEMBER_14, "2026-11-14", before)) == count


def test_the_very_letter_that_was_said_is_still_owed_so_that_it_can_be_counted() -> None:
    before = said(("thank_you", "2026-11-14", "C001", "2026-11-14"))
    assert owed(ThankYou(), NOVEMBER_14, "2026-11-15", before) == [("C001", "2026-11-14")]


def test_other_letters_and_letters_to_others_are_no_thanks() -> None:
    before = said(("follow_up", "2026-11-13", "C001", "2026-11-13"), ("thank_you", "2026-11-13", "C002", "2026-11-13"))
    assert len(owed(ThankYou(), NOVEMBER_14, "2026-11-14", before)) == 1


def test_a_thank_you_that_a_script_sent_for_a_season_stops_nothing() -> None:
    before = said(("thank_you", "2026-Q4", "C001", "2026-11-13"))
    assert len(owed(ThankYou(), NOVEMBER_14, "2026-11-14", before)) == 1
