"""Tabs that are missing, or that somebody renamed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from toolkit.book.grid import Grid, Tabs
from toolkit.book.i18n import Lexicon, plain
from toolkit.book.layout import heading_row, tab_name
from toolkit.book.own_tabs import HEADINGS
from toolkit.book.parse.cells import ParseContext, shown
from toolkit.book.parse.suggest import nearest
from toolkit.book.problem import Problem
from toolkit.book.tab import Tab
from toolkit.book.tabs import TABS
from toolkit.book.tabs.clients import CLIENTS

if TYPE_CHECKING:
    from toolkit.book.client_book import ClientBook

MANY_HEADINGS: Final = 4
"""So many headings of one of our tabs in one row are no chance."""

NO_CLIENTS: Final = frozenset(
    {
        "tab-missing",
        "tab-missing-near",
        "mapped-tab-missing",
        "mapped-tab-missing-near",
        "heading-missing",
        "heading-missing-near",
    }
)
"""Codes that leave no client to read."""

COLUMN_GONE: Final = frozenset({"mapped-tab-gone", "mapped-column-gone", "mapped-column-gone-near"})
"""Codes that leave no client to read if they speak of a column that the Clients tab cannot do without."""


def missing_tabs(tabs: Tabs, context: ParseContext) -> Iterator[Problem]:
    """Yield a problem for each tab that is missed.

    Clients always is, other tabs only if the settings name them or somebody renamed them.
    """
    missing = [tab for tab in TABS if tab_name(tab, tabs, context) not in tabs]
    unread = [tab for tab in missing if tab.slug not in context.starter]
    renamed = renamed_tabs(unread, tabs, _known_names(tabs, context), context)
    for tab in missing:
        name, new_name = tab_name(tab, tabs, context), renamed.get(tab.name, "")
        if tab is CLIENTS or name != tab.name or new_name:
            values = {"near": new_name or nearest(name, tabs), "tabs": ", ".join(tabs), "section": tab.slug}
            yield Problem(name, "", "", _missing_code(tab, name, values["near"]), values)


def no_clients(book: "ClientBook", problems: Iterable[Problem], clients_tab: str) -> Problem | None:
    """Return why there is no client to read, or None."""
    codes = NO_CLIENTS if book.clients else NO_CLIENTS | COLUMN_GONE
    return next((problem for problem in problems if problem.code in codes and problem.tab == clients_tab), None)


def _known_names(tabs: Tabs, context: ParseContext) -> frozenset[str]:
    """Return the tabs that are read, and ours."""
    ours = {plain(name) for name in (*(tab.name for tab in TABS), *HEADINGS)}
    joined = (join.to.tab for mapped in context.mapped.values() for join in mapped.joins)
    read = {*joined, *(tab_name(tab, tabs, context) for tab in TABS)}
    return frozenset(read | {name for name in tabs if plain(context.lexicon.tab(name)) in ours})


def _missing_code(tab: Tab[Any], name: str, near: str) -> str:
    """Return the code, another one for a name in the settings."""
    if name != tab.name:
        return "mapped-tab-missing-near" if near else "mapped-tab-missing"
    return "tab-missing-near" if near else "tab-missing"


def renamed_tabs(
    missing: Collection[Tab[Any]], tabs: Tabs, known: Collection[str], context: ParseContext
) -> Mapping[str, str]:
    """Return the new names of missing tabs, found by their headings.

    Args:
        missing: our tabs that are not there under any name that we know.
        tabs: the workbook's.
        known: the names of tabs that are read, or are ours.
        context: how cells are read.
    """
    renamed: dict[str, str] = {}
    for name, grid in tabs.items():
        if name not in known and grid:
            likeness = {tab.name: _likeness(tab, grid, context) for tab in missing}
            best = max(likeness, key=likeness.__getitem__, default="")
            if likeness.get(best):
                renamed.setdefault(best, name)
    return renamed


def _likeness(tab: Tab[Any], grid: Grid, context: ParseContext) -> int:
    """Return how many of our headings a tab has, or 0."""
    written = {plain(shown(cell)) for cell in grid[heading_row(tab, grid, context)]} - {""}
    columns = [(column, _spellings(column.heading, context.lexicon)) for column in tab.columns]
    present = [column for column, spellings in columns if written & spellings]
    is_whole = all(column in present for column in tab.columns if column.vital or column.expected)
    look_ups = {spelling for heading in tab.ours for spelling in _spellings(heading, context.lexicon)}
    strangers = written - look_ups - {spelling for _, spellings in columns for spelling in spellings}
    is_ours = len(present) >= 2 * len(strangers) and len(present) >= min(MANY_HEADINGS, len(tab.columns) / 2)
    return len(present) if is_whole and is_ours else 0


def _spellings(heading: str, lexicon: Lexicon) -> set[str]:
    return {plain(spelling) for spelling in lexicon.headings_for(heading)}
