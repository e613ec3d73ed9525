"""What a channel's answer comes to: the letter's state, when it is tried again, and whether its address is closed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from toolkit.channels.channel import AddressState, Receipt, ReplyCategory, SendResult
from toolkit.delivery.attempts import Attempts, place_of
from toolkit.delivery.entry import Entry
from toolkit.delivery.outcome import State
from toolkit.delivery.suppressed import DEAD, FULL, REFUSED, Suppression

FULL_TRIES: Final = 3
FULL_LETTERS: Final = 3
FULL_SINCE: Final = timedelta(days=30)
REFUSED_APART: Final = timedelta(hours=24)

_STATES: Final = {
    SendResult.SENT: State.SENT,
    SendResult.FAILED: State.FAILED,
    SendResult.RETRY: State.RETRY,
    SendResult.IN_DOUBT: State.IN_DOUBT,
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What is written down: the state, and the moment of the next try."""

    state: State
    retry_at: datetime | None = None


def settled(entry: Entry, receipt: Receipt, tries: Attempts, now: datetime) -> Settled:
    """Where a letter stands after an answer."""
    state = _STATES[receipt.result]
    if state is not State.RETRY:
        return Settled(state)
    earlier = tries.of_letter(entry.key, receipt.category)
    if receipt.category is ReplyCategory.FULL and earlier + 1 >= FULL_TRIES:
        return Settled(State.FAILED)
    return Settled(state, now + receipt.retry[min(earlier, len(receipt.retry) - 1)])


def closed(entry: Entry, receipt: Receipt, tries: Attempts, now: datetime, day: date) -> Suppression | None:
    """The suppression that an answer brings, counted with the try that is already written down."""
    why = _why(entry, receipt.address, tries, now)
    return Suppression(entry.client, place_of(entry.route.address), day, why) if why else None


def _why(entry: Entry, address: AddressState, tries: Attempts, now: datetime) -> str:
    if address is AddressState.DEAD:
        return DEAD
    if address is AddressState.DOUBTFUL and tries.was_refused_before(entry.route.address, now - REFUSED_APART):
        return REFUSED
    if address is AddressState.FULL and tries.given_up_as_full(entry.route.address, now - FULL_SINCE) >= FULL_LETTERS:
        return FULL
    return ""
