"""Who may get a letter now, and by which route."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from toolkit.book.tabs.clients import Client
from toolkit.book.tabs.staff import StaffMember
from toolkit.rules.contact import (
    BY_PERSON,
    Caps,
    RecentLetters,
    by_email,
    frequency_hold,
    is_reachable,
    mailbox,
    reach_client,
    reach_staff,
    who_shares,
    why_call,
)

ASHA = Client("C001", row=2, email="asha@example.com", consent=True)
ANN = StaffMember("S1", row=2, name="Ann", email="ann@example.com")
TODAY = date(2026, 11, 21)
NO_LETTERS = RecentLetters()


def reason(
    client: Client, lately: RecentLetters = NO_LETTERS, *, promotional: bool = True, is_doubled: bool = False
) -> str:
    reach = reach_client(client, promotional=promotional, is_doubled=is_doubled)
    return reach.hold or frequency_hold(lately, Caps(2, 7), promotional=promotional)


@pytest.mark.parametrize("prefers", ["phone", "post", "chat"])
def test_a_person_carries_letters_to_who_prefers_another_way_and_who_has_no_address(prefers: str) -> None:
    clients = (replace(ASHA, prefers=prefers), replace(ASHA, email=""))
    routes = [reach_client(client, promotional=False, is_doubled=False).route for client in clients]
    assert routes == [BY_PERSON, BY_PERSON]


def test_all_others_get_them_by_email() -> None:
    assert reach_client(ASHA, promotional=True, is_doubled=False).route == by_email("asha@example.com")
    assert reach_staff(ANN, TODAY, is_doubled=False).route == by_email("ann@example.com")


def test_an_address_is_the_same_in_other_capitals_and_with_spaces_but_not_without_its_dots() -> None:
    assert mailbox(" Asha@Example.com ") == mailbox("asha@example.com")
    assert mailbox("a.sha@example.com") != mailbox("asha@example.com")


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


def test_staff_need_an_address_and_no_consent() -> None:
    assert reach_staff(ANN, TODAY, is_doubled=False).hold == ""
    assert reach_staff(replace(ANN, email=""), TODAY, is_doubled=False).hold == "staff-no-email"
    assert (
        reach_staff(replace(ANN, email="", faults=frozenset({"email"})), TODAY, is_doubled=False).hold == "email-wrong"
    )
    assert reach_staff(ANN, TODAY, is_doubled=True).hold == "staff-number-twice"


def test_staff_get_letters_to_the_end_of_their_last_day() -> None:
    assert reach_staff(replace(ANN, until=TODAY), TODAY, is_doubled=False).hold == ""
    assert reach_staff(replace(ANN, until=TODAY), TODAY + timedelta(days=1), is_doubled=False).hold == "staff-left"


def test_a_shared_mailbox_is_one_that_another_person_reads() -> None:
    ben = StaffMember("S2", row=3, name="Ben", email="Ann@Example.com")
    assert who_shares(ANN, [ANN, ben]) == "Ben"
    assert who_shares(ANN, [ANN, replace(ben, name="")]) == "S2"
    assert who_shares(ANN, [ANN, replace(ben, email="ben@example.com")]) == ""


@pytest.mark.parametrize("prefers", ["phone", "post", "chat"])
def test_who_prefers_another_way_is_called_for_that_reason(prefers: str) -> None:
    assert why_call(replace(ASHA, prefers=prefers)) == f"prefers-{prefers}"


def test_mail_goes_to_who_has_an_address_and_no_other_wish() -> None:
    assert why_call(ASHA) == ""
    assert why_call(replace(ASHA, prefers="email")) == ""


def test_without_an_address_a_person_calls_but_a_wrong_one_is_to_be_mended() -> None:
    assert why_call(replace(ASHA, email="")) == "no-email"
    assert why_call(replace(ASHA, email="", faults=frozenset({"email"}))) == ""


def test_a_person_needs_a_phone_in_any_spelling_or_an_address() -> None:
    assert not is_reachable(Client("C001", row=2))
    assert is_reachable(Client("C001", row=2, phone_as_written="88.60.15.31"))
    assert is_reachable(Client("C001", row=2, address="Moi Ave 1"))
    assert not is_reachable(Client("C001", row=2, faults=frozenset({"email"}), phone="+254712345678"))
