"""The warning before points expire (K34).

It tells of all points that expire before the next notice.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.book import ClientBook
from toolkit.campaigns.occasion import CampaignContext, Occasion

EXPIRE: Final = "expire"
A_WEEK: Final = timedelta(days=7)
"""So much later than the days of notice a weekly run tells again."""


class PointsNotice:
    """One letter for the last day of the first points to expire."""

    name = "points_notice"

    def occasions(self, book: ClientBook, context: CampaignContext) -> Iterator[Occasion]:  # noqa: ARG002 - the protocol's shape
        """Warn clients once within the days of notice."""
        for standing in context.standings:
            last = standing.points.expire_on
            if (
                last
                and last - context.today <= context.notice
                and not context.was_told_lately(self.name, EXPIRE, standing)
            ):
                ending = standing.points.ending_by(context.today + context.notice + A_WEEK)
                yield Occasion(self.name, standing.client, f"{EXPIRE}-{last}", last, event=EXPIRE, points=ending)
