"""The desk from which a shop's letters leave."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from toolkit.app.open_book import OpenBook
from toolkit.app.sending import live_context
from toolkit.campaigns.letter_history import LetterHistory
from toolkit.channels.channel import Channel, Mode, channel_for
from toolkit.clock import Clock, new_id, today_in
from toolkit.config import Config
from toolkit.config.quiet import quiet_until
from toolkit.delivery.computer import this_computer
from toolkit.delivery.eligibility import WorkbookLook
from toolkit.delivery.letter_record import LetterFilter
from toolkit.delivery.loop import Delivered, Delivery, LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.delivery.sample import unseen
from toolkit.delivery.shared.look import hold_all
from toolkit.delivery.shared.remote_letters import suppressed_in, with_remote_letters
from toolkit.delivery.suppressed import SuppressedList, Suppression, together
from toolkit.letters.letter import LetterHeader
from toolkit.plan import Plan


def nothing_to_do() -> None:
    """Return quietly."""


@dataclass
class Desk:
    """The journal, channels and lock with which this computer sends letters.

    Args:
        config: the shop's settings.
        clock: where the time comes from.
        open_book: the workbook, in which other computers tell of their letters.
        channels: the ways by which letters leave.
        mode: whether letters truly leave.
        data: this computer's folder for the shop's journal and lock; the first run makes it.
        open_outbox: opens the journal, which makes it where there is none.
        only: client numbers to write to; empty is everybody.
        history_of_shop: returns the letters of the shop's own journal, if this desk has another.
        check_ready: sees, before the first letter, that the channels can be used on this computer.
        closing: closes what was opened.
        keeps_records: False for a run of another day, which is only a look.
    """

    config: Config
    clock: Clock
    open_book: OpenBook
    channels: Sequence[Channel]
    mode: Mode
    data: Path
    open_outbox: Callable[[], Outbox]
    only: frozenset[str] = frozenset()
    history_of_shop: Callable[[], LetterHistory] = LetterHistory
    check_ready: Callable[[], None] = nothing_to_do
    closing: ExitStack = field(default_factory=ExitStack)
    keeps_records: bool = True
    _held_since: datetime | None = field(default=None, init=False)

    @property
    def is_rehearsal(self) -> bool:
        """True if letters go to a folder and nothing is sent."""
        return self.mode is Mode.REHEARSAL

    @cached_property
    def outbox(self) -> Outbox:
        """The journal's letters. The first use makes the journal if there is none."""
        return self.open_outbox()

    @property
    def has_journal(self) -> bool:
        """True if this computer has worked for the shop before."""
        return self.data.is_dir()

    @property
    def computer(self) -> str:
        """This computer's name in the workbook's tabs, "" before the first run."""
        return this_computer(self.outbox.journal, new_id) if self.has_journal else ""

    @property
    def today(self) -> date:
        """The day in the shop's zone."""
        return today_in(self.config.shop.zone, self.clock)

    @property
    def quiet_until(self) -> datetime | None:
        """The end of the quiet hours on the shop's wall clock, None outside of them."""
        return quiet_until(self.config.sending, self.clock.now(), self.config.shop.zone)

    def history(self) -> LetterHistory:
        """Return every letter so far, from here or from another computer."""
        here = self.outbox.already_said() if self.has_journal else LetterHistory()
        history = LetterHistory((*self.history_of_shop().letters, *here.letters))
        if self.is_rehearsal:
            return history
        keys = {letter.key[:16] for letter in self.outbox.letters_for_tab()} if self.has_journal else set()
        return with_remote_letters(history, self.open_book.snapshot, self.computer, keys)

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        """Everybody who is suppressed, by the journal or by the Suppressed tab."""
        in_tab = suppressed_in(self.open_book.snapshot.tabs, self.open_book.snapshot.reading)
        if not self.has_journal:
            return in_tab
        own = SuppressedList(self.outbox.journal)
        return together(own.all(), in_tab, own.lifted())

    def waiting(self, letter: str = "") -> int:
        """Return how many letters of earlier plans wait for the next run.

        Args:
            letter: only letters of this name; "" is all.
        """
        return len(self.outbox.waits(LetterFilter(self.only, letter)))

    def hold(self) -> None:
        """Keep other runs out until the shop is closed, on all its computers.

        Raises:
            RunLocked: another run is at work.
        """
        if self._held_since is None:
            shop, workbook = self.config.shop.id, self.open_book.workbook
            held, is_stale = hold_all(self.data, shop, workbook, lambda: self.computer)
            self.closing.push(held)
            self._held_since = self.clock.now()
            if is_stale:
                self.open_book.snapshot.read_again(workbook.rows())

    def deliver(self, plan: Plan, limit: int | None, only: LetterFilter) -> Delivered:
        """Send planned and waiting letters, each once, however often this is called.

        Args:
            plan: what was decided.
            limit: at most so many letters leave now; the rest waits for the next time.
            only: the letters that may leave.
        """
        self.hold()
        self.check_ready()
        new = self.new_words(plan)
        known = [letter for letter in plan.letters if not self._waits_for_owner(letter.header, new)]
        cap = self.config.sending.max_per_run
        at_most = cap if limit is None else min(limit, cap)
        delivery = Delivery(self.outbox, self.channels, plan.as_of, at_most, only, self._live)
        return Delivered(tuple(delivery.run(known)), delivery.stopped)

    def new_words(self, plan: Plan) -> frozenset[str]:
        """Return the words that the owner must see in a mailbox first."""
        headers = (letter.header for letter in plan.letters)
        words = frozenset(header.words_id for header in headers if self._needs_seen_words(header))
        return unseen(self.outbox, words) if words else frozenset()

    @cached_property
    def _live(self) -> LiveContext | None:
        if self.is_rehearsal:
            return None
        snapshot, own = self.open_book.snapshot, SuppressedList(self.outbox.journal)
        off = frozenset(self.config.letters.off)
        look = WorkbookLook(self.open_book.workbook, snapshot.reading, own, off, self.computer)
        return live_context(self.config, self.clock, look, snapshot, self.outbox, self._held_since or self.clock.now())

    def _waits_for_owner(self, header: LetterHeader, new: frozenset[str]) -> bool:
        return header.words_id in new and self._needs_seen_words(header)

    def _needs_seen_words(self, header: LetterHeader) -> bool:
        channel = channel_for(header, self.channels)
        return channel is not None and channel.policy.seen_words
