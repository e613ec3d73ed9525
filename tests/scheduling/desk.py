"""A shop with a timetable, a clock that moves only when told, and the command line that reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from click.testing import CliRunner, Result

import toolkit
from toolkit.app.factory import SETTINGS
from toolkit.cli import main

NAIROBI = ZoneInfo("Africa/Nairobi")
SATURDAY = datetime(2026, 11, 21, 12, tzinfo=NAIROBI)
WEEKLY = 'weekly = "every monday at 09:00"'


def with_jobs(folder: Path, *jobs: str, sending: str = "") -> Path:
    """A shop's folder, with jobs in its settings."""
    settings = folder / SETTINGS
    text = settings.read_text(encoding="utf-8").replace("[timetable]\n", "[timetable]\n" + "\n".join(jobs) + "\n")
    settings.write_text(text.replace("[sending]\n", f"[sending]\n{sending}\n"), encoding="utf-8")
    return folder


@dataclass
class Desk:
    """Types commands in a shop's folder, at the moment at which its clock stands."""

    folder: Path
    clock: toolkit.FixedClock
    go_to: Callable[[Path], None]

    def __call__(self, *words: str) -> Result:
        self.go_to(self.folder)
        return CliRunner().invoke(main, words, obj=self.clock)

    def at(self, day: int, hour: int, minute: int = 0, month: int = 11) -> "Desk":
        """The same desk after the clock was moved to a time of 2026 in Nairobi."""
        self.clock.moment = datetime(2026, month, day, hour, minute, tzinfo=NAIROBI)
        return self

    def after(self, **time: int) -> "Desk":
        """The same desk after some time."""
        self.clock.moment += timedelta(**time)
        return self

    def letters(self) -> list[str]:
        """The letters to clients that lie in the outbox folder."""
        return sorted(one.name for one in self.folder.glob("outbox/*/*.eml") if not one.name.startswith("notice"))

    def notices(self) -> list[Path]:
        """The words to the owner that lie there."""
        return sorted(self.folder.glob("outbox/*/notice*.eml"))
