"""The protocol of every kind of workbook.

Glossary: a workbook is the file, folder or Google Sheet; a tab is one sheet in it; a heading is a cell of its heading
row; our tabs are the ones that book/own_tabs.py lists, all others are the team's, and of them only blank cells are ever
filled, after the team's yes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from toolkit.book.filling import Filled, Filling
from toolkit.book.grid import OwnCell, OwnTab, Tabs
from toolkit.sheets.new_tab import NewTab


class Workbook(Protocol):
    """Where a team keeps its clients."""

    @property
    def name(self) -> str:
        """What people call it: clients.xlsx."""
        ...

    @property
    def capabilities(self) -> "Capabilities":
        """Its abilities beyond the usual; callers ask here, never by isinstance."""
        ...

    def rows(self) -> Tabs:
        """Read every tab with its cells, as they are now.

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

    def fill(self, fillings: Sequence[Filling]) -> Filled:
        """Put text into blank cells of the team's tabs in one step, after their yes.

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
        """Add a new tab of the team's, after they asked for it.

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
        is_read_only: True if the team's tabs are never written and ours stand in another workbook.
    """

    team: "Team | None" = None
    is_read_only: bool = False


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
        """The time by the server's own clock at its last answer; None before the first."""
        ...

    def take(self, holder: Holder) -> bool:
        """Keep others from sending and writing until `release`; return True if anybody did since the workbook was read.

        Raises:
            RunLocked: another computer is at it.
            ToolkitError: the workbook cannot be reached.
        """
        ...

    def beat(self, told: str) -> None:
        """Give a heartbeat, and tell how far one is.

        Raises:
            RunLocked: another computer took over meanwhile.
            WorkbookError: the workbook cannot be reached.
        """
        ...

    def release(self) -> None:
        """Let others send and write; return quietly even if that cannot be said any more."""
        ...

    @property
    def letters(self) -> Remembered:
        """The letters done that it told of when a computer was last done, between `take` and `release`."""
        ...

    def remember(self, letters: Remembered) -> None:
        """Keep the number of letters that it tells of now, where people who tidy up do not reach it."""
        ...

    def append(self, tab: str, rows: Sequence[Sequence[OwnCell]]) -> int:
        """Add rows below a tab's last one, and return the number of the first, counted from 1.

        Raises:
            WorkbookError: it is not known whether they stand there.
        """
        ...

    def fresh(self, tabs: Sequence[str]) -> Tabs:
        """Read the cells of some tabs as they are now, days as numbers, in one request.

        Raises:
            WorkbookError: they cannot be read now.
        """
        ...


@runtime_checkable
class TeamWorkbook(Workbook, Protocol):
    """A workbook that several computers share at once."""

    @property
    def team(self) -> Team:
        """What they do with it."""
        ...

    @property
    def server_now(self) -> datetime | None:
        """What time it was by the server's own clock at its last answer; None before the first."""
        ...
