"""The mapping of a team's own columns to the fields of our tabs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from toolkit.book.i18n import plain

MARK: Final = "!"
EQUALS: Final = " = "


@dataclass(frozen=True, slots=True)
class ColumnRef:
    """One of the team's columns, in the mapped tab or another.

    Written as OrderDate, as Orders!OrderDate, or with a mark in front, !Paid!, where the heading itself holds one.
    """

    tab: str
    heading: str

    @classmethod
    def of(cls, written: str) -> "ColumnRef":
        """Parse a column as sheetclerk.toml has it."""
        tab, mark, heading = written.partition(MARK)
        return cls(tab.strip(), heading.strip()) if mark else cls("", written.strip())

    def __str__(self) -> str:
        return f"{self.tab}{MARK}{self.heading}" if self.tab or MARK in self.heading else self.heading


@dataclass(frozen=True, slots=True)
class Join:
    """A way to rows of another tab by their key.

    Written as OrderID = Orders!OrderID.
    """

    by: ColumnRef
    to: ColumnRef

    @classmethod
    def of(cls, written: str) -> "Join | None":
        """Parse a join as sheetclerk.toml has it, if valid."""
        by, equals, to = written.partition(EQUALS)
        join = cls(ColumnRef.of(by), ColumnRef.of(to))
        return join if equals and join.by.heading and join.to.tab and join.to.heading else None

    def __str__(self) -> str:
        return f"{self.by}{EQUALS}{self.to}"


@dataclass(frozen=True)
class Mapped:
    """The mapping of one tab of ours.

    Args:
        tab: what the team calls the tab; "" where it has our name.
        columns: field to the columns that make it; several are put together with a space between.
        joins: the ways to rows of other tabs, each other tab once.
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
        """Fields that are one column of the tab itself."""
        headings: dict[str, str] = {}
        for name, refs in self.columns.items():
            is_own = len(refs) == 1 and not refs[0].tab and name not in self.values
            if is_own and refs[0].heading not in headings.values():
                headings[name] = refs[0].heading
        return headings

    def join_to(self, tab: str) -> Join | None:
        """Return the join to another tab."""
        return next((join for join in self.joins if join.to.tab == tab), None)

    def chain(self, tab: str) -> tuple[Join, ...]:
        """Return the joins that lead to another tab, nearest first."""
        joins: list[Join] = []
        while tab:
            join = self.join_to(tab)
            if join is None or join in joins:
                return ()
            joins.insert(0, join)
            tab = join.by.tab
        return tuple(joins)

    def headings_in(self, tab: str) -> Iterable[str]:
        """Yield every heading that it looks for in a tab."""
        yield from (ref.heading for refs in self.columns.values() for ref in refs if ref.tab == tab)
        yield from (ref.heading for join in self.joins for ref in (join.by, join.to) if ref.tab == tab)


def as_spelt(name: str, tabs: Iterable[str]) -> str:
    """Return a tab's name as the workbook spells it."""
    # Excel and Google Sheets show no blank behind a tab's name, and treat Orders and ORDERS as one name.
    names = list(tabs)
    return name if name in names else next((tab for tab in names if plain(tab) == plain(name)), name)
