"""What the journal holds: one entry a letter, and the runs that came to their end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from toolkit.channels.channel import Mode
from toolkit.delivery.outcome import State
from toolkit.letters.letter import Cover


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Cover):
    """One row of the journal, without its message.

    Args:
        body_hash: a digest of what the client would read; it stays when the message is purged.
        planned_on: the shop's day of the plan.
        state: where it stands.
        channel: the channel that last had it; "" before the first.
        dated: the moment in its Date, with a zone; None before its first try.
        retry_at: when it may be tried again, in UTC.
        done_at: when its fate was known, in UTC.
        words: the channel's words, or why it waits.
    """

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
