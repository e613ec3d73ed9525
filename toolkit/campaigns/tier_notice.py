"""Tell a client whose tier rose, or will fall soon unless more is bought (practice K34)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.campaigns.occasion import Moment, Occasion
from toolkit.rules.standing import Standing

LATENESS: Final = timedelta(days=7)
ROSE: Final = "rose"
FALLS: Final = "falls"


class TierNotice:
    """The occurrence is the change: rose, the tier and the day; or falls, the tier and its last day."""

    name = "tier_notice"

    def occasions(self, book: ClientBook, moment: Moment) -> Iterator[Occasion]:  # noqa: ARG002 - the protocol's shape
        """Who rose in the last 7 days, and whose tier ends within the days of notice; one warning in that time."""
        for one in moment.standings:
            if one.rose_on and one.rose_on >= moment.adopted:
                occurrence = f"{ROSE}-{one.tier}-{one.rose_on}"
                yield Occasion(self.name, one.client, occurrence, one.rose_on + LATENESS, event=ROSE)
            elif self._falls(one, moment):
                occurrence = f"{FALLS}-{one.tier}-{one.kept_until}"
                yield Occasion(self.name, one.client, occurrence, moment.today + LATENESS, event=FALLS)

    def _falls(self, one: Standing, moment: Moment) -> bool:
        if one.kept_until is None or not one.to_keep or one.kept_until - moment.today > moment.notice:
            return False
        return not moment.told_lately(self.name, FALLS, one)
