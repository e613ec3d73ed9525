"""Sending from a workbook that several computers share: signs of life, claims, and whose turn a letter is."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from toolkit.errors import RunLocked, ToolkitError, WorkbookBusy
from toolkit.outbox.delivery import Unwanted, Wanted
from toolkit.outbox.entry import Entry
from toolkit.outbox.wanted import TAKEN
from toolkit.sheets.workbook import Team

EVERY: Final = timedelta(minutes=1)
"""How often a sign of life is given."""


@dataclass
class Pulse:
    """Signs of life while letters leave, once a minute, also while it only waits.

    Args:
        team: the shared workbook.
        now: this moment, in UTC.
        wait: returns after so many seconds.
        told: how far it is.
    """

    team: Team
    now: Callable[[], datetime]
    wait: Callable[[float], None]
    told: Callable[[], str]
    _last: datetime | None = field(default=None, init=False)

    def beat(self) -> None:
        """Give a sign of life where the last one is a minute old.

        Raises:
            WorkbookError: another computer took over, or the workbook cannot be reached.
        """
        if self._last is None:
            self._last = self.now()
        if self.now() - self._last < EVERY:
            return
        try:
            self.team.beat(self.told())
        except RunLocked as lost:
            raise WorkbookBusy(lost.what, why=lost.why, next_step=lost.next_step) from lost
        self._last = self.now()

    def sleep(self, seconds: float) -> None:
        """Wait, with signs of life; one that fails is noticed before the next batch."""
        while seconds > 0:
            part = min(seconds, EVERY.total_seconds())
            self.wait(part)
            seconds -= part
            with suppress(ToolkitError):
                self.beat()


def whose_turn(wanted: Wanted, mine: frozenset[str]) -> Wanted:
    """What says of each letter of a batch why it shall not go: by the workbook, and by whose claim it is."""

    def asked(entry: Entry) -> Unwanted | None:
        if (unwanted := wanted(entry)) is not None:
            return unwanted
        return None if entry.key in mine else TAKEN

    return asked


Claim = Callable[[Sequence[Entry]], Wanted]
"""Takes a batch for this computer, and says of each letter whether it may go."""
