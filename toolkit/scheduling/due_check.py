"""One look at the timetable, and what is due by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, Protocol

from toolkit.delivery.agenda import Occurrence, OccurrenceState
from toolkit.errors import RunStopped
from toolkit.scheduling.jobs import Timetable

LONGEST_AWAY: Final = timedelta(days=60)
"""A clock so far after the last look is not trusted. Source: delivery/PROMISES.md, Time."""
MOST_OFF: Final = timedelta(minutes=5)
"""So far a clock may be off a server's."""

STEP_BACK: Final = timedelta(minutes=2)
"""A clock that is set right by so little is no wrong clock: networks correct it by seconds."""

PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (10, 30, 60))
"""How long an occurrence rests after its first, second and every later try that failed."""


NOTHING_DONE: Final[Mapping[str, str]] = MappingProxyType({})


class Keeps(Protocol):
    """The part of an agenda that a look needs."""

    def seen(self) -> datetime | None:
        """Return the time (UTC) of the last look."""
        ...

    def note(self, seen: datetime, came_due: Iterable[Occurrence]) -> None:
        """Write down the time of the look and what came due, in one commit."""
        ...

    def open(self) -> tuple[Occurrence, ...]:
        """Return what may still be done, oldest first."""
        ...

    def move(self, occurrences: Iterable[Occurrence]) -> None:
        """Write down what became of occurrences, in one commit."""
        ...


class OccurrenceClaims(Protocol):
    """Claims of occurrences, if several computers share a workbook."""

    def take(self, occurrence: Occurrence) -> str:
        """Claim it, and return who else has it, or "" if it is ours."""
        ...

    def holder(self, occurrence: Occurrence) -> str:
        """Return the other computer that has it, or "" if none has."""
        ...


@dataclass(frozen=True, slots=True)
class Sorted:
    """The open occurrences at a moment, each in one place."""

    ready: tuple[Occurrence, ...] = ()
    resting: tuple[Occurrence, ...] = ()
    late: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class DueCheck:
    """One look at the timetable, each step written down before the next.

    `look` comes first. The others need the lock of a run, since they move what another run may be at.

    Args:
        agenda: where it is written down.
        timetable: the shop's jobs.
        claims: who may do an occurrence, where several computers share a workbook.
        now: this moment, in UTC.
    """

    agenda: Keeps
    timetable: Timetable
    claims: OccurrenceClaims
    now: datetime

    def look(self) -> Sorted:
        """Note what came due since the last look, and sort what is open.

        The first look ever only marks the beginning: what lay before it is no miss.

        Raises:
            RunStopped: the clock stands before the last look, or more than 60 days after it.
        """
        seen = self.agenda.seen()
        check_clock(seen, self.now)
        since = seen or self.now
        self.agenda.note(max(since, self.now), self.timetable.came_due(since, self.now))
        return self._sorted()

    def settle(self) -> None:
        """Write down what is missed."""
        self.agenda.move([self._late(occurrence) for occurrence in self._sorted().late])

    def begin(self, done: Mapping[str, str] = NOTHING_DONE) -> tuple[Occurrence, ...]:
        """Claim what is ready, and write down that it is begun.

        Args:
            done: what the workbook says is done: occurrence -> when and by whose computer.
        """
        moved = [self._begun(occurrence, done.get(occurrence.id, "")) for occurrence in self._sorted().ready]
        self.agenda.move(moved)
        return tuple(occurrence for occurrence in moved if occurrence.is_open)

    def _begun(self, occurrence: Occurrence, done: str) -> Occurrence:
        """Return an occurrence as begun, or as done or taken by another computer."""
        if done:
            return (
                replace(occurrence, state=OccurrenceState.DONE)
                if occurrence.state is OccurrenceState.BEGUN
                else _elsewhere(occurrence, done)
            )
        other = self.claims.take(occurrence)
        return _elsewhere(occurrence, other) if other else replace(occurrence, state=OccurrenceState.BEGUN)

    def finish(self, begun: Iterable[Occurrence]) -> None:
        """Write down that what was begun is done."""
        self.agenda.move([replace(occurrence, state=OccurrenceState.DONE) for occurrence in begun])

    def put_off(self) -> None:
        """Let what is ready rest for a while, since a try failed."""
        self.agenda.move([_put_off(occurrence, self.now) for occurrence in self._sorted().ready])

    def _late(self, occurrence: Occurrence) -> Occurrence:
        if other := self.claims.holder(occurrence):
            return _elsewhere(occurrence, other)
        broken = "begun and broken off" if occurrence.state is OccurrenceState.BEGUN else "too late"
        words = broken if self.timetable.has(occurrence.job) else "no longer in the timetable"
        return replace(occurrence, state=OccurrenceState.MISSED, words=words)

    def _sorted(self) -> Sorted:
        known = [
            occurrence if self.timetable.has(occurrence.job) else replace(occurrence, until=self.now)
            for occurrence in self.agenda.open()
        ]
        return sort_out(known, self.now, is_quiet=self.timetable.is_quiet(self.now))


def sort_out(open_: Iterable[Occurrence], now: datetime, *, is_quiet: bool) -> Sorted:
    """Sort occurrences into those that go now, rest, or are too late."""
    late, ready, resting = [], [], []
    for occurrence in open_:
        if now >= occurrence.until:
            late.append(occurrence)
        elif is_quiet or (occurrence.again is not None and now < occurrence.again):
            resting.append(occurrence)
        else:
            ready.append(occurrence)
    return Sorted(tuple(ready), tuple(resting), tuple(late))


def check_clock(seen: datetime | None, now: datetime) -> None:
    """Return quietly where the clock can be trusted.

    Raises:
        RunStopped: it stands before the last look, or more than 60 days after it.
    """
    if seen is None or seen - STEP_BACK <= now <= seen + LONGEST_AWAY:
        return
    how = "before" if now < seen else f"more than {LONGEST_AWAY.days} days after"
    raise RunStopped(
        f"this computer's clock says {now:%Y-%m-%d %H:%M} UTC, {how} the last run",
        why=f"that was at {seen:%Y-%m-%d %H:%M} UTC; nothing is sent while the clock may be wrong",
        next_step="set the clock; if it is right: sheetclerk run --due --clock-is-right",
    )


def _elsewhere(occurrence: Occurrence, computer: str) -> Occurrence:
    return replace(occurrence, state=OccurrenceState.ELSEWHERE, words=computer)


def _put_off(occurrence: Occurrence, now: datetime) -> Occurrence:
    pause = PAUSES[min(occurrence.tries, len(PAUSES) - 1)]
    return replace(occurrence, again=now + pause, tries=occurrence.tries + 1)


def check_server_clock(server: datetime | None, now: datetime) -> None:
    """Return quietly where this computer's clock agrees with the server's.

    Args:
        server: the server's moment, in UTC; None where no server told one.
        now: this computer's, in UTC.

    Raises:
        RunStopped: they are more than five minutes apart. Source: delivery/PROMISES.md, Time.
    """
    if server is not None and abs(now - server) > MOST_OFF:
        raise RunStopped(
            "this computer's clock is wrong",
            why=f"it is {abs(now - server).total_seconds() / 60:.0f} minutes off the server's; nothing was sent",
            next_step="let the system set date and time, then run again",
        )
