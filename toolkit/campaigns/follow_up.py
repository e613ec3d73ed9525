"""The follow-up within 7 days of a first meeting (K16)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.book import ClientBook
from toolkit.campaigns.occasion import CampaignContext, Kind, Occasion

LATENESS: Final = timedelta(days=7)


class FollowUp:
    """One letter a client, so the occurrence never changes."""

    name = "follow_up"

    def occasions(self, book: ClientBook, context: CampaignContext) -> Iterator[Occasion]:
        """Write to clients first met in the last 7 days."""
        earliest = max(context.today - LATENESS, context.adopted)
        for client in book.clients:
            if client.first_met and earliest <= client.first_met <= context.today:
                yield Occasion(self.name, client, "once", client.first_met + LATENESS, Kind.SERVICE)
