"""The letter to the team about the best of the month (S11)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.book import ClientBook
from toolkit.campaigns.occasion import ApprovedMonth, CampaignContext, Praise, TeamOccasion
from toolkit.rules.bonuses.awards import best_of
from toolkit.rules.months import month_name

LATENESS: Final = timedelta(days=7)


class BestOfMonth:
    """One letter a month to the whole team.

    Only an approved month is told, since its figures do not change any more.
    """

    name = "best_of_month"

    def occasions(self, book: ClientBook, context: CampaignContext) -> Iterator[TeamOccasion]:
        """Write to the whole team within 7 days of the approval.

        Nobody gets a letter where nobody sold enough.
        """
        for last in context.approved[-1:]:
            if last.approved_on + LATENESS >= context.today:
                yield from self._told(last, book, context)

    def _told(self, last: ApprovedMonth, book: ClientBook, context: CampaignContext) -> Iterator[TeamOccasion]:
        month, expires = month_name(last.month), last.approved_on + LATENESS
        for best in best_of(last.people, context.best_from)[:1]:
            praise = Praise(last.month, best, context.best_from)
            team = (member for member in book.staff if member.works_on(context.today))
            yield from (TeamOccasion(self.name, member, month, expires, praise=praise) for member in team)
