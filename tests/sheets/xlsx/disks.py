"""Real disks that are full, broken or read-only, for a computer on which the tests may mount."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

F_ADD_SEALS: Final = 1033
F_SEAL_WRITE: Final = 8
BLOCK: Final = 4096


def _may_mount() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and bool(shutil.which("mkfs.ext2"))


needs_disks: Final = pytest.mark.skipif(not _may_mount(), reason="only root on Linux may mount a disk for a test")


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"this computer lets no test do that: {done.stderr.strip()}")


@contextmanager
def small_disk(at: Path, blocks: int) -> Iterator[Path]:
    """A disk in memory that is soon full."""
    at.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={blocks * BLOCK}", "tmpfs", str(at))
    try:
        yield at
    finally:
        _run("umount", str(at))


def fill_up(disk: Path, free_blocks: int) -> None:
    """Leave only so many blocks free."""
    room = os.statvfs(disk)
    (disk / "filler").unlink(missing_ok=True)
    room = os.statvfs(disk)
    (disk / "filler").write_bytes(bytes(max(room.f_bavail - free_blocks, 0) * room.f_frsize))


def make_read_only(disk: Path) -> None:
    """From now on nothing can be written there."""
    _run("mount", "-o", "remount,ro", str(disk))


@contextmanager
def breaking_disk(at: Path) -> Iterator[tuple[Path, int]]:
    """A disk with a file system, and the number by which `break_disk` knows it."""
    at.mkdir()
    memory = os.memfd_create("disk", os.MFD_ALLOW_SEALING)
    os.ftruncate(memory, 8 << 20)
    image = f"/proc/{os.getpid()}/fd/{memory}"
    try:
        _run("mkfs.ext2", "-q", "-F", image)
        _run("mount", "-o", "loop", image, str(at))
        try:
            yield at, memory
        finally:
            _run("umount", str(at))
    finally:
        os.close(memory)


def break_disk(memory: int) -> None:
    """From now on the disk takes no more writes: the next fsync fails with EIO."""
    os.sync()
    fcntl.fcntl(memory, F_ADD_SEALS, F_SEAL_WRITE)
