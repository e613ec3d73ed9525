"""Claims of occurrences by the computers that share a shop's folder."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from toolkit.delivery.agenda import Occurrence
from toolkit.errors import SetupError


@dataclass(frozen=True, slots=True)
class FolderClaims:
    """Claims as small files, one for each occurrence.

    That holds on this computer's disk and on a shared network folder. A folder that is synchronised later (Dropbox,
    OneDrive) has no trustworthy lock: two computers that are apart may both make the file.

    Args:
        folder: where the files lie; made where missing.
        computer: this computer, as the tabs of the workbook name it too.
        formerly: the random name by which earlier versions knew it; "" where they made none.
    """

    folder: Path
    computer: str
    formerly: str = ""

    def take(self, occurrence: Occurrence) -> str:
        """Claim an occurrence, and return who else has it, or "" if it is ours.

        Raises:
            SetupError: the folder cannot hold a claim.
        """
        path = self._path(occurrence)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return "" if self._is_made(path) else self._other(path)
        except OSError as error:
            raise SetupError(
                f"{path} cannot be written",
                why=error.strerror or type(error).__name__,
                next_step=f"make {self.folder} writable",
            ) from error

    def holder(self, occurrence: Occurrence) -> str:
        """Return the other computer that has an occurrence, or "" if none has."""
        path = self._path(occurrence)
        return self._other(path) if path.exists() else ""

    def drop(self, occurrences: Iterable[Occurrence]) -> None:
        """Delete the claims of occurrences that nobody asks for any more."""
        for occurrence in occurrences:
            with suppress(OSError):
                self._path(occurrence).unlink()

    def _is_made(self, path: Path) -> bool:
        laid_ready = path.with_name(f"{path.stem}.{_plain(self.computer)}.part")
        self._write(laid_ready, "w")
        try:
            path.hardlink_to(laid_ready)  # unlike a rename it never replaces, and the words are in it from the first
        except FileExistsError:
            return False
        except OSError:  # FAT and some network folders know no links
            return self._is_written(path)
        finally:
            laid_ready.unlink()
        return True

    def _is_written(self, path: Path) -> bool:
        try:
            self._write(path, "x")
        except FileExistsError:
            return False
        return True

    def _write(self, path: Path, mode: str) -> None:
        with path.open(mode, encoding="utf-8") as file:
            file.write(json.dumps({"computer": self.computer, "who": self.computer}))
            file.flush()
            os.fsync(file.fileno())

    def _other(self, path: Path) -> str:
        """Return who else made the file, also if it cannot be read."""
        try:
            told = json.loads(path.read_bytes())
            return "" if told["computer"] in {self.computer, self.formerly} - {""} else str(told["who"])
        except (OSError, ValueError, TypeError, KeyError):
            return "another computer"

    def _path(self, occurrence: Occurrence) -> Path:
        return self.folder / f"{_plain(occurrence.id)}.json"


def _plain(name: str) -> str:
    return "".join(mark if mark.isalnum() or mark in "@-" else "_" for mark in name)
