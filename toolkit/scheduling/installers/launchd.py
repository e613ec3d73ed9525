"""A user's agent of launchd; wakes that a sleeping Mac missed come together as one when it wakes.

Source: launchd.plist(5), StartCalendarInterval.
"""

import plistlib
from collections.abc import Mapping
from pathlib import Path

from toolkit.scheduling.installers.waking import MINUTES, Waking


def files(waking: Waking) -> Mapping[Path, bytes]:
    """The agent's property list."""
    told = {
        "Label": waking.name,
        "ProgramArguments": list(waking.command),
        "WorkingDirectory": str(waking.folder),
        "EnvironmentVariables": {"SHEETCLERK_DATA": str(waking.data)},
        "StartCalendarInterval": [{"Minute": minute} for minute in range(0, 60, MINUTES)],
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    return {_path(waking): plistlib.dumps(told)}


def start(waking: Waking) -> tuple[str, ...]:
    """The command that begins it."""
    return (f'launchctl bootstrap gui/$(id -u) "{_path(waking)}"',)


def stop(waking: Waking) -> tuple[str, ...]:
    """The command that ends it, before its file goes."""
    return (f"launchctl bootout gui/$(id -u)/{waking.name}",)


def _path(waking: Waking) -> Path:
    return waking.home / "Library" / "LaunchAgents" / f"{waking.name}.plist"
