"""The output of `show`, for a client on the phone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final

from toolkit.app.desk import Desk
from toolkit.app.shop import Shop
from toolkit.book import Client, Problem, Purchase
from toolkit.book.client_rows import rows_about
from toolkit.book.recipient import is_same
from toolkit.channels.call_list import callee_of
from toolkit.formatting import Formatter
from toolkit.plan import Plan
from toolkit.report.find_client import find_client
from toolkit.report.sentences import plural, problem_lines
from toolkit.rules.contact import why_call
from toolkit.rules.deliveries import awaited, deliveries
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.standing import Standing
from toolkit.snapshot import Snapshot

LATEST: Final = 5
"""Purchase lines and letters shown, the newest last."""
CONSENT: Final = {True: "letters: yes", False: "letters: no", None: "letters: no consent yet"}


def show_lines(shop: Shop, query: str, formatter: Formatter) -> Iterator[str]:
    """Return all that a colleague needs on the phone.

    Args:
        shop: the client's shop.
        query: the client number, the name, or a part of name, company, e-mail address or phone.
        formatter: the terminal's English.

    Raises:
        SetupError: no client matches, or several do.
    """
    client = find_client(shop.open_book, query)
    plan = shop.plan_week(shop.today)
    standing = next(standing for standing in plan.standings if standing.client.number == client.number)
    yield "  ".join(filter(None, (client.number, client.name, client.company)))
    lines = [line for line in shop.book.purchases_by_client.get(client.number, ()) if line.date <= shop.today]
    for name, texts in (
        ("Reach", _reach(client, shop.desk, formatter)),
        ("Likes", [client.likes] if client.likes else []),
        ("Standing", _standing(standing, shop.choices.loyalty, formatter)),
        ("Bought", _bought(lines, standing.spent, formatter)),
        ("Promised", _promised(lines, shop.today)),
        ("Letters", chain(_sent(client, shop.desk, formatter), _planned(client, plan, formatter))),
        ("To fix", problem_lines(_to_fix(client, shop.snapshot), formatter.words)),
    ):
        yield from _named(name, texts)


def _named(name: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"  {name:<9} {line.strip()}"
        name = ""


def _reach(client: Client, desk: Desk, formatter: Formatter) -> Iterator[str]:
    snapshot = desk.open_book.snapshot
    callee = callee_of(client.number, snapshot.book, snapshot.words)
    carried = formatter.say("held", why_call(client)) if why_call(client) else ""
    language = f"in {client.language}" if client.language else ""
    ways = (carried, client.email, client.phone or client.phone_as_written, CONSENT[client.consent], language)
    yield ", ".join(filter(None, ways))
    if callee.caller:
        yield f"{callee.caller} knows them best"
    for suppression in desk.suppressions:
        if is_same(suppression.client, client.number):
            why = suppression.why_in(formatter.words)
            yield f"no letters since {suppression.day}" + (f": {why}" if why else "")


def _standing(standing: Standing, loyalty: Loyalty, formatter: Formatter) -> Iterator[str]:
    until = f" until {standing.kept_until}" if standing.kept_until else ""
    off = f", {formatter.share(standing.discount.share)} off" if standing.discount.share else ""
    yield f"{standing.tier or 'no tier'}{until}{off}"
    if standing.to_next:
        by = f" by {standing.reach_by}" if standing.reach_by else ""
        if standing.measure == "spend":
            more = f"{formatter.money(standing.to_next)} more"
        else:
            more = f"{plural(standing.to_next // loyalty.unit, 'more purchase')}"
        yield f"{more}{by} to reach {standing.next_tier}"
    if standing.points.entries:
        pending = f", {standing.points.pending} more later" if standing.points.pending else ""
        yield f"{plural(standing.points.usable, 'point')}{pending}"
    if standing.due:
        yield f"may be given: {', '.join(reward.reward for reward in standing.due)}"


def _bought(lines: Sequence[Purchase], spent: int, formatter: Formatter) -> Iterator[str]:
    if not lines:
        yield "nothing yet"
        return
    earlier = f"; {plural(len(lines) - LATEST, 'earlier line')}, then:" if len(lines) > LATEST else ""
    yield f"{formatter.money(spent)} that counts{earlier}"
    for line in lines[-LATEST:]:
        what = "  ".join(filter(None, (line.number, line.product)))
        yield f"{line.date}  {what}  {formatter.money(line.amount)}  {line.status}"


def _promised(lines: Sequence[Purchase], today: date) -> Iterator[str]:
    overdue = deliveries(lines, today).overdue
    if overdue:
        yield f"overdue: {', '.join(overdue)}"
    ahead = ((day, line.number or f"row {line.row}") for day, line in awaited(lines, today) if day >= today)
    yield from dict.fromkeys(f"{number} by {day}" for day, number in ahead)


def _sent(client: Client, desk: Desk, formatter: Formatter) -> Iterator[str]:
    """Return the latest letters, oldest first."""
    left = "written to outbox/" if desk.is_rehearsal else "sent"
    for letter in sorted(desk.history().to(client.number), key=lambda letter: letter.day)[-LATEST:]:
        state = "waiting" if letter.waits else left if letter.left else "not sent"
        yield f"{letter.day}  {formatter.say('letters', letter.campaign)}  {state}"


def _planned(client: Client, plan: Plan, formatter: Formatter) -> Iterator[str]:
    for letter in plan.letters:
        if letter.header.client == client.number:
            yield f"{plan.as_of}  {formatter.say('letters', letter.header.campaign)}  due"
    for held in plan.held:
        if held.occasion.reader.reader_no == client.number:
            why = formatter.say("held", held.code, **held.values)
            yield f"{plan.as_of}  {formatter.say('letters', held.occasion.campaign)}  on hold: {why}"


def _to_fix(client: Client, snapshot: Snapshot) -> list[Problem]:
    rows = {(row.tab, row.row) for row in rows_about(snapshot.tabs, snapshot.reading, client.number)}
    return [problem for problem in snapshot.problems if (problem.tab, problem.row) in rows]
