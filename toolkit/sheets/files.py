"""Files that are locked, backed up and replaced in one step."""

import os
import stat
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from toolkit.errors import WorkbookBusy

FILE_TRIES: Final = 5
PAUSE: Final = 0.5
"""Seconds between two tries."""

Wait: TypeAlias = Callable[[float], None]


def at_once(_seconds: float) -> None:
    """Wait for nothing."""


def retry(act: Callable[[], object], wait: Wait) -> None:
    """Try something again while another program has the file open.

    Windows refuses to replace or lock a file that a program has open, with PermissionError.

    Raises:
        PermissionError: it was refused every time.
    """
    for _ in range(FILE_TRIES - 1):
        try:
            act()
        except PermissionError:
            wait(PAUSE)
        else:
            return
    act()


@contextmanager
def locked(path: Path, wait: Wait) -> Iterator[None]:
    """Hold a lock beside a file until the process ends.

    A lock file that exists but is not held means nothing. On a disk without true locks, such as some network shares,
    nothing is held, and replacing the file in one step is its only guard.

    Args:
        path: the file; links are followed.
        wait: lets so many seconds pass.

    Raises:
        WorkbookBusy: another run holds it.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - not needed by --help

    real = path.resolve()
    beside = real.with_name(f".{real.name}.lock")
    lock = FileLock(beside, timeout=0)

    def take() -> None:
        try:
            # filelock warns before it takes the mere existence of a file for a lock, where the disk has no true one.
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                lock.acquire()
        except Timeout as error:
            raise PermissionError from error
        except (OSError, NotImplementedError, Warning):
            return

    try:
        retry(take, wait)
    except PermissionError as error:
        raise WorkbookBusy(
            f"{path.name} is being written by another run",
            why=f"it holds the lock {beside.name} beside the file",
            next_step="wait for it to end, then run again; nothing was changed",
        ) from error
    try:
        yield
    finally:
        # Taken away while it is held: whoever waits for it sees that it is gone and takes a new one (filelock 4.2).
        with suppress(OSError):
            beside.unlink()
        lock.release()


BACKUPS_KEPT: Final = 10
BACKUPS: Final = "backups"


def back_up(path: Path) -> None:
    """Copy a file into `backups/` and delete old copies.

    Raises:
        OSError: the copy cannot be made.
    """
    if not path.is_file():
        return
    folder = path.parent / BACKUPS
    folder.mkdir(exist_ok=True)
    _copy_whole(path, folder / _backup_name(path))
    for old in sorted(_backups_of(path, folder), key=lambda copy: copy.stat().st_mtime_ns, reverse=True)[BACKUPS_KEPT:]:
        old.unlink()


def _backup_name(path: Path) -> str:
    """Return a name such as "clients 2026-11-21 093001123.xlsx"."""
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    return f"{path.stem} {changed:%Y-%m-%d %H%M%S}{changed.microsecond // 1000:03}{path.suffix}"


def _copy_whole(path: Path, to: Path) -> None:
    """Copy a file whole, with its mode and time.

    It is on the disk before it gets its name, so that a power cut leaves no half copy.
    """
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


def _backups_of(path: Path, folder: Path) -> list[Path]:
    length = len(_backup_name(path))
    return [
        copy
        for copy in folder.iterdir()
        if copy.name.startswith(f"{path.stem} ") and copy.suffix == path.suffix and len(copy.name) == length
    ]


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
    """Replace all files or none.

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
            with oserror_as_busy(path):
                staged[path.resolve()] = _stage(path.resolve(), content)
        for temporary in staged.values():
            check(temporary)
        for path in staged:
            with oserror_as_busy(path):
                before(path)
        _swap(staged, wait)
    finally:
        _sweep(staged)


def check_folder(folder: Path) -> None:
    """Return quietly if a file can be made in a folder.

    Raises:
        WorkbookBusy: no file can be made there.
    """
    with oserror_as_busy(folder), tempfile.TemporaryFile(dir=folder):
        pass


def check_file(path: Path) -> None:
    """Return quietly if a file could be replaced.

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
def oserror_as_busy(path: Path) -> Iterator[None]:
    """Raise WorkbookBusy if the operating system refuses to write."""
    try:
        yield
    except OSError as error:
        raise WorkbookBusy(
            f"{path.name or path} cannot be written",
            why=f"the computer says: {error.strerror or error}",
            next_step=f"close other programs and see that {path} may be written, then run again",
        ) from error


def _stage(path: Path, content: bytes) -> Path:
    """Write the content to a temporary file beside its place."""
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
    """Remove temporary files that are an hour old."""
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
            with oserror_as_busy(path):
                old = path.read_bytes() if path.exists() else None
                retry(partial(temporary.replace, path), wait)
                before[path] = old
                _sync(path.parent)
    except WorkbookBusy:
        _take_back(before)
        raise


def _sync(folder: Path) -> None:
    """Flush a folder, so that new names survive a power cut.

    Windows cannot open a folder and needs nothing.
    """
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
