"""The loop of delivery, each step in the journal first."""

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email.utils import format_datetime
from itertools import islice
from typing import Final, TypeAlias

from toolkit.channels.channel import Channel, ChannelPolicy, ChannelStopped, Receipt, SendResult, channel_for
from toolkit.channels.status_text import remark
from toolkit.delivery.letter_record import EVERYTHING, LEFT, WAITING, LetterFilter, LetterRecord, Outcome, State
from toolkit.delivery.outbox import Outbox
from toolkit.delivery.policy import DAY, FailureCounter, Pace, RecentSends, settled, suppression_after
from toolkit.delivery.suppressed import SuppressedList
from toolkit.errors import WorkbookError
from toolkit.letters.letter import Envelope, Letter

BATCH: Final = 10
"""Before each batch of so many letters it is looked again who may be written to."""

REASONS_AT_ONCE: Final = 500
"""Why letters wait is written down for so many in one commit."""


@dataclass(frozen=True, slots=True)
class Hold:
    """The reason why a letter shall not go now.

    Args:
        words: the reason.
        for_good: whether it shall never go; else it waits.
    """

    words: str
    for_good: bool = True


Eligibility: TypeAlias = Callable[[LetterRecord], Hold | None]
"""Says of one letter why it shall not go."""


def _all_eligible(_batch: Sequence[LetterRecord] = ()) -> Eligibility:
    return lambda _record: None


def _never_quiet() -> None:
    """Return None, since no hour is quiet."""


@dataclass(frozen=True)
class LiveContext:
    """The outside world of a delivery whose letters truly leave.

    Args:
        wait: returns after so many seconds.
        chance: returns a random number from 0 up to 1.
        look_again: takes the next batch, looks at the workbook anew, and returns the eligibility of its letters.
        quiet_until: returns the end of the quiet hours, on the shop's wall clock; None outside of them.
        paces: the pace of each channel by its name, which goes on from one delivery to the next.
    """

    wait: Callable[[float], None]
    chance: Callable[[], float]
    look_again: Callable[[Sequence[LetterRecord]], Eligibility] = _all_eligible
    quiet_until: Callable[[], datetime | None] = _never_quiet
    paces: dict[str, Pace] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The result of a delivery.

    Args:
        outcomes: one a letter.
        stopped: why it came to a stop before its end; None where it did not.
    """

    outcomes: tuple[Outcome, ...]
    stopped: ChannelStopped | None = None


@dataclass
class ChannelUse:
    """The counts of one channel in one delivery.

    Args:
        policy: the channel's rules.
        pace: keeps its letters apart.
        recent: its letters of the last 24 hours.
    """

    policy: ChannelPolicy
    pace: Pace
    recent: RecentSends
    failures: FailureCounter = field(default_factory=FailureCounter)


@dataclass
class Delivery:
    """One delivery of the letters that wait in an outbox.

    However many the letters, no more than a batch of them is held in memory.

    Args:
        outbox: the letters.
        channels: the first of the outbox's mode that carries a letter gets it.
        today: the shop's day, on which letters may have expired.
        limit: at most so many letters are tried; the rest waits.
        only: the letters that may leave.
        live: what letters that truly leave need; None for a rehearsal.
    """

    outbox: Outbox
    channels: Sequence[Channel]
    today: date
    limit: int | None = None
    only: LetterFilter = EVERYTHING
    live: LiveContext | None = None
    stopped: ChannelStopped | None = field(default=None, init=False)
    _order: Sequence[int] = field(default=(), init=False)
    _place: int = field(default=0, init=False)
    _tried: int = field(default=0, init=False)
    _troubles: int = field(default=0, init=False)
    _uses: dict[str, ChannelUse] = field(default_factory=dict, init=False)
    _unwritten: list[LetterRecord] = field(default_factory=list, init=False)
    _reasons: list[LetterRecord] = field(default_factory=list, init=False)
    _batch: frozenset[str] = field(default=frozenset(), init=False)
    _eligibility: Eligibility = field(default=_all_eligible(), init=False)

    def __post_init__(self) -> None:
        self._carriers = tuple(channel for channel in self.channels if channel.mode is self.outbox.mode)
        self._journal, self._mode, self._now = self.outbox.journal, self.outbox.mode, self.outbox.now
        if self.live is not None:
            self.stopped = self.outbox.current_rest()

    def run(self, letters: Iterable[Letter] = ()) -> Iterator[Outcome]:
        """Write the letters down, then send what waits, oldest plan first.

        The next letter has its turn when its outcome is asked for.

        Yields:
            One outcome a letter: of all that were handed in, and of all that waited or came into doubt before.

        Raises:
            ToolkitError: a letter could not be sealed (nothing was planned then), or the journal failed.
        """
        doubted = self.outbox.recover()
        planned = self.outbox.plan(letters, self.today)
        rows = self._journal.order(self._mode)
        self._order = array("q", (row for row, state in rows if state in WAITING or row in planned or row in doubted))
        try:
            yield from self._each(planned, doubted)
        finally:
            self._write_reasons()
        self._close_channels()

    def _each(self, planned: Mapping[int, bool], doubted: frozenset[int]) -> Iterator[Outcome]:
        for place, row in enumerate(self._order):
            self._place = place
            record, has_other_words = self._journal.at(row), planned.get(row, False)
            if self.only.takes(record):
                record = self._turn(record)
                yield self.outbox.outcome(_with_first_words(record) if has_other_words else record)
            elif row in planned or row in doubted:
                known = _with_known_words(record) if has_other_words else record
                yield self.outbox.outcome(known, before=row not in doubted)

    def _turn(self, record: LetterRecord) -> LetterRecord:
        """Give one waiting letter its turn."""
        if self._day() > record.header.expires:
            return self._move(record.moved(State.EXPIRED, remark("too-late"), done_at=self._now()))
        channel = channel_for(record.header, self._carriers)
        reason = self._why_later(record, channel)
        if reason or channel is None:
            return self._leave(record, reason or remark("no-channel"))
        if (hold := self._hold(record) or self._quiet(channel)) is not None:
            return self._keep_back(record, hold)
        return self._try(channel, record)

    def _day(self) -> date:
        return max(self.today, self._now().astimezone(self.outbox.zone).date())

    def _why_later(self, record: LetterRecord, channel: Channel | None) -> str:
        if self.stopped is not None:
            return remark("waits", why=self.stopped.what)
        if record.retry_at is not None and record.retry_at > self._now():
            return record.words
        if self.limit is not None and self._tried >= self.limit:
            return remark("limit-a-run", n=str(self.limit))
        if channel is not None and self._is_spent(channel):
            return remark("limit-a-day", n=str(channel.policy.per_day))
        return ""

    def _is_spent(self, channel: Channel) -> bool:
        per_day = channel.policy.per_day
        return per_day > 0 and self._use(channel).recent.number(self._now()) >= per_day

    def _use(self, channel: Channel) -> ChannelUse:
        name, policy = channel.name, channel.policy
        if name not in self._uses:
            paces = self.live.paces if self.live is not None else {}
            pace = paces.setdefault(name, Pace(policy.per_minute))
            recent = RecentSends(deque(self.outbox.attempts.left_since(self._now() - DAY, name)))
            self._uses[name] = ChannelUse(policy, pace, recent)
        return self._uses[name]

    def _quiet(self, channel: Channel) -> Hold | None:
        until = self.live.quiet_until() if self.live is not None and channel.policy.quiet_hours else None
        return Hold(remark("quiet", until=f"{until:%Y-%m-%d %H:%M}"), for_good=False) if until else None

    def _hold(self, record: LetterRecord) -> Hold | None:
        """Return why the workbook says that the letter shall not go.

        The workbook is read anew before each batch.
        """
        if self.live is None:
            return None
        if record.key not in self._batch:
            self._write_sent()
            batch = self._next_batch(record)
            try:
                self._eligibility = self.live.look_again(batch)
            except WorkbookError as error:
                self.stopped = ChannelStopped(error.what, why=error.why, next_step=error.next_step)
                return Hold(remark("waits", why=error.what), for_good=False)
            self._batch = frozenset(letter.key for letter in batch)
        return self._eligibility(record)

    def _next_batch(self, record: LetterRecord) -> list[LetterRecord]:
        """Return this letter and the next ones that may go."""
        room = BATCH if self.limit is None else min(BATCH, self.limit - self._tried)
        later = (self._journal.at(self._order[place]) for place in range(self._place + 1, len(self._order)))
        return [record, *islice(filter(self._may_go, later), max(room - 1, 0))]

    def _may_go(self, record: LetterRecord) -> bool:
        if not self.only.takes(record) or self._day() > record.header.expires:
            return False
        channel = channel_for(record.header, self._carriers)
        return channel is not None and not self._why_later(record, channel)

    def _keep_back(self, record: LetterRecord, hold: Hold) -> LetterRecord:
        if hold.for_good:
            return self._move(record.moved(State.SUPPRESSED, hold.words, done_at=self._now()))
        return self._leave(record, hold.words)

    def _leave(self, record: LetterRecord, reason: str) -> LetterRecord:
        """Let a letter wait for a reason.

        Reasons are written down many at once.
        """
        if reason == record.words:
            return record
        waiting = replace(record, words=reason)
        self._reasons.append(waiting)
        if len(self._reasons) == REASONS_AT_ONCE:
            self._write_reasons()
        return waiting

    def _try(self, channel: Channel, record: LetterRecord) -> LetterRecord:
        """Hand a letter to its channel."""
        # On one computer no letter needs a claim, since one that is found planned has not left.
        self._keep_pace(channel)
        self._tried += 1
        taken = replace(record, words="", channel=channel.name)
        dated = taken.dated or self._now().astimezone(self.outbox.zone).replace(microsecond=0)
        message = dated_message(self._journal.message(self._mode, taken.key), dated)
        on_the_way = taken.moved(State.SENDING, dated=dated)
        try:
            receipt = channel.send(Envelope(taken.header, message, dated), lambda: self._write(on_the_way))
        except ChannelStopped as stop:
            return self._interrupt(channel, taken, stop)
        self._troubles = 0
        return self._settle(channel, taken, receipt)

    def _keep_pace(self, channel: Channel) -> None:
        if self.live is not None:
            pace = self._use(channel).pace
            if rest := pace.rest(self._now()):
                self.live.wait(rest)
            pace.note(self._now(), self.live.chance())

    def _interrupt(self, channel: Channel, taken: LetterRecord, stop: ChannelStopped) -> LetterRecord:
        """Wait and try the letter again, as often as the stop allows."""
        self._write(taken.moved(State.PLANNED, remark("waits", why=stop.what)))
        planned = self._journal.find(self._mode, taken.key) or taken
        if self.live is None or self._troubles >= len(stop.waits):
            self._stop(stop)
            return planned
        if stop.slower:
            self._use(channel).pace.halve()
        pause = stop.waits[self._troubles]
        self._troubles += 1
        self._tried -= 1
        self.live.wait(pause.total_seconds())
        return self._turn(planned)

    def _stop(self, stop: ChannelStopped) -> None:
        self.stopped = stop
        if self.live is not None and stop.rests:
            self.outbox.rest(self._now() + stop.rests)

    def _settle(self, channel: Channel, taken: LetterRecord, receipt: Receipt) -> LetterRecord:
        now, use = self._now(), self._use(channel)
        record = settled(taken, receipt, self.outbox.attempts, now)
        goes_on_at_once = self.live is not None and not use.pace.rest(now)
        if goes_on_at_once and receipt.result is SendResult.SENT and not receipt.category:
            self._unwritten.append(record)
        else:
            self._write_receipt(record, receipt, now)
        if record.state in LEFT:
            use.recent.add(now)
        if stop := use.failures.saw(receipt.category, receipt.words):
            self._stop(stop)
        return record

    def _write_receipt(self, record: LetterRecord, receipt: Receipt, now: datetime) -> None:
        with self._commit():
            self._journal.move(self._mode, record)
            self.outbox.attempts.add(record, now, receipt.category)
            suppression = suppression_after(record, receipt, self.outbox.attempts, now, self._day())
            if suppression is not None:
                SuppressedList(self._journal).add(suppression)

    def _move(self, record: LetterRecord) -> LetterRecord:
        self._write(record)
        return record

    def _write(self, record: LetterRecord) -> None:
        with self._commit():
            self._journal.move(self._mode, record)

    def _write_reasons(self) -> None:
        with self._commit():
            for record in self._reasons:
                self._journal.move(self._mode, record)
        self._reasons.clear()

    def _write_sent(self) -> None:
        if self._unwritten:
            with self._commit():
                pass

    @contextmanager
    def _commit(self) -> Iterator[None]:
        """Commit letters sent without a pause with what is inside.

        A letter that was sent may wait for the commit that puts the next one on its way, which saves an fsync a
        letter. A crash in between leaves that one letter in doubt, and no other is on its way by then.
        """
        with self._journal.transaction():
            for record in self._unwritten:
                self._journal.move(self._mode, record)
                self.outbox.attempts.add(record, record.done_at or self._now())
            yield
        self._unwritten.clear()

    def _close_channels(self) -> None:
        for channel in self._carriers:
            try:
                channel.close()
            except ChannelStopped as stop:
                self.stopped = self.stopped or stop


def dated_message(message: bytes, dated: datetime) -> bytes:
    """Return a sealed message with its Date."""
    return b"Date: " + format_datetime(dated).encode() + b"\r\n" + message


def _with_first_words(record: LetterRecord) -> LetterRecord:
    return replace(record, words=remark("first-words", before=record.words))


def _with_known_words(record: LetterRecord) -> LetterRecord:
    words = remark("other-words-sent") if record.state in LEFT else remark("other-words")
    return replace(record, words=words)
