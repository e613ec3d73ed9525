"""What a team calls one of our tabs: which of their columns, in which of their tabs, make each of our fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from toolkit.book.i18n import plain

MARK: Final = "!"
EQUALS: Final = " = "


@dataclass(frozen=True, slots=True)
class ColumnRef:
    """One of the team's columns: its heading, and its tab, "" for the mapped tab itself.

    Written as OrderDate, as Orders!OrderDate, or with a mark in front, !Paid!, where the heading itself holds one.
    """

    tab: str
    heading: str

    @classmethod
    def of(cls, written: str) -> "ColumnRef":
        """A place as it is written in sheetclerk.toml."""
        tab, mark, heading = written.partition(MARK)
        return cls(tab.strip(), heading.strip()) if mark else cls("", written.strip())

    def __str__(self) -> str:
        return f"{self.tab}{MARK}{self.heading}" if self.tab or MARK in self.heading else self.heading


@dataclass(frozen=True, slots=True)
class Join:
    """How rows of another tab are found: the cell in `by` stands in the column `to` of that tab, in one row only.

    Written as OrderID = Orders!OrderID.
    """

    by: ColumnRef
    to: ColumnRef

    @classmethod
    def of(cls, written: str) -> "Join | None":
        """A join as it is written in sheetclerk.toml; None where it names no other tab."""
        by, equals, to = written.partition(EQUALS)
        found = cls(ColumnRef.of(by), ColumnRef.of(to))
        return found if equals and found.by.heading and found.to.tab and found.to.heading else None

    def __str__(self) -> str:
        return f"{self.by}{EQUALS}{self.to}"


@dataclass(frozen=True)
class Mapped:
    """The mapping of one tab of ours; what it does not name is found by our own headings.

    Args:
        tab: what the team calls the tab; "" where it has our name.
        columns: field to the columns that make it; several are put together with a space between.
        joins: how rows of other tabs are found; each other tab once.
        constants: field to the text that stands in every row.
        values: field to our word to the team's words for it: {"consent": {"yes": ("Y", "1")}}.
    """

    tab: str = ""
    columns: Mapping[str, tuple[ColumnRef, ...]] = field(default_factory=dict)
    joins: tuple[Join, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def fields(self) -> frozenset[str]:
        """Every field that it speaks of."""
        return frozenset((*self.columns, *self.constants))

    @property
    def headings(self) -> Mapping[str, str]:
        """Fields that are one column of the tab itself, read as it stands; of two from one column the first."""
        found: dict[str, str] = {}
        for name, places in self.columns.items():
            is_own = len(places) == 1 and not places[0].tab and name not in self.values
            if is_own and places[0].heading not in found.values():
                found[name] = places[0].heading
        return found

    def join_to(self, tab: str) -> Join | None:
        """How the rows of another tab are found."""
        return next((join for join in self.joins if join.to.tab == tab), None)

    def chain(self, tab: str) -> tuple[Join, ...]:
        """The joins that lead to another tab, nearest first; empty where none does, or where they run in a circle."""
        found: list[Join] = []
        while tab:
            join = self.join_to(tab)
            if join is None or join in found:
                return ()
            found.insert(0, join)
            tab = join.by.tab
        return tuple(found)

    def headings_in(self, tab: str) -> Iterable[str]:
        """Every heading that it looks for in another tab."""
        yield from (place.heading for places in self.columns.values() for place in places if place.tab == tab)
        yield from (place.heading for join in self.joins for place in (join.by, join.to) if place.tab == tab)


def as_spelt(name: str, tabs: Iterable[str]) -> str:
    """The tab of this name, with the blanks and capitals that it has in the workbook; the name where there is none.

    Spreadsheets show no blank behind a tab's name, and tell no capitals from small letters in it.
    """
    there = list(tabs)
    return name if name in there else next((one for one in there if plain(one) == plain(name)), name)
