"""Follow up a first meeting once, within 7 days of it (practice K16)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.campaigns.occasion import CampaignContext, Kind, Occasion

LATENESS: Final = timedelta(days=7)


class FollowUp:
    """There is one first meeting, so the occurrence is always the same."""

    name = "follow_up"

    def occasions(self, book: ClientBook, moment: CampaignContext) -> Iterator[Occasion]:
        """Clients whom we first met in the last 7 days."""
        earliest = max(moment.today - LATENESS, moment.adopted)
        for client in book.clients:
            if client.first_met and earliest <= client.first_met <= moment.today:
                yield Occasion(self.name, client, "once", client.first_met + LATENESS, Kind.SERVICE)
