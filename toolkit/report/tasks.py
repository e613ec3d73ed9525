"""Everything that a person should do next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Final, TypeAlias

from toolkit.app.run_report import RunReport
from toolkit.book import Client, ClientBook, Problem, Recipient
from toolkit.book.tabs.staff import staff_names
from toolkit.campaigns.occasion import Held, Occasion
from toolkit.rules.calls import caller_of
from toolkit.rules.deliveries import awaited


class Verb(StrEnum):
    """The verb of a task, the most urgent first."""

    TELL = "tell"
    MEND = "mend"
    CALL = "call"
    WRITE = "write"
    ASK = "ask"
    THANK = "thank"


NO_TASK: Final = frozenset(
    {"no-consent", "promotional-lately", "enough-this-week", "same-address", "no-words", "template-wrong", "suppressed"}
)
"""Codes of [held] without a task of their own.

The client decided, a later day will do, or the text is wrong for everybody and stands among the problems.
"""

VERBS: Final[Mapping[str, Verb]] = {
    "prefers-unclear": Verb.MEND,
    "prefers-phone": Verb.CALL,
    "prefers-chat": Verb.WRITE,
    "prefers-post": Verb.WRITE,
    "no-email": Verb.CALL,
    "unreachable": Verb.ASK,
    "staff-left": Verb.WRITE,
    "dead-address": Verb.ASK,
    "refused-twice": Verb.ASK,
    "mailbox-full": Verb.ASK,
}
"""The task of a code of [held]; every other code asks to fix a cell."""


@dataclass(frozen=True, slots=True)
class Late:
    """A purchase whose promised day has passed."""

    number: str
    bought: date
    promised: date


@dataclass(frozen=True, slots=True)
class Rose:
    """A tier reached in the last 7 days."""

    tier: str


Reason: TypeAlias = Late | Held | Problem | Rose


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do for a reader.

    Args:
        reasons: at least one.
        who: the client's manager, or the seller; "" where nobody is known.
    """

    verb: Verb
    client: Recipient
    reasons: tuple[Reason, ...]
    who: str


def tasks(report: RunReport) -> tuple[Task, ...]:
    """Return one task for each client and verb, urgent first."""
    every = [*_late(report), *_held(report), *_cells(report), *_risen(report)]
    return tuple(sorted(_merged(every), key=_rank))


def _rank(task: Task) -> int:
    """Return a task's place in the list."""
    order = list(Verb)
    is_only_cells = all(isinstance(reason, Problem) for reason in task.reasons)
    return len(order) if is_only_cells else order.index(task.verb)


def _merged(every: Iterable[Task]) -> Iterable[Task]:
    """Merge the tasks of each client and verb."""
    merged: dict[tuple[Verb, str], Task] = {}
    for task in every:
        first = merged.setdefault((task.verb, task.client.reader_no), task)
        more = tuple(reason for reason in task.reasons if reason not in first.reasons)
        merged[task.verb, task.client.reader_no] = replace(first, reasons=(*first.reasons, *more))
    return merged.values()


def _late(report: RunReport) -> Iterator[Task]:
    """Return a task for each late line, oldest promise first."""
    clients = {client.number: client for client in report.book.clients}
    late = [pair for pair in awaited(report.book.purchases, report.as_of) if pair[0] < report.as_of]
    for promised, line in sorted(late, key=itemgetter(0)):
        client = clients[line.client]
        sellers = [number for number, _ in line.credits]
        yield Task(Verb.TELL, client, (Late(line.number, line.date, promised),), _who(report.book, client, sellers))


def asks_a_person(held: Held) -> bool:
    """Return True if a person must act first."""
    return held.code not in NO_TASK


def _held(report: RunReport) -> Iterator[Task]:
    for held in (*report.plan.held, *report.plan.calls):
        if asks_a_person(held):
            yield Task(VERBS.get(held.code, Verb.MEND), held.occasion.reader, (held,), _who_of(held, report.book))


def _who_of(held: Held, book: ClientBook) -> str:
    """Return who acts on a held letter, or ""."""
    if not isinstance(held.occasion, Occasion):
        return ""
    client = held.occasion.client
    return _who(book, client, [caller_of(book, client)])


def _cells(report: RunReport) -> Iterator[Task]:
    """Return a task for each cell of the Clients tab."""
    rows = {client.row: client for client in report.book.clients}
    for problem in report.to_mend:
        client = rows.get(problem.row)
        if problem.tab == report.clients_tab and client:
            yield Task(Verb.MEND, client, (problem,), _who(report.book, client))


def _risen(report: RunReport) -> Iterator[Task]:
    for standing in report.plan.standings:
        if standing.rose:
            client = standing.client
            yield Task(Verb.THANK, client, (Rose(standing.tier),), _who(report.book, client))


def _who(book: ClientBook, client: Client, sellers: Iterable[str] = ()) -> str:
    """Return the client's manager by name, else a seller."""
    named = next((name for name in (client.manager, *sellers) if name), "")
    number = staff_names(book.staff).get(named.casefold(), named)
    member = book.staff_by_number.get(number)
    return (member.name or named) if member else named
