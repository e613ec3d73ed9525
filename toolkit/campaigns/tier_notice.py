"""The news that a tier rose or will soon fall (K34)."""

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
    """One letter for each change of tier.

    The occurrence names the change, the tier and its day.
    """

    name = "tier_notice"

    def occasions(self, book: ClientBook, moment: CampaignContext) -> Iterator[Occasion]:  # noqa: ARG002 - the protocol's shape
        """Write about rises of the last 7 days and coming falls.

        A fall is told once within the days of notice.
        """
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
