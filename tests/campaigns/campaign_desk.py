"""What a campaign is asked in the tests: a small book on a day, and what it answers."""

from datetime import date
from typing import Any

from tests.tables import table
from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.parse.cells import ParseContext
from toolkit.campaigns.letter_history import LetterHistory, PastLetter
from toolkit.campaigns.occasion import Campaign, CampaignContext


def book_of(**tabs: str) -> ClientBook:
    return read_book({name: table(text) for name, text in tabs.items()}, ParseContext())[0]


def said(*letters: tuple[str, str, str, str], **more: Any) -> LetterHistory:
    """Letters that left: (campaign, occurrence, client, day)."""
    return LetterHistory.of(
        PastLetter(name, time, client, date.fromisoformat(day), **more) for name, time, client, day in letters
    )


def owed(
    campaign: Campaign, book: ClientBook, today: str, before: LetterHistory | None = None, adopted: str = "0001-01-01"
) -> list[tuple[str, str]]:
    """Who is owed the letter, and which time of the campaign it is."""
    moment = CampaignContext(date.fromisoformat(today), before or LetterHistory(), date.fromisoformat(adopted))
    return [(one.reader.number, one.occurrence) for one in campaign.occasions(book, moment)]
