"""A user's agent of launchd.

Source: launchd.plist(5), StartCalendarInterval.
"""

import plistlib
from collections.abc import Mapping
from pathlib import Path

from toolkit.scheduling.installers.entry import MINUTES, JobEntry


def files(entry: JobEntry) -> Mapping[Path, bytes]:
    """Return the agent's property list."""
    told = {
        "Label": entry.name,
        "ProgramArguments": list(entry.command),
        "WorkingDirectory": str(entry.folder),
        "EnvironmentVariables": {"SHEETCLERK_DATA": str(entry.data)},
        # launchd does not start a job while the Mac sleeps; all starts that it missed come as one when it wakes
        "StartCalendarInterval": [{"Minute": minute} for minute in range(0, 60, MINUTES)],
        "RunAtLoad": True,  # a calendar interval that passed while the Mac was off is not made up for
        "ProcessType": "Background",
    }
    return {_path(entry): plistlib.dumps(told)}


def start(entry: JobEntry) -> tuple[str, ...]:
    """Return the command that starts it."""
    return (f'launchctl bootstrap gui/$(id -u) "{_path(entry)}"',)


def stop(entry: JobEntry) -> tuple[str, ...]:
    """Return the command that ends it, before its file is deleted."""
    return (f"launchctl bootout gui/$(id -u)/{entry.name}",)


def _path(entry: JobEntry) -> Path:
    return entry.home / "Library" / "LaunchAgents" / f"{entry.name}.plist"
