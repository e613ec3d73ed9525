"""The outbox: it writes down each letter before it leaves, and its fate after, so that none leaves twice."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.campaigns.letter_history import LetterHistory, PastLetter
from toolkit.channels.channel import Channel, ChannelStopped, Mode, ReplyCategory
from toolkit.channels.status_text import remark
from toolkit.delivery.attempts import KEPT, Attempts
from toolkit.delivery.entry import Entry, PastRun
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_filter import LetterFilter
from toolkit.delivery.limits import Pace
from toolkit.delivery.outcome import LEFT, WAITING, Outcome, State
from toolkit.delivery.round import RESTS_UNTIL, Delivery, LiveContext
from toolkit.delivery.turns import Turns
from toolkit.letters.letter import Letter

EVERYTHING: Final = LetterFilter()
KEEP_BODIES: Final = 30
"""For so many days the bytes of a letter that is done are kept."""


@dataclass
class Outbox:
    """The letters of one mode.

    Args:
        journal: where they are written down.
        mode: what they count for; only channels of the same mode carry them.
        seal: makes the finished message of a letter, without Date, CR LF line ends.
        now: this moment, in UTC.
        zone: the shop's time zone, in which its days are counted.
        paces: how far apart the letters of each channel leave, by its name.
        stopped: why the last delivery came to a stop before its end; None where it did not.
    """

    journal: Journal
    mode: Mode
    seal: Callable[[Letter], bytes]
    now: Callable[[], datetime]
    zone: ZoneInfo
    paces: dict[str, Pace] = field(default_factory=dict, init=False)
    stopped: ChannelStopped | None = field(default=None, init=False)

    def already_said(self) -> LetterHistory:
        """Every letter that is known in this mode, whatever became of it."""
        return LetterHistory.of(self._said(one) for one in self.journal.each(self.mode))

    def deliver(
        self,
        letters: Iterable[Letter],
        channels: Sequence[Channel],
        today: date,
        limit: int | None = None,
        only: LetterFilter = EVERYTHING,
        live: LiveContext | None = None,
    ) -> tuple[Outcome, ...]:
        """Write the letters down, then send what waits, oldest plan first, each at most once.

        Args:
            letters: what the plan holds; a key that is known stays as it was first written down.
            channels: the first of this mode that carries a letter gets it.
            today: the shop's day.
            limit: at most so many letters are tried now; the rest waits.
            only: whose turn it is.
            live: what letters that truly leave need; None for a rehearsal.

        Returns:
            One outcome a letter: of all that were handed in, and of all that waited or came into doubt before.

        Raises:
            ToolkitError: a letter could not be sealed (nothing was planned then), or the journal failed.
        """
        return tuple(self.deliver_each(letters, channels, today, limit, only, live))

    def deliver_each(
        self,
        letters: Iterable[Letter],
        channels: Sequence[Channel],
        today: date,
        limit: int | None = None,
        only: LetterFilter = EVERYTHING,
        live: LiveContext | None = None,
    ) -> Iterator[Outcome]:
        """Do what `deliver` does, one letter at a time: the next has its turn when its outcome is asked for.

        However many the letters, no more than a batch of them is held in memory.
        """
        self.stopped = None
        doubted = self._recover()
        asked = self._plan(letters, today)
        carriers = tuple(one for one in channels if one.mode == self.mode)
        turns = Turns(self.journal, self.mode, lambda number: number in asked or number in doubted, only)
        delivery = Delivery(self.journal, self.mode, carriers, self.now, self.zone, today, limit, live, self.paces)
        delivery.ahead, delivery.stopped = turns.ahead, self._rest(live)
        try:
            yield from self._told(delivery, turns, asked, doubted, only)
        finally:
            delivery.write_reasons()
        delivery.close()
        self.stopped = delivery.stopped

    def letters_for_tab(self) -> tuple[Outcome, ...]:
        """Every letter of this mode, newest first."""
        return tuple(self._outcome(one) for one in reversed(self.journal.entries(self.mode)))

    def waits(self, only: LetterFilter = EVERYTHING) -> tuple[Entry, ...]:
        """The letters that may still go, and are meant; oldest plan first."""
        return tuple(one for one in self.journal.entries(self.mode, tuple(WAITING)) if only.takes(one))

    def waiting(self) -> int:
        """How many letters may still go."""
        return sum(number for state, number in self.journal.sums(self.mode).items() if state in WAITING)

    def record_run(self, as_of: date, started: datetime, counts: Mapping[str, int]) -> None:
        """Keep the figures of a run that ends now."""
        self.journal.record_run(PastRun(self.mode, as_of, started, self.now(), counts))

    def last_runs(self, most: int) -> tuple[PastRun, ...]:
        """The latest runs of this mode, newest first."""
        return self.journal.last_runs(self.mode, most)

    def purge(self, today: date) -> int:
        """Drop the bytes of letters, of rehearsed ones too, that were done over 30 days before today; say how many."""
        first_kept = datetime.combine(today - timedelta(days=KEEP_BODIES), time(), self.zone).astimezone(UTC)
        self._tries.forget_before(self.now() - KEPT)
        return sum(self.journal.purge(mode, first_kept) for mode in Mode)

    def _rest(self, live: LiveContext | None) -> ChannelStopped | None:
        """The rest that an earlier run's stop asked for, while it lasts."""
        until = self.journal.note(RESTS_UNTIL) if live is not None else ""
        if not until or datetime.fromisoformat(until) <= self.now():
            return None
        at = datetime.fromisoformat(until).astimezone(self.zone)
        return ChannelStopped(
            f"mail: no letter leaves before {at:%Y-%m-%d %H:%M}",
            why="the server asked for a pause in an earlier run",
            next_step="wait until then, then: sheetclerk run",
        )

    @property
    def _tries(self) -> Attempts:
        return Attempts(self.journal, self.mode)

    def _recover(self) -> frozenset[int]:
        """Settle what a broken run left behind; the numbers of the letters that are in doubt by that."""
        left = self.journal.entries(self.mode, (State.SENDING, State.CLAIMED))
        with self.journal.transaction():
            for one in left:
                self.journal.move(self.mode, _recovered(one))
                if one.state is State.SENDING:
                    self._tries.add(_recovered(one), self.now(), ReplyCategory.DOUBT)
        return frozenset(self.journal.number(self.mode, one.key) for one in left if one.state is State.SENDING)

    def _plan(self, letters: Iterable[Letter], today: date) -> dict[int, bool]:
        """Write down what is new, in one commit; every number, with whether it came with other words than are known."""
        asked: dict[int, bool] = {}
        with self.journal.transaction():
            for one in letters:
                known = self.journal.entry(self.mode, one.key)
                if known is None:
                    self.journal.add(self.mode, [(_entry(one, today), self.seal(one))])
                is_other = known is not None and known.body_hash != one.body_hash
                number = self.journal.number(self.mode, one.key)
                asked[number] = asked.get(number, False) or is_other
        return asked

    def _told(
        self,
        delivery: Delivery,
        turns: Turns,
        asked: Mapping[int, bool],
        doubted: frozenset[int],
        only: LetterFilter,
    ) -> Iterator[Outcome]:
        for number, one in turns:
            other = asked.get(number, False)
            if only.takes(one):
                yield self._outcome(_went_as_planned(delivery.turn(one), other=other))
            elif number in asked or number in doubted:
                yield self._outcome(_known(one, other=other), before=number not in doubted)

    def _said(self, entry: Entry) -> PastLetter:
        return PastLetter(
            campaign=entry.campaign,
            occurrence=entry.occurrence,
            client=entry.client,
            day=self._day(entry),
            words_id=entry.words_id,
            route=entry.route,
            promotional=entry.promotional,
            left=entry.state in LEFT,
            waits=entry.state in WAITING,
        )

    def _outcome(self, entry: Entry, *, before: bool = False) -> Outcome:
        return outcome_of(entry, self.zone, before=before)

    def _day(self, entry: Entry) -> date:
        return _day_of(entry, self.zone)


def outcome_of(entry: Entry, zone: ZoneInfo, *, before: bool = False) -> Outcome:
    """What became of one letter.

    Args:
        entry: the letter.
        zone: in which its day is counted.
        before: whether it stood so already before this run.
    """
    return Outcome(
        key=entry.key,
        campaign=entry.campaign,
        occurrence=entry.occurrence,
        client=entry.client,
        name=entry.name,
        state=entry.state,
        words=entry.words,
        subject=entry.subject,
        day=_day_of(entry, zone),
        channel=entry.channel,
        expires=entry.expires,
        before=before,
        words_id=entry.words_id,
        promotional=entry.promotional,
    )


def _day_of(entry: Entry, zone: ZoneInfo) -> date:
    return entry.done_at.astimezone(zone).date() if entry.done_at else entry.planned_on


def _recovered(entry: Entry) -> Entry:
    if entry.state is State.CLAIMED:
        return replace(entry, state=State.PLANNED)
    left = entry.dated.astimezone(UTC) if entry.dated else None
    return replace(entry, state=State.IN_DOUBT, words=remark("broke-off"), done_at=left)


def _known(entry: Entry, *, other: bool) -> Entry:
    words = remark("other-words-sent") if entry.state in LEFT else remark("other-words")
    return replace(entry, words=words) if other else entry


def _went_as_planned(entry: Entry, *, other: bool) -> Entry:
    if not other:
        return entry
    return replace(entry, words=remark("first-words", before=entry.words))


def _entry(letter: Letter, today: date) -> Entry:
    return Entry(
        key=letter.key,
        campaign=letter.campaign,
        occurrence=letter.occurrence,
        client=letter.client,
        name=letter.name,
        route=letter.route,
        language=letter.language,
        subject=letter.subject,
        words_id=letter.words_id,
        expires=letter.expires,
        promotional=letter.promotional,
        body_hash=letter.body_hash,
        planned_on=today,
    )
