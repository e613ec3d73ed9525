"""A file that another program holds for a moment: tried five times in two seconds."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeAlias

from toolkit.errors import WorkbookBusy

TRIES: Final = 5
PAUSE: Final = 0.5
"""Seconds between two tries."""

Wait: TypeAlias = Callable[[float], None]


def at_once(_seconds: float) -> None:
    """Wait for nothing."""


def patiently(act: Callable[[], object], wait: Wait) -> None:
    """Do something that the operating system refuses while another program has the file open, as Windows does.

    Raises:
        PermissionError: it was refused every time.
    """
    for _ in range(TRIES - 1):
        try:
            act()
        except PermissionError:
            wait(PAUSE)
        else:
            return
    act()


@contextmanager
def held(path: Path, wait: Wait) -> Iterator[None]:
    """Hold the operating system's lock beside a file, so that no two runs write it at once; it ends with the process.

    Only whether the lock file is held counts, never that it exists. On a disk that has no true locks nothing is held,
    and what guards the file is that it is replaced in one step.

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
        patiently(take, wait)
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
