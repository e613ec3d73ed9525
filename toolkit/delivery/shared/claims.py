"""Claims, so that no two computers send one letter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from toolkit.book import Cell, Grid, Lexicon, Tabs, own_tabs, shown
from toolkit.delivery.letter_record import LetterRecord
from toolkit.delivery.shared.remote_letters import Row, remote_letters
from toolkit.errors import WorkbookBusy
from toolkit.sheets.workbook import Team

CLAIM_TRIES: Final = 4
"""So often a batch is claimed anew where people sort the tab, or an answer got lost."""

_KEY: Final = own_tabs.HEADINGS[own_tabs.OUTBOX].index("Key")
_BY: Final = own_tabs.HEADINGS[own_tabs.OUTBOX].index("By")


@dataclass
class Claims:
    """The claims of one computer.

    A letter is ours where our row stands unchanged at the very place that the append named, and no row of another
    computer has its key. Of two computers that claim at once at least one sees the other's row, since appending and
    reading are each one step in the sheet. Any foreign row wins, not the first one, so sorting does no harm.

    Args:
        team: the shared workbook.
        tab: the name of its Outbox tab.
        beside: the names of the tabs that are read with it.
        computer: this one.
        lexicon: the words of every language.
        row_of: returns the row of a claim.
        row_after: returns the row that tells what became of a letter.
    """

    team: Team
    tab: str
    beside: Sequence[str]
    computer: str
    lexicon: Lexicon
    row_of: Callable[[LetterRecord], Row]
    row_after: Callable[[LetterRecord], Row]
    _before: tuple[LetterRecord, ...] = field(default=(), init=False)

    def claim(self, batch: Sequence[LetterRecord]) -> tuple[frozenset[str], Tabs]:
        """Claim a batch, and report the last one.

        Returns:
            The keys that are ours, and the tabs as they were read back.

        Raises:
            WorkbookError: the workbook cannot be reached; nothing is ours.
        """
        settled = [self.row_after(record) for record in self._before]
        for is_last in (*(False for _ in range(CLAIM_TRIES - 1)), True):
            rows = [*settled, *map(self.row_of, batch)]
            place = self._appended(rows, is_last=is_last)
            tabs = self.team.fresh([self.tab, *self.beside])
            if place and self._in_place(tabs.get(self.tab, ()), place, rows):
                ours = self._ours(batch, tabs)
                self._before = tuple(record for record in batch if record.key in ours)
                return ours, tabs
        raise WorkbookBusy(
            f"the tab {self.tab} changes all the time",
            why="somebody sorts or edits it while letters leave",
            next_step="let it rest, then run again; what was not sent waits",
        )

    def _appended(self, rows: Sequence[Row], *, is_last: bool) -> int:
        """Append rows and return their place, or 0 for a lost answer."""
        try:
            return self.team.append(self.tab, rows)
        except WorkbookBusy:
            if is_last:
                raise
            return 0

    def _in_place(self, grid: Grid, place: int, rows: Sequence[Row]) -> bool:
        """True if every row of ours stands where the append said.

        Google does not document that two appends never meet (PROMISES.md, Team lock).
        """
        found = [_key_and_computer(row) for row in grid[place - 1 : place - 1 + len(rows)]]
        return found == [(str(row[_KEY]), str(row[_BY])) for row in rows]

    def _ours(self, batch: Sequence[LetterRecord], tabs: Tabs) -> frozenset[str]:
        theirs = {letter.key for letter in remote_letters(tabs, self.lexicon, self.computer)}
        return frozenset(record.key for record in batch if record.key[:16] not in theirs)


def _key_and_computer(row: Sequence[Cell]) -> tuple[str, str]:
    cells = [shown(cell) for cell in row]
    padded = [*cells, *("" for _ in range(_BY + 1 - len(cells)))]
    return padded[_KEY], padded[_BY]
