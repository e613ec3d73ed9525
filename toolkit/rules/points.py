"""One client's points: lots with their own expiry, spent earliest-expiring first (RULES.md section 3, Points).

Expired and returned points are entries, never deletions; lots never go below zero, and their sum less any debt is the
balance.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

from toolkit.book.purchases import Purchase
from toolkit.book.rewards import RewardGiven
from toolkit.rules.earning import Earner, Earning
from toolkit.rules.months import months_after
from toolkit.rules.spend import ONE_DAY

What: TypeAlias = Literal["earned", "spent", "returned", "expired"]


class Entry(NamedTuple):
    """One line of the ledger; it is never changed or removed.

    Args:
        points: added, or with a minus taken.
        balance: what there is after it, pending points too.
        of: the purchase or the reward.
        usable_from: of what was earned, the first usable day.
        last_day: of what was earned, the last usable day; None is for ever.
        key: the same for ever, unique for a client.
    """

    day: date
    what: What
    points: int
    balance: int
    of: str
    key: str
    usable_from: date | None = None
    last_day: date | None = None


class Lot(NamedTuple):
    """What is left of one earning; last_day is the last usable day."""

    number: str
    usable_from: date
    last_day: date
    left: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A reward for which there were too few points; it changed nothing."""

    given: RewardGiven
    had: int


@dataclass(frozen=True)
class Points:
    """One client's points on a day.

    Args:
        lots: those of which something is left, earliest-expiring first.
        debt: what a return took beyond the balance.
        usable: what can be spent on that day; below zero where there is a debt.
        pending: what can be spent only later.
        refused: rewards beyond the balance.
        ledger: writes the ledger.
    """

    lots: tuple[Lot, ...] = ()
    debt: int = 0
    usable: int = 0
    pending: int = 0
    refused: tuple[Refused, ...] = ()
    ledger: Callable[[], tuple[Entry, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger, oldest first, with all that expired; written only once somebody reads it."""
        return self.ledger()

    @property
    def balance(self) -> int:
        """All that is left, pending points too."""
        return sum(lot.left for lot in self.lots) - self.debt

    @property
    def expire_on(self) -> date | None:
        """The last usable day of the lot that expires first; None where none does."""
        return self.lots[0].last_day if self.lots and self.lots[0].last_day < date.max else None

    @property
    def expiring(self) -> int:
        """How many points have that last day."""
        return sum(lot.left for lot in self.lots if lot.last_day == self.expire_on)


NO_POINTS = Points()


class Past(NamedTuple):
    """All that had happened to a client's points by a day.

    Args:
        earned: the purchases from a day on, with what they earned.
        back: returned lines.
        given: rewards granted, oldest first.
    """

    earned: Callable[[date], Iterable[Earning]]
    back: Sequence[Purchase]
    given: Sequence[RewardGiven]

    def matters_from(self, months: int, today: date) -> date:
        """Points earned before this day had expired before any were spent, came back or were asked for."""
        first = min([*(one.date for one in self.back), *(one.date for one in self.given), today])
        return months_after(first, -months) if months else date.min

    def events(self, till: "_Till", since: date) -> list[tuple[date, int, str, Callable[[Any], None], object]]:
        """What happened from a day on and what the till does with it, in an order that no row of the sheet changes."""
        return sorted(
            [
                *((one.day, 0, one.number, till.earn, one) for one in self.earned(since)),
                *((day, 1, number, till.take_back, same) for (day, number), same in _by_purchase(self.back).items()),
                *((one.date, 2, f"{place:06}", till.spend, one) for place, one in enumerate(self.given)),
            ]
        )


def points_of(past: Past, earner: Earner, today: date, ledger: Callable[[], tuple[Entry, ...]]) -> Points:
    """A client's points on a day, from all that had happened by then; the order of rows changes nothing.

    Args:
        past: what happened.
        earner: works out what a return leaves.
        today: the day that is asked for.
        ledger: writes the whole ledger of that day.
    """
    till = _Till(earner)
    till.run(past, past.matters_from(earner.choices.months, today), today)
    return till.closed(today, ledger)


def ledger_of(past: Past, earner: Earner, today: date) -> tuple[Entry, ...]:
    """Everything that ever happened to a client's points up to a day, oldest first."""
    till = _Till(earner)
    till.run(past, date.min, today)
    return tuple(till.entries)


def _by_purchase(back: Iterable[Purchase]) -> dict[tuple[date, str], list[Purchase]]:
    found: dict[tuple[date, str], list[Purchase]] = {}
    for one in back:
        found.setdefault((one.date, one.return_of), []).append(one)
    return found


class _Till:
    def __init__(self, earner: Earner) -> None:
        self._earner = earner
        self._choices = earner.choices
        self.entries: list[Entry] = []
        self._lots: dict[str, Earning] = {}
        self._refused: list[Refused] = []
        self._spendings: dict[str, int] = {}
        self._balance = 0
        self._debt = 0
        self._open: deque[Earning] = deque()

    def run(self, past: Past, since: date, today: date) -> None:
        """Let all happen that happened from a day to today."""
        for day, _, _, happens, to in past.events(self, since):
            self.expire(day)
            happens(to)
        self.expire(today)

    def earn(self, lot: Earning) -> None:
        """A new lot; a debt takes its part of it at once."""
        self._lots[lot.number] = lot
        if not lot.points:
            return
        if self._debt:
            self._debt -= self._take(self._debt, [lot])
        self._open.append(lot)
        self._balance += lot.points
        last = lot.last_day if lot.last_day < date.max else None
        key = f"earned|{lot.number}"
        self.entries.append(Entry(lot.day, "earned", lot.points, self._balance, lot.number, key, lot.usable_from, last))

    def expire(self, day: date) -> None:
        """Close the lots whose last usable day has passed."""
        while self._open and self._open[0].last_day < day:
            lot = self._open.popleft()
            lot.lost, lot.left = lot.left, 0
            self._add(lot.last_day + ONE_DAY, "expired", -lot.lost, lot.number, f"expired|{lot.number}")

    def spend(self, given: RewardGiven) -> None:
        """Take a reward's points from the lots that expire first; beyond what is usable it is refused whole."""
        asked, usable = given.points or 0, self._usable(given.date)
        if asked > max(usable, 0):
            self._refused.append(Refused(given, max(usable, 0)))
            return
        self._take(asked, [lot for lot in self._live() if lot.usable_from <= given.date])
        if asked:
            base = f"spent|{given.date.isoformat()}|{given.reward}|{given.code}"
            self._spendings[base] = self._spendings.get(base, 0) + 1
            self._add(given.date, "spent", -asked, given.reward, f"{base}|{self._spendings[base]}")

    def take_back(self, back: Sequence[Purchase]) -> None:
        """Take the points of a return back, as far as the balance policy lets it go."""
        day, number = back[0].date, back[0].return_of
        lot = self._lots.get(number)
        if lot is None:
            return
        lot.back = (*lot.back, *back)
        left = self._earner.left(lot)
        owed, lot.kept = lot.kept - left, left
        forgiven = min(lot.lost, owed)
        lot.lost -= forgiven
        self._add(day, "returned", -self._taken(lot, owed - forgiven, day), number, f"returned|{number}|{day}")

    def _taken(self, lot: Earning, owed: int, day: date) -> int:
        if self._choices.balance == "only pending":
            return self._take(owed, [lot]) if day < lot.usable_from else 0
        taken = self._take(owed, [lot, *self._live()])
        if self._choices.balance == "unlimited":
            self._debt += owed - taken
            return owed
        return taken

    def _take(self, asked: int, lots: Iterable[Earning]) -> int:
        """Take points from lots in their order, and return how many there were."""
        rest = asked
        for lot in lots:
            taken = min(lot.left, rest)
            lot.left -= taken
            rest -= taken
        return asked - rest

    def _live(self) -> list[Earning]:
        """Lots with points left, earliest-expiring first: later earnings never expire earlier."""
        return [lot for lot in self._open if lot.left]

    def _usable(self, day: date) -> int:
        return sum([lot.left for lot in self._open if lot.usable_from <= day]) - self._debt

    def _add(self, day: date, what: What, points: int, of: str, key: str) -> None:
        if points:
            self._balance += points
            self.entries.append(Entry(day, what, points, self._balance, of, key))

    def closed(self, today: date, ledger: Callable[[], tuple[Entry, ...]]) -> Points:
        """The points of today."""
        live = self._live()
        return Points(
            lots=tuple([Lot(lot.number, lot.usable_from, lot.last_day, lot.left) for lot in live]),
            debt=self._debt,
            usable=self._usable(today),
            pending=sum([lot.left for lot in live if lot.usable_from > today]),
            refused=tuple(self._refused),
            ledger=ledger,
        )
