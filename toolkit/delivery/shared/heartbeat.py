"""Signs of life at a shared workbook while letters leave."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from toolkit.errors import RunLocked, ToolkitError, WorkbookBusy
from toolkit.sheets.workbook import Team

BEAT_EVERY: Final = timedelta(minutes=1)


@dataclass
class Heartbeat:
    """Gives a sign of life once a minute.

    Args:
        team: the shared workbook.
        now: returns this moment, in UTC.
        wait: returns after so many seconds.
        progress: returns how far the run is.
        last: when the last sign was given, at first by taking the workbook.
    """

    team: Team
    now: Callable[[], datetime]
    wait: Callable[[float], None]
    progress: Callable[[], str]
    last: datetime

    def beat(self) -> None:
        """Give a sign of life if the last is a minute old.

        Raises:
            WorkbookError: another computer took over, or the workbook cannot be reached.
        """
        if self.now() - self.last < BEAT_EVERY:
            return
        try:
            self.team.beat(self.progress())
        except RunLocked as lost:
            raise WorkbookBusy(lost.what, why=lost.why, next_step=lost.next_step) from lost
        self.last = self.now()

    def sleep(self, seconds: float) -> None:
        """Wait with signs of life.

        One that fails is noticed before the next batch.
        """
        while seconds > 0:
            part = min(seconds, BEAT_EVERY.total_seconds())
            self.wait(part)
            seconds -= part
            with suppress(ToolkitError):
                self.beat()
