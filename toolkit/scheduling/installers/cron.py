"""A line for a user's crontab; cron has no catch-up, our agenda has.

Source: crontab(5): a % ends the command unless it stands behind a backslash, and a line is run by /bin/sh.
"""

import shlex
from collections.abc import Mapping
from pathlib import Path

from toolkit.scheduling.installers.waking import MINUTES, Waking


def files(waking: Waking) -> Mapping[Path, bytes]:
    """The line, in a file of its own."""
    return {_path(waking): f"{line(waking)}\n".encode()}


def line(waking: Waking) -> str:
    """One line of a crontab; it names itself, so that it can be found again."""
    data = shlex.quote(f"SHEETCLERK_DATA={waking.data}")
    command = f"cd {shlex.quote(str(waking.folder))} && env {data} {shlex.join(waking.command)}"
    return f"*/{MINUTES} * * * * {command} >/dev/null 2>&1 # {waking.name}".replace("%", "\\%")


def start(waking: Waking) -> tuple[str, ...]:
    """The command that puts the line into the crontab, in place of an older one."""
    return (f"{{ {_others(waking)}; cat {shlex.quote(str(_path(waking)))}; }} | crontab -",)


def stop(waking: Waking) -> tuple[str, ...]:
    """The command that takes the line out of the crontab."""
    return (f"{{ {_others(waking)}; }} | crontab -",)


def _others(waking: Waking) -> str:
    return f"crontab -l 2>/dev/null | grep -vF '# {waking.name}'"


def _path(waking: Waking) -> Path:
    return waking.data / f"{waking.name}.crontab"
