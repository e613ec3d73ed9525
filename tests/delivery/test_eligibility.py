"""Before each batch it is looked again who of the staff may still be written to; a client of that number is another."""

from datetime import date

import pytest

from tests.channel_contract import said
from tests.delivery.made_up import a_record
from tests.tables import table
from toolkit.book.parse.cells import ParseContext
from toolkit.channels.status_text import remark
from toolkit.delivery.attempts import address_digest
from toolkit.delivery.eligibility import eligibility_in
from toolkit.delivery.letter_record import LetterRecord
from toolkit.delivery.loop import Hold
from toolkit.delivery.suppressed import Suppression, why_closed_to_staff

TODAY = date(2026, 11, 21)
TABS = {
    "Clients": table("Client no. | Name | Email | Letters\n1 | Asha | asha@example.com | no"),
    "Staff": table("""
        Staff no. | Name | Email           | Until
        1         | Ann  | ann@example.com |
        2         | Ben  | ben@example.com | 2026-11-20
        """),
}


def entry(who: str, address: str, campaign: str = "best_of_month") -> LetterRecord:
    return a_record(who, address, campaign=campaign, occurrence="2026-10", expires=TODAY, planned_on=TODAY)


def unwanted(one: LetterRecord, *closed: Suppression, off: tuple[str, ...] = ()) -> Hold | None:
    return eligibility_in(TABS, ParseContext(today=TODAY), closed, off)(one)


@pytest.mark.parametrize(
    ("who", "address", "words"),
    [
        ("staff:1", "ann@example.com", ""),
        ("staff:1", "old@example.com", "waiting: the address has changed"),
        ("staff:2", "ben@example.com", "no longer on the staff"),
        ("staff:9", "zoe@example.com", "waiting: this staff member is no longer in the workbook"),
    ],
)
def test_the_staff_tab_says_who_is_still_written_to(who: str, address: str, words: str) -> None:
    found = unwanted(entry(who, address))
    assert (said(found.words) if found else "") == words
    assert found is None or found.for_good is not words.startswith("waiting")


def test_a_letter_that_was_switched_off_waits() -> None:
    found = unwanted(entry("staff:1", "ann@example.com"), off=("best_of_month",))
    assert found == Hold(remark("switched-off"), for_good=False)


def test_a_clients_stop_is_not_the_colleagues_and_a_dead_address_is_dead_for_everybody() -> None:
    ann, stop = entry("staff:1", "ann@example.com"), Suppression("1", "", TODAY, "rang us")
    assert unwanted(ann, stop) is None
    assert unwanted(entry("1", "asha@example.com"), stop) == Hold(remark("suppressed", why="rang us"))
    dead = Suppression("7", address_digest("ann@example.com"), TODAY, "dead-address")
    assert unwanted(ann, dead) == Hold(remark("closed", held="dead-address"))
    assert why_closed_to_staff([stop, dead], "staff:1", "other@example.com") is None
    assert why_closed_to_staff([Suppression("staff:1", "", TODAY, "on paper")], "staff:1", "a@b.example") == "on paper"
