"""What was said by a shop: its journal here, and the rows of the Outbox tab that other computers wrote."""

from datetime import date

from tests.book.book_desk import LEXICON, READING
from tests.tables import table
from toolkit.campaigns.letter_history import LetterHistory, PastLetter
from toolkit.delivery.shared.remote_letters import with_remote_letters
from toolkit.rules.bonuses.rulebook import Usual
from toolkit.rules.contact import by_email
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.snapshot import Snapshot

OURS, THEIRS, LOST = "a" * 16, "b" * 16, "c" * 16
TABS = {
    "Clients": table("Client no. | Name | Email\nC1 | Asha | asha@example.com\nC2 | Ben | ben@new.example"),
    "Outbox": table(
        f"""
        Day        | Client no. | Name | Letter    | Subject | State | Words | Key      | Channel | By   | Occasion
        2026-11-20 | C1         | Asha | Thank-you | Thanks  | Done  |       | {OURS}   | mail    | here | thank_you P1
        2026-11-20 | C2         | Ben  | Thank-you | Thanks  | Done  |       | {THEIRS} | mail    | Ben  | thank_you P2
        2026-11-20 | C9         | Cyd  | Thank-you | Thanks  | Done  |       | {LOST}   | mail    | here | thank_you P3
        """
    ),
}
HERE = PastLetter("thank_you", "P1", "C1", date(2026, 11, 20), route=by_email("asha@example.com"))


def test_a_letter_of_which_only_the_tab_tells_was_said_to_the_address_that_its_client_has_now() -> None:
    as_read = Snapshot(TABS, READING, LEXICON.words("en"), Loyalty(), Usual())
    said = with_remote_letters(LetterHistory((HERE,)), as_read, "here", {OURS})

    assert [(one.occurrence, one.client, one.route.address) for one in said.letters] == [
        ("P1", "C1", "asha@example.com"),
        ("P2", "C2", "ben@new.example"),
        ("P3", "C9", ""),
    ]
    assert said.elsewhere == {THEIRS, LOST}
