"""A user's agent of launchd; wakes that a sleeping Mac missed come together as one when it wakes.

Source: launchd.plist(5), StartCalendarInterval.
"""

import plistlib
from collections.abc import Mapping
from pathlib import Path

from toolkit.scheduling.installers.entry import MINUTES, JobEntry


def files(entry: JobEntry) -> Mapping[Path, bytes]:
    """The agent's property list."""
    told = {
        "Label": entry.name,
        "ProgramArguments": list(entry.command),
        "WorkingDirectory": str(entry.folder),
        "EnvironmentVariables": {"SHEETCLERK_DATA": str(entry.data)},
        "StartCalendarInterval": [{"Minute": minute} for minute in range(0, 60, MINUTES)],
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    return {_path(entry): plistlib.dumps(told)}


def start(entry: JobEntry) -> tuple[str, ...]:
    """The command that begins it."""
    return (f'launchctl bootstrap gui/$(id -u) "{_path(entry)}"',)


def stop(entry: JobEntry) -> tuple[str, ...]:
    """The command that ends it, before its file goes."""
    return (f"launchctl bootout gui/$(id -u)/{entry.name}",)


def _path(entry: JobEntry) -> Path:
    return entry.home / "Library" / "LaunchAgents" / f"{entry.name}.plist"
