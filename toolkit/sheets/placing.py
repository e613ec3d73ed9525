"""Finished files are put in their place whole or not at all."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

from toolkit.errors import WorkbookBusy
from toolkit.sheets.patience import Wait, at_once, patiently

STAGED: Final = ".tmp"
AN_HOUR: Final = 3600


def nothing_to_check(_staged: Path) -> None:
    """Accept the staged file as it is."""


def put_all(
    contents: Mapping[Path, bytes],
    check: Callable[[Path], None] = nothing_to_check,
    before: Callable[[Path], None] = nothing_to_check,
    wait: Wait = at_once,
) -> None:
    """Put every content in place of its file, or leave all files as they are.

    Args:
        contents: the whole bytes of each file; links are followed, an old file's mode is kept.
        check: looks at each staged file beside its place, and raises where it must not be put there.
        before: called with each old file before it is replaced, such as for a copy of it.
        wait: lets seconds pass where another program has a file open.

    Raises:
        WorkbookBusy: a file cannot be written.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            with told_as_busy(path):
                staged[path.resolve()] = _stage(path.resolve(), content)
        for temporary in staged.values():
            check(temporary)
        for path in staged:
            with told_as_busy(path):
                before(path)
        _swap(staged, wait)
    finally:
        _sweep(staged)


def check_folder(folder: Path) -> None:
    """Return quietly if a file can be made in the folder; nothing stays there.

    Raises:
        WorkbookBusy: no file can be made there.
    """
    with told_as_busy(folder), tempfile.TemporaryFile(dir=folder):
        pass


def check_file(path: Path) -> None:
    """Return quietly if this file could be put in place.

    Raises:
        WorkbookBusy: the file is read-only, or its folder cannot be written.
    """
    check_folder(path.resolve().parent)
    if path.exists() and not os.access(path, os.W_OK):
        raise WorkbookBusy(
            f"{path.name} cannot be written",
            why="the file is marked read-only",
            next_step="take the read-only mark off, then run again; nothing was changed",
        )


@contextmanager
def told_as_busy(path: Path) -> Iterator[None]:
    """Tell the operating system's refusal to write as a WorkbookBusy."""
    try:
        yield
    except OSError as error:
        raise WorkbookBusy(
            f"{path.name or path} cannot be written",
            why=f"the computer says: {error.strerror or error}",
            next_step=f"close other programs and see that {path} may be written, then run again",
        ) from error


def _stage(path: Path, content: bytes) -> Path:
    """Write the whole content to the disk beside its place, with the old file's mode."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}{STAGED}")
    try:
        with temporary.open("wb") as file:
            if path.is_file():
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _sweep_left_behind(path, temporary)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary


def _sweep_left_behind(path: Path, temporary: Path) -> None:
    """Take away what a run that was killed an hour ago or earlier staged here."""
    newest = temporary.stat().st_mtime
    for left in path.parent.iterdir():
        if left.name.startswith(f".{path.name}.") and left.name.endswith(STAGED):
            with suppress(OSError):
                if left.stat().st_mtime < newest - AN_HOUR:
                    left.unlink()


def _swap(staged: Mapping[Path, Path], wait: Wait) -> None:
    before: dict[Path, bytes | None] = {}
    try:
        for path, temporary in staged.items():
            with told_as_busy(path):
                old = path.read_bytes() if path.exists() else None
                patiently(partial(temporary.replace, path), wait)
                before[path] = old
                _sync(path.parent)
    except WorkbookBusy:
        _take_back(before)
        raise


def _sync(folder: Path) -> None:
    """Let the disk know the new name too; Windows cannot open a folder and needs nothing."""
    if os.name == "posix":
        known = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(known)
        finally:
            os.close(known)


def _take_back(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink()
        else:
            _stage(path, content).replace(path)


def _sweep(staged: Mapping[Path, Path]) -> None:
    for temporary in staged.values():
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
