"""One client's points: lots with their own expiry, spent earliest-expiring first (RULES.md section 3, Points).

Expired and returned points are entries, never deletions; lots never go below zero, and their sum less any debt is the
balance.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from toolkit.book.purchases import Purchase
from toolkit.book.rewards import RewardGiven
from toolkit.rules.earning import Earner, Rate

_DAY: Final = itemgetter(0)
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


Row: TypeAlias = tuple[date, What, int, int, str, str, date | None, date | None]
"""An entry without the names of its columns."""


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


class Points(NamedTuple):
    """One client's points on a day.

    Args:
        open: the lots of which something is left, earliest-expiring first, as bare rows; lots names their columns.
        debt: what a return took beyond the balance.
        usable: what can be spent on that day; below zero where there is a debt.
        pending: what can be spent only later.
        refused: rewards beyond the balance.
        ledger: the entries, oldest first, with all that expired, as bare rows; a hundred thousand of them are cheap.
    """

    open: tuple[tuple[str, date, date, int], ...] = ()
    debt: int = 0
    usable: int = 0
    pending: int = 0
    refused: tuple[Refused, ...] = ()
    ledger: tuple[Row, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger."""
        return tuple([Entry(*row) for row in self.ledger])

    @property
    def lots(self) -> tuple[Lot, ...]:
        """The lots of which something is left."""
        return tuple([Lot(*row) for row in self.open])

    @property
    def balance(self) -> int:
        """All that is left, pending points too."""
        return self.usable + self.pending

    @property
    def expire_on(self) -> date | None:
        """The last usable day of the lot that expires first; None where none does."""
        last_day = self.lots[0].last_day if self.open else date.max
        return last_day if last_day < date.max else None

    @property
    def expiring(self) -> int:
        """How many points have that last day."""
        return sum(lot.left for lot in self.lots if lot.last_day == self.expire_on)


NO_POINTS = Points()


class Past(NamedTuple):
    """All that had happened to a client's points by a day.

    Args:
        bought: the lines that were bought, oldest first.
        rates: the points rate with which the client came into each day of buying.
        back: returned lines.
        given: rewards granted, oldest first.
    """

    bought: Sequence[Purchase]
    rates: Mapping[date, Rate]
    back: Sequence[Purchase]
    given: Sequence[RewardGiven]


def points_of(past: Past, earner: Earner, today: date) -> Points:
    """A client's points on a day, from all that had happened by then; the order of rows changes nothing."""
    till = _Till(past, earner)
    till.run(today)
    return till.closed(today)


_Event: TypeAlias = tuple[date, Callable[[date, Any, int], None], Any, int]
"""A day, what it does to the till, the purchase or the reward that does it, and points."""


class _Till:
    def __init__(self, past: Past, earner: Earner) -> None:
        self._past = past
        self._earner = earner
        self._rows: list[Row] = []
        self._left: dict[str, int] = {}
        self._open: deque[tuple[date, str, date, date]] = deque()
        self._lost: dict[str, int] = {}
        self._balance = 0
        self._debt = 0
        self._refused: list[Refused] = []
        self._spendings: dict[str, int] = {}

    def run(self, today: date) -> None:
        """Let all happen that happened up to a day; each day begins with what expires on it."""
        waiting = self._open
        for day, happens, of, points in self._events():
            while waiting and waiting[0][0] <= day:
                self._expire()
            happens(day, of, points)
        while waiting and waiting[0][0] <= today:
            self._expire()

    def _events(self) -> list[_Event]:
        """What happened, in an order that no row of the sheet changes: a day ends with what was granted on it."""
        back, earn = self._past.back, self._earn
        earned = self._earner.earned(self._past.bought, self._past.rates)
        lots: list[_Event] = [(day, earn, number, points) for day, number, points in earned if points or back]
        if not (back or self._past.given):
            return lots
        returns = [(day, self._take_back, of, 0) for day, of in sorted({(one.date, one.return_of) for one in back})]
        gifts = [(one.date, self._spend, one, one.points or 0) for one in self._past.given]
        return sorted([*lots, *returns, *gifts], key=_DAY)

    def _earn(self, day: date, number: str, points: int) -> None:
        """A new lot; a debt takes its part of it at once."""
        self._left[number] = points
        if self._debt:
            self._debt -= self._take(self._debt, [number])
        if points:
            self._balance += points
            usable_from, last_day, gone_on, told_last = self._earner.terms[day]
            self._open.append((gone_on, number, usable_from, last_day))
            key = f"earned|{number}"
            self._rows.append((day, "earned", points, self._balance, number, key, usable_from, told_last))

    def _expire(self) -> None:
        """Close the lot whose last usable day has passed."""
        gone_on, number, _, _ = self._open.popleft()
        lost = self._lost[number] = self._left[number]
        self._left[number] = 0
        self._add(gone_on, "expired", -lost, number, f"expired|{number}")

    def _spend(self, day: date, given: RewardGiven, asked: int) -> None:
        """Take a reward's points from the lots that expire first; beyond what is usable it is refused whole."""
        lots = self._spendable(day)
        usable = max(sum([left for _, left in lots]) - self._debt, 0)
        if asked > usable:
            self._refused.append(Refused(given, usable))
            return
        self._take(asked, [number for number, _ in lots])
        if asked:
            base = f"spent|{day.isoformat()}|{given.reward}|{given.code}"
            self._spendings[base] = self._spendings.get(base, 0) + 1
            self._add(day, "spent", -asked, given.reward, f"{base}|{self._spendings[base]}")

    def _take_back(self, day: date, number: str, _: int) -> None:
        """Take the points of a return back, as far as the balance policy lets it go; what expired is not owed again."""
        if number in self._left:
            owed, lost = self._owed(day, number), self._lost.get(number, 0)
            forgiven = min(lost, owed)
            self._lost[number] = lost - forgiven
            self._add(day, "returned", -self._taken(day, number, owed - forgiven), number, f"returned|{number}|{day}")

    def _owed(self, day: date, number: str) -> int:
        """What a purchase earns by what had come back before a day, less what it earns by what came back with it."""
        lines = self._lines(number)
        since, rate = lines[0].date, self._past.rates[lines[0].date]
        back = [one for one in self._past.back if one.return_of == number and since <= one.date <= day]
        earlier = [one for one in back if one.date < day]
        return self._earner.left(lines, earlier, rate) - self._earner.left(lines, back, rate)

    def _lines(self, number: str) -> list[Purchase]:
        return [line for line in self._past.bought if line.number == number]

    def _taken(self, day: date, number: str, owed: int) -> int:
        if self._earner.choices.balance == "only pending":
            usable_from = self._earner.terms[self._lines(number)[0].date].usable_from
            return self._take(owed, [number]) if day < usable_from else 0
        taken = self._take(owed, [number, *(lot[0] for lot in self._live())])
        if self._earner.choices.balance == "unlimited":
            self._debt += owed - taken
            return owed
        return taken

    def _take(self, asked: int, lots: Iterable[str]) -> int:
        """Take points from lots in their order, and return how many there were."""
        rest = asked
        for number in lots:
            taken = min(self._left[number], rest)
            self._left[number] -= taken
            rest -= taken
        return asked - rest

    def _live(self) -> list[tuple[str, date, date, int]]:
        """Lots with points left, earliest-expiring first: later earnings never expire earlier."""
        left = self._left
        return [(number, begin, end, left[number]) for _, number, begin, end in self._open if left[number]]

    def _spendable(self, day: date) -> list[tuple[str, int]]:
        return [(number, left) for number, usable_from, _, left in self._live() if usable_from <= day]

    def _add(self, day: date, what: What, points: int, of: str, key: str) -> None:
        if points:
            self._balance += points
            self._rows.append((day, what, points, self._balance, of, key, None, None))

    def closed(self, today: date) -> Points:
        """The points of today."""
        lots = self._live()
        pending = sum([left for _, usable_from, _, left in lots if usable_from > today])
        usable = self._balance - pending
        return Points(tuple(lots), self._debt, usable, pending, tuple(self._refused), tuple(self._rows))
