"""When a letter must wait or not go at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from toolkit.book.tabs.clients import Client
from toolkit.book.tabs.staff import StaffMember
from toolkit.rules.courtesy import Caps, RecentLetters, who_shares, why_not, why_not_staff

ASHA = Client("C001", row=2, email="asha@example.com", consent=True)
NO_LETTERS = RecentLetters()


def reason(
    client: Client, lately: RecentLetters = NO_LETTERS, *, promotional: bool = True, is_doubled: bool = False
) -> str:
    return why_not(client, promotional=promotional, is_doubled=is_doubled, lately=lately, caps=Caps(2, 7))


def test_who_agreed_and_has_an_address_gets_a_letter() -> None:
    assert reason(ASHA) == ""
    assert reason(replace(ASHA, prefers="email"), RecentLetters(this_week=1)) == ""


@pytest.mark.parametrize("consent", [None, False])
def test_offers_need_a_yes_and_service_letters_do_not(consent: bool | None) -> None:  # noqa: FBT001 - a table of answers
    client = replace(ASHA, consent=consent)
    assert reason(client) == "no-consent"
    assert reason(client, promotional=False) == ""


@pytest.mark.parametrize("prefers", ["phone", "post", "chat"])
def test_who_prefers_another_way_is_reached_by_a_person_where_that_is_possible(prefers: str) -> None:
    assert reason(replace(ASHA, prefers=prefers, phone="+254712345678")) == ""
    assert reason(replace(ASHA, prefers=prefers)) == "unreachable"


def test_who_may_have_asked_for_another_way_gets_no_mail_until_that_is_clear() -> None:
    assert reason(replace(ASHA, faults=frozenset({"prefers"})), promotional=False) == "prefers-unclear"


def test_without_an_address_the_reason_is_that_there_is_none_or_that_it_is_wrong() -> None:
    assert reason(replace(ASHA, email="", phone="+254712345678")) == ""
    assert reason(replace(ASHA, email="")) == "unreachable"
    assert reason(replace(ASHA, email="", faults=frozenset({"email"}))) == "email-wrong"


def test_a_number_that_stands_twice_goes_before_every_other_reason() -> None:
    assert reason(replace(ASHA, email="", consent=None), is_doubled=True) == "number-twice"


def test_one_offer_in_the_gap_is_enough() -> None:
    assert reason(ASHA, RecentLetters(promotional=1)) == "promotional-lately"
    assert reason(ASHA, RecentLetters(promotional=1), promotional=False) == ""


def test_two_letters_a_week_are_enough() -> None:
    assert reason(ASHA, RecentLetters(this_week=2), promotional=False) == "enough-this-week"
    assert reason(ASHA, RecentLetters(this_week=3)) == "enough-this-week"


ANN = StaffMember("S1", row=2, name="Ann", email="ann@example.com")
TODAY = date(2026, 11, 21)


def test_staff_need_an_address_and_no_consent() -> None:
    assert why_not_staff(ANN, TODAY, is_doubled=False) == ""
    assert why_not_staff(replace(ANN, email=""), TODAY, is_doubled=False) == "staff-no-email"
    assert why_not_staff(replace(ANN, email="", faults=frozenset({"email"})), TODAY, is_doubled=False) == "email-wrong"
    assert why_not_staff(ANN, TODAY, is_doubled=True) == "staff-number-twice"


def test_staff_get_letters_to_the_end_of_their_last_day() -> None:
    assert why_not_staff(replace(ANN, until=TODAY), TODAY, is_doubled=False) == ""
    assert why_not_staff(replace(ANN, until=TODAY), TODAY + timedelta(days=1), is_doubled=False) == "staff-left"


def test_a_shared_mailbox_is_one_that_another_person_reads() -> None:
    ben = StaffMember("S2", row=3, name="Ben", email="Ann@Example.com")
    assert who_shares(ANN, [ANN, ben]) == "Ben"
    assert who_shares(ANN, [ANN, replace(ben, name="")]) == "S2"
    assert who_shares(ANN, [ANN, replace(ben, email="ben@example.com")]) == ""
