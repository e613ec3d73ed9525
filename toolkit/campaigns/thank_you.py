"""The thank-you for a paid purchase (K32).

One letter in 7 days, within 7 days of the purchase.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.book.tabs.purchases import Purchase
from toolkit.campaigns.occasion import CampaignContext, Kind, Occasion

LATENESS: Final = timedelta(days=7)
ONE_IN: Final = timedelta(days=7)


class ThankYou:
    """One letter for the day of the purchase."""

    name = "thank_you"

    def occasions(self, book: ClientBook, moment: CampaignContext) -> Iterator[Occasion]:
        """Thank for each client's latest buying day.

        A day within 7 days of one that was thanked for is passed over.
        """
        earliest = max(moment.today - LATENESS, moment.adopted)
        for client in book.clients:
            lines = [one for one in book.purchases_by_client.get(client.number, ()) if _is_thanked_for(one)]
            lately = [one for one in lines if earliest <= one.date <= moment.today]
            if not lately:
                continue
            day = max(one.date for one in lately)
            if not self._thanked_before(moment, client.number, day):
                bought = tuple(one for one in lately if one.date == day)
                yield Occasion(self.name, client, day.isoformat(), day + LATENESS, Kind.SERVICE, bought)

    def _thanked_before(self, moment: CampaignContext, client: str, day: date) -> bool:
        near = {(day + timedelta(days=days)).isoformat() for days in range(1 - ONE_IN.days, ONE_IN.days) if days}
        return any(one.campaign == self.name and one.occurrence in near for one in moment.said.to(client))


def _is_thanked_for(purchase: Purchase) -> bool:
    return purchase.is_paid and not purchase.is_return and purchase.amount > 0
