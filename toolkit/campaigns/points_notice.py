"""Tell a client whose points expire soon (practice K34): of all that do so before the next notice."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.campaigns.occasion import CampaignContext, Occasion

EXPIRE: Final = "expire"
A_WEEK: Final = timedelta(days=7)
"""So much later than the days of notice a weekly run tells again."""


class PointsNotice:
    """The occurrence is the last day of the points that expire first."""

    name = "points_notice"

    def occasions(self, book: ClientBook, moment: CampaignContext) -> Iterator[Occasion]:  # noqa: ARG002 - the protocol's shape
        """Whose points end within the days of notice; one warning in that time."""
        for one in moment.standings:
            last = one.points.expire_on
            if last and last - moment.today <= moment.notice and not moment.told_lately(self.name, EXPIRE, one):
                ending = one.points.ending_by(moment.today + moment.notice + A_WEEK)
                yield Occasion(self.name, one.client, f"{EXPIRE}-{last}", last, event=EXPIRE, points=ending)
