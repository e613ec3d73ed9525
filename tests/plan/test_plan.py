"""What would be written and sent today, and what is held and why."""

from datetime import date

import pytest

from tests.plan.plan_desk import LETTERS, TODAY, desk, held, letters, said
from toolkit.campaigns.letter_history import LetterHistory
from toolkit.campaigns.occasion import letter_key
from toolkit.plan import Choices, Plan, plan_once, plan_week
from toolkit.rules.contact import BY_PERSON, Caps, by_email

ROOMY = Choices(caps=Caps(a_week=9, promotional_gap=0))


def week(**tabs: str) -> Plan:
    return plan_week(desk(**tabs))


def test_a_week_thanks_first_and_brings_news_to_those_who_agreed() -> None:
    plan = week()
    assert letters(plan) == [
        ("thank_you", "C001"),
        ("thank_you", "C003"),
        ("newsletter", "C001"),
        ("newsletter", "C002"),
    ]
    assert (held(plan), plan.said_before, plan.problems, plan.as_of) == ([], 0, (), TODAY)
    assert [one.client.number for one in plan.standings] == ["C001", "C002", "C003"]


def test_a_letter_is_finished_and_keyed_by_shop_campaign_occurrence_and_client() -> None:
    thanks = week().letters[0]
    assert thanks.header.key == letter_key("shop1", "thank_you", "2026-11-20", "C001")
    assert (thanks.header.route.address, thanks.header.language, thanks.header.expires) == (
        "asha@example.com",
        "en",
        date(2026, 11, 27),
    )
    assert (thanks.header.promotional, "Asha" in thanks.text) == (False, True)


def test_the_staffs_bonuses_are_part_of_the_week() -> None:
    plan = week(Staff="Staff no. | Name\nS1 | Ann")
    assert [one.staff.number for one in plan.bonuses] == ["S1"]


def test_a_plan_says_itself_in_one_line() -> None:
    before = LetterHistory.of([said("newsletter", "2026-11", "C002", "2026-11-20")])
    clients = """
        Client no. | Name   | Email         | Letters
        C001       | Asha   |               | yes
        C002       | Hassan | h@example.com | yes
        C003       | Halima | i@example.com |
        """
    plan = plan_week(desk(before, Clients=clients))
    assert str(plan) == "1 ready, 2 held, 1 already sent"
    assert str(Plan(TODAY)) == "0 ready, 0 held, 0 already sent"


def test_one_campaign_of_a_plan_is_a_plan_of_its_own() -> None:
    before = LetterHistory.of([said("newsletter", "2026-11", "C002", "2026-11-20")])
    plan = plan_week(
        desk(before, Clients="Client no. | Name | Email | Letters\nC001 | A | | yes\nC002 | B | b@example.com | yes")
    )
    assert str(plan.of("thank_you")) == "0 ready, 1 held, 0 already sent"
    assert str(plan.of("newsletter")) == "0 ready, 1 held, 1 already sent"
    assert str(plan.of("win_back")) == "0 ready, 0 held, 0 already sent"
    assert plan.of("newsletter").standings == plan.standings


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("C001 | Asha | asha@example.com |  | no", "no-consent"),
        ("C001 | Asha | asha@example.com |  |", "no-consent"),
        ("C001 | Asha | asha@example.com | phone | yes", "unreachable"),
        ("C001 | Asha | asha@example.com | post | yes", "unreachable"),
        ("C001 | Asha | asha@example.com | chat | yes", "unreachable"),
        ("C001 | Asha | | | yes", "unreachable"),
        ("C001 | Asha | asha@example | | yes", "email-wrong"),
        ("C001 | | asha@example.com | | yes", "no-name"),
        ("C001 | Asha | asha@example.com | | yes\nC001 | Asha | a@example.com | | yes", "number-twice"),
    ],
)
def test_an_offer_that_may_not_go_is_held_with_its_reason(row: str, code: str) -> None:
    asked = desk(
        Clients=f"Client no. | Name | Email | Prefers | Letters\n{row}", Purchases="Date | Client no. | Amount"
    )
    assert held(plan_once(asked, "win_back", asked.book.clients, "2026-Q4")) == [("win_back", "C001", code)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("C001 | Asha | asha@example.com | phone | yes | +254 712 345678 |", "prefers-phone"),
        ("C001 | Asha | asha@example.com | post  | yes |                 | Moi Ave 1", "prefers-post"),
        ("C001 | Asha | asha@example.com | chat  | yes | +254 712 345678 |", "prefers-chat"),
        ("C001 | Asha |                  |       | yes | 88.60.15.31     |", "no-email"),
    ],
)
def test_a_letter_that_no_mail_carries_is_written_for_a_person(row: str, code: str) -> None:
    headings = "Client no. | Name | Email | Prefers | Letters | Phone | Address"
    asked = desk(Clients=f"{headings}\n{row}", Purchases="Date | Client no. | Amount")
    plan = plan_once(asked, "win_back", asked.book.clients, "2026-Q4")
    assert [(one.header.client, one.header.route) for one in plan.letters] == [("C001", BY_PERSON)]
    assert [(one.occasion.reader.number, one.code) for one in plan.calls] == [("C001", code)]
    assert held(plan) == []


def test_two_clients_without_an_address_are_not_one_address() -> None:
    clients = "Client no. | Name | Letters | Phone\nC001 | A | yes | +254712345678\nC002 | B | yes | +254712345679"
    asked = desk(Clients=clients, Purchases="Date | Client no. | Amount")
    assert len(plan_once(asked, "win_back", asked.book.clients, "2026-Q4").letters) == 2


def test_a_call_stays_to_be_made_until_it_expires() -> None:
    before = LetterHistory.of([said("newsletter", "2026-11", "C001", "2026-11-20")])
    plan = plan_week(desk(before, Clients="Client no. | Name | Letters | Phone\nC001 | A | yes | +254712345678"))
    assert "C001" in [one.occasion.reader.number for one in plan.calls if one.occasion.campaign == "newsletter"]


def test_a_service_letter_needs_no_consent() -> None:
    clients = "Client no. | Name | Email\nC001 | Asha | asha@example.com\nC003 | Halima | h@example.com"
    assert letters(week(Clients=clients)) == [("thank_you", "C001"), ("thank_you", "C003")]


SHARED = """
    Client no. | Name   | Email            | Letters
    C001       | Asha   | home@example.com | yes
    C002       | Hassan | HOME@example.com | yes
    """


def test_an_offer_goes_once_to_an_address_that_two_clients_share() -> None:
    plan = week(Clients=SHARED, Purchases="Date | Client no. | Amount")
    assert (letters(plan), held(plan)) == ([("newsletter", "C001")], [("newsletter", "C002", "same-address")])
    assert plan.held[0].values == {"other": "C001"}


def test_an_offer_that_went_to_the_address_before_is_remembered() -> None:
    before = LetterHistory.of(
        [said("newsletter", "2026-11", "C009", "2026-11-20", route=by_email("Home@Example.com"), promotional=True)]
    )
    assert [code for _, _, code in held(plan_week(desk(before, Clients=SHARED)))] == ["same-address", "same-address"]


def test_a_letter_that_is_held_itself_holds_no_other_at_its_address() -> None:
    clients = SHARED.replace("Asha  ", "      ")
    plan = week(Clients=clients, Purchases="Date | Client no. | Amount")
    assert (letters(plan), held(plan)) == ([("newsletter", "C002")], [("newsletter", "C001", "no-name")])


def test_service_letters_go_to_each_client_at_a_shared_address() -> None:
    purchases = "Date | Client no. | Amount\n2026-11-20 | C001 | 1\n2026-11-20 | C002 | 1"
    assert letters(week(Clients=SHARED, Purchases=purchases, Letters="Letter | Language | Words")) == [
        ("thank_you", "C001"),
        ("thank_you", "C002"),
    ]


def test_only_those_who_are_named_are_written_to_and_the_rest_is_not_held() -> None:
    plan = plan_week(desk(None, Choices(only=frozenset({"C002"}))))
    assert (letters(plan), held(plan)) == ([("newsletter", "C002")], [])
    assert len(plan.standings) == 3


def test_two_letters_a_week_are_the_most() -> None:
    clients = "Client no. | Name | Email | Letters | First met\nC001 | Asha | asha@example.com | yes | 2026-11-20"
    plan = week(Clients=clients, Purchases="Date | Client no. | Amount\n2026-11-20 | C001 | 1")
    assert letters(plan) == [("thank_you", "C001"), ("follow_up", "C001")]
    assert held(plan) == [("newsletter", "C001", "enough-this-week")]


@pytest.mark.parametrize(("day", "codes"), [("2026-11-14", []), ("2026-11-15", ["enough-this-week"])])
def test_the_week_ends_with_today(day: str, codes: list[str]) -> None:
    before = LetterHistory.of([said("follow_up", "once", "C001", day), said("delay", "P1", "C001", day)])
    asked = desk(before, Choices(only=frozenset({"C001"})), Purchases="Date | Client no. | Amount")
    assert [code for _, _, code in held(plan_week(asked))] == codes


@pytest.mark.parametrize(("day", "codes"), [("2026-11-14", []), ("2026-11-15", ["promotional-lately"])])
def test_seven_days_lie_between_two_offers(day: str, codes: list[str]) -> None:
    before = LetterHistory.of([said("win_back", "2026-Q4", "C001", day, promotional=True)])
    asked = desk(before, Choices(only=frozenset({"C001"})), Purchases="Date | Client no. | Amount")
    assert [code for _, _, code in held(plan_week(asked))] == codes


def test_a_letter_that_failed_is_no_letter_lately() -> None:
    before = LetterHistory.of([said("win_back", "2026-Q4", "C001", "2026-11-20", promotional=True, left=False)])
    assert ("newsletter", "C001") in letters(plan_week(desk(before)))


def test_an_offer_planned_today_counts_for_the_next_one() -> None:
    asked = desk(None, Choices(caps=Caps(9, 7)))
    asha = asked.book.clients[0]
    plan = plan_once(asked, "win_back", [asha, asha], "2026-Q4")
    assert (letters(plan), held(plan)) == ([("win_back", "C001")], [("win_back", "C001", "promotional-lately")])


def test_what_was_said_is_counted_and_neither_held_nor_written() -> None:
    before = LetterHistory.of(
        [said("thank_you", "2026-11-20", "C001", "2026-11-20"), said("newsletter", "2026-11", "C001", "2026-11-20")]
    )
    plan = plan_week(desk(before, Choices(only=frozenset({"C001"}))))
    assert (letters(plan), held(plan), plan.said_before) == ([], [], 2)
    assert [one.campaign for one in plan.said] == ["thank_you", "newsletter"]


def test_who_may_not_be_written_to_any_more_was_said_all_the_same() -> None:
    before = LetterHistory.of([said("win_back", "2026-Q4", "C003", "2026-11-01")])
    asked = desk(before)
    assert str(plan_once(asked, "win_back", asked.book.clients, "2026-Q4")) == "2 ready, 0 held, 1 already sent"


def test_words_that_went_out_in_an_earlier_month_are_held_in_their_language_alone() -> None:
    rows = f"{LETTERS}\nnewsletter | sw | Ready | Mei | Habari zenu."
    clients = """
        Client no. | Name   | Email         | Letters | Language
        C001       | Asha   | a@example.com | yes     | en
        C002       | Hassan | h@example.com | yes     | sw
        """
    words_id = desk().book.letters[0].words_id
    before = LetterHistory.of([said("newsletter", "2026-10", "C009", "2026-10-30", words_id=words_id)])
    plan = plan_week(desk(before, ROOMY, Clients=clients, Letters=rows, Purchases="Date | Client no. | Amount"))
    assert (letters(plan), held(plan)) == ([("newsletter", "C002")], [("newsletter", "C001", "words-said")])


def test_words_that_went_out_this_month_go_to_those_who_are_still_owed_them() -> None:
    words_id = desk().book.letters[0].words_id
    before = LetterHistory.of([said("newsletter", "2026-11", "C001", "2026-11-20", words_id=words_id)])
    plan = plan_week(desk(before)).of("newsletter")
    assert (letters(plan), held(plan), plan.said_before) == ([("newsletter", "C002")], [], 1)


def test_the_same_words_may_go_again_where_the_letter_is_no_news() -> None:
    asked = desk(None, ROOMY)
    first = plan_once(asked, "win_back", asked.book.clients[:1], "2026-Q3").letters[0]
    before = LetterHistory.of(
        [said("win_back", "2026-Q3", "C001", "2026-08-01", words_id=first.header.words_id, promotional=True)]
    )
    again = desk(before, ROOMY)
    assert letters(plan_once(again, "win_back", again.book.clients[:1], "2026-Q4")) == [("win_back", "C001")]


def test_a_letter_that_a_person_asks_for_is_an_offer_for_today_alone() -> None:
    asked = desk()
    one = plan_once(asked, "win_back", asked.book.clients[:1], "2026-Q4").letters[0]
    assert (one.header.campaign, one.header.occurrence, one.header.expires, one.header.promotional) == (
        "win_back",
        "2026-Q4",
        TODAY,
        True,
    )


def test_a_letter_without_words_is_held() -> None:
    asked = desk()
    assert held(plan_once(asked, "anniversary", asked.book.clients[:1], "2026")) == [
        ("anniversary", "C001", "no-words")
    ]


def test_what_lies_before_the_book_was_adopted_writes_nothing() -> None:
    asked = desk(None, Choices(adopted=TODAY), Letters="Letter | Language | Words")
    assert letters(plan_week(asked)) == []


def test_what_is_wrong_with_the_words_is_part_of_the_plan() -> None:
    rows = "Letter | Language | Status | Subject | Words\nnewsletter | en | Ready | May | Hello {{ client.greting }}"
    plan = week(Letters=rows)
    assert [(one.place, one.code) for one in plan.problems] == [("Letters!E2", "no-field")]
    assert {code for campaign, _, code in held(plan) if campaign == "newsletter"} == {"template-wrong"}


def test_the_same_desk_gives_the_same_plan() -> None:
    assert week() == week()


def test_a_letter_of_which_another_computer_wrote_down_only_the_key_was_said() -> None:
    first = week().letters[0]
    before = LetterHistory(
        (said("", first.header.key[:16], first.header.client, "2026-11-20"),), frozenset({first.header.key[:16]})
    )
    plan = plan_week(desk(before))
    assert ("thank_you", "C001") not in letters(plan)
    assert [(one.campaign, one.reader.number) for one in plan.said] == [("thank_you", "C001")]
