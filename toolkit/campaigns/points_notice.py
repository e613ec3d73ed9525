"""Tell a client whose points expire soon (practice K34)."""

from collections.abc import Iterator
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.campaigns.occasion import Moment, Occasion

EXPIRE: Final = "expire"


class PointsNotice:
    """The occurrence is the last day of the points."""

    name = "points_notice"

    def occasions(self, book: ClientBook, moment: Moment) -> Iterator[Occasion]:  # noqa: ARG002 - the protocol's shape
        """Whose points end within the days of notice; one warning in that time."""
        for one in moment.standings:
            last = one.points.expire_on
            if last and last - moment.today <= moment.notice and not moment.told_lately(self.name, EXPIRE, one):
                yield Occasion(self.name, one.client, f"{EXPIRE}-{last}", last, event=EXPIRE)
