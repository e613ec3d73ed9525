"""The last ten versions of a file, kept in `backups/` beside it."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

KEPT: Final = 10
FOLDER: Final = "backups"


def back_up(path: Path) -> None:
    """Copy a file as it is into `backups/`, named by the moment of its last change, and let the oldest copies go.

    Raises:
        OSError: the copy cannot be made.
    """
    if not path.is_file():
        return
    folder = path.parent / FOLDER
    folder.mkdir(exist_ok=True)
    _copy(path, folder / _name(path))
    for old in sorted(_copies(path, folder), key=lambda copy: copy.stat().st_mtime_ns, reverse=True)[KEPT:]:
        old.unlink()


def _name(path: Path) -> str:
    """Such as "clients 2026-11-21 093001123.xlsx", in the computer's own time."""
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    return f"{path.stem} {changed:%Y-%m-%d %H%M%S}{changed.microsecond // 1000:03}{path.suffix}"


def _copy(path: Path, to: Path) -> None:
    """A whole copy or none: with the mode and the time of the file, on the disk before it has its name."""
    state, temporary = path.stat(), to.with_name(f".{to.name}.tmp")
    try:
        with temporary.open("wb") as file:
            temporary.chmod(state.st_mode & 0o777)
            file.write(path.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        os.utime(temporary, ns=(state.st_atime_ns, state.st_mtime_ns))
        temporary.replace(to)
    finally:
        temporary.unlink(missing_ok=True)


def _copies(path: Path, folder: Path) -> list[Path]:
    length = len(_name(path))
    return [
        copy
        for copy in folder.iterdir()
        if copy.name.startswith(f"{path.stem} ") and copy.suffix == path.suffix and len(copy.name) == length
    ]
