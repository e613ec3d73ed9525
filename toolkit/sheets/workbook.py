"""The protocol of every kind of workbook.

Glossary: a workbook is the file, folder or Google Sheet; a tab is one sheet in it; a heading is a cell of its heading
row; our tabs are the ones that book/own_tabs.py lists, all others are the team's, and of them only blank cells are ever
filled, after the team's yes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from toolkit.book import Filled, Filling, OwnCell, OwnTab, Tabs
from toolkit.sheets.new_tab import LookUp, NewTab


class Workbook(Protocol):
    """A workbook in which a team keeps its clients."""

    @property
    def name(self) -> str:
        """Its name for people, such as clients.xlsx."""
        ...

    @property
    def capabilities(self) -> "Capabilities":
        """Its abilities beyond the usual. Ask here, never by isinstance."""
        ...

    def rows(self) -> Tabs:
        """Read every tab with its cells.

        Raises:
            WorkbookNotFound: nothing is there.
            WorkbookBusy: it cannot be read now.
            WorkbookUnsafe: it is no workbook, or is damaged.
        """
        ...

    def check_writable(self) -> None:
        """Return quietly if `write` would work now.

        Raises:
            WorkbookBusy: somebody has it open, or its folder cannot be written.
            WorkbookUnsafe: writing would lose something that is not ours.
        """
        ...

    def write(self, tabs: Sequence[OwnTab]) -> str:
        """Write all or none of our tabs, and return the workbook's name.

        Tabs that are not named stay as they are. Text stays text: "=1+1" is never a formula.

        Raises:
            WorkbookError: as in check_writable; nothing was changed.
        """
        ...

    def fill(self, fillings: Sequence[Filling]) -> Filled:
        """Fill blank cells of the team's tabs, after their yes.

        No other cell changes. The tabs are read again right before, and a row is found by all that it says, wherever it
        was moved. A cell is left, with the reason, where it is filled by now, its row is gone, changed or there twice,
        another row of its column says the same, or a formula or merged cells are in the way. Text stays text: 007 stays
        007, "=1+1" is never a formula.

        Raises:
            WorkbookUnsafe: it is only read, or as in check_writable; nothing was changed.
            WorkbookError: as in check_writable; nothing was changed.
        """
        ...

    def add_tab(self, tab: NewTab) -> None:
        """Add a new tab that the team asked for.

        Raises:
            WorkbookUnsafe: it is only read, or a tab of that name is there; nothing was changed.
            WorkbookError: as in check_writable; nothing was changed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Abilities of one kind of workbook that others lack.

    Args:
        team: how the computers that share it keep out of each other's way; None for a file, which one computer writes.
        look_ups: adds look-up columns to tabs of the team's; None if only new tabs get them.
        is_read_only: True if the team's tabs are never written and ours stand in another workbook.
    """

    team: "Team | None" = None
    look_ups: "LookUpColumns | None" = None
    is_read_only: bool = False


class LookUpColumns(Protocol):
    """A workbook in which one formula shows a column of Standing beside each client."""

    def lay_look_ups(self, title: str, look_ups: Sequence[LookUp]) -> None:
        """Add look-up columns behind the last used column, after the team's yes.

        Raises:
            WorkbookError: as in check_writable; nothing was changed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Holder:
    """A computer that wants to send and write.

    Args:
        computer: its id, which goes with the journal of what it said.
        who: as people know it: Ann on laptop-3.
    """

    computer: str
    who: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """The letters done that a workbook told of.

    Args:
        number: how many of them were done.
        since: the first day that was counted.
    """

    number: int
    since: date


class Team(Protocol):
    """The computers that share a workbook at once."""

    @property
    def server_now(self) -> datetime | None:
        """The time on the server's clock at its last answer."""
        ...

    def take(self, holder: Holder) -> bool:
        """Keep others from sending and writing until `release`.

        Returns:
            True if another computer was at work since the workbook was read.

        Raises:
            RunLocked: another computer is at it.
            ToolkitError: the workbook cannot be reached.
        """
        ...

    def beat(self, progress: str) -> None:
        """Give a heartbeat, and tell how far one is.

        Raises:
            RunLocked: another computer took over meanwhile.
            WorkbookError: the workbook cannot be reached.
        """
        ...

    def release(self) -> None:
        """Let others send and write again."""
        ...

    @property
    def letters(self) -> Remembered:
        """The letters done when a computer last released it."""
        ...

    def remember(self, letters: Remembered) -> None:
        """Keep the number of letters done, hidden from people."""
        ...

    def append(self, tab: str, rows: Sequence[Sequence[OwnCell]]) -> int:
        """Append rows, and return the row number of the first.

        Raises:
            WorkbookError: it is not known whether they stand there.
        """
        ...

    def fresh(self, tabs: Sequence[str]) -> Tabs:
        """Read tabs in one request, days as numbers.

        Raises:
            WorkbookError: they cannot be read now.
        """
        ...
