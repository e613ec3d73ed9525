"""Which of a team's columns is which of our fields, by its heading and by what stands below it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from toolkit.book.adopt import concepts
from toolkit.book.adopt.source_columns import SourceColumn, SourceTab
from toolkit.book.client_book import TABS
from toolkit.book.i18n import plain
from toolkit.book.mapping import Place
from toolkit.book.parse.amounts import number, price
from toolkit.book.parse.cells import CellParser, Reading
from toolkit.book.parse.dates import DAYS, month
from toolkit.book.tab import Tab

OF_SLUG: Final[Mapping[str, Tab[Any]]] = {tab.slug: tab for tab in TABS if tab.slug in concepts.TABS}

STRICT: Final[tuple[CellParser, ...]] = (*DAYS, month, number, price)
"""Readers that tell a wrong column from a right one; other columns are taken by their heading."""

HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at: where, and what is not sure."""

    place: str
    says: str


@dataclass(frozen=True)
class Match:
    """Fields with the columns that make them, and what is not sure."""

    found: Mapping[str, tuple[Place, ...]]
    doubts: tuple[Doubt, ...]


def reader_of(slug: str, name: str) -> CellParser:
    """What reads a field's cells."""
    return next(column.read for column in OF_SLUG[slug].columns if column.field == name)


@dataclass(frozen=True)
class Matcher:
    """Holds headings against our fields.

    Args:
        reading: how cells are read, and the words of every language.
    """

    reading: Reading

    def direct(self, slug: str, tab: SourceTab) -> Match:
        """Fields that stand in a tab itself, and what is not sure of them."""
        found: dict[str, tuple[Place, ...]] = {}
        taken: set[int] = set()
        doubts: list[Doubt] = []
        ranked = sorted(self._ranked(slug, tab), key=lambda one: one[0])
        for _, name, column in (one for one in ranked):
            if column.place in taken:
                continue
            if name in found:
                doubts += self._rivals(ranked, column, name, found[name][0])
            elif self._reads(slug, name, column, doubts):
                found[name] = (Place("", column.heading),)
                taken.add(column.place)
        self._put_together(slug, tab, found)
        return Match(found, tuple(doubts))

    def _rivals(
        self, ranked: list[tuple[int, str, SourceColumn]], column: SourceColumn, name: str, first: Place
    ) -> list[Doubt]:
        """Two columns for one field, unless the second can be another one."""
        others = [other for _, other, one in ranked if one.place == column.place and other != name]
        doubt = Doubt(column.at, f'"{column.heading}" could be {name} too; "{first.heading}" is taken')
        return [] if others else [doubt]

    def _ranked(self, slug: str, tab: SourceTab) -> Iterator[tuple[int, str, SourceColumn]]:
        """Each field that each column could be, with how far from sure it is."""
        own = {plain(column.heading): column.field for column in OF_SLUG[slug].columns}
        for column in tab.columns:
            heading = plain(self.reading.lexicon.heading(column.heading))
            if heading in own:
                yield 0, own[heading], column
            for name, sets in concepts.FIELDS[slug].items():
                if column.concepts in sets:
                    yield 1 + sets.index(column.concepts), name, column

    def _reads(self, slug: str, name: str, column: SourceColumn, doubts: list[Doubt]) -> bool:
        """Whether a column's cells are what a field asks for; where some are not, that is told."""
        read = reader_of(slug, name)
        if read not in STRICT:
            return True
        wrong, seen, first = column.misread(read, self.reading)
        if wrong:
            fate = "not taken" if wrong > HALF * seen else "taken; such rows are told cell by cell"
            says = f'"{column.heading}" is no {name} in {wrong} of {seen} different cells: {fate}'
            doubts.append(Doubt(first, says))
        return wrong <= HALF * seen

    def _put_together(self, slug: str, tab: SourceTab, found: dict[str, tuple[Place, ...]]) -> None:
        """A name from first and last name, an address from its parts."""
        parts = {
            one: column for column in tab.columns for one in ("first", "last") if column.concepts - {"name"} == {one}
        }
        if "name" not in found and parts and slug in ("clients", "staff"):
            found["name"] = tuple(Place("", parts[one].heading) for one in ("first", "last") if one in parts)
        if slug == "clients" and "address" in found:
            wanted = ("city", "region", "postal")
            more = [column for one in wanted for column in tab.columns if column.concepts - {"no"} == {one}]
            found["address"] = (*found["address"], *(Place("", column.heading) for column in more))
