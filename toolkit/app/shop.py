"""A shop: its workbook, outbox, channels, words and clock together; what open_shop returns."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from toolkit.app.sending import live_context
from toolkit.book import own_tabs
from toolkit.book.checks.missing_tabs import no_clients
from toolkit.book.client_book import ClientBook
from toolkit.book.grid import Grid, OwnTab, Tabs
from toolkit.book.i18n import ENGLISH, Words
from toolkit.book.layout import tab_name
from toolkit.book.own_tabs import own_grid
from toolkit.book.parse.cells import ParseContext
from toolkit.book.problem import Problem
from toolkit.book.tab import Tab
from toolkit.book.tabs.clients import CLIENTS, Client
from toolkit.campaigns.letter_history import LetterHistory
from toolkit.channels.call_list import Callee, callee_of
from toolkit.channels.channel import Channel, Mode, channel_for
from toolkit.channels.preview import held_entries, write_preview
from toolkit.clock import Clock, new_code, new_id, today_in
from toolkit.config import Config
from toolkit.config.quiet import quiet_until
from toolkit.delivery.computer import this_computer
from toolkit.delivery.eligibility import WorkbookLook
from toolkit.delivery.letter_record import LetterFilter, Outcome
from toolkit.delivery.loop import Delivered, Delivery, LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.delivery.sample import unseen
from toolkit.delivery.shared.look import hold_all
from toolkit.delivery.shared.remote_letters import suppressed_in, with_remote_letters
from toolkit.delivery.suppressed import SuppressedList, Suppression, closed_readers, together
from toolkit.errors import SetupError, WorkbookUnsafe
from toolkit.letters.letter import LetterHeader
from toolkit.letters.writing import ShopFace, TemplateTexts, Writer
from toolkit.plan import Choices, Plan, PlanInputs, plan_once, plan_week
from toolkit.rules.bonuses.monthly import Bonuses
from toolkit.rules.loyalty.standing import Standing, standings
from toolkit.sheets.workbook import Workbook
from toolkit.snapshot import Snapshot

GROWING = (own_tabs.OUTBOX, own_tabs.SUPPRESSED)
"""Our tabs to which other computers of a shared workbook may add while one sends."""


@dataclass
class Shop:
    """One shop, open for work.

    Args:
        config: its settings.
        folder: where reports and letters are written.
        workbook: where its clients are kept.
        channels: the ways by which letters leave.
        texts: the words of its letters.
        as_read: what the workbook said when the shop was opened.
        choices: the named choices of its rules.
        clock: where it takes the time from.
        data: this computer's folder for the shop's journal and lock; the first run makes it.
        open_outbox: opens the journal of what was said, and what waits.
        said_elsewhere: what the shop's own journal says, while it works in another.
        make_ready: sees, before the first letter, that its channels can be used on this computer.
        closing: what is closed with it.
        new_code: makes codes that cannot be guessed.
        keeps_records: whether what it does happens: not so in a run for another day.
    """

    config: Config
    folder: Path
    workbook: Workbook
    channels: Sequence[Channel]
    texts: TemplateTexts
    as_read: Snapshot
    choices: Choices
    clock: Clock
    data: Path
    open_outbox: Callable[[], Outbox]
    said_elsewhere: Callable[[], LetterHistory] = LetterHistory
    make_ready: Callable[[], None] = lambda: None
    closing: ExitStack = field(default_factory=ExitStack)
    new_code: Callable[[], str] = new_code
    keeps_records: bool = True
    _held_since: datetime | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the journal and of every lock."""
        self.closing.close()

    @property
    def today(self) -> date:
        """The day in the shop's zone."""
        return today_in(self.config.shop.zone, self.clock)

    @property
    def face(self) -> ShopFace:
        """The shop as its letters name it."""
        shop = self.config.shop
        return ShopFace(
            shop.id, shop.name, shop.address, shop.currency, shop.places, shop.language, tuple(shop.languages)
        )

    @property
    def words(self) -> Words:
        """The words in the language of the shop's workbook."""
        return self.as_read.words

    @property
    def is_rehearsal(self) -> bool:
        """Whether its letters go to a folder, and nothing is sent."""
        return all(channel.mode is Mode.REHEARSAL for channel in self.channels)

    @property
    def has_home(self) -> bool:
        """Whether its workbook is a file, from which one computer sends."""
        return self.workbook.capabilities.team is None

    @property
    def quiet_until(self) -> datetime | None:
        """When mail may leave again, on the shop's wall clock; None outside of its quiet hours and days."""
        return quiet_until(self.config.sending, self.clock.now(), self.config.shop.zone)

    @property
    def reading(self) -> ParseContext:
        """How its cells are read."""
        return self.as_read.reading

    @property
    def tabs(self) -> Tabs:
        """The cells of the workbook as it was read."""
        return self.as_read.tabs

    @property
    def week(self) -> Grid:
        """The rows of the Week tab as the workbook was read."""
        return own_grid(own_tabs.WEEK, self.tabs, self.reading.lexicon)

    @property
    def book(self) -> ClientBook:
        """What the workbook says."""
        return self.as_read.book

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is to be mended in the workbook."""
        return self.as_read.problems

    @property
    def bonuses(self) -> Bonuses:
        """The staff's bonuses of every month, as of the shop's day."""
        return self.as_read.bonuses

    def tab_called(self, tab: Tab[Any]) -> str:
        """The name that the team gave one of its tabs."""
        return tab_name(tab, self.tabs, self.reading)

    def own_tab_name(self, name: str) -> str:
        """The name that one of our tabs has in the workbook already, else ours in the shop's language."""
        return self.as_read.own_tab_name(name)

    def look_at_ours(self) -> None:
        """Take our own tabs as they are by now, since another computer may have written into them meanwhile."""
        if team := self.workbook.capabilities.team:
            ours_now = team.fresh([self.own_tab_name(name) for name in own_tabs.HEADINGS])
            self.as_read.take_ours(ours_now, GROWING)
        else:
            self.as_read.take_ours(self.workbook.rows())

    def require_clients(self) -> None:
        """Return quietly if the workbook has clients that can be read, without whom nothing can be done.

        Raises:
            WorkbookUnsafe: it has none, with what is wrong.
        """
        if fatal := no_clients(self.book, self.problems, self.tab_called(CLIENTS)):
            told = self.texts.lexicon.words(ENGLISH).problem(fatal)
            raise WorkbookUnsafe(f"{self.workbook.name}: {fatal.place}", why=told.says, next_step=told.fix)

    @cached_property
    def outbox(self) -> Outbox:
        """What was said, and what waits; asking for it makes the journal where there is none."""
        return self.open_outbox()

    @property
    def computer(self) -> str:
        """This computer as the tabs of the workbook name it; "" before the first run."""
        return this_computer(self.outbox.journal, new_id) if self.data.is_dir() else ""

    def said(self) -> LetterHistory:
        """What was said before, here or by another computer; a shop that never ran has said nothing."""
        said = self.outbox.already_said() if self.data.is_dir() else LetterHistory()
        said = LetterHistory((*self.said_elsewhere().letters, *said.letters))
        if self.is_rehearsal:
            return said
        here = {one.key[:16] for one in self.outbox.letters_for_tab()} if self.data.is_dir() else set()
        return with_remote_letters(said, self.as_read, self.computer, here)

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        """Who is not to be written to, by the journal and by the Suppressed tab."""
        tab = suppressed_in(self.tabs, self.reading)
        if not self.data.is_dir():
            return tab
        own = SuppressedList(self.outbox.journal)
        return together(own.all(), tab, own.lifted())

    def waits(self, letter: str = "") -> int:
        """How many letters of earlier plans would go with the next run; of one letter, or of all."""
        return len(self.outbox.waits(LetterFilter(self.choices.only, letter)))

    def standings(self, today: date) -> tuple[Standing, ...]:
        """Where every client stands on a day."""
        self.require_clients()
        return standings(self.book, self.choices.loyalty, today)

    def plan_week(self, today: date, campaigns: Collection[str] | None = None) -> Plan:
        """Everything that would be written and sent on a day by the shop's campaigns, or by those that are named."""
        return plan_week(self._desk(today), campaigns)

    def plan(self, letter: str, *, to: Iterable[Standing | Client], occasion: str, today: date) -> Plan:
        """One letter to the clients that a script chose.

        Args:
            letter: the name of a template.
            to: standings or clients.
            occasion: names this time, such as 2026-Q4; the same letter is sent once for each occasion.
            today: the day for which it is planned.

        Raises:
            SetupError: there is no such letter, or the occasion has no name.
        """
        self.texts.require(letter)
        if not occasion.strip():
            why = "a letter goes once for each occasion, so each needs a name of its own"
            raise SetupError(f"the occasion of {letter} has no name", why=why, next_step="name it, such as 2026-Q4")
        clients = [one.client if isinstance(one, Standing) else one for one in to]
        return plan_once(self._desk(today), letter, clients, occasion)

    def _desk(self, today: date) -> PlanInputs:
        self.require_clients()
        writer = Writer(self.face, self.texts, self.book)
        closed = closed_readers(self.suppressions, self.book.clients, self.book.staff)
        said = self.said().as_now_numbered({one.reader_no: one.email for one in self.book.readers})
        return PlanInputs(self.book, said, writer, self.choices, today, closed)

    def callee(self, number: str) -> Callee:
        """Who is called with a client's letter, by whom, and why; blank for a client who is not in the book."""
        return callee_of(number, self.book, self.words)

    def preview(self, plan: Plan, folder: str | Path) -> Path:
        """Write a plan's letters into a folder to look at, and return its index page; nothing counts as said."""
        return write_preview(Path(folder), plan.letters, held_entries(plan.held, self.words), self.words)

    def hold(self) -> None:
        """Keep other runs of this shop out until the shop is closed: on this computer, and at a shared workbook on all.

        Raises:
            RunLocked: another run is at work.
        """
        if self._held_since is None:
            held, is_stale = hold_all(self.data, self.config.shop.id, self.workbook, lambda: self.computer)
            self.closing.push(held)
            self._held_since = self.clock.now()
            if is_stale:
                self.as_read.read_again(self.workbook.rows())

    def deliver(self, plan: Plan, limit: int | None = None) -> tuple[Outcome, ...]:
        """Send a plan's letters, each once, however often this is called.

        Args:
            plan: what was decided.
            limit: at most so many letters leave now; the rest waits for the next time.
        """
        clients = frozenset(letter.header.client for letter in plan.letters)
        return self._deliver(plan, limit, LetterFilter(clients)).outcomes

    def deliver_waiting(self, plan: Plan, limit: int | None = None, letter: str = "") -> Delivered:
        """Send a plan's letters and what waits from earlier plans, as `deliver` does; of one letter, or of all."""
        return self._deliver(plan, limit, LetterFilter(self.choices.only, letter))

    def _deliver(self, plan: Plan, limit: int | None, only: LetterFilter) -> Delivered:
        self.hold()
        self.make_ready()
        new = self.new_words(plan)
        known = [
            letter
            for letter in plan.letters
            if letter.header.words_id not in new or not self._needs_seen_words(letter.header)
        ]
        cap = self.config.sending.max_per_run
        at_most = cap if limit is None else min(limit, cap)
        delivery = Delivery(self.outbox, self.channels, plan.as_of, at_most, only, self._live)
        return Delivered(tuple(delivery.run(known)), delivery.stopped)

    @cached_property
    def _live(self) -> LiveContext | None:
        if self.outbox.mode is Mode.REHEARSAL:
            return None
        own = SuppressedList(self.outbox.journal)
        look = WorkbookLook(self.workbook, self.reading, own, self.choices.off, self.computer)
        since = self._held_since or self.clock.now()
        return live_context(self.config, self.clock, look, self.as_read, self.outbox, since)

    def _needs_seen_words(self, letter: LetterHeader) -> bool:
        channel = channel_for(letter, self.channels)
        return channel is not None and channel.policy.seen_words

    def new_words(self, plan: Plan) -> frozenset[str]:
        """Return the words of letters that nobody has seen in a mailbox yet, where their channel asks for that."""
        words = frozenset(letter.header.words_id for letter in plan.letters if self._needs_seen_words(letter.header))
        return unseen(self.outbox, words) if words else frozenset()

    def write(self, tabs: Sequence[OwnTab]) -> str:
        """Put our tabs into the workbook and return the name of the workbook that has them."""
        return self.workbook.write(tabs)
