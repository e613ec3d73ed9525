"""An agenda in memory, for long simulations; the contract in test_agenda.py holds it to the journal's."""

from collections.abc import Iterable
from datetime import datetime

from toolkit.delivery.agenda import Occurrence, OccurrenceState


class MemoryAgenda:
    def __init__(self) -> None:
        self.rows: dict[str, Occurrence] = {}
        self._seen: datetime | None = None
        self._open: set[str] = set()
        self._news: set[str] = set()

    def seen(self) -> datetime | None:
        return self._seen

    def note(self, seen: datetime, came_due: Iterable[Occurrence]) -> None:
        for one in came_due:
            if one.id not in self.rows:
                self._put(one)
        self._seen = seen

    def open(self) -> tuple[Occurrence, ...]:
        return tuple(sorted((self.rows[name] for name in self._open), key=lambda one: (one.due, one.job)))

    def untold(self) -> tuple[Occurrence, ...]:
        return tuple(sorted((self.rows[name] for name in self._news), key=lambda one: (one.due, one.job)))

    def move(self, occurrences: Iterable[Occurrence]) -> None:
        for one in occurrences:
            self._put(one)

    def _put(self, one: Occurrence) -> None:
        self.rows[one.id] = one
        (self._open.add if one.is_open else self._open.discard)(one.id)
        is_news = one.state is OccurrenceState.MISSED and not one.told
        (self._news.add if is_news else self._news.discard)(one.id)
