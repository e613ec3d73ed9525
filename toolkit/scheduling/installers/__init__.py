"""Files by which the computer's own scheduler starts us every ten minutes."""

from toolkit.scheduling.installers.entry import JobEntry, entry_of
from toolkit.scheduling.installers.installer import (
    INSTALLERS,
    Installer,
    find_installer,
    install_files,
    installed,
    remove_files,
)

__all__ = [
    "INSTALLERS",
    "Installer",
    "JobEntry",
    "entry_of",
    "find_installer",
    "install_files",
    "installed",
    "remove_files",
]
