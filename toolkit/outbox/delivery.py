"""One round of delivery: each waiting letter gets its turn, and every step is in the journal before the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email.utils import format_datetime
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from toolkit.channels.channel import Channel, ChannelStopped, Lane, Receipt
from toolkit.channels.parts import parts_of
from toolkit.errors import WorkbookError
from toolkit.letters.letter import Envelope, Letter
from toolkit.outbox.entry import Entry
from toolkit.outbox.journal import Journal
from toolkit.outbox.limits import DAY, Limits, Pace
from toolkit.outbox.outcome import State
from toolkit.outbox.settling import closed, settled
from toolkit.outbox.suppressed import SuppressedList
from toolkit.outbox.tries import Tries
from toolkit.outbox.watch import Watch

RESTS_UNTIL: Final = "rests_until"
"""The note that says until when no letter of ours may leave."""

BATCH: Final = 10
"""Before each batch of so many letters it is looked again who may be written to."""


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Why a letter shall not go now.

    Args:
        words: the reason.
        for_good: whether it shall never go; else it waits.
    """

    words: str
    for_good: bool = True


Wanted: TypeAlias = Callable[[Entry], Unwanted | None]


def _all_wanted() -> Wanted:
    return lambda _: None


@dataclass(frozen=True)
class Road:
    """What is heeded where letters truly leave.

    Args:
        limits: how many may leave.
        pace: keeps them apart, and waits.
        look_again: looks at the workbook anew, and says of each letter whether it is still wanted.
    """

    limits: Limits
    pace: Pace
    look_again: Callable[[], Wanted] = _all_wanted


@dataclass
class Delivery:
    """One round over what waits in a lane.

    Args:
        journal: where each step is written down before the next.
        lane: whose letters these are.
        channels: the first that carries a letter gets it.
        now: this moment, in UTC.
        zone: the shop's time zone, which a letter's Date shows.
        today: the shop's day, on which letters may have expired.
        limit: at most so many letters are tried.
        road: limits and looks of a lane whose letters truly leave; None for a rehearsal.
        stopped: why no more letters leave in this round.
    """

    journal: Journal
    lane: Lane
    channels: Sequence[Channel]
    now: Callable[[], datetime]
    zone: ZoneInfo
    today: date
    limit: int | None = None
    road: Road | None = None
    stopped: ChannelStopped | None = None
    _tried: int = field(default=0, init=False)
    _later: list[Entry] = field(default_factory=list, init=False)
    _watch: Watch = field(default_factory=Watch, init=False)
    _troubles: int = field(default=0, init=False)
    _looks: int = field(default=0, init=False)
    _wanted: Wanted = field(default=_all_wanted(), init=False)

    def turn(self, entry: Entry) -> Entry:
        """Give one waiting letter its turn, and return it as it then stands."""
        if self._day() > entry.expires:
            return self._moved(entry, State.EXPIRED, "it was too late for this letter", done_at=self.now())
        if reason := self._why_later(entry):
            return self._left_for_later(entry, reason)
        message = self.journal.message(self.lane, entry.key)
        letter = _letter(entry, message)
        channel = next((one for one in self.channels if one.carries(letter)), None)
        if channel is None:
            return self._left_for_later(entry, "no channel carries it")
        if (unwanted := self._unwanted(entry)) is not None:
            return self._not_sent(entry, unwanted)
        return self._tried_with(channel, letter, entry, message)

    def write_reasons(self) -> None:
        """Write down, in one commit, why the letters that had no turn still wait."""
        with self.journal.transaction():
            for entry in self._later:
                self.journal.move(self.lane, entry)

    def close(self) -> None:
        """Let each channel finish its round."""
        for channel in self.channels:
            try:
                channel.close()
            except ChannelStopped as stop:
                self.stopped = self.stopped or stop

    def _day(self) -> date:
        return max(self.today, self.now().astimezone(self.zone).date())

    @property
    def _tries(self) -> Tries:
        return Tries(self.journal, self.lane)

    def _left_for_later(self, entry: Entry, reason: str) -> Entry:
        if reason == entry.words:
            return entry
        later = replace(entry, words=reason)
        self._later.append(later)
        return later

    def _why_later(self, entry: Entry) -> str:
        if self.stopped is not None:
            return f"waits: {self.stopped.what}"
        if entry.retry_at is not None and entry.retry_at > self.now():
            return entry.words
        if self.limit is not None and self._tried >= self.limit:
            return f"waits: the limit of {self.limit} a run is reached"
        if (
            self.road is not None
            and entry.address
            and self._tries.left_since(self.now() - DAY) >= self.road.limits.per_day
        ):
            return f"waits: {self.road.limits.per_day} letters left in the last 24 hours"
        return ""

    def _unwanted(self, entry: Entry) -> Unwanted | None:
        """Why the letter shall not go, by what the workbook says now; it is read anew before each batch."""
        if self.road is None:
            return None
        self._looks += 1
        if self._looks % BATCH == 1:
            try:
                self._wanted = self.road.look_again()
            except WorkbookError as error:
                self.stopped = ChannelStopped(error.what, why=error.why, next_step=error.next_step)
                return Unwanted(f"waits: {error.what}", for_good=False)
        return self._wanted(entry)

    def _not_sent(self, entry: Entry, unwanted: Unwanted) -> Entry:
        if unwanted.for_good:
            return self._moved(entry, State.SUPPRESSED, unwanted.words, done_at=self.now())
        return self._left_for_later(entry, unwanted.words)

    def _tried_with(self, channel: Channel, letter: Letter, entry: Entry, message: bytes) -> Entry:
        if self.road is not None and entry.address:
            self.road.pace.keep()
        self._tried += 1
        dated = entry.dated or self.now().astimezone(self.zone).replace(microsecond=0)
        envelope = Envelope(letter, b"Date: " + format_datetime(dated).encode() + b"\r\n" + message, dated)
        claimed = self._moved(entry, State.CLAIMED, channel=channel.name)
        try:
            receipt = channel.send(envelope, lambda: self._on_the_way(claimed, dated))
        except ChannelStopped as stop:
            return self._held_up(claimed, stop)
        self._troubles = 0
        return self._settled(claimed, receipt)

    def _held_up(self, claimed: Entry, stop: ChannelStopped) -> Entry:
        """Wait and give the letter another turn, as often as the stop allows; then the run is over."""
        self._moved(claimed, State.PLANNED, f"waits: {stop.what}")
        planned = self.journal.entry(self.lane, claimed.key) or claimed
        if self.road is None or self._troubles >= len(stop.waits):
            self._stop(stop)
            return planned
        if stop.slower:
            self.road.pace.halve()
        pause = stop.waits[self._troubles]
        self._troubles += 1
        self._tried -= 1
        self.road.pace.wait(pause.total_seconds())
        return self.turn(planned)

    def _stop(self, stop: ChannelStopped) -> None:
        self.stopped = stop
        if self.road is not None and stop.rests:
            self.journal.write_note(RESTS_UNTIL, (self.now() + stop.rests).isoformat())

    def _on_the_way(self, entry: Entry, dated: datetime) -> None:
        self._moved(entry, State.SENDING, dated=dated)

    def _settled(self, entry: Entry, receipt: Receipt) -> Entry:
        now = self.now()
        after = settled(entry, receipt, self._tries, now)
        done_at = None if after.state is State.RETRY else now
        with self.journal.transaction():
            moved = self._moved(entry, after.state, receipt.words, retry_at=after.retry_at, done_at=done_at)
            self._tries.add(entry.key, entry.address, now, after.state, receipt.sign)
            if (suppression := closed(entry, receipt, self._tries, now, self._day())) is not None:
                SuppressedList(self.journal).add(suppression)
        if (
            self.road is not None
            and entry.address
            and (stop := self._watch.saw(receipt.sign, receipt.words)) is not None
        ):
            self._stop(stop)
        return moved

    def _moved(  # noqa: PLR0913 - one column each
        self,
        entry: Entry,
        state: State,
        words: str = "",
        *,
        channel: str = "",
        dated: datetime | None = None,
        retry_at: datetime | None = None,
        done_at: datetime | None = None,
    ) -> Entry:
        moved = replace(
            entry,
            state=state,
            words=words,
            channel=channel or entry.channel,
            dated=entry.dated or dated,
            retry_at=retry_at,
            done_at=done_at,
        )
        self.journal.move(self.lane, moved)
        return moved


def _letter(entry: Entry, message: bytes) -> Letter:
    parts = parts_of(message)
    return Letter(
        key=entry.key,
        campaign=entry.campaign,
        occurrence=entry.occurrence,
        client=entry.client,
        name=entry.name,
        address=entry.address,
        language=entry.language,
        subject=entry.subject,
        text=parts.text,
        html=parts.html,
        words_id=entry.words_id,
        expires=entry.expires,
        promotional=entry.promotional,
    )
