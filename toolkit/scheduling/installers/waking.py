"""How a scheduler wakes us for one shop: the command, where it runs, and with which data folder."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from toolkit.app.job_context import JobContext
from toolkit.errors import SetupError

MINUTES: Final = 10
"""How often a scheduler wakes us. A rule's own time would be no better: schedulers skip the 31st of short months, know
gaps and double hours each in their own way, and would not come back after a failure or at the end of quiet hours."""


@dataclass(frozen=True, slots=True)
class Waking:
    """What every kind of scheduler is told.

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


def waking_of(duty: JobContext) -> Waking:
    """How this computer's user is to be woken for a shop, with the Python that runs now.

    Raises:
        SetupError: a path holds a line break, which no scheduler takes.
    """
    shop, home = duty.config.shop, Path.home()
    waking = Waking(
        name=f"sheetclerk-{shop.id[:8]}",
        shop=" ".join(shop.name.split()),
        folder=duty.folder.resolve(),
        data=duty.data.parent.resolve(),
        command=(sys.executable, "-m", "toolkit", "run", "--due", "--quiet"),
        home=home,
        settings=Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config"),
    )
    for path in (waking.folder, waking.data, Path(sys.executable)):
        _refuse_breaks(path)
    return waking


def _refuse_breaks(path: Path) -> None:
    if not str(path).isprintable():
        raise SetupError(
            f"{str(path)!r} cannot be written into a scheduler's file",
            why="a line break or another control character stands in it",
            next_step="rename that folder",
        )
