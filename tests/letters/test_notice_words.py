"""The notices as clients read them, in four languages, and nothing in them that does not concern the client."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from tests.letters.letter_desk import ASHA, a_standing, a_writer, an_occasion, words_of
from toolkit.campaigns.occasion import AwardedGift, Held
from toolkit.letters.letter import Letter
from toolkit.rules.loyalty.points import LedgerEntry, Lot, Points
from toolkit.rules.loyalty.standing import Standing

LAST: Final = date(2026, 12, 14)
EARNED: Final = LedgerEntry(LAST, "earned", 40, 40, "P1", "P1")
POINTS: Final = Points(lots=(Lot("P1", LAST, LAST, 40),), usable=340, entries=(EARNED,))
STANDING: Final = a_standing()._replace(
    kept_until=LAST, to_keep=1640000, keep_by=date(2026, 12, 15), points=POINTS, measure="spend"
)
CARD: Final = AwardedGift("Gift card", "K7QM-2XWP-9RTA", date(2026, 12, 31), 500)


def letter(
    name: str, event: str, language: str, gift: AwardedGift | None = None, standing: Standing = STANDING
) -> Letter:
    client = replace(ASHA, language=language)
    occasion = replace(an_occasion(client, name), event=event, gift=gift, points=70 if event == "expire" else 0)
    decided = a_writer().write(occasion, standing._replace(client=client))
    assert isinstance(decided, Letter), decided
    return decided


def said(name: str, event: str, gift: AwardedGift | None = None, standing: Standing = STANDING) -> str:
    return words_of(letter(name, event, "en", gift, standing)).replace("\N{NO-BREAK SPACE}", " ")


EVENTS: Final = [
    ("tier_notice", "rose", None),
    ("tier_notice", "falls", None),
    ("points_notice", "expire", None),
    ("reward", "given", CARD),
    ("reward", "referral", None),
    ("reward", "reached", CARD),
    ("reward", "offered", CARD),
]


@pytest.mark.parametrize("language", ["en", "sw", "ky", "ru"])
@pytest.mark.parametrize(("name", "event", "gift"), EVENTS)
def test_every_notice_is_written_in_every_language(
    name: str, event: str, gift: AwardedGift | None, language: str
) -> None:
    written = letter(name, event, language, gift)

    assert written.header.language == language
    assert "{" not in written.text + written.header.subject
    assert (CARD.code in written.text) == (gift is not None)
    assert (CARD.code in written.html) == (gift is not None)


def test_a_rise_and_a_fall_are_told_apart() -> None:
    assert "your new tier is Silver" in said("tier_notice", "rose")
    assert "To keep it longer" not in said("tier_notice", "rose")
    falls = said("tier_notice", "falls")
    assert "Your tier is Silver until 14 December. To keep it longer: Ksh 16,400 more by 15 December." in falls
    assert "new tier" not in falls


def test_where_purchases_count_the_missing_ones_are_numbered() -> None:
    counting = STANDING._replace(measure="purchases", to_keep=200, to_next=300)

    assert "To keep it longer: 2 purchases more by 15 December." in said("tier_notice", "falls", standing=counting)


def test_the_points_card_tells_the_balance_and_what_ends() -> None:
    words = said("points_notice", "expire")

    assert "Points expiring soon: 70. Last day to use the first of them: 14 December." in words
    assert "Your points: 340" in words


def test_the_gift_card_has_its_code_and_its_last_day() -> None:
    assert "For you: Gift card\nCode: K7QM-2XWP-9RTA\nUse by 31 December" in said("reward", "given", CARD)
    assert "Code" not in said("reward", "reached", replace(CARD, code=""))


def test_an_offer_for_a_tier_names_the_tier_and_no_points() -> None:
    words = said("reward", "offered", AwardedGift("Lining", "", date(2026, 12, 31)))

    assert "your Silver tier comes with a reward: Lining." in words
    assert "points" not in words
    assert "For you: Lining\nUse by 31 December" in words


@pytest.mark.parametrize(
    ("name", "event", "gift", "subject"),
    [
        ("tier_notice", "rose", None, "Your new tier is Silver, Bi. Asha"),
        ("tier_notice", "falls", None, "How to keep your Silver tier, Bi. Asha"),
        ("points_notice", "expire", None, "Some of your points expire soon, Bi. Asha"),
        ("reward", "given", CARD, "A reward for you, Bi. Asha"),
        ("reward", "referral", None, "Thank you for recommending us, Bi. Asha"),
        ("reward", "reached", CARD, "You have enough points for a reward, Bi. Asha"),
        ("reward", "offered", CARD, "A reward for your Silver tier, Bi. Asha"),
    ],
)
def test_a_subject_tells_what_the_letter_is_about(
    name: str, event: str, gift: AwardedGift | None, subject: str
) -> None:
    assert letter(name, event, "en", gift).header.subject == subject


@pytest.mark.parametrize("language", ["en", "sw", "ky", "ru"])
@pytest.mark.parametrize("name", ["tier_notice", "reward"])
def test_a_notice_about_nothing_is_held(name: str, language: str) -> None:
    client = replace(ASHA, language=language)
    occasion = replace(an_occasion(client, name), event="", gift=None)

    assert isinstance(a_writer().write(occasion, STANDING._replace(client=client)), Held)
