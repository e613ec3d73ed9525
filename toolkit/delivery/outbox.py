"""The letters of one mode, written down before they leave."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.campaigns.letter_history import LetterHistory
from toolkit.channels.channel import ChannelStopped, Mode, ReplyCategory
from toolkit.delivery.attempts import TRIES_KEPT, Attempts
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import EVERYTHING, WAITING, LetterFilter, LetterRecord, Outcome, PastRun, State
from toolkit.letters.letter import Letter

BODIES_KEPT: Final = 30
"""For so many days the message of a letter that is done is kept."""

_RESTS_UNTIL: Final = "rests_until"
"""The note that holds until when no letter may leave."""


@dataclass(frozen=True)
class Outbox:
    """The letters of one mode.

    Args:
        journal: where they are written down.
        mode: what they count for.
        seal: makes the finished message of a letter, without Date, CR LF line ends.
        now: returns this moment, in UTC.
        zone: the shop's time zone, in which its days are counted.
    """

    journal: Journal
    mode: Mode
    seal: Callable[[Letter], bytes]
    now: Callable[[], datetime]
    zone: ZoneInfo

    @property
    def attempts(self) -> Attempts:
        """The tries of this mode."""
        return Attempts(self.journal, self.mode)

    def already_said(self) -> LetterHistory:
        """Return every known letter of this mode."""
        return LetterHistory.of(record.past(self.zone) for record in self.journal.each(self.mode))

    def letters_for_tab(self) -> tuple[Outcome, ...]:
        """Return every letter of this mode, newest first."""
        return tuple(self.outcome(record) for record in reversed(self.journal.records(self.mode)))

    def outcome(self, record: LetterRecord, *, before: bool = False) -> Outcome:
        """Return a letter as a run reports it."""
        return Outcome(record, record.day(self.zone), before)

    def waits(self, only: LetterFilter = EVERYTHING) -> tuple[LetterRecord, ...]:
        """Return the chosen letters that may still go, oldest first."""
        return tuple(filter(only.takes, self.journal.records(self.mode, tuple(WAITING))))

    def waiting(self) -> int:
        """Return how many letters may still go."""
        return sum(number for state, number in self.journal.sums(self.mode).items() if state in WAITING)

    def recover(self) -> frozenset[int]:
        """Settle what a broken run left, and return doubtful rows."""
        left = self.journal.records(self.mode, (State.SENDING, State.CLAIMED))
        doubted = [record for record in left if record.state is State.SENDING]
        with self.journal.transaction():
            for record in left:
                self.journal.move(self.mode, record.recovered())
            for record in doubted:
                self.attempts.add(record.recovered(), self.now(), ReplyCategory.DOUBT)
        return frozenset(self.journal.number(self.mode, record.key) for record in doubted)

    def plan(self, letters: Iterable[Letter], today: date) -> dict[int, bool]:
        """Write down new letters in one commit.

        A known key stays as it is.

        Returns:
            The row number of each letter, and whether it came with other words than are known.

        Raises:
            ToolkitError: a letter could not be sealed, or the journal failed; nothing was planned.
        """
        planned: dict[int, bool] = {}
        with self.journal.transaction():
            for letter in letters:
                known = self.journal.find(self.mode, letter.header.key)
                if known is None:
                    self.journal.add(self.mode, [(LetterRecord.of(letter, today), self.seal(letter))])
                has_other_words = known is not None and known.body_hash != letter.body_hash
                number = self.journal.number(self.mode, letter.header.key)
                planned[number] = planned.get(number, False) or has_other_words
        return planned

    def rest(self, until: datetime) -> None:
        """Note that no letter may leave before a moment in UTC."""
        self.journal.write_note(_RESTS_UNTIL, until.isoformat())

    def current_rest(self) -> ChannelStopped | None:
        """Return the pause that an earlier run's stop asked for."""
        until = self.journal.note(_RESTS_UNTIL)
        if not until or datetime.fromisoformat(until) <= self.now():
            return None
        at = datetime.fromisoformat(until).astimezone(self.zone)
        return ChannelStopped(
            f"mail: no letter leaves before {at:%Y-%m-%d %H:%M}",
            why="the server asked for a pause in an earlier run",
            next_step="wait until then, then: sheetclerk run",
        )

    def record_run(self, as_of: date, started: datetime, counts: Mapping[str, int]) -> None:
        """Keep the figures of a run that ends now."""
        self.journal.record_run(PastRun(self.mode, as_of, started, self.now(), counts))

    def last_runs(self, most: int) -> tuple[PastRun, ...]:
        """Return the latest runs of this mode, newest first."""
        return self.journal.last_runs(self.mode, most)

    def purge(self, today: date) -> int:
        """Drop messages of letters done long ago, and return how many."""
        first_kept = datetime.combine(today - timedelta(days=BODIES_KEPT), time(), self.zone).astimezone(UTC)
        self.attempts.forget_before(self.now() - TRIES_KEPT)
        return sum(self.journal.purge(mode, first_kept) for mode in Mode)
