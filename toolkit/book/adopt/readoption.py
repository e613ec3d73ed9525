"""The changes to the mapping of a workbook that was adopted before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from toolkit.book.adopt.matching import OF_SLUG, Doubt
from toolkit.book.adopt.proposal import Proposal
from toolkit.book.adopt.source_columns import SourceTab
from toolkit.book.mapping import ColumnRef, Join, Mapped
from toolkit.book.tab import Tab


@dataclass(frozen=True, slots=True)
class MappingChange:
    """One field that is read from elsewhere now.

    Args:
        tab: our tab's slug.
        field: our field; "tab" is the tab itself.
        was: what sheetclerk.toml says; "" where it says nothing.
        now: what is proposed.
    """

    tab: str
    field: str
    was: str
    now: str


@dataclass(frozen=True)
class Readoption:
    """The proposal of adopt the second time.

    Args:
        mapped: the whole mapping of the tabs that change.
        changes: what is different in it.
        doubts: what is gone and has no successor.
    """

    mapped: Mapping[str, Mapped]
    changes: tuple[MappingChange, ...]
    doubts: tuple[Doubt, ...]


def what_changed(current: Mapping[str, Mapped], proposal: Proposal, theirs: Mapping[str, SourceTab]) -> Readoption:
    """Compare the mapping of the settings with the workbook as it is now."""
    mapped: dict[str, Mapped] = {}
    changes: list[MappingChange] = []
    doubts: list[Doubt] = []
    for slug in (slug for slug in OF_SLUG if slug in current or slug in proposal.mapped):
        update = _MappingUpdate(slug, current.get(slug, Mapped()), proposal, theirs)
        after = update.after()
        if update.changes:
            mapped[slug] = after
        changes += update.changes
        doubts += update.doubts
    return Readoption(mapped, tuple(changes), tuple(doubts))


class _MappingUpdate:
    """Updates the mapping of one tab."""

    def __init__(self, slug: str, old: Mapped, proposal: Proposal, theirs: Mapping[str, SourceTab]) -> None:
        self.changes: list[MappingChange] = []
        self.doubts: list[Doubt] = []
        self._slug = slug
        self._old = old
        self._found = proposal.columns.get(slug, {})
        self._new = proposal.mapped.get(slug, Mapped())
        self._joins = proposal.joins.get(slug, ())
        self._theirs = {**{name.strip(): tab for name, tab in theirs.items()}, **theirs}
        self._tab = proposal.tabs.get(slug, "")
        self._unread = proposal.unread.get(self._tab, ())

    def after(self) -> Mapped:
        """Return the mapping as it should be now."""
        tab = self._tab_now()
        columns = dict(self._columns())
        columns |= dict(self._new_columns(columns))
        values = {**self._old.values, **{name: words for name, words in self._new.values.items() if name in columns}}
        after = replace(self._old, tab=tab, columns=columns, values={**values, **self._old.values})
        return replace(after, joins=self._joins_now(after))

    def _tab_now(self) -> str:
        if self._old.tab in self._theirs or (not self._old.tab and not self._new.tab):
            return self._old.tab
        if self._tab:
            self._change("tab", self._old.tab, self._tab)
            return self._tab
        self.doubts.append(Doubt(self._old.tab, f"this tab is gone, and no other looks like {self._our_tab.name}"))
        return self._old.tab

    @property
    def _our_tab(self) -> Tab[object]:
        return OF_SLUG[self._slug]

    def _change(self, name: str, was: str, now: str) -> None:
        self.changes.append(MappingChange(self._slug, name, was, now))

    def _is_there(self, place: ColumnRef) -> bool:
        tab = self._theirs.get(place.tab or self._tab or self._old.tab)
        return tab is not None and tab.find(place) is not None

    def _columns(self) -> Iterator[tuple[str, tuple[ColumnRef, ...]]]:
        """Yield each field with its columns by now."""
        for name, places in self._old.columns.items():
            now = self._found.get(name, ())
            if all(map(self._is_there, places)):
                yield name, places
            elif now and now != places and not self._is_used(now, name):
                self._change(name, _written(places), _written(now))
                yield name, now
            else:
                left = ", ".join(self._unread) or "none"
                says = f'"{_written(places)}", read as {name}, is gone, and nothing looks like it; not read: {left}'
                self.doubts.append(Doubt(self._tab or self._old.tab, says))
                yield name, places

    def _is_used(self, places: tuple[ColumnRef, ...], name: str) -> bool:
        others = (refs for other, refs in self._old.columns.items() if other != name)
        return any(place in refs for refs in others for place in places)

    def _new_columns(self, columns: Mapping[str, tuple[ColumnRef, ...]]) -> Iterator[tuple[str, tuple[ColumnRef, ...]]]:
        for name, places in self._new.columns.items():
            if name not in columns and name not in self._old.constants and not self._is_used(places, name):
                self._change(name, "", _written(places))
                yield name, places

    def _joins_now(self, after: Mapped) -> tuple[Join, ...]:
        kept = [join for join in self._old.joins if self._is_there(join.by) and self._is_there(join.to)]
        needed = {place.tab for places in after.columns.values() for place in places if place.tab}
        new = [join for join in self._joins if join not in kept and join.to.tab not in {old.to.tab for old in kept}]
        added = [join for join in new if join.to.tab in needed or any(other.by.tab == join.to.tab for other in new)]
        for join in (join for join in added if join not in self._old.joins):
            was = self._old.join_to(join.to.tab)
            self._change("joins", str(was or ""), str(join))
        gone = [
            join for join in self._old.joins if join not in kept and join.to.tab not in {new.to.tab for new in added}
        ]
        for join in gone:
            self.doubts.append(Doubt(self._tab, f'the join "{join}" finds nothing any more'))
        return (*kept, *added, *gone)


def _written(places: tuple[ColumnRef, ...]) -> str:
    return " + ".join(map(str, places))
