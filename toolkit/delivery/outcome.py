"""What became of one letter, as the report and the Outbox tab tell it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a letter stands; it is in exactly one of these."""

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
"""Nothing of these letters has left; they may still go."""

SETTLED: Final = frozenset({State.SENT, State.FAILED, State.SUPPRESSED, State.EXPIRED})
"""The fate of these letters is known for good."""

LEFT: Final = frozenset({State.SENT, State.SENDING, State.IN_DOUBT})
"""These letters went out, or may have."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One letter and where it stands.

    Args:
        key: the letter's key.
        campaign: why it was written.
        occurrence: which time of that campaign.
        client: the client number.
        name: the client's name.
        state: where it stands now.
        words: the channel's words, or why it waits; no address stands in it.
        subject: the letter's subject.
        day: the shop's day on which it left or was given up; else the day of its plan.
        channel: the channel that had it; "" before the first.
        expires: the last day on which it may still go, or be called; None where that is not known.
        before: whether it already stood so before this run; this run did nothing for it.
        words_id: names the words that it was made from.
        promotional: whether it needed consent.
    """

    key: str
    campaign: str
    occurrence: str
    client: str
    name: str
    state: State
    words: str
    subject: str
    day: date
    channel: str = ""
    expires: date | None = None
    before: bool = False
    words_id: str = ""
    promotional: bool = False
