"""The shop's workbook together with its cells as they were last read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from toolkit.book import Grid, OwnCell, OwnTab, Tab, own_tabs, shown
from toolkit.book.checks.missing_tabs import no_clients
from toolkit.book.i18n import ENGLISH
from toolkit.book.layout import tab_name
from toolkit.book.own_tabs import own_grid
from toolkit.book.tabs.clients import CLIENTS
from toolkit.errors import WorkbookUnsafe
from toolkit.sheets.workbook import Workbook
from toolkit.snapshot import Snapshot

SHARED_TABS: Final = (own_tabs.OUTBOX, own_tabs.SUPPRESSED)
"""Our tabs to which other computers of a shared workbook may add while one sends."""


@dataclass(frozen=True)
class OpenBook:
    """A workbook and its last reading.

    Args:
        workbook: where the cells are read and written.
        snapshot: the cells as they were read, and what follows from them.
    """

    workbook: Workbook
    snapshot: Snapshot

    def read_own_tabs_again(self) -> None:
        """Read our own tabs again, which other computers may have changed."""
        if team := self.workbook.capabilities.team:
            names = [self.snapshot.own_tab_name(name) for name in own_tabs.HEADINGS]
            self.snapshot.take_ours(team.fresh(names), SHARED_TABS)
        else:
            self.snapshot.take_ours(self.workbook.rows())

    def require_clients(self) -> None:
        """Return quietly if any client could be read.

        Raises:
            WorkbookUnsafe: there is none, with what is wrong.
        """
        if fatal := no_clients(self.snapshot.book, self.snapshot.problems, self.team_tab_name(CLIENTS)):
            told = self.snapshot.reading.lexicon.words(ENGLISH).problem(fatal)
            raise WorkbookUnsafe(f"{self.workbook.name}: {fatal.place}", why=told.says, next_step=told.fix)

    def team_tab_name(self, tab: Tab[Any]) -> str:
        """Return the name that the team gave one of its tabs."""
        return tab_name(tab, self.snapshot.tabs, self.snapshot.reading)

    def own_rows(self, name: str) -> Grid:
        """Return the rows of one of our tabs, headings first."""
        return own_grid(name, self.snapshot.tabs, self.snapshot.reading.lexicon)

    def home(self) -> str:
        """Return the computer in the Week tab that sends, or "" if there is none."""
        rows = self.own_rows(own_tabs.WEEK)
        return next((shown(row[1]) for row in rows if len(row) > 1 and row[0] == own_tabs.HOME), "")

    def own_tab(self, name: str, rows: Iterable[tuple[OwnCell, ...]]) -> OwnTab:
        """Return a tab of ours under the name that it has in the workbook."""
        headings = tuple(map(self.snapshot.words.heading, own_tabs.HEADINGS[name]))
        return OwnTab(self.snapshot.own_tab_name(name), headings, tuple(rows), grows=name == own_tabs.OUTBOX)
