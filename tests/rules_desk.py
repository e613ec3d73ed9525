"""Books for tests of rules, as their tabs were typed."""

from datetime import date
from decimal import Decimal

from tests.tables import table
from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.parse.cells import ParseContext
from toolkit.book.tabs.ladders import DiscountStep, TierStep
from toolkit.rules.bonuses.monthly import Bonus, Bonuses
from toolkit.rules.bonuses.rulebook import Usual

START = date(2020, 1, 1)


def ladder(*steps: tuple[int, str]) -> tuple[DiscountStep, ...]:
    return tuple(DiscountStep(START, amount, Decimal(share), row) for row, (amount, share) in enumerate(steps, 2))


def tier(name: str, discount: str) -> TierStep:
    return TierStep(START, name, 0, 2, discount=Decimal(discount))


def book(**tabs: str) -> ClientBook:
    """A book from typed tabs; an underscore in a name is a space. Whatever is wrong with it fails the test."""
    read, problems = read_book({name.replace("_", " "): table(text) for name, text in tabs.items()}, ParseContext())
    assert [problem for problem in problems if not problem.is_hint] == []
    return read


def bonuses(read: ClientBook, usual: Usual, today: date) -> tuple[Bonus, ...]:
    """Everybody's bonus of the month of a day, as of that day."""
    return Bonuses(read, usual, today).month(today.replace(day=1))
