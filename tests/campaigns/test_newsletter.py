"""The month's newsletter in approved words, each words once, to everybody who agreed."""

from datetime import date

import pytest

from tests.campaigns.campaign_desk import book_of, owed, said
from toolkit.book.client_book import ClientBook
from toolkit.campaigns.newsletter import Newsletter
from toolkit.campaigns.occasion import CampaignContext, Kind

CLIENTS = "Client no. | Name | Letters\nC001 | Asha | yes\nC002 | Hassan | no\nC003 | Halima |\nC004 | Zoe | yes"
HEADINGS = "Letter | Language | Status | Subject | Words"
READY = "newsletter | en | Ready | May | Hello"


def with_words(*rows: str) -> ClientBook:
    return book_of(Clients=CLIENTS, Letters="\n".join((HEADINGS, *rows)))


BOOK = with_words(READY)
MAY = BOOK.letters[0].words_id
EVERYBODY = [("C001", "2026-11"), ("C004", "2026-11")]


def test_everybody_who_agreed_gets_it_and_nobody_else() -> None:
    assert owed(Newsletter(), BOOK, "2026-11-21") == EVERYBODY


@pytest.mark.parametrize(
    "row",
    [
        "newsletter | en | Draft | May | Hello",
        "newsletter | en | Stopped | May | Hello",
        "newsletter | en | Ready | May |",
        "thank_you | en | Ready | May | Hello",
    ],
)
def test_without_approved_words_nobody_gets_it(row: str) -> None:
    assert owed(Newsletter(), with_words(row), "2026-11-21") == []
    assert owed(Newsletter(), book_of(Clients=CLIENTS), "2026-11-21") == []


@pytest.mark.parametrize(
    ("today", "count"), [("2026-11-10", 2), ("2026-11-13", 2), ("2026-11-14", 0), ("2026-11-30", 0)]
)
def test_nobody_joins_later_than_three_days_after_its_first_letter(today: str, count: int) -> None:
    before = said(
        ("newsletter", "2026-11", "C001", "2026-11-10"), ("newsletter", "2026-11", "C009", "2026-11-12"), words_id=MAY
    )
    assert len(owed(Newsletter(), BOOK, today, before)) == count


def test_the_same_words_are_never_news_twice() -> None:
    before = said(("newsletter", "2026-10", "C001", "2026-10-30"), words_id=MAY)
    assert owed(Newsletter(), BOOK, "2026-11-21", before) == []
    assert (
        owed(Newsletter(), with_words("newsletter | en | Ready | May | Hello again"), "2026-11-21", before) == EVERYBODY
    )


def test_new_words_in_one_language_are_reason_enough_to_ask() -> None:
    before = said(("newsletter", "2026-10", "C001", "2026-10-30"), words_id=MAY)
    assert (
        owed(Newsletter(), with_words(READY, "newsletter | sw | Ready | Mei | Habari"), "2026-11-21", before)
        == EVERYBODY
    )


def test_an_occasion_is_an_offer_in_new_words_until_three_days_after_the_first_letter() -> None:
    before = said(("newsletter", "2026-11", "C009", "2026-11-20"), words_id=MAY)
    one = next(Newsletter().occasions(BOOK, CampaignContext(date(2026, 11, 21), before)))
    assert (one.campaign, one.kind, one.expires, one.in_new_words) == (
        "newsletter",
        Kind.PROMOTIONAL,
        date(2026, 11, 23),
        True,
    )
