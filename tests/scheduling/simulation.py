"""A laptop in simulated time: it sleeps, its clock jumps, it is killed at any step; and what must come of it.

What ought to be due is worked out apart from the toolkit, by looking at the wall clock in every single minute.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random  # noqa: TID251 - its seed makes each life the same every time
from zoneinfo import ZoneInfo

from tests.scheduling.memory_agenda import MemoryAgenda
from toolkit.delivery.agenda import Occurrence
from toolkit.errors import RunStopped
from toolkit.rules.recurrence import Every, Recurrence
from toolkit.scheduling.due_check import DueCheck
from toolkit.scheduling.jobs import Job, Timetable

MINUTE = timedelta(minutes=1)
HOURS = timedelta(hours=3)
ZONES = (
    "Africa/Nairobi",
    "Europe/Berlin",
    "America/St_Johns",  # moved its clocks at 00:01 until 2011, so a day came back
    "Australia/Lord_Howe",  # moves them by half an hour
    "Pacific/Apia",  # had no 30 December 2011
    "Africa/Cairo",  # moves them at midnight, some years four times
)
RULES = {
    "daily": (Recurrence(Every.DAY, time(2, 30)), 0),
    "mondays": (Recurrence(Every.WEEK, time(9), weekdays=(0,)), 7),
    "sundays": (Recurrence(Every.WEEK, time(0), weekdays=(6,)), 1),
    "first": (Recurrence(Every.MONTH, time(0, 1), day=1), 3),
    "last": (Recurrence(Every.MONTH, time(23, 59), day=31), 3),
    "leap": (Recurrence(Every.YEAR, time(10), day=29, month=2), 7),
}


def timetable(zone: str) -> Timetable:
    return Timetable(tuple(Job(name, when, frozenset(), late) for name, (when, late) in RULES.items()), ZoneInfo(zone))


def walls(first: date, last: date) -> Iterator[tuple[datetime, str]]:
    """What each day asks for, by its plain calendar: the time on the wall, and the occurrence."""
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        tomorrow = day + timedelta(days=1)
        yield datetime.combine(day, time(2, 30)), f"daily@{day}"
        if f"{day:%A}" == "Monday":
            yield datetime.combine(day, time(9)), f"mondays@{day}"
        if f"{day:%A}" == "Sunday":
            yield datetime.combine(day, time()), f"sundays@{day}"
        if f"{day:%d}" == "01":
            yield datetime.combine(day, time(0, 1)), f"first@{day:%Y-%m}"
        if f"{tomorrow:%d}" == "01":
            yield datetime.combine(day, time(23, 59)), f"last@{day:%Y-%m}"
        if f"{day:%m-%d}" == "02-29" or (f"{day:%m-%d}" == "02-28" and f"{tomorrow:%m-%d}" == "03-01"):
            yield datetime.combine(day, time(10)), f"leap@{day:%Y}"


def expected(zone: str, start: datetime, end: datetime) -> Mapping[str, datetime]:
    """Each occurrence after the start, and the first minute in which the wall clock has reached its time."""
    here, found = ZoneInfo(zone), {}
    asked = sorted(walls(start.astimezone(here).date(), end.astimezone(here).date() + timedelta(days=2)))
    coming, moment = 0, start
    while moment <= end:
        wall = moment.astimezone(here).replace(tzinfo=None)
        while asked[coming][0] <= wall:
            if moment > start:
                found[asked[coming][1]] = moment
            coming += 1
        moment += MINUTE
    return found


class Killed(BaseException):
    """The process is gone between two steps: no except of ours may see it."""


@dataclass
class Fate:
    """Lets so many steps pass, then kills; None never does."""

    left: int | None = None

    def step(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Killed


@dataclass
class Frail(MemoryAgenda):
    """An agenda whose process may be killed before each commit, and after it."""

    fate: Fate

    def __post_init__(self) -> None:
        super().__init__()

    def note(self, seen: datetime, came_due: Iterable[Occurrence]) -> None:
        self.fate.step()
        super().note(seen, came_due)
        self.fate.step()

    def move(self, occurrences: Iterable[Occurrence]) -> None:
        self.fate.step()
        super().move(occurrences)
        self.fate.step()


class Alone:
    """Nobody else shares the workbook."""

    def take(self, _: Occurrence) -> str:
        return ""

    def holder(self, _: Occurrence) -> str:
        return ""


@dataclass
class Laptop:
    """One laptop with its agenda and its outbox of one letter an occurrence.

    Args:
        slips: by how much its clock is off.
        known: letters that are written down, on their way or gone.
        left: how often the letter of an occurrence left.
        told: the misses that a person was told of.
    """

    zone: str
    chance: Random
    fate: Fate = field(default_factory=Fate)
    slips: timedelta = timedelta()
    known: set[str] = field(default_factory=set)
    left: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)
    happened: Counter[str] = field(default_factory=Counter)
    to_the_minute: int = 0

    def __post_init__(self) -> None:
        self.agenda = Frail(self.fate)
        self.timetable = timetable(self.zone)

    def wake(self, moment: datetime) -> None:
        """As `run --due` wakes, with a chance of being killed at one of its steps."""
        self.fate.left = self.chance.randrange(12) if self.chance.random() < 0.02 else None
        try:
            self.turns(moment)
        except Killed:
            self.happened["kills"] += 1
        except RunStopped:
            self.happened["wakes stopped by the clock"] += 1

    def turns(self, moment: datetime) -> None:
        """One wake, step by step."""
        wake = DueCheck(self.agenda, self.timetable, Alone(), moment + self.slips)
        found = wake.look()
        if found.late:
            wake.settle()
        if found.ready:
            begun = wake.begin()
            for one in begun:
                self._send(one)
                self.to_the_minute += one.due == moment
            wake.finish(begun)
        self._tell()

    def _send(self, one: Occurrence) -> None:
        """As the outbox sends: written down before it leaves, and never again once it may have left."""
        self.fate.step()
        if one.id not in self.known:
            self.known.add(one.id)
            self.fate.step()
            self.left[one.id] += 1
        self.fate.step()

    def _tell(self) -> None:
        missed = self.agenda.untold()
        self.told.update(one.id for one in missed)
        if missed:
            self.agenda.move([replace(one, told=True) for one in missed])


def live(laptop: Laptop, start: datetime, end: datetime, step: Callable[[Random], int]) -> None:
    """Wake again and again, with sleeps and a wrong clock between; the last days are calm."""
    chance, moment, calm = laptop.chance, start, end - timedelta(days=9)
    laptop.wake(moment)
    mends = end
    while moment < end:
        moment += step(chance) * MINUTE
        if moment >= mends or moment >= calm:
            laptop.slips, mends = timedelta(), end
        luck = chance.random() if moment < calm else 1.0
        if luck < 0.0004:
            moment += chance.choice((40, 600, 5_000, 30_000)) * chance.random() * MINUTE // MINUTE * MINUTE
            laptop.happened["sleeps"] += 1
        elif luck < 0.0007:
            laptop.slips, mends = chance.choice((HOURS, -HOURS)), moment + chance.randrange(30, 900) * MINUTE
            laptop.happened["jumps of 3 h"] += 1
        laptop.wake(moment)


def seeded(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - nothing secret hangs on it


def utc(year: int) -> datetime:
    return datetime(year, 1, 5, tzinfo=UTC)
