"""The lock that lets one run of a shop work at a time."""

import getpass
import json
import os
import platform
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import RunLocked, SetupError

if TYPE_CHECKING:
    from filelock import BaseFileLock


@contextmanager
def run_lock(folder: Path, shop: str) -> Iterator[None]:
    """Hold the shop's only run on this computer.

    The operating system lets go when the process ends.

    Args:
        folder: the user's data folder on this computer; made where missing.
        shop: the shop id.

    Raises:
        RunLocked: another run is at work, with who and since when where that can be read.
        SetupError: the folder cannot hold a lock.
    """
    stem = folder / f"run-{sha256(shop.encode()).hexdigest()[:16]}"
    lock = _acquired(stem.with_suffix(".lock"), stem.with_suffix(".json"))
    try:
        _leave_note(stem.with_suffix(".json"))
        yield
    finally:
        with suppress(OSError):
            stem.with_suffix(".json").unlink()
        lock.release()


def _acquired(path: Path, note: Path) -> "BaseFileLock":
    from filelock import FileLock, Timeout  # noqa: PLC0415 - not needed by --help

    lock = FileLock(path, timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # On a disk without locks filelock (3.16) warns and then takes the mere existence of a file for one.
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            lock.acquire()
    except Timeout:
        raise _locked(note) from None
    except (OSError, NotImplementedError, Warning) as error:
        raise SetupError(
            f"{path.parent}: this folder cannot hold the lock of a run",
            why=str(error),
            next_step="make it writable, or point SHEETCLERK_DATA to a folder on this computer's own disk",
        ) from error
    return lock


def _locked(note: Path) -> RunLocked:
    return RunLocked(
        "another run of this shop is at work",
        why=_holder(note),
        next_step="wait for it to end, then run again",
    )


def _holder(note: Path) -> str:
    try:
        holder = json.loads(note.read_bytes())
        since = datetime.fromtimestamp(note.stat().st_mtime, UTC).astimezone()
        return f"{holder['who']} on {holder['where']} since {since:%H:%M} (process {holder['process']})"
    except (OSError, ValueError, TypeError, KeyError):
        return "it holds the lock of this computer"


def _leave_note(note: Path) -> None:
    holder = {"who": user(), "where": platform.node(), "process": os.getpid()}
    with suppress(OSError):
        note.write_text(json.dumps(holder), encoding="utf-8")


def user() -> str:
    """Return the name of this computer's user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"
