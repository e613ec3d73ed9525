"""Columns of a team's tabs that hold our fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from toolkit.book.adopt.source_columns import SourceColumn, SourceTab
from toolkit.book.adopt.synonyms import FIELD_CONCEPTS, TAB_CONCEPTS, concepts_of
from toolkit.book.i18n import Lexicon, plain
from toolkit.book.mapping import ColumnRef, Join
from toolkit.book.parse.amounts import number, price
from toolkit.book.parse.cells import CellParser, ParseContext
from toolkit.book.parse.dates import DAYS, month
from toolkit.book.tab import Tab
from toolkit.book.tabs import TABS

OF_SLUG: Final[Mapping[str, Tab[Any]]] = {tab.slug: tab for tab in TABS if tab.slug in TAB_CONCEPTS}
"""The tabs of ours that are looked for."""

STRICT: Final[tuple[CellParser, ...]] = (*DAYS, month, number, price)
"""Parsers that tell a wrong column from a right one; other columns are taken by their heading."""

HALF: Final = 0.5
MOST_JOINS: Final = 2

OF_THE_CLIENT: Final = frozenset({"date", "discount", "status", "note", "promised_for", "delivered_on"})
"""Columns that speak of the client, not of one purchase, in a tab that is found by a client."""

OF_THE_LINE: Final = frozenset({"product", "quantity", "unit_price", "paid", "cost"})
"""Fields of a purchase that never come over a join."""

Columns: TypeAlias = Mapping[str, tuple[ColumnRef, ...]]
"""Field to the columns that make it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place where a person should look."""

    place: str
    says: str


@dataclass(frozen=True)
class Match:
    """Fields with the columns that make them, and what is not sure."""

    columns: Columns
    doubts: tuple[Doubt, ...]


def parser_of(slug: str, name: str) -> CellParser:
    """Return the parser of a field's cells."""
    return next(column.read for column in OF_SLUG[slug].columns if column.field == name)


@dataclass(frozen=True)
class Matcher:
    """Finds our fields in the columns of one tab.

    Args:
        context: how cells are read, and the words of every language.
    """

    context: ParseContext

    def direct(self, slug: str, tab: SourceTab) -> Match:
        """Return the fields that stand in a tab itself."""
        columns: dict[str, tuple[ColumnRef, ...]] = {}
        taken: set[int] = set()
        doubts: list[Doubt] = []
        ranked = sorted(self._ranked(slug, tab), key=lambda candidate: candidate[0])
        for _, name, column in ranked:
            if column.place in taken:
                continue
            if name in columns:
                doubts += self._rivals(ranked, column, name, columns[name][0])
            elif self._can_parse(slug, name, column, doubts):
                columns[name] = (ColumnRef("", column.heading),)
                taken.add(column.place)
        self._put_together(slug, tab, columns)
        return Match(columns, tuple(doubts))

    def _rivals(
        self, ranked: list[tuple[int, str, SourceColumn]], column: SourceColumn, name: str, first: ColumnRef
    ) -> list[Doubt]:
        """Return a doubt about a second column for one field."""
        others = [other for _, other, rival in ranked if rival.place == column.place and other != name]
        doubt = Doubt(column.at, f'"{column.heading}" could be {name} too; "{first.heading}" is taken')
        return [] if others else [doubt]

    def _ranked(self, slug: str, tab: SourceTab) -> Iterator[tuple[int, str, SourceColumn]]:
        """Yield each possible field of each column, the surest with 0."""
        own = {plain(column.heading): column.field for column in OF_SLUG[slug].columns}
        for column in tab.columns:
            heading = plain(self.context.lexicon.heading(column.heading))
            if heading in own:
                yield 0, own[heading], column
            for name, sets in FIELD_CONCEPTS[slug].items():
                if column.concepts in sets:
                    yield 1 + sets.index(column.concepts), name, column

    def _can_parse(self, slug: str, name: str, column: SourceColumn, doubts: list[Doubt]) -> bool:
        """True if a field's parser takes most of a column's cells."""
        read = parser_of(slug, name)
        if read not in STRICT:
            return True
        wrong, seen, first = column.refused(read, self.context)
        if wrong:
            fate = "not taken" if wrong > HALF * seen else "taken; such rows are told cell by cell"
            says = f'"{column.heading}" is no {name} in {wrong} of {seen} different cells: {fate}'
            doubts.append(Doubt(first, says))
        return wrong <= HALF * seen

    def _put_together(self, slug: str, tab: SourceTab, columns: dict[str, tuple[ColumnRef, ...]]) -> None:
        """Put a name and an address together from their parts."""
        parts = {
            part: column for column in tab.columns for part in ("first", "last") if column.concepts - {"name"} == {part}
        }
        if "name" not in columns and parts and slug in ("clients", "staff"):
            columns["name"] = tuple(ColumnRef("", parts[part].heading) for part in ("first", "last") if part in parts)
        if slug == "clients" and "address" in columns:
            more = [
                column
                for part in ("city", "region", "postal")
                for column in tab.columns
                if column.concepts - {"no"} == {part}
            ]
            columns["address"] = (*columns["address"], *(ColumnRef("", column.heading) for column in more))


@dataclass(frozen=True)
class TabLinks:
    """Finds tabs by name, and our fields over joins.

    Args:
        theirs: the team's tabs, by name.
        matcher: finds our fields in the columns of one tab.
        lexicon: our names in every language.
    """

    theirs: Mapping[str, SourceTab]
    matcher: Matcher
    lexicon: Lexicon

    def is_named(self, slug: str, name: str) -> bool:
        """True if a tab's name says that it is this one of ours."""
        is_own = self.lexicon.tab(name) == OF_SLUG[slug].name
        return is_own or TAB_CONCEPTS[slug] in concepts_of(name)

    def is_foreign(self, slug: str, name: str) -> bool:
        """True if a tab's name says that it is another one of ours."""
        return not self.is_named(slug, name) and any(self.is_named(other, name) for other in OF_SLUG)

    def joined(self, slug: str, tab: SourceTab, direct: Columns) -> tuple[Columns, list[Join]]:
        """Return fields of a purchase in other tabs, with their joins."""
        columns: dict[str, tuple[ColumnRef, ...]] = {}
        joins: list[Join] = []
        reached: list[tuple[SourceTab, tuple[Join, ...]]] = [(tab, ())]
        for here, path in reached:
            for join, other in self.links(here, path[-1].to.tab if path else ""):
                if other.name in [known.name for known, _ in reached] or self.is_foreign(slug, other.name):
                    continue
                new = self._new_columns(slug, other, {**direct, **columns})
                if "client" in concepts_of(join.by.heading):
                    new = {name: refs for name, refs in new.items() if name not in OF_THE_CLIENT}
                columns |= new
                joins += [step for step in (*path, join) if new and step not in joins]
                if len(path) + 1 < MOST_JOINS:
                    reached.append((other, (*path, join)))
        return columns, joins

    def _new_columns(self, slug: str, other: SourceTab, known: Columns) -> dict[str, tuple[ColumnRef, ...]]:
        return {
            name: tuple(replace(ref, tab=other.name) for ref in refs)
            for name, refs in self.matcher.direct(slug, other).columns.items()
            if name not in known and name not in OF_THE_LINE
        }

    def links(self, tab: SourceTab, name: str) -> Iterator[tuple[Join, SourceTab]]:
        """Yield other tabs whose key is a column here."""
        for column in tab.columns:
            for other in self.theirs.values():
                keys = (key for key in other.columns if other.name != tab.name and _links_to(column, key))
                if key := next(keys, None):
                    yield Join(ColumnRef(name, column.heading), ColumnRef(other.name, key.heading)), other


def _links_to(column: SourceColumn, key: SourceColumn) -> bool:
    """True if a column holds another tab's keys under a like heading."""
    is_alike = plain(column.heading) == plain(key.heading) or (
        bool(column.concepts) and column.concepts - {"no"} == key.concepts - {"no"} and "no" in key.concepts
    )
    return is_alike and key.is_key and key.holds(column.values)
