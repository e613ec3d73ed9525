"""A shared workbook, taken by one computer batch by batch."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from toolkit.book import OwnTab, own_tabs
from toolkit.delivery.eligibility import TAKEN, WorkbookLook, tabs_of_recipients
from toolkit.delivery.letter_record import LetterRecord, State
from toolkit.delivery.lock import run_lock, user
from toolkit.delivery.loop import Eligibility, Hold
from toolkit.delivery.outbox import Outbox
from toolkit.delivery.shared.claims import Claims
from toolkit.delivery.shared.heartbeat import Heartbeat
from toolkit.delivery.shared.remote_letters import Row, letter_row
from toolkit.sheets.workbook import Holder, Team, Workbook
from toolkit.snapshot import Snapshot

BEFORE_CHOSEN: Final = "mail"
"""The channel that a claim names before one was chosen."""


def hold_all(data: Path, shop: str, book: Workbook, computer: Callable[[], str]) -> tuple[ExitStack, bool]:
    """Keep other runs out, at a shared workbook on every computer.

    Args:
        data: the user's data folder on this computer.
        shop: the shop id.
        book: the workbook.
        computer: returns this computer's name, asked once nobody else here is at work.

    Returns:
        What lets go again, and whether another computer was at work since the workbook was read.

    Raises:
        RunLocked: another run is at work, with who and since when.
    """
    team = book.capabilities.team
    with ExitStack() as held:
        held.enter_context(run_lock(data, shop))
        if team is None:
            return held.pop_all(), False
        held.callback(team.release)
        is_stale = team.take(Holder(computer(), f"{user()} on {computer()}"))
        return held.pop_all(), is_stale


@dataclass(frozen=True)
class SharedLook:
    """Claims each batch, then looks who may be written to.

    Args:
        workbook: the shared workbook.
        as_read: what it said before; it takes our own tabs as they are read back.
        look: finds by the workbook's cells who may be written to.
        claims: this computer's claims.
        heartbeat: this computer's signs of life.
    """

    workbook: Workbook
    as_read: Snapshot
    look: WorkbookLook
    claims: Claims
    heartbeat: Heartbeat

    @classmethod
    def of(
        cls,
        team: Team,
        look: WorkbookLook,
        as_read: Snapshot,
        outbox: Outbox,
        wait: Callable[[float], None],
        since: datetime,
    ) -> Self:
        """Put it together.

        Args:
            team: what the computers that share the workbook do with it.
            look: as in the class.
            as_read: as in the class.
            outbox: this computer's letters.
            wait: returns after so many seconds.
            since: when this computer took the workbook.
        """
        total = outbox.waiting()
        heartbeat = Heartbeat(team, outbox.now, wait, lambda: f"{total - outbox.waiting()} of {total}", since)
        return cls(look.workbook, as_read, look, _claims(team, look, as_read, outbox), heartbeat)

    def __call__(self, batch: Sequence[LetterRecord]) -> Eligibility:
        """Claim a batch, and return the eligibility of its letters.

        Raises:
            WorkbookError: another computer took over, or the workbook cannot be reached; nothing is ours.
        """
        self.heartbeat.beat()
        self._lay_tab()
        ours, tabs = self.claims.claim(batch)
        # A laptop may sleep while it claims. Who took over meanwhile has read these claims, and no others can be
        # written over them, so a sign of life that still succeeds makes them good.
        self.heartbeat.beat()
        self.as_read.take_ours(tabs)
        return _if_ours(self.look.eligibility(tabs), ours)

    def _lay_tab(self) -> None:
        if self.claims.tab not in self.as_read.tabs:
            headings = tuple(map(self.as_read.words.heading, own_tabs.HEADINGS[own_tabs.OUTBOX]))
            self.workbook.write([OwnTab(self.claims.tab, headings, ())])


def _claims(team: Team, look: WorkbookLook, as_read: Snapshot, outbox: Outbox) -> Claims:
    def row(record: LetterRecord) -> Row:
        return letter_row(outbox.outcome(record), as_read.words, look.computer)

    def claimed(record: LetterRecord) -> Row:
        return row(replace(record, state=State.CLAIMED, words="", channel=record.channel or BEFORE_CHOSEN))

    return Claims(
        team=team,
        tab=as_read.own_tab_name(own_tabs.OUTBOX),
        beside=(*tabs_of_recipients(as_read.tabs, as_read.reading), as_read.own_tab_name(own_tabs.SUPPRESSED)),
        computer=look.computer,
        lexicon=as_read.reading.lexicon,
        row_of=claimed,
        row_after=lambda record: row(outbox.journal.find(outbox.mode, record.key) or record),
    )


def _if_ours(eligibility: Eligibility, ours: frozenset[str]) -> Eligibility:
    def eligible(record: LetterRecord) -> Hold | None:
        return eligibility(record) or (None if record.key in ours else TAKEN)

    return eligible
