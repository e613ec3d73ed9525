"""The thank-you for a paid purchase (K32).

One letter in 7 days, within 7 days of the purchase.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from toolkit.book import ClientBook, Purchase
from toolkit.campaigns.occasion import CampaignContext, Kind, Occasion

LATENESS: Final = timedelta(days=7)
ONE_IN: Final = timedelta(days=7)


class ThankYou:
    """One letter for the day of the purchase."""

    name = "thank_you"

    def occasions(self, book: ClientBook, context: CampaignContext) -> Iterator[Occasion]:
        """Thank for each client's latest buying day.

        A day within 7 days of one that was thanked for is passed over.
        """
        earliest = max(context.today - LATENESS, context.adopted)
        for client in book.clients:
            lines = [line for line in book.purchases_by_client.get(client.number, ()) if _is_thanked_for(line)]
            lately = [line for line in lines if earliest <= line.date <= context.today]
            if not lately:
                continue
            day = max(line.date for line in lately)
            if not self._thanked_before(context, client.number, day):
                bought = tuple(line for line in lately if line.date == day)
                yield Occasion(self.name, client, day.isoformat(), day + LATENESS, Kind.SERVICE, bought)

    def _thanked_before(self, context: CampaignContext, client: str, day: date) -> bool:
        near = {(day + timedelta(days=days)).isoformat() for days in range(1 - ONE_IN.days, ONE_IN.days) if days}
        return any(letter.campaign == self.name and letter.occurrence in near for letter in context.history.to(client))


def _is_thanked_for(purchase: Purchase) -> bool:
    return purchase.is_paid and not purchase.is_return and purchase.amount > 0
