"""The day on which the commands of tests run, whatever day it is outside; CI runs them on awkward days too."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from click.testing import CliRunner, Result

from toolkit.cli import main
from toolkit.clock import FixedClock

ROOT: Final = Path(__file__).parents[1]
ZONE: Final = ZoneInfo("Africa/Nairobi")
VARIABLE: Final = "TESTS_RUN_AT"
MOMENT: Final = datetime.fromisoformat(os.environ.get(VARIABLE, "2026-11-21T12:00")).replace(tzinfo=ZONE)
"""When it is for the commands of tests, on the wall clock of the example shop."""

TODAY: Final[date] = MOMENT.date()


def clock() -> FixedClock:
    """Return a clock that stands at the tests' moment until somebody waits."""
    return FixedClock(MOMENT)


def type_command(*words: str, **more: Any) -> Result:
    """Run a command as a person types it, on the tests' day."""
    return CliRunner().invoke(main, words, obj=clock(), **more)


def typist() -> Callable[..., Result]:
    """Return what runs commands on the tests' day, each a second after the one before."""
    seconds = count()

    def run(*words: str, **more: Any) -> Result:
        return CliRunner().invoke(main, words, obj=FixedClock(MOMENT + timedelta(seconds=next(seconds))), **more)

    return run


def own_process(*words: str) -> Sequence[str]:
    """Return the command line of a process of its own that runs a command on the tests' day."""
    return (sys.executable, "-m", "tests.day", *words)


if __name__ == "__main__":
    main(obj=clock())
