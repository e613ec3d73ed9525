"""The statement of an approved month to each person (S8, S9)."""

from collections.abc import Iterator

from toolkit.book import ClientBook
from toolkit.campaigns.occasion import LATELY, ApprovedMonth, CampaignContext, TeamOccasion
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.months import month_name


class BonusStatement:
    """One letter a month to each person.

    A statement is about somebody's pay, so it may come later than other letters.
    """

    name = "bonus_statement"

    def occasions(self, book: ClientBook, context: CampaignContext) -> Iterator[TeamOccasion]:
        """Write to everybody with an approved month within 31 days."""
        for approved in context.approved:
            yield from self._owed(approved, book)

    def _owed(self, approved: ApprovedMonth, book: ClientBook) -> Iterator[TeamOccasion]:
        month, expires = month_name(approved.month), approved.approved_on + LATELY
        for bonus in filter(_says_something, approved.people):
            member = book.staff_by_number.get(bonus.staff.number)
            if member:
                yield TeamOccasion(self.name, member, month, expires, bonus=bonus)


def _says_something(bonus: Bonus) -> bool:
    """Return True if there is news for a person.

    A person without a scheme hears of a month only where money moved.
    """
    return bonus.held != "no-scheme" or bool(bonus.amount or bonus.adjusted or bonus.brought)
