"""The computers that share a Google Sheet."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from toolkit.book import OwnCell, Tabs
from toolkit.errors import RunLocked, ToolkitError, WorkbookBusy, WorkbookChanged
from toolkit.sheets.google.cells import kept
from toolkit.sheets.google.lease import LEASES_KEPT, NO_LEASE, Lease
from toolkit.sheets.google.wire import Json, delete_mark
from toolkit.sheets.workbook import Holder, Remembered

if TYPE_CHECKING:
    from toolkit.sheets.google.workbook import GoogleWorkbook

LEASE_TRIES: Final = 10
"""How often the next lease is asked for where others take it at the same moment."""

APPENDED_AT: Final = re.compile(r".*!\$?A\$?(\d+)(?::.*)?")


class SheetTeam:
    """The computers at one Google Sheet.

    Args:
        sheet: the sheet.
    """

    def __init__(self, sheet: "GoogleWorkbook") -> None:
        self._sheet = sheet
        self._held: Lease | None = None
        self._at_reading = NO_LEASE

    @property
    def server_now(self) -> datetime | None:
        """The time on Google's clock at the last answer."""
        return self._sheet.server_now

    @property
    def guard(self) -> list[Json]:
        """Requests that fail if our lease was taken."""
        return self._held.guard() if self._held else []

    def take(self, holder: Holder) -> bool:
        """Take the lease, and return True if the sheet is stale.

        Raises:
            RunLocked: another computer is at it, with who, since when and how far.
            ToolkitError: the sheet cannot be reached.
        """
        if self._latest().holds(holder.computer, self._now()):
            self._sheet.forget_tabs()
        self._held = self._next_lease(holder)
        return not self._at_reading.is_followed_by(self._held)

    def note_reading(self) -> None:
        """Note whose lease it was when the sheet was read."""
        self._at_reading = self._latest()

    def _next_lease(self, holder: Holder) -> Lease:
        """Return the next lease, tried again if another was quicker."""
        for _ in range(LEASE_TRIES - 1):
            with suppress(WorkbookChanged):
                return self._create(self._latest(), holder)
        return self._create(self._latest(), holder)

    def _create(self, latest: Lease, holder: Holder) -> Lease:
        if latest.holds(holder.computer, self._now()):
            raise latest.locked()
        mine = latest.next(holder.computer, holder.who, self._now())
        old = [delete_mark(lease.id) for lease in self._sheet.tabs().leases[: -LEASES_KEPT + 1]]
        try:
            self._sheet.change([mine.create(), *old])
        except WorkbookChanged:
            self._sheet.forget_tabs()
            if self._latest() != mine:
                raise
        return mine

    def beat(self, progress: str) -> None:
        """Renew the lease and tell how far one is.

        Raises:
            RunLocked: another computer took over meanwhile.
            WorkbookError: the sheet cannot be reached.
        """
        if self._held is None:
            return
        self._held = self._held.with_heartbeat(self._now(), progress)
        try:
            self._sheet.change([*self.guard, self._held.update()])
        except WorkbookChanged:
            self.check_lease()
            raise

    def check_lease(self) -> None:
        """Return quietly if our lease was not taken.

        Raises:
            RunLocked: another computer took it, since no heartbeat of ours came for long.
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
        """Release the lease, which else grows old by itself."""
        held, self._held = self._held, None
        if held is not None:
            with suppress(ToolkitError):
                self._sheet.change([replace(held, is_over=True).update()])

    @property
    def letters(self) -> Remembered:
        """The letters done that the last lease told of."""
        held = self._held or NO_LEASE
        return Remembered(held.letters, date.fromisoformat(held.counted_from) if held.counted_from else date.min)

    def remember(self, letters: Remembered) -> None:
        """Keep the number of letters done for `release`."""
        if self._held is not None:
            self._held = replace(self._held, letters=letters.number, counted_from=letters.since.isoformat())

    def append(self, tab: str, rows: Sequence[Sequence[OwnCell]]) -> int:
        """Append rows, and return the row number of the first.

        Google may take a table that people began beside ours for the one to append to, and shift the columns, so the
        place that it names is checked (burnash/gspread issue 537, 2018-04).

        Raises:
            WorkbookError: it is not known whether they stand there.
        """
        where = self._sheet.append(tab, [[_claim_text(cell) for cell in row] for row in rows])
        match = APPENDED_AT.fullmatch(where)
        if match is None:
            raise WorkbookBusy(
                f"{self._sheet.name}: rows went beside the tab {tab}",
                why=f"Google put them at {where or 'a place that it does not name'}",
                next_step=f"delete what stands beside our columns in {tab}, then run again",
            )
        return int(match[1])

    def fresh(self, tabs: Sequence[str]) -> Tabs:
        """Read tabs in one request, days as numbers.

        Raises:
            WorkbookError: they cannot be read now.
        """
        return self._sheet.values(tabs)

    def _latest(self) -> Lease:
        return max(self._sheet.tabs().leases, key=lambda lease: lease.generation, default=NO_LEASE)

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


def _claim_text(cell: OwnCell) -> str:
    """Return a cell of a claim as text."""
    return "" if cell is None else kept(str(cell))
