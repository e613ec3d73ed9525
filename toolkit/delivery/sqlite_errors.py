"""SQLite's errors as ours, each with its next step."""

import sqlite3
from pathlib import Path
from typing import Final

from toolkit.errors import RunLocked, SetupError, ToolkitError

_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_CLOSED_OFF: Final = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


def explained(path: Path, error: sqlite3.DatabaseError) -> ToolkitError | None:
    """Return the error for a person, or None for a bug of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return RunLocked(
            f"{path}: another program holds the journal",
            why="it does not let go of it",
            next_step="wait for the other run to end, then run again",
        )
    if code in _DAMAGED:
        return SetupError(
            f"{path}: the journal is damaged",
            why=f"SQLite says: {error}",
            next_step="put its last backup there; if you move it away instead, letters already sent may go again",
        )
    return no_access(path, str(error)) if code in _CLOSED_OFF else None


def no_access(path: Path, why: str) -> SetupError:
    """Return the error for a file that cannot be reached."""
    return SetupError(
        f"{path}: the journal cannot be opened or written",
        why=why,
        next_step=f"make {path.parent} writable, or point SHEETCLERK_DATA to another folder",
    )
