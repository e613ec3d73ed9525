"""A line for a user's crontab.

Source: crontab(5): a % ends the command unless it stands behind a backslash, and a line is run by /bin/sh.
"""

import shlex
from collections.abc import Mapping
from pathlib import Path

from toolkit.scheduling.installers.entry import MINUTES, JobEntry


def files(entry: JobEntry) -> Mapping[Path, bytes]:
    """Return the line in a file of its own."""
    return {_path(entry): f"{line(entry)}\n".encode()}


def line(entry: JobEntry) -> str:
    """Return one line of a crontab, which ends with its name."""
    # cron mails every line of output to the user, and makes up for no time that it missed; the agenda does that
    data = shlex.quote(f"SHEETCLERK_DATA={entry.data}")
    command = f"cd {shlex.quote(str(entry.folder))} && env {data} {shlex.join(entry.command)}"
    return f"*/{MINUTES} * * * * {command} >/dev/null 2>&1 # {entry.name}".replace("%", "\\%")


def start(entry: JobEntry) -> tuple[str, ...]:
    """Return the command that puts the line into the crontab, over an older one."""
    return (f"{{ {_others(entry)}; cat {shlex.quote(str(_path(entry)))}; }} | crontab -",)


def stop(entry: JobEntry) -> tuple[str, ...]:
    """Return the command that takes the line out of the crontab."""
    return (f"{{ {_others(entry)}; }} | crontab -",)


def _others(entry: JobEntry) -> str:
    return f"crontab -l 2>/dev/null | grep -vF '# {entry.name}'"


def _path(entry: JobEntry) -> Path:
    return entry.data / f"{entry.name}.crontab"
