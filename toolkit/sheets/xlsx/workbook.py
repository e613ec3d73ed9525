"""An .xlsx file as a workbook."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from toolkit.book.grid import OwnTab, Tabs
from toolkit.errors import WorkbookBusy, WorkbookUnsafe
from toolkit.sheets.placing import check_file
from toolkit.sheets.xlsx.losses import would_lose
from toolkit.sheets.xlsx.reader import read_tabs

TAB_NAME: Final = re.compile(r"[^\[\]:*?/\\]{1,31}")


class XlsxWorkbook:
    """One .xlsx file; it need not be there before the first write.

    Args:
        path: where the file is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    def rows(self) -> Tabs:
        """Every tab with its cells, as the file has them now.

        Raises:
            WorkbookNotFound: there is no such file.
            WorkbookBusy: the file may not be read.
            WorkbookUnsafe: it is no workbook, or is damaged.
        """
        return read_tabs(self._path)

    def check_writable(self) -> None:
        """Return quietly if `write` would work now; nothing is changed.

        Raises:
            WorkbookBusy: somebody has the file open, or it cannot be written.
            WorkbookUnsafe: the file would lose something.
        """
        self._refuse_locks()
        check_file(self._path)
        self._refuse_losses()

    def write(self, tabs: Sequence[OwnTab]) -> str:
        """Put these tabs in place of ours and return the file's name; a file that is not there yet is made.

        Raises:
            WorkbookBusy: somebody has the file open, or it cannot be written.
            WorkbookUnsafe: the file would lose something.
        """
        # openpyxl takes half a second to load, and reading does without it
        from toolkit.sheets.xlsx.writer import write_tabs  # noqa: PLC0415

        self.check_writable()
        for tab in tabs:
            self._refuse_name(tab.name)
        write_tabs(self._path, tabs)
        return self.name

    def _refuse_name(self, name: str) -> None:
        if not TAB_NAME.fullmatch(name) or name.startswith("'") or name.endswith("'"):
            raise WorkbookUnsafe(
                f'{self.name} was not written: "{name}" cannot be the name of a tab',
                why="a name has 1 to 31 characters, none of [ ] : * ? / and backslash, and no ' at its ends",
                next_step="mend [tabs] in the shop's templates/<language>/words.toml",
            )

    def _refuse_locks(self) -> None:
        for lock in (f"~${self.name}", f".~lock.{self.name}#"):
            if self._path.with_name(lock).exists():
                raise WorkbookBusy(
                    f"{self.name} is open in another program",
                    why=f"its lock file {lock} stands beside it",
                    next_step=f"close it there and run again; if nobody has it open, delete {lock}",
                )

    def _refuse_losses(self) -> None:
        if lost := would_lose(self._path):
            raise WorkbookUnsafe(
                f"{self.name} was not written",
                why=f"it would lose {lost}",
                next_step="nothing was changed; keep the results in a workbook of their own beside it",
            )
