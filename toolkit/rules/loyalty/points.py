"""One client's points in lots with their own expiry (RULES.md, Points).

Points are spent from the lot that expires first.

Expired and returned points are entries, never deletions; lots never go below zero, and their sum less any debt is the
balance.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from toolkit.book import Purchase
from toolkit.book.tabs.rewards import RewardGiven
from toolkit.rules.loyalty.earning import Earner, Rate
from toolkit.rules.loyalty.spend import places_of

_DAY: Final = itemgetter(0)
What: TypeAlias = Literal["earned", "spent", "returned", "expired"]


class LedgerEntry(NamedTuple):
    """One line of the ledger, never changed or removed.

    Args:
        points: added, or with a minus taken.
        balance: what there is after it, pending points too.
        of: the purchase or the reward.
        usable_from: of what was earned, the first usable day.
        last_day: of what was earned, the last usable day; None is for ever.
        named: what tells it from others of its kind.
    """

    day: date
    what: What
    points: int
    balance: int
    of: str
    named: str
    usable_from: date | None = None
    last_day: date | None = None

    @property
    def key(self) -> str:
        """Return a lasting key, unique for a client."""
        return f"{self.what}|{self.named}"


class Lot(NamedTuple):
    """The rest of one earning with its last usable day."""

    number: str
    usable_from: date
    last_day: date
    left: int


_entry: Final[Callable[[tuple[object, ...]], LedgerEntry]] = partial(tuple.__new__, LedgerEntry)
_lot: Final[Callable[[tuple[object, ...]], Lot]] = partial(tuple.__new__, Lot)
"""Entry(*row) and Lot(*row) at a third of their time: a shop has a hundred thousand of them."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A reward with too few points, which changed nothing."""

    given: RewardGiven
    had: int


class Points(NamedTuple):
    """One client's points on a day.

    Args:
        lots: those of which something is left, earliest-expiring first.
        debt: what a return took beyond the balance.
        usable: what can be spent on that day; below zero where there is a debt.
        pending: what can be spent only later.
        refused: rewards beyond the balance.
        entries: the ledger, oldest first, with all that expired.
    """

    lots: tuple[Lot, ...] = ()
    debt: int = 0
    usable: int = 0
    pending: int = 0
    refused: tuple[Refused, ...] = ()
    entries: tuple[LedgerEntry, ...] = ()

    @property
    def balance(self) -> int:
        """Return all points that are left, pending ones too."""
        return self.usable + self.pending

    @property
    def expire_on(self) -> date | None:
        """Return the last usable day of the first lot to expire, or None."""
        last_day = self.lots[0].last_day if self.lots else date.max
        return last_day if last_day < date.max else None

    @property
    def expiring(self) -> int:
        """Return how many points have that last day."""
        return self.ending_by(self.expire_on) if self.expire_on else 0

    def ending_by(self, day: date) -> int:
        """Return how many points end by a day."""
        return sum(lot.left for lot in self.lots if lot.last_day <= day)


NO_POINTS = Points()


class Past(NamedTuple):
    """Everything that happened to a client's points by a day.

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
    """Work out a client's points on a day.

    The order of rows changes nothing.
    """
    till = _Till(past, earner)
    till.run(today)
    return till.closed(today)


_Event: TypeAlias = tuple[date, Callable[[date, Any], None], Any]
"""A day, what it does to the till, and the purchase or the reward that does it."""


class _Till:
    def __init__(self, past: Past, earner: Earner) -> None:
        self._past = past
        self._earner = earner
        self._entries: list[LedgerEntry] = []
        self._left: dict[str, int] = {}
        self._open: deque[tuple[date, str, date, date]] = deque()
        self._lost: dict[str, int] = {}
        self._balance = 0
        self._debt = 0
        self._refused: list[Refused] = []
        self._spendings: dict[str, int] = {}
        self._places = places_of(past.bought, past.back) if past.back else {}

    def run(self, today: date) -> None:
        """Post every event up to a day.

        No row of the sheet changes their order.
        """
        bought, rates, back, _ = self._past
        events = self._events()
        for day, number, points in self._earner.earned(bought, rates):
            while events and events[0][0] < day:
                self._happen(*events.popleft())
            if points or back:
                self._expire(day)
                self._earn(day, number, points)
        for event in events:
            self._happen(*event)
        self._expire(today)

    def _events(self) -> deque[_Event]:
        """Return returns and grants by day.

        A day ends with its grants.
        """
        past = self._past
        if not (past.back or past.given):
            return deque()
        returns = [
            (day, self._take_back, of)
            for day, of in sorted({(returned.date, returned.return_of) for returned in past.back})
        ]
        gifts = [(reward.date, self._spend, reward) for reward in past.given]
        return deque(sorted([*returns, *gifts], key=_DAY))

    def _happen(self, day: date, happens: Callable[[date, Any], None], of: object) -> None:
        self._expire(day)
        happens(day, of)

    def _earn(self, day: date, number: str, points: int) -> None:
        """Open a lot and pay any debt from it at once."""
        self._left[number] = points
        if self._debt:
            self._debt -= self._take(self._debt, [number])
        if points:
            self._balance += points
            usable_from, last_day, gone_on, told_last = self._earner.terms[day]
            self._open.append((gone_on, number, usable_from, last_day))
            row = (day, "earned", points, self._balance, number, number, usable_from, told_last)
            self._entries.append(_entry(row))

    def _expire(self, day: date) -> None:
        """Close the lots whose last usable day has passed.

        A day begins with it.
        """
        waiting = self._open
        while waiting and waiting[0][0] <= day:
            gone_on, number, _, _ = waiting.popleft()
            lost = self._lost[number] = self._left[number]
            self._left[number] = 0
            self._add(gone_on, "expired", -lost, number, number)

    def _spend(self, day: date, given: RewardGiven) -> None:
        """Take a reward's points from the lots that expire first.

        A reward beyond the usable points is refused whole.
        """
        lots, asked = self._spendable(day), given.points or 0
        usable = max(sum([left for _, left in lots]) - self._debt, 0)
        if asked > usable:
            self._refused.append(Refused(given, usable))
            return
        self._take(asked, [number for number, _ in lots])
        if asked:
            base = f"{day.isoformat()}|{given.reward}|{given.code}"
            self._spendings[base] = self._spendings.get(base, 0) + 1
            self._add(day, "spent", -asked, given.reward, f"{base}|{self._spendings[base]}")

    def _take_back(self, day: date, number: str) -> None:
        """Take back the points of a return under the balance policy.

        Points that expired are not owed again.
        """
        if number in self._left:
            owed, lost = self._owed(day, number), self._lost.get(number, 0)
            forgiven = min(lost, owed)
            self._lost[number] = lost - forgiven
            self._add(day, "returned", -self._taken(day, number, owed - forgiven), number, f"{number}|{day}")

    def _owed(self, day: date, number: str) -> int:
        """Return the points that a purchase loses by a return."""
        lines = self._lines_of(number)
        since, rate = lines[0].date, self._past.rates[lines[0].date]
        back = [
            returned for returned in self._past.back if returned.return_of == number and since <= returned.date <= day
        ]
        earlier = [line for line in back if line.date < day]
        return self._earner.left(lines, earlier, rate) - self._earner.left(lines, back, rate)

    def _lines_of(self, number: str) -> Sequence[Purchase]:
        return [self._past.bought[place] for place in self._places[number]]

    def _taken(self, day: date, number: str, owed: int) -> int:
        if self._earner.choices.balance == "only pending":
            usable_from = self._earner.terms[self._lines_of(number)[0].date].usable_from
            return self._take(owed, [number]) if day < usable_from else 0
        taken = self._take(owed, chain([number], (other for _, other, _, _ in self._open)))
        if self._earner.choices.balance == "unlimited":
            self._debt += owed - taken
            return owed
        return taken

    def _take(self, asked: int, lots: Iterable[str]) -> int:
        """Take points from lots in order and return the number taken."""
        rest = asked
        for number in lots:
            if not rest:
                break
            taken = min(self._left[number], rest)
            self._left[number] -= taken
            rest -= taken
        return asked - rest

    def _live(self) -> list[Lot]:
        """Return lots with points left, earliest-expiring first.

        Later earnings never expire earlier.
        """
        left = self._left
        return [_lot((number, begin, end, left[number])) for _, number, begin, end in self._open if left[number]]

    def _spendable(self, day: date) -> list[tuple[str, int]]:
        return [(lot.number, lot.left) for lot in self._live() if lot.usable_from <= day]

    def _add(self, day: date, what: What, points: int, of: str, named: str) -> None:
        if points:
            self._balance += points
            self._entries.append(_entry((day, what, points, self._balance, of, named, None, None)))

    def closed(self, today: date) -> Points:
        """Return the points of today."""
        lots = self._live()
        pending = sum([lot.left for lot in lots if lot.usable_from > today])
        usable = self._balance - pending
        return Points(tuple(lots), self._debt, usable, pending, tuple(self._refused), tuple(self._entries))
