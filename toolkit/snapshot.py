"""A workbook as it was read, and what follows from its cells."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from toolkit.book import ClientBook, ParseContext, Problem, Tabs, Words, own_tabs, read_book
from toolkit.book.gc_pause import gc_paused
from toolkit.book.own_tabs import is_called, own_name
from toolkit.rules.bonuses.monthly import Bonuses
from toolkit.rules.bonuses.rulebook import Usual
from toolkit.rules.checks import rule_problems
from toolkit.rules.loyalty.choices import Loyalty


@dataclass
class Snapshot:
    """The cells of a workbook when it was read, and what follows, worked out once.

    Args:
        tabs: its cells.
        reading: how they are read, and on which day.
        words: those of the shop's language, in which our own tabs are laid.
        loyalty: how tiers and points work.
        usual: how bonuses are worked out where a scheme says nothing.
    """

    tabs: Tabs
    reading: ParseContext
    words: Words
    loyalty: Loyalty
    usual: Usual

    @cached_property
    def _found(self) -> tuple[ClientBook, tuple[Problem, ...]]:
        with gc_paused():
            return read_book(self.tabs, self.reading)

    @property
    def book(self) -> ClientBook:
        """The clients, purchases and all else in the workbook."""
        return self._found[0]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The cells to fix in the workbook, by their text and by the rules."""
        return (*self._found[1], *rule_problems(self.book, self.loyalty, self.usual, self.reading.today))

    @cached_property
    def bonuses(self) -> Bonuses:
        """The staff's bonuses of every month, as of the day of reading."""
        return Bonuses(self.book, self.usual, self.reading.today)

    def own_tab_name(self, name: str) -> str:
        """Return the name that one of our tabs has in the workbook."""
        return own_name(name, self.tabs, self.reading.lexicon, self.words)

    def read_again(self, tabs: Tabs) -> None:
        """Take the workbook's cells as they are now, and work everything out again."""
        self.tabs = tabs
        for name, member in vars(type(self)).items():
            if isinstance(member, cached_property):
                self.__dict__.pop(name, None)

    def take_ours(self, now: Tabs, which: Collection[str] = own_tabs.HEADINGS.keys()) -> None:
        """Take some of our own tabs as they are now, but not the book."""
        lexicon = self.reading.lexicon
        mine = {name: grid for name, grid in now.items() if any(is_called(tab, name, lexicon) for tab in which)}
        self.tabs = {**self.tabs, **mine}
