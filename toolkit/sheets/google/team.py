"""What computers that share a Google Sheet do with it at once: take the lease, append claims, read them back."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from toolkit.book.grid import OwnCell, Tabs
from toolkit.errors import RunLocked, ToolkitError, WorkbookBusy, WorkbookChanged
from toolkit.sheets.google.cells import kept
from toolkit.sheets.google.lease import KEPT, NONE, Lease
from toolkit.sheets.google.wire import Json, unmarked
from toolkit.sheets.workbook import Holder, Remembered

if TYPE_CHECKING:
    from toolkit.sheets.google.workbook import GoogleWorkbook

TRIES: Final = 10
"""So often the next lease is asked for, where others take it at the same moment, or Google refuses it."""

FIRST_ROW: Final = re.compile(r".*!\$?A\$?(\d+)(?::.*)?")


class SheetTeam:
    """The computers at one Google Sheet.

    Args:
        sheet: the sheet.
    """

    def __init__(self, sheet: "GoogleWorkbook") -> None:
        self._sheet = sheet
        self._held: Lease | None = None
        self._at_reading = NONE

    @property
    def server_now(self) -> datetime | None:
        """The time by Google's own clock at its last answer; None before the first."""
        return self._sheet.server_now

    @property
    def guard(self) -> list[Json]:
        """What makes a change fail whole where the lease that we hold is no longer ours."""
        return self._held.guard() if self._held else []

    def take(self, holder: Holder) -> bool:
        """Let nobody else send or write until `release`; say whether anybody did since the sheet was read.

        Raises:
            RunLocked: another computer is at it, with who, since when and how far.
            ToolkitError: the sheet cannot be reached.
        """
        if self._latest().holds(holder.computer, self._now()):
            self._sheet.forget_tabs()
        self._held = self._next_lease(holder)
        return not self._at_reading.is_followed_by(self._held)

    def note_reading(self) -> None:
        """Remember who was at work when the sheet was read."""
        self._at_reading = self._latest()

    def _next_lease(self, holder: Holder) -> Lease:
        """The next lease, asked for anew where another computer was quicker; what Google always refuses is raised."""
        for _ in range(TRIES - 1):
            with suppress(WorkbookChanged):
                return self._made(self._latest(), holder)
        return self._made(self._latest(), holder)

    def _made(self, latest: Lease, holder: Holder) -> Lease:
        if latest.holds(holder.computer, self._now()):
            raise latest.locked()
        mine = latest.next(holder.computer, holder.who, self._now())
        old = [unmarked(one.id) for one in self._sheet.tabs().leases[: -KEPT + 1]]
        try:
            self._sheet.change([mine.made(), *old])
        except WorkbookChanged:
            self._sheet.forget_tabs()
            if self._latest() != mine:
                raise
        return mine

    def beat(self, told: str) -> None:
        """Give a sign of life, and tell how far one is.

        Raises:
            RunLocked: another computer took over meanwhile.
            WorkbookError: the sheet cannot be reached.
        """
        if self._held is None:
            return
        self._held = self._held.living(self._now(), told)
        try:
            self._sheet.change([*self.guard, self._held.changed()])
        except WorkbookChanged:
            self.see_that_it_is_ours()
            raise

    def see_that_it_is_ours(self) -> None:
        """Return quietly if nobody took the lease that we hold.

        Raises:
            RunLocked: another computer did, since no sign of life of ours came for long.
        """
        self._sheet.forget_tabs()
        latest = self._latest()
        if self._held is not None and latest.generation > self._held.generation:
            self._held = None
            raise RunLocked(
                f"{latest.who} took over the sending",
                why="this computer gave no sign of life for long",
                next_step="run again later; what was not sent waits",
            )

    def release(self) -> None:
        """Let others at it; where that cannot be said any more, the lease grows old by itself."""
        held, self._held = self._held, None
        if held is not None:
            with suppress(ToolkitError):
                self._sheet.change([replace(held, is_over=True).changed()])

    @property
    def letters(self) -> Remembered:
        """Of how many letters the sheet told when a computer was last done, or of how many it is told to tell."""
        held = self._held or NONE
        return Remembered(held.letters, date.fromisoformat(held.counted_from) if held.counted_from else date.min)

    def remember(self, letters: Remembered) -> None:
        """Keep, where people do not see it, of how many letters the sheet tells now; it goes along with `release`."""
        if self._held is not None:
            self._held = replace(self._held, letters=letters.number, counted_from=letters.since.isoformat())

    def append(self, tab: str, rows: Sequence[Sequence[OwnCell]]) -> int:
        """Add rows below a tab's last one, and return the row, counted from 1, where the first of them stands.

        Raises:
            WorkbookError: it is not known whether they stand there.
        """
        where = self._sheet.append(tab, [[_written(cell) for cell in row] for row in rows])
        found = FIRST_ROW.fullmatch(where)
        if found is None:
            raise WorkbookBusy(
                f"{self._sheet.name}: rows went beside the tab {tab}",
                why=f"Google put them at {where or 'a place that it does not name'}",
                next_step=f"delete what stands beside our columns in {tab}, then run again",
            )
        return int(found[1])

    def fresh(self, tabs: Sequence[str]) -> Tabs:
        """The cells of those tabs that are there, as they are now, days as numbers, in one request.

        Raises:
            WorkbookError: they cannot be read now.
        """
        return self._sheet.values(tabs)

    def _latest(self) -> Lease:
        return max(self._sheet.tabs().leases, key=lambda lease: lease.generation, default=NONE)

    def _now(self) -> datetime:
        now = self._sheet.server_now
        if now is None:
            self._sheet.forget_tabs()
            self._sheet.tabs()
            now = self._sheet.server_now
        if now is None:
            raise WorkbookBusy(
                f"{self._sheet.name}: Google does not say what time it is",
                why="without its clock nobody knows how old a lease is",
                next_step="run again later",
            )
        return now


def _written(cell: OwnCell) -> str:
    """A cell of a claim: all of them are text, days too, and `=1+1` stays what it is."""
    return "" if cell is None else kept(str(cell))
