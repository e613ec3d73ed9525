"""Sending from a workbook that several computers share: signs of life, claims, and whose turn a letter is."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final

from toolkit.book import own_tabs
from toolkit.book.grid import OwnTab, Tabs
from toolkit.delivery.claims import Claims
from toolkit.delivery.computer import known_computer
from toolkit.delivery.eligibility import TAKEN, tabs_of_readers
from toolkit.delivery.entry import Entry
from toolkit.delivery.lock import run_lock, user
from toolkit.delivery.outbox import Outbox, outcome_of
from toolkit.delivery.outcome import State
from toolkit.delivery.round import Eligibility, Hold
from toolkit.delivery.tab_rows import Row, letter_row
from toolkit.errors import RunLocked, ToolkitError, WorkbookBusy
from toolkit.sheets.workbook import Holder, Team, Workbook
from toolkit.snapshot import Snapshot

BEFORE_CHOSEN: Final = "mail"
"""The channel that a claim names before one was chosen."""

EVERY: Final = timedelta(minutes=1)
"""How often a sign of life is given."""


@dataclass
class Heartbeat:
    """Signs of life while letters leave, once a minute, also while it only waits.

    Args:
        team: the shared workbook.
        now: this moment, in UTC.
        wait: returns after so many seconds.
        told: how far it is.
        last: when the last sign was given, at first by taking the workbook.
    """

    team: Team
    now: Callable[[], datetime]
    wait: Callable[[float], None]
    told: Callable[[], str]
    last: datetime

    def beat(self) -> None:
        """Give a sign of life where the last one is a minute old.

        Raises:
            WorkbookError: another computer took over, or the workbook cannot be reached.
        """
        if self.now() - self.last < EVERY:
            return
        try:
            self.team.beat(self.told())
        except RunLocked as lost:
            raise WorkbookBusy(lost.what, why=lost.why, next_step=lost.next_step) from lost
        self.last = self.now()

    def sleep(self, seconds: float) -> None:
        """Wait, with signs of life; one that fails is noticed before the next batch."""
        while seconds > 0:
            part = min(seconds, EVERY.total_seconds())
            self.wait(part)
            seconds -= part
            with suppress(ToolkitError):
                self.beat()


def hold_all(data: Path, shop: str, book: Workbook, computer: Callable[[], str]) -> tuple[ExitStack, bool]:
    """Keep other runs out: on this computer, and where the workbook is shared, on all.

    Args:
        data: the user's data folder on this computer.
        shop: the shop id.
        book: the workbook.
        computer: this computer, asked once nobody else here is at work.

    Returns:
        What lets go again, and whether another computer was at work since the workbook was read.

    Raises:
        RunLocked: another run is at work, with who and since when.
    """
    with ExitStack() as held:
        held.enter_context(run_lock(data, shop))
        team = book.capabilities.team
        if team is None:
            return held.pop_all(), False
        held.callback(team.release)
        is_stale = team.take(Holder(computer(), f"{user()} on {computer()}"))
        return held.pop_all(), is_stale


def whose_turn(wanted: Eligibility, mine: frozenset[str]) -> Eligibility:
    """What says of each letter of a batch why it shall not go: by the workbook, and by whose claim it is."""

    def asked(entry: Entry) -> Hold | None:
        if (unwanted := wanted(entry)) is not None:
            return unwanted
        return None if entry.key in mine else TAKEN

    return asked


@dataclass
class SharedOutbox:
    """The outbox of a workbook that several computers share.

    Args:
        book: the workbook.
        team: its lease and claims.
        outbox: this computer's letters.
        as_read: what the workbook said before; it takes our own tabs as they are read back.
        wait: returns after so many seconds.
        since: when this computer took the workbook.
    """

    book: Workbook
    team: Team
    outbox: Outbox
    as_read: Snapshot
    wait: Callable[[float], None]
    since: datetime

    def claim(self, batch: Sequence[Entry]) -> tuple[frozenset[str], Tabs]:
        """Give a sign of life, and claim a batch; as `Claims.claim`.

        Where claiming took long, as on a laptop that slept meanwhile, another sign is given before a letter leaves: who
        took over then has read these claims, and no others can be written over.

        Raises:
            WorkbookError: another computer took over, or the workbook cannot be reached; nothing is ours.
        """
        self.pulse.beat()
        mine, tabs = self.claims.claim(batch)
        self.pulse.beat()
        self.as_read.take_ours(tabs)
        return mine, tabs

    @cached_property
    def pulse(self) -> Heartbeat:
        """Signs of life, by which the pace of the letters waits."""
        total = self.outbox.waiting()

        def told() -> str:
            return f"{total - self.outbox.waiting()} of {total}"

        return Heartbeat(self.team, self.outbox.now, self.wait, told, self.since)

    @cached_property
    def claims(self) -> Claims:
        """The claims; the Outbox tab is laid where there is none."""
        read, tab = self.as_read, self.as_read.own_tab_name(own_tabs.OUTBOX)
        if tab not in read.tabs:
            headings = tuple(map(read.words.heading, own_tabs.HEADINGS[own_tabs.OUTBOX]))
            self.book.write([OwnTab(tab, headings, ())])
        return Claims(
            team=self.team,
            tab=tab,
            beside=(*tabs_of_readers(read.tabs, read.reading), read.own_tab_name(own_tabs.SUPPRESSED)),
            computer=self._computer,
            lexicon=read.reading.lexicon,
            row_of=self._taken,
            row_after=lambda entry: self._row(self.outbox.journal.entry(self.outbox.mode, entry.key) or entry),
        )

    def _taken(self, entry: Entry) -> Row:
        return self._row(replace(entry, state=State.CLAIMED, words="", channel=entry.channel or BEFORE_CHOSEN))

    def _row(self, entry: Entry) -> Row:
        return letter_row(outcome_of(entry, self.outbox.zone), self.as_read.words, self._computer)

    @cached_property
    def _computer(self) -> str:
        return known_computer(self.outbox.journal)
