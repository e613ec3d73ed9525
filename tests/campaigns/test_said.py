"""What was said before, and the key by which a letter is known for ever."""

from datetime import date
from hashlib import sha256

from toolkit.campaigns import CAMPAIGNS
from toolkit.campaigns.letter_history import LetterHistory, PastLetter
from toolkit.campaigns.occasion import letter_key
from toolkit.rules.contact import by_email

LETTERS = (
    PastLetter("newsletter", "2026-10", "C001", date(2026, 10, 30), words_id="w1"),
    PastLetter("newsletter", "2026-11", "C001", date(2026, 11, 20), words_id="w2"),
    PastLetter("newsletter", "2026-11", "C002", date(2026, 11, 18), words_id="w2"),
    PastLetter("thank_you", "2026-11-15", "C001", date(2026, 11, 15)),
    PastLetter("thank_you", "2026-11-14", "C001", date(2026, 11, 14)),
    PastLetter("follow_up", "once", "C001", date(2026, 11, 21), left=False),
    PastLetter("follow_up", "once", "C009", date(2026, 11, 22)),
)
SAID = LetterHistory.of(LETTERS)


def test_a_letter_is_known_by_campaign_occurrence_and_client() -> None:
    assert SAID.has("newsletter", "2026-11", "C002")
    assert not SAID.has("newsletter", "2026-10", "C002")


def test_letters_to_one_client_are_found_together() -> None:
    assert [one.campaign for one in SAID.to("C002")] == ["newsletter"]
    assert SAID.to("C003") == ()


def test_the_first_day_of_an_occurrence_is_the_earliest_of_all_its_letters() -> None:
    assert SAID.first_day("newsletter", "2026-11") == date(2026, 11, 18)
    assert SAID.first_day("newsletter", "2026-12") is None


def test_words_are_known_by_the_occurrences_that_used_them() -> None:
    assert SAID.occurrences_of("w2") == {"2026-11"}
    assert SAID.occurrences_of("w3") == frozenset()


def test_what_left_in_seven_days_has_today_in_it_and_not_the_same_day_a_week_ago() -> None:
    found = SAID.left_since("C001", date(2026, 11, 21), 7)
    assert [one.occurrence for one in found] == ["2026-11", "2026-11-15"]
    assert SAID.left_since("C009", date(2026, 11, 21), 7) == ()


def test_a_key_is_made_of_shop_campaign_occurrence_and_client_and_of_nothing_else() -> None:
    key = letter_key("duka", "thank_you", "2026-11-21", "C001")
    assert key == sha256(b"duka|thank_you|2026-11-21|C001").hexdigest()
    others = [("duka2", "thank_you", "2026-11-21", "C001"), ("duka", "thank_you", "2026-11-22", "C001")]
    assert key not in {letter_key(*one) for one in others}


def test_campaigns_stand_in_the_order_of_their_priority_under_names_of_their_own() -> None:
    assert [campaign.name for campaign in CAMPAIGNS] == [
        "thank_you",
        "follow_up",
        "tier_notice",
        "points_notice",
        "reward",
        "newsletter",
        "bonus_statement",
        "best_of_month",
    ]


def test_what_left_to_a_number_that_is_gone_was_said_to_whoever_has_its_address_or_it_without_zeros() -> None:
    said = LetterHistory.of(
        [
            PastLetter("thank_you", "P1", "C001", date(2026, 11, 15), route=by_email("Asha@example.com")),
            PastLetter("thank_you", "P2", "007", date(2026, 11, 15)),
            PastLetter("thank_you", "P3", "C002", date(2026, 11, 15), route=by_email("ben@example.com"), left=False),
            PastLetter("thank_you", "P4", "C003", date(2026, 11, 15), route=by_email("asha@example.com")),
            PastLetter(
                "bonus_statement", "2026-10", "staff:S1", date(2026, 11, 15), route=by_email("asha@example.com")
            ),
        ]
    )
    now = said.as_now_numbered({"1": "asha@example.com", "7": "", "C003": "x@example.com", "2": "ben@example.com"})

    assert {(one.occurrence, one.client) for one in now.letters} == {
        ("P1", "C001"),
        ("P1", "1"),
        ("P2", "007"),
        ("P2", "7"),
        ("P3", "C002"),
        ("P4", "C003"),
        ("2026-10", "staff:S1"),
    }


def test_where_every_number_is_still_there_nothing_is_said_anew() -> None:
    readers = dict.fromkeys(("C001", "C002", "C009"), "")

    assert SAID.as_now_numbered(readers) is SAID
