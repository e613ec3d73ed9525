"""One round of delivery: each waiting letter gets its turn, and every step is in the journal before the next."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email.utils import format_datetime
from itertools import islice
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from toolkit.channels.channel import Channel, ChannelPolicy, ChannelStopped, Mode, Receipt, SendResult, channel_for
from toolkit.channels.status_text import remark
from toolkit.delivery.attempts import Attempts
from toolkit.delivery.entry import Entry
from toolkit.delivery.failure_limits import FailureCounter
from toolkit.delivery.journal import Journal
from toolkit.delivery.ledger import Ledger
from toolkit.delivery.limits import DAY, Pace, RecentSends
from toolkit.delivery.outcome import LEFT, State
from toolkit.delivery.settling import closed, settled
from toolkit.delivery.suppressed import SuppressedList
from toolkit.errors import WorkbookError
from toolkit.letters.letter import Envelope

RESTS_UNTIL: Final = "rests_until"
"""The note that says until when no letter of ours may leave."""

BATCH: Final = 10
"""Before each batch of so many letters it is looked again who may be written to."""

AT_ONCE: Final = 500
"""Why letters wait is written down for so many in one commit."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a letter shall not go now.

    Args:
        words: the reason.
        for_good: whether it shall never go; else it waits.
    """

    words: str
    for_good: bool = True


Eligibility: TypeAlias = Callable[[Entry], Hold | None]


def _all_wanted(_batch: Sequence[Entry] = ()) -> Eligibility:
    return lambda _: None


def _never_quiet() -> None:
    """Return None, since no hour is quiet."""


@dataclass(frozen=True)
class LiveContext:
    """What a delivery needs of the outside where letters truly leave.

    Args:
        wait: returns after so many seconds.
        chance: returns a random number from 0 up to 1.
        look_again: takes the next batch, looks at the workbook anew, and returns what says of each letter whether it
            may still go.
        quiet_until: returns the end of the quiet hours, on the shop's wall clock; None outside of them.
    """

    wait: Callable[[float], None]
    chance: Callable[[], float]
    look_again: Callable[[Sequence[Entry]], Eligibility] = _all_wanted
    quiet_until: Callable[[], datetime | None] = _never_quiet


@dataclass
class ChannelUse:
    """What one delivery counts of a channel.

    Args:
        policy: the channel's rules.
        pace: keeps its letters apart.
        recent: its letters of the last 24 hours.
        failures: what it answered in this delivery.
    """

    policy: ChannelPolicy
    pace: Pace
    recent: RecentSends
    failures: FailureCounter = field(default_factory=FailureCounter)


@dataclass
class Delivery:
    """One round over what waits in a mode.

    Args:
        journal: where each step is written down before the next.
        mode: whose letters these are.
        channels: the first that carries a letter gets it.
        now: this moment, in UTC.
        zone: the shop's time zone, which a letter's Date shows.
        today: the shop's day, on which letters may have expired.
        limit: at most so many letters are tried.
        live: what letters that truly leave need; None for a rehearsal.
        paces: the pace of each channel by its name; it outlives this delivery.
        ahead: the letters that may leave in this round after the one whose turn it is, in order.
        stopped: why no more letters leave in this round.
    """

    journal: Journal
    mode: Mode
    channels: Sequence[Channel]
    now: Callable[[], datetime]
    zone: ZoneInfo
    today: date
    limit: int | None = None
    live: LiveContext | None = None
    paces: dict[str, Pace] = field(default_factory=dict)
    ahead: Callable[[], Iterable[Entry]] = tuple
    stopped: ChannelStopped | None = None
    _tried: int = field(default=0, init=False)
    _later: list[Entry] = field(default_factory=list, init=False)
    _uses: dict[str, ChannelUse] = field(default_factory=dict, init=False)
    _troubles: int = field(default=0, init=False)
    _batch: frozenset[str] = field(default=frozenset(), init=False)
    _wanted: Eligibility = field(default=_all_wanted(), init=False)

    def __post_init__(self) -> None:
        self._tries = Attempts(self.journal, self.mode)
        self._ledger = Ledger(self.journal, self.mode)

    def _use(self, channel: Channel) -> ChannelUse:
        name, policy = channel.name, channel.policy
        if name not in self._uses:
            pace = self.paces.setdefault(name, Pace(policy.per_minute))
            recent = RecentSends(deque(self._tries.left_since(self.now() - DAY, name)))
            self._uses[name] = ChannelUse(policy, pace, recent)
        return self._uses[name]

    def turn(self, entry: Entry) -> Entry:
        """Give one waiting letter its turn, and return it as it then stands."""
        if self._day() > entry.expires:
            return self._moved(entry, State.EXPIRED, remark("too-late"), done_at=self.now())
        channel = channel_for(entry, self.channels)
        reason = self._why_later(entry, channel)
        if reason or channel is None:
            return self._left_for_later(entry, reason or remark("no-channel"))
        if (unwanted := self._unwanted(entry) or self._quiet(channel)) is not None:
            return self._not_sent(entry, unwanted)
        return self._tried_with(channel, entry)

    def write_reasons(self) -> None:
        """Write down, in one commit, the last letter's fate, and why the letters that had no turn still wait."""
        with self._ledger.commit():
            for entry in self._later:
                self.journal.move(self.mode, entry)
        self._later.clear()

    def close(self) -> None:
        """Let each channel finish its round."""
        for channel in self.channels:
            try:
                channel.close()
            except ChannelStopped as stop:
                self.stopped = self.stopped or stop

    def _day(self) -> date:
        return max(self.today, self.now().astimezone(self.zone).date())

    def _left_for_later(self, entry: Entry, reason: str) -> Entry:
        if reason == entry.words:
            return entry
        later = replace(entry, words=reason)
        self._later.append(later)
        if len(self._later) == AT_ONCE:
            self.write_reasons()
        return later

    def _quiet(self, channel: Channel) -> Hold | None:
        """Return why a letter waits for the end of the quiet hours; None where it does not."""
        until = self.live.quiet_until() if self.live is not None and channel.policy.quiet_hours else None
        return Hold(remark("quiet", until=f"{until:%Y-%m-%d %H:%M}"), for_good=False) if until else None

    def _why_later(self, entry: Entry, channel: Channel | None) -> str:
        if self.stopped is not None:
            return remark("waits", why=self.stopped.what)
        if entry.retry_at is not None and entry.retry_at > self.now():
            return entry.words
        if self.limit is not None and self._tried >= self.limit:
            return remark("limit-a-run", n=str(self.limit))
        per_day = channel.policy.per_day if channel is not None else 0
        if channel is not None and per_day and self._use(channel).recent.number(self.now()) >= per_day:
            return remark("limit-a-day", n=str(per_day))
        return ""

    def _unwanted(self, entry: Entry) -> Hold | None:
        """Why the letter shall not go, by what the workbook says now; it is read anew before each batch."""
        if self.live is None:
            return None
        if entry.key not in self._batch:
            self._ledger.flush()
            batch = self._next_batch(entry)
            try:
                self._wanted = self.live.look_again(batch)
            except WorkbookError as error:
                self.stopped = ChannelStopped(error.what, why=error.why, next_step=error.next_step)
                return Hold(remark("waits", why=error.what), for_good=False)
            self._batch = frozenset(one.key for one in batch)
        return self._wanted(entry)

    def _next_batch(self, entry: Entry) -> list[Entry]:
        """This letter and those after it that may have their turn now."""
        room = BATCH if self.limit is None else min(BATCH, self.limit - self._tried)
        after = (one for one in self.ahead() if self._day() <= one.expires and self._may_go(one))
        return [entry, *islice(after, max(room - 1, 0))]

    def _may_go(self, entry: Entry) -> bool:
        channel = channel_for(entry, self.channels)
        return channel is not None and not self._why_later(entry, channel)

    def _not_sent(self, entry: Entry, unwanted: Hold) -> Entry:
        if unwanted.for_good:
            return self._moved(entry, State.SUPPRESSED, unwanted.words, done_at=self.now())
        return self._left_for_later(entry, unwanted.words)

    def _tried_with(self, channel: Channel, entry: Entry) -> Entry:
        """On one computer no letter needs a claim of its own: one that is found planned has not left."""
        self._keep_pace(channel)
        self._tried += 1
        taken = replace(entry, words="", channel=channel.name)
        try:
            receipt = channel.send(*self._ready(taken))
        except ChannelStopped as stop:
            return self._held_up(channel, taken, stop)
        self._troubles = 0
        return self._settled(channel, taken, receipt)

    def _keep_pace(self, channel: Channel) -> None:
        """Wait until the channel's next letter may leave."""
        if self.live is None:
            return
        pace = self._use(channel).pace
        if rest := pace.rest(self.now()):
            self.live.wait(rest)
        pace.note(self.now(), self.live.chance())

    def _ready(self, entry: Entry) -> tuple[Envelope, Callable[[], None]]:
        """What a channel sends, and what it calls right before it does."""
        dated = entry.dated or self.now().astimezone(self.zone).replace(microsecond=0)
        message = self.journal.message(self.mode, entry.key)
        envelope = Envelope(entry, b"Date: " + format_datetime(dated).encode() + b"\r\n" + message, dated)
        return envelope, lambda: self._on_the_way(entry, dated)

    def _held_up(self, channel: Channel, claimed: Entry, stop: ChannelStopped) -> Entry:
        """Wait and give the letter another turn, as often as the stop allows; then the run is over."""
        self._moved(claimed, State.PLANNED, remark("waits", why=stop.what))
        planned = self.journal.entry(self.mode, claimed.key) or claimed
        if self.live is None or self._troubles >= len(stop.waits):
            self._stop(stop)
            return planned
        if stop.slower:
            self._use(channel).pace.halve()
        pause = stop.waits[self._troubles]
        self._troubles += 1
        self._tried -= 1
        self.live.wait(pause.total_seconds())
        return self.turn(planned)

    def _stop(self, stop: ChannelStopped) -> None:
        self.stopped = stop
        if self.live is not None and stop.rests:
            self.journal.write_note(RESTS_UNTIL, (self.now() + stop.rests).isoformat())

    def _on_the_way(self, entry: Entry, dated: datetime) -> None:
        self._moved(entry, State.SENDING, dated=dated)

    def _settled(self, channel: Channel, entry: Entry, receipt: Receipt) -> Entry:
        now = self.now()
        after = settled(entry, receipt, self._tries, now)
        done_at = None if after.state is State.RETRY else now
        moved = _at(entry, after.state, receipt.words, retry_at=after.retry_at, done_at=done_at)
        if self._goes_on_at_once(channel) and receipt.result is SendResult.SENT and not receipt.category:
            self._ledger.keep(moved)
        else:
            self._write(moved, receipt, now)
        use = self._use(channel)
        if after.state in LEFT:
            use.recent.add(now)
        if stop := use.failures.saw(receipt.category, receipt.words):
            self._stop(stop)
        return moved

    def _goes_on_at_once(self, channel: Channel) -> bool:
        """True if the next letter may leave without a pause."""
        return self.live is not None and not self._use(channel).pace.rest(self.now())

    def _write(self, moved: Entry, receipt: Receipt, now: datetime) -> None:
        with self._ledger.commit():
            self.journal.move(self.mode, moved)
            self._tries.add(moved, now, receipt.category)
            if (suppression := closed(moved, receipt, self._tries, now, self._day())) is not None:
                SuppressedList(self.journal).add(suppression)

    def _moved(
        self,
        entry: Entry,
        state: State,
        words: str = "",
        dated: datetime | None = None,
        done_at: datetime | None = None,
    ) -> Entry:
        moved = _at(entry, state, words, dated=dated, done_at=done_at)
        self._ledger.move(moved)
        return moved


def _at(
    entry: Entry,
    state: State,
    words: str,
    *,
    dated: datetime | None = None,
    retry_at: datetime | None = None,
    done_at: datetime | None = None,
) -> Entry:
    """The letter in another state; a Date that stands is kept."""
    return replace(entry, state=state, words=words, dated=entry.dated or dated, retry_at=retry_at, done_at=done_at)
