"""A proposal how to read a team's own workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from toolkit.book import own_tabs
from toolkit.book.adopt.matching import OF_SLUG, Columns, Doubt, Matcher, TabLinks, parser_of
from toolkit.book.adopt.source_columns import SourceColumn, SourceTab, source_tab
from toolkit.book.adopt.synonyms import meant_by, options_of
from toolkit.book.grid import Tabs
from toolkit.book.i18n import plain
from toolkit.book.mapping import ColumnRef, Join, Mapped
from toolkit.book.parse.cells import ParseContext
from toolkit.book.tab import Tab
from toolkit.book.tabs import TABS

NAMED: Final = 3
"""A tab's name counts as much as so many columns; without it a tab needs as many columns to be taken."""


@dataclass(frozen=True)
class Proposal:
    """The proposal that adopt shows.

    Args:
        mapped: by our tab's slug; a tab whose names are all ours is not in it.
        tabs: our tabs that were found, with the team's names.
        doubts: what is not sure.
        unread: the team's headings that are not read, by tab.
        columns: every field that was found, by our tab's slug, even if it needs no mapping.
        joins: every join that these fields need, by our tab's slug.
    """

    mapped: Mapping[str, Mapped] = field(default_factory=dict)
    tabs: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, Columns] = field(default_factory=dict)
    joins: Mapping[str, tuple[Join, ...]] = field(default_factory=dict)


def propose(tabs: Tabs, context: ParseContext) -> Proposal:
    """Propose how to read a workbook, with every guess among the doubts."""
    theirs = {name: source_tab(name, grid, context) for name, grid in tabs.items() if not _is_ours(name, context)}
    return _Survey(theirs, context).proposal()


def _is_ours(name: str, context: ParseContext) -> bool:
    """True if a tab is one of ours by its name."""
    own = context.lexicon.tab(name)
    return own in own_tabs.HEADINGS or own in _AS_IT_IS


class _Survey:
    """Decides which tab is which of ours, and gathers what is not sure."""

    def __init__(self, theirs: Mapping[str, SourceTab], context: ParseContext) -> None:
        self._theirs = theirs
        self._context = context
        self._matcher = Matcher(context)
        self._links = TabLinks(theirs, self._matcher, context.lexicon)
        self._doubts: list[Doubt] = []
        self._columns: dict[str, dict[str, tuple[ColumnRef, ...]]] = {}
        self._joins: dict[str, list[Join]] = {}
        self._names: dict[str, str] = {}
        self._rivals: dict[str, str] = {}

    def proposal(self) -> Proposal:
        self._choose_tabs()
        for slug, name in self._names.items():
            match = self._matcher.direct(slug, self._theirs[name])
            self._columns[slug], self._doubts = dict(match.columns), [*self._doubts, *match.doubts]
            self._joins[slug] = []
        for slug in self._names:
            self._fill(slug)
        if "clients" in self._names:
            self._join_names()
        mapped = {slug: self._mapped(slug) for slug in self._names}
        self._add_lacks()
        unread = {name: self._unread(slug, name) for slug, name in self._names.items()}
        return Proposal(
            mapped={slug: mapping for slug, mapping in mapped.items() if mapping != Mapped()},
            tabs=dict(self._names),
            doubts=tuple(dict.fromkeys(self._doubts)),
            unread=unread,
            columns={slug: dict(columns) for slug, columns in self._columns.items()},
            joins={slug: tuple(joins) for slug, joins in self._joins.items()},
        )

    def _doubt(self, place: str, says: str) -> None:
        self._doubts.append(Doubt(place, says))

    # which tab is which

    def _choose_tabs(self) -> None:
        scores = sorted(
            ((self._score(slug, tab), slug, name) for slug in OF_SLUG for name, tab in self._theirs.items()),
            key=lambda candidate: (-candidate[0], list(OF_SLUG).index(candidate[1])),
        )
        for score, slug, name in scores:
            if score >= NAMED and slug not in self._names and name not in self._names.values():
                self._names[slug] = name
            elif score >= NAMED:
                self._rivals.setdefault(name, slug)
        self._names = {slug: self._names[slug] for slug in OF_SLUG if slug in self._names}
        for slug, name in self._names.items():
            if not self._links.is_named(slug, name):
                self._doubt(name, f"taken for our {OF_SLUG[slug].name} tab because of its headings")

    def _score(self, slug: str, tab: SourceTab) -> int:
        direct = self._matcher.direct(slug, tab).columns
        reachable = {**direct, **self._links.joined(slug, tab, direct)[0]} if slug == "purchases" else direct
        needs: Mapping[str, tuple[tuple[str, ...], ...]] = {
            "clients": (("name", "first_name", "company"),),
            "purchases": (("date",), ("client",), ("paid", "unit_price")),
            "products": (("product", "name"),),
            "staff": (("name", "first_name", "number"),),
        }
        if not all(any(field in reachable for field in either) for either in needs[slug]):
            return 0
        named = self._links.is_named(slug, tab.name) - self._links.is_foreign(slug, tab.name)
        return len(reachable) + NAMED * named

    # columns of other tabs

    def _fill(self, slug: str) -> None:
        tab = self._theirs[self._names[slug]]
        if slug == "purchases":
            more, joins = self._links.joined(slug, tab, self._columns[slug])
            self._columns[slug] |= more
            self._joins[slug] += joins
        if slug in ("products", "clients"):
            self._name_category(slug, tab)
        self._key_from_name(slug, tab)

    def _name_category(self, slug: str, tab: SourceTab) -> None:
        """Join the name of a category that is only a number here."""
        name = {"products": "category", "clients": "segment"}[slug]
        place = next(iter(self._columns[slug].get(name, ())), None)
        column = tab.find(place) if place else None
        named = (
            (join, ColumnRef(other.name, name_column.heading))
            for join, other in self._links.links(tab, "")
            if column and join.by.heading == column.heading and other.name not in self._names.values()
            for name_column in other.columns
            if name_column.concepts in _NAMES_OF_CATEGORY
        )
        for join, heading in islice(named, 1):
            self._columns[slug][name] = (heading,)
            self._joins[slug].append(join)

    def _key_from_name(self, slug: str, tab: SourceTab) -> None:
        """Take the name for the number where there are none."""
        keys = {"clients": "number", "staff": "number", "products": "product"}
        key, name = keys.get(slug, ""), "name"
        if not key or key in self._columns[slug] or name not in self._columns[slug]:
            return
        self._columns[slug][key] = self._columns[slug][name]
        place = self._columns[slug][name][0]
        column = tab.find(place)
        at = column.at if column else tab.name
        self._doubt(at, "there are no numbers, so the name is taken for one; two of the same name would be one")

    # what names rows of another tab

    def _join_names(self) -> None:
        """Join purchases that name clients or products by another column than their number."""
        if "purchases" not in self._names:
            return
        self._join_name("client", "clients", "number")
        if "products" in self._names:
            self._join_name("product", "products", "product")

    def _join_name(self, name: str, slug: str, key: str) -> None:
        places = self._columns["purchases"].get(name, ())
        target = self._theirs[self._names[slug]]
        column = self._purchase_column(places[0]) if len(places) == 1 else None
        keyed = self._columns[slug].get(key, ())
        key_column = target.find(keyed[0]) if len(keyed) == 1 else None
        if column is None or key_column is None or not column.values or key_column.holds(column.values):
            return
        other = next((key for key in target.columns if key.is_key and key.holds(column.values)), None)
        if other is None:
            missing = len(column.values - key_column.values)
            says = f'{missing} of {len(column.values)} values of "{column.heading}" are not in {key_column.at}'
            self._doubt(column.at, f"{says}; such rows are told cell by cell")
        elif name == "product":
            self._columns[slug][key] = (ColumnRef("", other.heading),)
        else:
            self._columns["purchases"][name] = (ColumnRef(target.name, key_column.heading),)
            self._joins["purchases"].append(Join(places[0], ColumnRef(target.name, other.heading)))

    def _purchase_column(self, place: ColumnRef) -> SourceColumn | None:
        return self._theirs[place.tab or self._names["purchases"]].find(place)

    # what is written down

    def _mapped(self, slug: str) -> Mapped:
        tab, own = OF_SLUG[slug], self._theirs[self._names[slug]]
        by_itself = self._by_itself(tab, own)
        columns = {name: places for name, places in self._columns[slug].items() if by_itself.get(name) != places}
        shared = [place for places in columns.values() for place in places]
        columns |= {name: places for name, places in self._columns[slug].items() if places[0] in shared}
        values = dict(self._values(slug))
        columns |= {name: self._columns[slug][name] for name in values}
        columns = {column.field: columns[column.field] for column in tab.columns if column.field in columns}
        constants = {"scheme": "sales"} if slug == "staff" and "scheme" not in self._columns[slug] else {}
        is_named = self._context.lexicon.tab(own.name) == tab.name
        return Mapped("" if is_named else own.name, columns, tuple(self._joins[slug]), constants, values)

    def _by_itself(self, tab: Tab[Any], own: SourceTab) -> dict[str, tuple[ColumnRef, ...]]:
        """Return the fields that are found by our own headings, without any mapping."""
        fields = {plain(column.heading): column.field for column in tab.columns}
        found: dict[str, tuple[ColumnRef, ...]] = {}
        for column in own.columns:
            heading = plain(self._context.lexicon.heading(column.heading))
            if heading in fields:
                found.setdefault(fields[heading], (ColumnRef("", column.heading),))
        return found

    def _values(self, slug: str) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
        """Yield their words for our choices where our languages do not know them."""
        for name, places in self._columns[slug].items():
            options = options_of(parser_of(slug, name))
            column = self._theirs[places[0].tab or self._names[slug]].find(places[0])
            meant, unknown = meant_by(column.values, options, self._context.lexicon) if options and column else ({}, [])
            if unknown and column:
                examples = ", ".join(f'"{value}"' for value in unknown[:5])
                says = f"not known as one of {', '.join(options)}: {examples}; name them under values"
                self._doubt(column.at, says)
            if meant:
                yield name, meant

    def _add_lacks(self) -> None:
        if "clients" not in self._names:
            self._doubt("", "no tab looks like clients; name one in sheetclerk.toml: [tabs.clients] tab = ...")
        for slug, name in self._names.items():
            for place in self._theirs[name].nameless:
                self._doubt(place, "no heading stands over these cells, so they are not read; is it a merged heading?")
            if self._theirs[name].top:
                self._doubt(name, f"its headings are taken from row {self._theirs[name].top + 1}")
            self._add_twice(slug, name)
        clients = self._columns.get("clients", {})
        if clients and "email" not in clients:
            self._doubt(self._names["clients"], "no column of e-mail addresses: letters become calls")
        self._add_rivals()
        if "purchases" not in self._names:
            self._doubt("", "no tab looks like purchases, with a date, a client and an amount in every row")

    def _add_rivals(self) -> None:
        """Add a doubt for each further tab of one kind."""
        read = {*self._names.values(), *(join.to.tab for joins in self._joins.values() for join in joins)}
        for name, slug in self._rivals.items():
            if name not in read:
                ours, taken = OF_SLUG[slug].name, self._names[slug]
                self._doubt(name, f"looks like {ours} too, and is not read: put its rows under those of {taken}")

    def _add_twice(self, slug: str, name: str) -> None:
        mapped = {plain(place.heading) for places in self._columns[slug].values() for place in places}
        headings = [plain(column.heading) for column in self._theirs[name].columns]
        for column in self._theirs[name].columns:
            heading = plain(column.heading)
            if heading in mapped and headings.count(heading) > 1:
                self._doubt(column.at, f'"{column.heading}" stands over two columns; only the first is read')

    def _unread(self, slug: str, name: str) -> tuple[str, ...]:
        used = {plain(place.heading) for places in self._columns[slug].values() for place in places if not place.tab}
        used |= {plain(join.by.heading) for join in self._joins[slug] if not join.by.tab}
        return tuple(column.heading for column in self._theirs[name].columns if plain(column.heading) not in used)


_AS_IT_IS: Final = frozenset(tab.name for tab in TABS if tab.slug not in OF_SLUG)

_NAMES_OF_CATEGORY: Final = (
    frozenset({"category", "name"}),
    frozenset({"name"}),
    frozenset({"category"}),
)
