"""Tell a client whose tier rose, or will fall soon unless more is bought (practice K34)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.campaigns.occasion import CampaignContext, Occasion
from toolkit.rules.loyalty.standing import Standing

LATENESS: Final = timedelta(days=7)
ROSE: Final = "rose"
FALLS: Final = "falls"


class TierNotice:
    """The occurrence is the change: rose, the tier and the day; or falls, the tier and its last day."""

    name = "tier_notice"

    def occasions(self, book: ClientBook, moment: CampaignContext) -> Iterator[Occasion]:  # noqa: ARG002 - the protocol's shape
        """Who rose in the last 7 days, and whose tier ends within the days of notice; one warning in that time."""
        for one in moment.standings:
            if one.rose_on and one.rose_on >= moment.adopted:
                occurrence = f"{ROSE}-{one.tier}-{one.rose_on}"
                yield Occasion(self.name, one.client, occurrence, one.rose_on + LATENESS, event=ROSE)
            elif one.kept_until and one.to_keep and one.kept_until - moment.today <= moment.notice:
                yield from self._falls(one, one.kept_until, moment)

    def _falls(self, one: Standing, last_day: date, moment: CampaignContext) -> Iterator[Occasion]:
        if not moment.told_lately(self.name, FALLS, one):
            expires = min(moment.today + LATENESS, last_day)
            yield Occasion(self.name, one.client, f"{FALLS}-{one.tier}-{last_day}", expires, event=FALLS)
