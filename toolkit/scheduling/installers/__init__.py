"""Let the computer's own scheduler wake us every ten minutes: what we then do is the agenda's business."""

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
