"""What a person should do next: told from late deliveries, held letters, cells to mend and risen tiers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Final, TypeAlias

from toolkit.app.run_report import RunReport
from toolkit.book.client_book import ClientBook
from toolkit.book.problem import Problem
from toolkit.book.recipient import Recipient
from toolkit.book.tabs.clients import Client
from toolkit.book.tabs.staff import staff_names
from toolkit.campaigns.occasion import Held, Occasion
from toolkit.rules.calls import caller_of
from toolkit.rules.deliveries import awaited


class Verb(StrEnum):
    """What is to be done, the most urgent first."""

    TELL = "tell"
    MEND = "mend"
    CALL = "call"
    WRITE = "write"
    ASK = "ask"
    THANK = "thank"


NO_TASK: Final = frozenset(
    {"no-consent", "promotional-lately", "enough-this-week", "same-address", "no-words", "template-wrong", "suppressed"}
)
"""Codes of [held] that ask for nothing client by client: the client decided, a later day will do, or the words are
wrong for everybody and stand among the problems."""

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
"""What a code of [held] asks for; every other one asks to mend."""


@dataclass(frozen=True, slots=True)
class Late:
    """A purchase whose promised day has passed; number is "" where it has none."""

    number: str
    bought: date
    promised: date


@dataclass(frozen=True, slots=True)
class Rose:
    """The tier that a client rose to in the last 7 days."""

    tier: str


Reason: TypeAlias = Late | Held | Problem | Rose


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do for one client, or for a member of staff.

    Args:
        reasons: at least one; all of them ask for the same.
        who: the client's manager, or whose sale it was; "" where nobody is known.
    """

    verb: Verb
    client: Recipient
    reasons: tuple[Reason, ...]
    who: str


def tasks(report: RunReport) -> tuple[Task, ...]:
    """Everything to do, one task for each client and verb: deliveries, held letters, rises, cells."""
    found = [*_late(report), *_held(report), *_cells(report), *_risen(report)]
    return tuple(sorted(_one_each(found), key=_rank))


def _rank(task: Task) -> int:
    """Where a task stands in the list; a cell that holds no letter back comes last."""
    order = list(Verb)
    is_only_cells = all(isinstance(reason, Problem) for reason in task.reasons)
    return len(order) if is_only_cells else order.index(task.verb)


def _one_each(found: Iterable[Task]) -> Iterable[Task]:
    """One task for each client and verb, with every reason once."""
    merged: dict[tuple[Verb, str], Task] = {}
    for task in found:
        first = merged.setdefault((task.verb, task.client.reader_no), task)
        news = tuple(one for one in task.reasons if one not in first.reasons)
        merged[task.verb, task.client.reader_no] = replace(first, reasons=(*first.reasons, *news))
    return merged.values()


def _late(report: RunReport) -> Iterator[Task]:
    """Each line whose promised day has passed, the oldest promise first."""
    clients = {client.number: client for client in report.book.clients}
    found = [pair for pair in awaited(report.book.purchases, report.as_of) if pair[0] < report.as_of]
    for promised, one in sorted(found, key=itemgetter(0)):
        client = clients[one.client]
        sellers = [number for number, _ in one.credits]
        yield Task(Verb.TELL, client, (Late(one.number, one.date, promised),), _who(report.book, client, sellers))


def asks_a_person(held: Held) -> bool:
    """Whether somebody has to do something, so that the letter can go."""
    return held.code not in NO_TASK


def _held(report: RunReport) -> Iterator[Task]:
    for one in (*report.plan.held, *report.plan.calls):
        if asks_a_person(one):
            yield Task(VERBS.get(one.code, Verb.MEND), one.occasion.reader, (one,), _who_of(one, report.book))


def _who_of(held: Held, book: ClientBook) -> str:
    """Who does what a client's letter waits for; nobody in particular for the staff's own letters."""
    if not isinstance(held.occasion, Occasion):
        return ""
    client = held.occasion.client
    return _who(book, client, [caller_of(book, client)])


def _cells(report: RunReport) -> Iterator[Task]:
    """Cells of the Clients tab in rows that could be read; a row that was left out has no client to name."""
    rows = {client.row: client for client in report.book.clients}
    for one in report.to_mend:
        client = rows.get(one.row)
        if one.tab == report.clients_tab and client:
            yield Task(Verb.MEND, client, (one,), _who(report.book, client))


def _risen(report: RunReport) -> Iterator[Task]:
    for one in report.plan.standings:
        if one.rose:
            yield Task(Verb.THANK, one.client, (Rose(one.tier),), _who(report.book, one.client))


def _who(book: ClientBook, client: Client, sellers: Iterable[str] = ()) -> str:
    """The client's manager by name, however the team wrote it, else whoever sold."""
    named = next((one for one in (client.manager, *sellers) if one), "")
    number = staff_names(book.staff).get(named.casefold(), named)
    member = book.staff_by_number.get(number)
    return (member.name or named) if member else named
