"""One shop's entry in a scheduler."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from toolkit.errors import SetupError
from toolkit.scheduling.job_context import JobContext

MINUTES: Final = 10
"""How often a scheduler wakes us. A rule's own time would be no better: schedulers skip the 31st of short months, know
gaps and double hours each in their own way, and would not come back after a failure or at the end of quiet hours."""


@dataclass(frozen=True, slots=True)
class JobEntry:
    """The command that a scheduler runs for one shop.

    Args:
        name: names it among the user's other jobs: sheetclerk-f3a9c07b.
        shop: the shop's name, for people.
        folder: the shop's folder.
        data: the folder of journals; said outright, since a scheduler's environment is bare.
        command: the program and its arguments.
        home: the user's home folder.
        settings: the user's settings folder, ~/.config.
    """

    name: str
    shop: str
    folder: Path
    data: Path
    command: tuple[str, ...]
    home: Path
    settings: Path


def entry_of(context: JobContext) -> JobEntry:
    """Return a shop's entry, with the Python that runs now.

    Raises:
        SetupError: a path holds a line break, which no scheduler takes.
    """
    shop, home = context.config.shop, Path.home()
    entry = JobEntry(
        name=f"sheetclerk-{shop.id[:8]}",
        shop=" ".join(shop.name.split()),
        folder=context.folder.resolve(),
        data=context.data.parent.resolve(),
        command=(sys.executable, "-m", "toolkit", "run", "--due", "--quiet"),
        home=home,
        settings=Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config"),
    )
    for path in (entry.folder, entry.data, Path(sys.executable)):
        _refuse_breaks(path)
    return entry


def _refuse_breaks(path: Path) -> None:
    if not str(path).isprintable():
        raise SetupError(
            f"{str(path)!r} cannot be written into a scheduler's file",
            why="it has a line break or another control character",
            next_step="rename that folder",
        )
