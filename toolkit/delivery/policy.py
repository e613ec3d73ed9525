"""Pace, daily limits, retries and failure limits (PROMISES.md, table of replies)."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from toolkit.channels.channel import AddressState, ChannelStopped, Receipt, ReplyCategory, SendResult
from toolkit.delivery.attempts import Attempts, address_digest
from toolkit.delivery.letter_record import LetterRecord, State
from toolkit.delivery.suppressed import DEAD, FULL, REFUSED, Suppression

DAY: Final = timedelta(hours=24)
FULL_TRIES: Final = 3
FULL_LETTERS: Final = 3
FULL_SINCE: Final = timedelta(days=30)
REFUSED_APART: Final = timedelta(hours=24)
FEWEST_CASES: Final = 5
"""A share counts from so many cases."""

_STATES: Final = {
    SendResult.SENT: State.SENT,
    SendResult.FAILED: State.FAILED,
    SendResult.RETRY: State.RETRY,
    SendResult.IN_DOUBT: State.IN_DOUBT,
}


@dataclass
class RecentSends:
    """The letters of the last 24 hours.

    Args:
        moments: when each left, in UTC, oldest first.
    """

    moments: deque[datetime]

    def add(self, moment: datetime) -> None:
        """Count a letter that left."""
        self.moments.append(moment)

    def number(self, now: datetime) -> int:
        """Return how many left in the 24 hours before a moment."""
        while self.moments and self.moments[0] <= now - DAY:
            self.moments.popleft()
        return len(self.moments)


@dataclass
class Pace:
    """Keeps letters apart.

    Args:
        per_minute: at most so many leave in a minute; 0 for no pace.
    """

    per_minute: int
    _slowness: int = field(default=1, init=False)
    _next: datetime | None = field(default=None, init=False)

    def rest(self, now: datetime) -> float:
        """Return the seconds until the next letter may leave."""
        return 0.0 if self._next is None else max((self._next - now).total_seconds(), 0.0)

    def note(self, now: datetime, chance: float) -> None:
        """Note that a letter leaves now.

        The next follows at the limit's pace, or up to half as long again by chance.

        Args:
            now: this moment, in UTC.
            chance: a random number from 0 up to 1.
        """
        if self.per_minute:
            self._next = now + timedelta(seconds=60 / self.per_minute * self._slowness * (1 + chance / 2))

    def halve(self) -> None:
        """Let letters leave at half the pace from now on."""
        self._slowness *= 2


def settled(record: LetterRecord, receipt: Receipt, attempts: Attempts, now: datetime) -> LetterRecord:
    """Return a letter as it stands after a channel's answer."""
    state = _STATES[receipt.result]
    if state is not State.RETRY:
        return record.moved(state, receipt.words, done_at=now)
    earlier = attempts.of_letter(record.key, receipt.category)
    if receipt.category is ReplyCategory.FULL and earlier + 1 >= FULL_TRIES:
        return record.moved(State.FAILED, receipt.words, done_at=now)
    pause = receipt.retry[min(earlier, len(receipt.retry) - 1)]
    return record.moved(state, receipt.words, retry_at=now + pause)


def suppression_after(
    record: LetterRecord, receipt: Receipt, attempts: Attempts, now: datetime, day: date
) -> Suppression | None:
    """Return the suppression that an answer brings.

    The try itself is written down already.
    """
    address = record.header.route.address
    why = _why_suppressed(address, receipt.address, attempts, now)
    return Suppression(record.header.client, address_digest(address), day, why) if why else None


def _why_suppressed(address: str, state: AddressState, attempts: Attempts, now: datetime) -> str:
    if state is AddressState.DEAD:
        return DEAD
    if state is AddressState.DOUBTFUL and attempts.was_refused_before(address, now - REFUSED_APART):
        return REFUSED
    if state is AddressState.FULL and attempts.given_up_as_full(address, now - FULL_SINCE) >= FULL_LETTERS:
        return FULL
    return ""


class FailureLimit(ChannelStopped):
    """Too many answers of one category, so a person must look first."""

    exit_code: ClassVar[int] = 6


@dataclass(frozen=True, slots=True)
class FailureRule:
    """A limit on failures in a row or on their share.

    Args:
        categories: what is counted.
        what: what is reported.
        next_step: what to do.
        in_a_row: this many in a row stop; 0 for no such limit.
        share: more than this share stops, in percent; 0 for no such limit.
        of_last: of so many letters.
    """

    categories: frozenset[ReplyCategory]
    what: str
    next_step: str
    in_a_row: int = 0
    share: int = 0
    of_last: int = 0

    def is_broken(self, seen: list[ReplyCategory]) -> bool:
        """True if the letters so far break this limit."""
        hits = [category in self.categories for category in seen]
        if self.in_a_row and len(hits) >= self.in_a_row and all(hits[-self.in_a_row :]):
            return True
        last = hits[-self.of_last :]
        return bool(self.share) and sum(last) >= FEWEST_CASES and sum(last) * 100 > self.share * len(last)


FAILURE_RULES: Final = (
    FailureRule(
        frozenset({ReplyCategory.BAD_ADDRESS, ReplyCategory.BARE_REFUSAL}),
        "mail: too many addresses do not exist",
        "look at the Suppressed tab; if the list is right, go on with: sheetclerk run",
        share=5,
        of_last=100,
    ),
    FailureRule(
        frozenset({ReplyCategory.POLICY}),
        "mail: servers take our letters for spam",
        "wait a day, look at SPF, DKIM and the words of the letter, then: sheetclerk run",
        in_a_row=3,
        share=2,
        of_last=100,
    ),
    FailureRule(
        frozenset({ReplyCategory.CONTENT}),
        "mail: the server refuses what stands in these letters",
        "look at the letter's size, links and words, then: sheetclerk run",
        in_a_row=3,
    ),
    FailureRule(
        frozenset({ReplyCategory.DOUBT}),
        "mail: three letters in a row got no answer",
        "look at the network; what is in doubt: sheetclerk outbox",
        in_a_row=3,
    ),
    FailureRule(
        frozenset({ReplyCategory.OTHER}),
        "mail: the server refuses too many letters",
        "read its words in the Outbox tab, then: sheetclerk run",
        share=10,
        of_last=50,
    ),
)


@dataclass
class FailureCounter:
    """The answers of a channel in one delivery."""

    seen: list[ReplyCategory] = field(default_factory=list)

    def saw(self, category: ReplyCategory, words: str) -> ChannelStopped | None:
        """Count one letter's answer, and return the stop that it brings.

        Args:
            category: what the answer was counted as.
            words: the server's own, for the person.
        """
        self.seen.append(category)
        rules = (rule for rule in FAILURE_RULES if category in rule.categories and rule.is_broken(self.seen))
        limits = (FailureLimit(rule.what, why=f"the last one: {words}", next_step=rule.next_step) for rule in rules)
        return next(limits, None)


@dataclass(frozen=True, slots=True)
class Spread:
    """The letters of a plan spread over days.

    Args:
        days: each day with how many leave on it, in order.
        late: how many would expire before their turn.
    """

    days: tuple[tuple[date, int], ...] = ()
    late: int = 0

    def __str__(self) -> str:
        days = ", ".join(f"{number} on {day.isoformat()}" for day, number in self.days)
        return f"{days}; {self.late} would be too late" if self.late else days


def spread(expiries: Iterable[date], today: date, free_today: int, per_day: int) -> Spread:
    """Lay letters on days in their order.

    Args:
        expiries: the last day of each letter, in the order in which they would leave.
        today: the first day.
        free_today: how many may still leave today.
        per_day: how many on each later day.
    """
    days: Counter[date] = Counter()
    late, day, room = 0, today, free_today
    for expires in expiries:
        while room <= 0:
            day, room = day + timedelta(days=1), max(per_day, 1)
        if day > expires:
            late += 1
            continue
        days[day] += 1
        room -= 1
    return Spread(tuple(sorted(days.items())), late)
