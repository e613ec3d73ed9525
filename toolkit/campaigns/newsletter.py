"""The month's newsletter in the owner's approved words (K19)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.book import ClientBook
from toolkit.campaigns.occasion import CampaignContext, Kind, Occasion
from toolkit.rules.months import month_name

LATENESS: Final = timedelta(days=3)


class Newsletter:
    """One letter a month.

    Nobody joins later than 3 days after its first letter.
    """

    name = "newsletter"

    def occasions(self, book: ClientBook, context: CampaignContext) -> Iterator[Occasion]:
        """Write to every client who consented.

        The words are approved, and no earlier month has used them.
        """
        month = month_name(context.today)
        first = context.history.first_day(self.name, month) or context.today
        if context.today > first + LATENESS or not self._has_new_words(book, context, month):
            return
        for client in (client for client in book.clients if client.consent is True):
            yield Occasion(self.name, client, month, first + LATENESS, Kind.PROMOTIONAL, in_new_words=True)

    def _has_new_words(self, book: ClientBook, context: CampaignContext, month: str) -> bool:
        ready = [words for words in book.letters if words.letter == self.name and words.is_ready]
        return any(not context.history.occurrences_of(words.words_id) - {month} for words in ready)
