"""What every kind of workbook can do.

Glossary: a workbook is the file, folder or Google Sheet; a tab is one sheet in it; a heading is a cell of its heading
row; our tabs are the ones that book/ours.py lists, all others are the team's and are never written.
"""

from collections.abc import Sequence
from typing import Protocol

from toolkit.book.grid import OwnTab, Tabs


class Workbook(Protocol):
    """Where a team keeps its clients."""

    @property
    def name(self) -> str:
        """What people call it: clients.xlsx."""
        ...

    def rows(self) -> Tabs:
        """Every tab with its cells, as they are now.

        Raises:
            WorkbookNotFound: nothing is there.
            WorkbookBusy: it cannot be read now.
            WorkbookUnsafe: it is no workbook, or is damaged.
        """
        ...

    def check_writable(self) -> None:
        """Return quietly if `write` would work now; nothing is changed.

        Raises:
            WorkbookBusy: somebody has it open, or its folder cannot be written.
            WorkbookUnsafe: writing would lose something that is not ours.
        """
        ...

    def write(self, tabs: Sequence[OwnTab]) -> str:
        """Put these tabs in place of ours, whole or not at all, and return the name of the workbook that now has them.

        Tabs that are not named stay as they are. Text stays text: "=1+1" is never a formula.

        Raises:
            WorkbookError: as in check_writable; nothing was changed.
        """
        ...
