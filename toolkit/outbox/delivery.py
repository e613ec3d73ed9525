"""One round of delivery: each waiting letter gets its turn, and every step is in the journal before the next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.channels.channel import Channel, ChannelStopped, Fate, Lane, Receipt
from toolkit.channels.parts import parts_of
from toolkit.letters.letter import Envelope, Letter
from toolkit.outbox.entry import Entry
from toolkit.outbox.journal import Journal
from toolkit.outbox.outcome import State

TRY_AGAIN_AFTER: Final = timedelta(hours=1)
"""How long a letter rests that the other side asked to have later."""

_STATES: Final[Mapping[Fate, State]] = {
    Fate.SENT: State.SENT,
    Fate.FAILED: State.FAILED,
    Fate.RETRY: State.RETRY,
    Fate.IN_DOUBT: State.IN_DOUBT,
}


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
        stopped: why no more letters leave in this round.
    """

    journal: Journal
    lane: Lane
    channels: Sequence[Channel]
    now: Callable[[], datetime]
    zone: ZoneInfo
    today: date
    limit: int | None = None
    stopped: ChannelStopped | None = None
    _tried: int = field(default=0, init=False)
    _later: list[Entry] = field(default_factory=list, init=False)

    def turn(self, entry: Entry) -> Entry:
        """Give one waiting letter its turn, and return it as it then stands."""
        if self.today > entry.expires:
            return self._moved(entry, State.EXPIRED, "it was too late for this letter", done_at=self.now())
        if reason := self._why_later(entry):
            return self._left_for_later(entry, reason)
        message = self.journal.message(self.lane, entry.key)
        letter = _letter(entry, message)
        channel = next((one for one in self.channels if one.carries(letter)), None)
        if channel is None:
            return self._left_for_later(entry, "no channel carries it")
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
        return ""

    def _tried_with(self, channel: Channel, letter: Letter, entry: Entry, message: bytes) -> Entry:
        self._tried += 1
        dated = entry.dated or self.now().astimezone(self.zone).replace(microsecond=0)
        envelope = Envelope(letter, b"Date: " + format_datetime(dated).encode() + b"\r\n" + message, dated)
        claimed = self._moved(entry, State.CLAIMED, channel=channel.name)
        try:
            receipt = channel.send(envelope, lambda: self._on_the_way(claimed, dated))
        except ChannelStopped as stop:
            self.stopped = stop
            return self._moved(claimed, State.PLANNED, f"waits: {stop.what}")
        return self._settled(claimed, receipt)

    def _on_the_way(self, entry: Entry, dated: datetime) -> None:
        self._moved(entry, State.SENDING, dated=dated)

    def _settled(self, entry: Entry, receipt: Receipt) -> Entry:
        state = _STATES[receipt.fate]
        if state is State.RETRY:
            return self._moved(entry, state, receipt.words, retry_at=self.now() + TRY_AGAIN_AFTER)
        return self._moved(entry, state, receipt.words, done_at=self.now())

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
