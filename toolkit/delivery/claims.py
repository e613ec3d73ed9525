"""Claims: a letter leaves only where the shared Outbox tab says that this computer took it, and no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from toolkit.book import own_tabs
from toolkit.book.grid import Cell, Grid, Tabs
from toolkit.book.i18n import Lexicon
from toolkit.book.parse.cells import shown
from toolkit.delivery.entry import Entry
from toolkit.delivery.remote_letters import remote_letters
from toolkit.delivery.tab_rows import Row
from toolkit.errors import WorkbookBusy
from toolkit.sheets.workbook import Team

TRIES: Final = 4
"""So often a batch is claimed anew where people sort the tab, or an answer got lost."""

_KEY: Final = own_tabs.HEADINGS[own_tabs.OUTBOX].index("Key")
_BY: Final = own_tabs.HEADINGS[own_tabs.OUTBOX].index("By")


@dataclass
class Claims:
    """The claims of one computer.

    A letter is ours where our row stands at the very place that the append named, unchanged, and no row of another
    computer has its key. Appending and reading are each one step in the sheet, so of two computers that claim at once
    at least one sees the other's row. That any foreign row wins, and not the first, keeps this so when people sort.

    Args:
        team: the shared workbook.
        tab: the name of its Outbox tab.
        beside: the names of the tabs that are read with it.
        computer: this one.
        lexicon: the words of every language.
        row_of: the row of a claim.
        row_after: the row that says what became of a letter.
    """

    team: Team
    tab: str
    beside: Sequence[str]
    computer: str
    lexicon: Lexicon
    row_of: Callable[[Entry], Row]
    row_after: Callable[[Entry], Row]
    _before: tuple[Entry, ...] = field(default=(), init=False)

    def claim(self, batch: Sequence[Entry]) -> tuple[frozenset[str], Tabs]:
        """Claim the letters of a batch, and tell what became of those of the last one.

        Returns:
            The keys that are ours, and the tabs as they were read back.

        Raises:
            WorkbookError: the workbook cannot be reached; nothing is ours.
        """
        settled = [self.row_after(one) for one in self._before]
        for is_last in (*(False for _ in range(TRIES - 1)), True):
            rows = [*settled, *map(self.row_of, batch)]
            place = self._appended(rows, is_last=is_last)
            tabs = self.team.fresh([self.tab, *self.beside])
            if place and self._in_place(tabs.get(self.tab, ()), place, rows):
                mine = self._ours(batch, tabs)
                self._before = tuple(one for one in batch if one.key in mine)
                return mine, tabs
        raise WorkbookBusy(
            f"the tab {self.tab} changes all the time",
            why="somebody sorts or edits it while letters leave",
            next_step="let it rest, then run again; what was not sent waits",
        )

    def _appended(self, rows: Sequence[Row], *, is_last: bool) -> int:
        """Where the rows stand; 0 where nobody knows, since the answer got lost."""
        try:
            return self.team.append(self.tab, rows)
        except WorkbookBusy:
            if is_last:
                raise
            return 0

    def _in_place(self, grid: Grid, place: int, rows: Sequence[Row]) -> bool:
        """Whether every row of ours stands where the append said."""
        there = [self._signed(one) for one in grid[place - 1 : place - 1 + len(rows)]]
        return there == [(str(row[_KEY]), str(row[_BY])) for row in rows]

    def _signed(self, row: Sequence[Cell]) -> tuple[str, str]:
        cells = [shown(cell) for cell in row]
        padded = [*cells, *("" for _ in range(_BY + 1 - len(cells)))]
        return padded[_KEY], padded[_BY]

    def _ours(self, batch: Sequence[Entry], tabs: Tabs) -> frozenset[str]:
        theirs = {one.key for one in remote_letters(tabs, self.lexicon, self.computer)}
        return frozenset(one.key for one in batch if one.key[:16] not in theirs)
