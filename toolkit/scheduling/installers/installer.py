"""The known schedulers, and their files on this computer."""

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from toolkit.errors import SetupError
from toolkit.scheduling.installers import cron, launchd, systemd, task_scheduler
from toolkit.scheduling.installers.entry import JobEntry

Commands = Callable[[JobEntry], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Installer:
    """One kind of scheduler.

    Args:
        name: as people say it on the command line.
        files: what lies where.
        start: the commands that a person types after the files are there.
        stop: the commands that a person types to end it.
    """

    name: str
    files: Callable[[JobEntry], Mapping[Path, bytes]]
    start: Commands
    stop: Commands


INSTALLERS: Final = (
    Installer("systemd", systemd.files, systemd.start, systemd.stop),
    Installer("launchd", launchd.files, launchd.start, launchd.stop),
    Installer("tasks", task_scheduler.files, task_scheduler.start, task_scheduler.stop),
    Installer("cron", cron.files, cron.start, cron.stop),
)


def find_installer(name: str) -> Installer:
    """Return a scheduler by its name, or this computer's for ""."""
    return next(installer for installer in INSTALLERS if installer.name == (name or _usual()))


def install_files(system: Installer, entry: JobEntry) -> tuple[Path, ...]:
    """Write its files, over older ones, and return their paths.

    Raises:
        SetupError: a folder cannot be written.
    """
    made = system.files(entry)
    for path, content in made.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise _not_writable(path, error) from error
    return tuple(made)


def remove_files(system: Installer, entry: JobEntry) -> tuple[Path, ...]:
    """Delete its files, and return the paths of those that were there.

    Raises:
        SetupError: a folder cannot be written.
    """
    paths = installed(system, entry)
    for path in paths:
        try:
            path.unlink()
        except OSError as error:
            raise _not_writable(path, error) from error
    return paths


def installed(system: Installer, entry: JobEntry) -> tuple[Path, ...]:
    """Return the paths of its files that are there."""
    return tuple(path for path in system.files(entry) if path.exists())


def _usual() -> str:
    by_platform = {"darwin": "launchd", "win32": "tasks"}
    has_systemd = shutil.which("systemctl") and Path("/run/systemd/system").is_dir()
    return by_platform.get(sys.platform, "systemd" if has_systemd else "cron")


def _not_writable(path: Path, error: OSError) -> SetupError:
    return SetupError(
        f"{path} cannot be changed",
        why=error.strerror or type(error).__name__,
        next_step=f"make {path.parent} writable for your account",
    )
