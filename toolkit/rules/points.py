"""One client's points: lots with their own expiry, spent earliest-expiring first (RULES.md section 3, Points).

Expired and returned points are entries, never deletions; lots never go below zero, and their sum less any debt is the
balance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeAlias

from toolkit.book.purchases import Purchase
from toolkit.book.rewards import RewardGiven
from toolkit.rules.earning import Earner, Earning
from toolkit.rules.loyalty import Loyalty
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


@dataclass(frozen=True, slots=True)
class Points:
    """One client's points on a day.

    Args:
        entries: the ledger, oldest first.
        lots: those of which something is left, earliest-expiring first.
        debt: what a return took beyond the balance.
        usable: what can be spent on that day; below zero where there is a debt.
        pending: what can be spent only later.
        refused: rewards beyond the balance.
    """

    entries: tuple[Entry, ...] = ()
    lots: tuple[Lot, ...] = ()
    debt: int = 0
    usable: int = 0
    pending: int = 0
    refused: tuple[Refused, ...] = ()

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


def points_of(
    earnings: Iterable[Earning], back: Iterable[Purchase], given: Iterable[RewardGiven], earner: Earner, asked: "Asked"
) -> Points:
    """A client's points on a day, from all that had happened by then; the order of rows changes nothing.

    Args:
        earnings: purchases up to the day.
        back: returned lines up to the day.
        given: rewards granted up to the day, oldest first.
        earner: works out what a return leaves.
        asked: the choices and the day.
    """
    till = _Till(earner, asked)
    events: list[tuple[date, int, str, Earning | RewardGiven | list[Purchase]]] = [
        *((one.day, 0, one.number, one) for one in earnings),
        *((day, 1, number, same) for (day, number), same in _by_purchase(back).items()),
        *((one.date, 2, f"{place:06}", one) for place, one in enumerate(given)),
    ]
    for day, _, number, event in sorted(events, key=lambda event: event[:3]):
        till.expire(day)
        if isinstance(event, Earning):
            till.earn(event)
        elif isinstance(event, RewardGiven):
            till.spend(event)
        else:
            till.take_back(day, number, event)
    return till.closed()


class Asked(NamedTuple):
    """By which choices, and for which day."""

    loyalty: Loyalty
    today: date


def _by_purchase(back: Iterable[Purchase]) -> dict[tuple[date, str], list[Purchase]]:
    found: dict[tuple[date, str], list[Purchase]] = {}
    for one in back:
        found.setdefault((one.date, one.return_of), []).append(one)
    return found


class _Lot:
    """One earning while events go over it; `kept` is what returns have left of it, `lost` what expired."""

    __slots__ = ("back", "earning", "kept", "last_day", "left", "lost", "usable_from")

    def __init__(self, earning: Earning, usable_from: date, last_day: date) -> None:
        self.earning = earning
        self.usable_from = usable_from
        self.last_day = last_day
        self.left = self.kept = earning.points
        self.lost = 0
        self.back: list[Purchase] = []


class _Till:
    def __init__(self, earner: Earner, asked: Asked) -> None:
        self._earner = earner
        self._choices = asked.loyalty.points
        self._today = asked.today
        self._pending = timedelta(days=self._choices.pending_days)
        self._lots: dict[str, _Lot] = {}
        self._entries: list[Entry] = []
        self._refused: list[Refused] = []
        self._spendings: dict[str, int] = {}
        self._balance = 0
        self._debt = 0
        self._next_loss = date.max

    def earn(self, earning: Earning) -> None:
        """A new lot; a debt takes its part of it at once."""
        months = self._choices.months
        last = months_after(earning.day, months) if months else date.max
        lot = _Lot(earning, earning.day + self._pending, last)
        self._lots[earning.number] = lot
        if not earning.points:
            return
        paid = min(self._debt, lot.left)
        lot.left -= paid
        self._debt -= paid
        self._next_loss = min(self._next_loss, last)
        self._balance += earning.points
        self._entries.append(
            Entry(
                earning.day,
                "earned",
                earning.points,
                self._balance,
                earning.number,
                f"earned|{earning.number}",
                lot.usable_from,
                last if months else None,
            )
        )

    def expire(self, day: date) -> None:
        """Close the lots whose last usable day has passed."""
        if self._next_loss >= day:
            return
        for lot in self._live():
            if lot.last_day < day:
                lost, lot.lost, lot.left = lot.left, lot.left, 0
                number = lot.earning.number
                self._add(lot.last_day + ONE_DAY, "expired", -lost, number, f"expired|{number}")
        self._next_loss = min((lot.last_day for lot in self._live()), default=date.max)

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

    def take_back(self, day: date, number: str, back: Sequence[Purchase]) -> None:
        """Take the points of a return back, as far as the balance policy lets it go."""
        lot = self._lots.get(number)
        if lot is None:
            return
        lot.back.extend(back)
        left = self._earner.left(lot.earning, lot.back)
        owed, lot.kept = lot.kept - left, left
        forgiven = min(lot.lost, owed)
        lot.lost -= forgiven
        self._add(day, "returned", -self._taken(lot, owed - forgiven, day), number, f"returned|{number}|{day}")

    def _taken(self, lot: _Lot, owed: int, day: date) -> int:
        if self._choices.balance == "only pending":
            return self._take(owed, [lot]) if day < lot.usable_from else 0
        taken = self._take(owed, [lot, *self._live()])
        if self._choices.balance == "unlimited":
            self._debt += owed - taken
            return owed
        return taken

    def _take(self, asked: int, lots: Iterable[_Lot]) -> int:
        """Take points from lots in their order, and return how many there were."""
        rest = asked
        for lot in lots:
            taken = min(lot.left, rest)
            lot.left -= taken
            rest -= taken
        return asked - rest

    def _live(self) -> list[_Lot]:
        """Lots with points left, earliest-expiring first: later earnings never expire earlier."""
        return [lot for lot in self._lots.values() if lot.left]

    def _usable(self, day: date) -> int:
        return sum(lot.left for lot in self._lots.values() if lot.usable_from <= day) - self._debt

    def _add(self, day: date, what: What, points: int, of: str, key: str) -> None:
        if points:
            self._balance += points
            self._entries.append(Entry(day, what, points, self._balance, of, key))

    def closed(self) -> Points:
        """The points of the day that was asked for."""
        self.expire(self._today)
        live = self._live()
        usable = self._usable(self._today)
        return Points(
            entries=tuple(self._entries),
            lots=tuple(Lot(lot.earning.number, lot.usable_from, lot.last_day, lot.left) for lot in live),
            debt=self._debt,
            usable=usable,
            pending=sum(lot.left for lot in live if lot.usable_from > self._today),
            refused=tuple(self._refused),
        )
