"""What of a team's workbook is reached from one of its tabs: by names, and over joins to other tabs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from toolkit.book.adopt import concepts
from toolkit.book.adopt.matching import OF_SLUG, Matcher
from toolkit.book.adopt.source_columns import SourceColumn, SourceTab
from toolkit.book.i18n import Lexicon, plain
from toolkit.book.mapping import Join, Place

MOST_JOINS: Final = 2
OF_THE_CLIENT: Final = frozenset({"date", "discount", "status", "note", "promised_for", "delivered_on"})
"""What such a column says in a tab that is found by a client is said of the client, not of one purchase."""

Found: TypeAlias = Mapping[str, tuple[Place, ...]]
"""Field to the columns that make it."""


@dataclass(frozen=True)
class Reach:
    """Looks from one tab to the others.

    Args:
        theirs: the team's tabs, by name.
        matcher: finds our fields in the columns of one tab.
        lexicon: our names in every language.
    """

    theirs: Mapping[str, SourceTab]
    matcher: Matcher
    lexicon: Lexicon

    def is_named(self, slug: str, name: str) -> bool:
        """Whether a tab's name says that it is this one of ours."""
        is_own = self.lexicon.tab(name) == OF_SLUG[slug].name
        return is_own or concepts.TABS[slug] in concepts.concepts_of(name)

    def is_foreign(self, slug: str, name: str) -> bool:
        """Whether a tab's name says that it is another one."""
        return not self.is_named(slug, name) and any(self.is_named(one, name) for one in OF_SLUG)

    def joined(self, slug: str, tab: SourceTab, direct: Found) -> tuple[dict[str, tuple[Place, ...]], list[Join]]:
        """Fields of a purchase that stand in other tabs, over one join or two, with those joins."""
        found: dict[str, tuple[Place, ...]] = {}
        joins: list[Join] = []
        reached: list[tuple[SourceTab, tuple[Join, ...]]] = [(tab, ())]
        for here, path in reached:
            for join, there in self.links(here, path[-1].to.tab if path else ""):
                if there.name in [one.name for one, _ in reached] or self.is_foreign(slug, there.name):
                    continue
                new = self._wanted(slug, there, {**direct, **found})
                if "client" in concepts.concepts_of(join.by.heading):
                    new = {name: places for name, places in new.items() if name not in OF_THE_CLIENT}
                found |= new
                joins += [one for one in (*path, join) if new and one not in joins]
                if len(path) + 1 < MOST_JOINS:
                    reached.append((there, (*path, join)))
        return found, joins

    def _wanted(self, slug: str, there: SourceTab, found: Found) -> dict[str, tuple[Place, ...]]:
        direct = self.matcher.direct(slug, there).found
        return {
            name: tuple(replace(place, tab=there.name) for place in places)
            for name, places in direct.items()
            if name not in found and name not in ("product", "quantity", "unit_price", "paid", "cost")
        }

    def links(self, tab: SourceTab, name: str) -> Iterator[tuple[Join, SourceTab]]:
        """Other tabs in which a column of this one is the key."""
        for column in tab.columns:
            for other in self.theirs.values():
                key = next((one for one in other.columns if other.name != tab.name and _links_to(column, one)), None)
                if key:
                    yield Join(Place(name, column.heading), Place(other.name, key.heading)), other


def _links_to(column: SourceColumn, key: SourceColumn) -> bool:
    """Whether a column names rows of another tab by its key: like headings, and its values stand there once each."""
    is_alike = plain(column.heading) == plain(key.heading) or (
        bool(column.concepts) and column.concepts - {"no"} == key.concepts - {"no"} and "no" in key.concepts
    )
    return is_alike and key.is_key and key.holds(column.values)
