"""The record of one letter, and its states."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final, Self
from zoneinfo import ZoneInfo

from toolkit.campaigns.letter_history import PastLetter
from toolkit.channels.channel import Mode
from toolkit.channels.status_text import remark
from toolkit.letters.letter import Letter, LetterHeader


class State(StrEnum):
    """The state of a letter (PROMISES.md, States)."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    RETRY = "retry"
    SUPPRESSED = "suppressed"
    EXPIRED = "expired"


WAITING: Final = frozenset({State.PLANNED, State.CLAIMED, State.RETRY})
"""Nothing of these letters has left, and they may still go."""

SETTLED: Final = frozenset({State.SENT, State.FAILED, State.SUPPRESSED, State.EXPIRED})
"""These letters are done for good."""

LEFT: Final = frozenset({State.SENT, State.SENDING, State.IN_DOUBT})
"""These letters went out, or may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord:
    """One letter as the journal holds it, without its message.

    Args:
        header: who gets what, until when.
        body_hash: a digest of what the recipient would read; it stays when the message is purged.
        planned_on: the shop's day of the plan.
        state: where it stands.
        channel: the channel that last had it; "" before the first.
        dated: the moment in its Date header, with a zone; None before its first try.
        retry_at: when it may be tried again, in UTC.
        done_at: when it was settled, in UTC.
        words: the channel's words, or why it waits; no address stands in them.
    """

    header: LetterHeader
    body_hash: str
    planned_on: date
    state: State = State.PLANNED
    channel: str = ""
    dated: datetime | None = None
    retry_at: datetime | None = None
    done_at: datetime | None = None
    words: str = ""

    @classmethod
    def of(cls, letter: Letter, today: date) -> Self:
        """Begin the record of a letter that is planned today."""
        return cls(header=letter.header, body_hash=letter.body_hash, planned_on=today)

    @property
    def key(self) -> str:
        """The letter's key."""
        return self.header.key

    def moved(
        self,
        state: State,
        words: str = "",
        *,
        dated: datetime | None = None,
        retry_at: datetime | None = None,
        done_at: datetime | None = None,
    ) -> Self:
        """Return the record in another state with its old Date."""
        dated = self.dated or dated
        return replace(self, state=state, words=words, dated=dated, retry_at=retry_at, done_at=done_at)

    def recovered(self) -> Self:
        """Return the record as it counts after its run broke off."""
        if self.state is State.CLAIMED:
            return replace(self, state=State.PLANNED)
        left = self.dated.astimezone(UTC) if self.dated else None
        return replace(self, state=State.IN_DOUBT, words=remark("broke-off"), done_at=left)

    def day(self, zone: ZoneInfo) -> date:
        """Return the shop's day on which it was settled, or else planned."""
        return self.done_at.astimezone(zone).date() if self.done_at else self.planned_on

    def past(self, zone: ZoneInfo) -> PastLetter:
        """Return the letter as the next plan counts it."""
        header = self.header
        return PastLetter(
            campaign=header.campaign,
            occurrence=header.occurrence,
            client=header.client,
            day=self.day(zone),
            words_id=header.words_id,
            route=header.route,
            promotional=header.promotional,
            left=self.state in LEFT,
            waits=self.state in WAITING,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """One letter as a run reports it.

    Args:
        record: where it stands now.
        day: the shop's day on which it was settled, or else planned.
        before: whether this run did nothing for it.
    """

    record: LetterRecord
    day: date
    before: bool = False

    @property
    def header(self) -> LetterHeader:
        """The outside of the letter."""
        return self.record.header

    @property
    def key(self) -> str:
        """The letter's key."""
        return self.record.key

    @property
    def state(self) -> State:
        """Its state now."""
        return self.record.state


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """The letters that may leave now.

    Args:
        clients: numbers as in LetterHeader.client; empty is everybody.
        campaign: the campaign's name; "" is all.
    """

    clients: frozenset[str] = frozenset()
    campaign: str = ""

    def takes(self, record: LetterRecord) -> bool:
        """True if the letter waits and is meant."""
        header = record.header
        is_meant = (not self.clients or header.client in self.clients) and self.campaign in ("", header.campaign)
        return record.state in WAITING and is_meant


EVERYTHING: Final = LetterFilter()


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run that came to its end.

    Args:
        mode: what its letters counted for.
        as_of: the shop's day for which it ran.
        started: when, in UTC.
        ended: when, in UTC.
        counts: how many of what, by word.
    """

    mode: Mode
    as_of: date
    started: datetime
    ended: datetime
    counts: Mapping[str, int]
