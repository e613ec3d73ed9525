"""The news that a tier rose or will soon fall (K34)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from toolkit.book import ClientBook
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

    def occasions(self, book: ClientBook, context: CampaignContext) -> Iterator[Occasion]:  # noqa: ARG002 - the protocol's shape
        """Write about rises of the last 7 days and coming falls.

        A fall is told once within the days of notice.
        """
        for standing in context.standings:
            if standing.rose_on and standing.rose_on >= context.adopted:
                occurrence = f"{ROSE}-{standing.tier}-{standing.rose_on}"
                yield Occasion(self.name, standing.client, occurrence, standing.rose_on + LATENESS, event=ROSE)
            elif standing.kept_until and standing.to_keep and standing.kept_until - context.today <= context.notice:
                yield from self._falls(standing, standing.kept_until, context)

    def _falls(self, standing: Standing, last_day: date, context: CampaignContext) -> Iterator[Occasion]:
        if not context.was_told_lately(self.name, FALLS, standing):
            expires = min(context.today + LATENESS, last_day)
            yield Occasion(self.name, standing.client, f"{FALLS}-{standing.tier}-{last_day}", expires, event=FALLS)
