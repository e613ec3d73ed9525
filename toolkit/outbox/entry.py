"""What the journal holds: one entry a letter, and the runs that came to their end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from toolkit.channels.channel import Lane
from toolkit.outbox.outcome import State


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal, without its message.

    Args:
        key: the letter's key; with the lane it names the row.
        campaign: as in Letter, like all up to promotional.
        occurrence: which time of that campaign.
        client: the client number.
        name: the client's name.
        address: where it goes.
        language: the language in which it is written.
        subject: one line.
        words_id: names the words before any client's values went in.
        expires: the last day on which it may still go.
        promotional: whether it needs consent.
        body_hash: a digest of what the client would read; it stays when the message is purged.
        planned_on: the shop's day of the plan.
        state: where it stands.
        channel: the channel that last had it; "" before the first.
        dated: the moment in its Date, with a zone; None before its first try.
        retry_at: when it may be tried again, in UTC.
        done_at: when its fate was known, in UTC.
        words: the channel's words, or why it waits.
    """

    key: str
    campaign: str
    occurrence: str
    client: str
    name: str
    address: str
    language: str
    subject: str
    words_id: str
    expires: date
    promotional: bool
    body_hash: str
    planned_on: date
    state: State = State.PLANNED
    channel: str = ""
    dated: datetime | None = None
    retry_at: datetime | None = None
    done_at: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run that came to its end.

    Args:
        lane: what its letters counted for.
        as_of: the shop's day for which it ran.
        started: when, in UTC.
        ended: when, in UTC.
        counts: how many of what, by word.
    """

    lane: Lane
    as_of: date
    started: datetime
    ended: datetime
    counts: Mapping[str, int]
