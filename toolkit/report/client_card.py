"""What `show` prints: all that a colleague wants to know of a client who is on the phone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final

from toolkit.app.shop import Shop
from toolkit.book.client_rows import rows_about
from toolkit.book.problem import Problem
from toolkit.book.recipient import is_same
from toolkit.book.tabs.clients import Client
from toolkit.book.tabs.purchases import Purchase
from toolkit.letters.speech import share
from toolkit.plan import Plan
from toolkit.report.find_client import client_meant
from toolkit.report.sentences import Voice, many, problem_lines
from toolkit.rules.contact import why_call
from toolkit.rules.deliveries import awaited, deliveries
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.standing import Standing

LATEST: Final = 5
"""So many purchases and letters are shown, the newest last."""

CONSENT: Final = {True: "letters: yes", False: "letters: no", None: "letters: nobody said yes"}


def show_lines(shop: Shop, asked: str, voice: Voice) -> Iterator[str]:
    """Who a client is, how to reach them, where they stand, what they bought, and what was and will be written.

    Args:
        shop: whose client it is.
        asked: the client number, the name, or a part of name, company, e-mail address or phone.
        voice: the terminal's.

    Raises:
        SetupError: nobody is meant, or several are.
    """
    client = client_meant(shop, asked)
    plan = shop.plan_week(shop.today)
    standing = next(one for one in plan.standings if one.client.number == client.number)
    yield "  ".join(filter(None, (client.number, client.name, client.company)))
    lines = [one for one in shop.book.purchases_by_client.get(client.number, ()) if one.date <= shop.today]
    for name, told in (
        ("Reach", _reach(client, shop, voice)),
        ("Likes", [client.likes] if client.likes else []),
        ("Stands", _stands(standing, shop.choices.loyalty, voice)),
        ("Bought", _bought(lines, standing.spent, voice)),
        ("Promised", _promised(lines, shop.today)),
        ("Letters", chain(_said(client, shop, voice), _today(client, plan, voice))),
        ("To mend", problem_lines(_to_mend(client, shop), voice.words)),
    ):
        yield from _named(name, told)


def _named(name: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"  {name:<9} {line.strip()}"
        name = ""


def _reach(client: Client, shop: Shop, voice: Voice) -> Iterator[str]:
    callee = shop.callee(client.number)
    carried = voice.words.say("held", why_call(client)) if why_call(client) else ""
    language = f"in {client.language}" if client.language else ""
    ways = (carried, client.email, client.phone or client.phone_as_written, CONSENT[client.consent], language)
    yield ", ".join(filter(None, ways))
    if callee.caller:
        yield f"{callee.caller} knows them best"
    for one in shop.suppressions:
        if is_same(one.client, client.number):
            why = one.why_in(voice.words)
            yield f"nothing goes there since {one.day}: {why}" if why else f"nothing goes there since {one.day}"


def _stands(one: Standing, loyalty: Loyalty, voice: Voice) -> Iterator[str]:
    until = f" until {one.kept_until}" if one.kept_until else ""
    off = f", {share(one.discount.share, voice.words.language)} off" if one.discount.share else ""
    yield f"{one.tier or 'no tier'}{until}{off}"
    if one.to_next:
        by = f" by {one.reach_by}" if one.reach_by else ""
        more = voice.money(one.to_next) if one.measure == "spend" else many(one.to_next // loyalty.unit, "purchase")
        yield f"{more} more{by} reaches {one.next_tier}"
    if one.points.entries:
        pending = f", {one.points.pending} more later" if one.points.pending else ""
        yield f"{one.points.usable} points{pending}"
    if one.due:
        yield f"may be given: {', '.join(reward.reward for reward in one.due)}"


def _bought(lines: Sequence[Purchase], spent: int, voice: Voice) -> Iterator[str]:
    if not lines:
        yield "nothing yet"
        return
    earlier = f"; {many(len(lines) - LATEST, 'earlier line')}, then:" if len(lines) > LATEST else ""
    yield f"{voice.money(spent)} that counts{earlier}"
    for line in lines[-LATEST:]:
        what = "  ".join(filter(None, (line.number, line.product)))
        yield f"{line.date}  {what}  {voice.money(line.amount)}  {line.status}"


def _promised(lines: Sequence[Purchase], today: date) -> Iterator[str]:
    overdue = deliveries(lines, today).overdue
    if overdue:
        yield f"overdue: {', '.join(overdue)}"
    ahead = ((day, one.number or f"row {one.row}") for day, one in awaited(lines, today) if day >= today)
    yield from dict.fromkeys(f"{what} by {day}" for day, what in ahead)


def _said(client: Client, shop: Shop, voice: Voice) -> Iterator[str]:
    """The latest letters that the journal or the Outbox tab knows, oldest first."""
    left = "written to outbox/" if shop.is_rehearsal else "left"
    for one in sorted(shop.said().to(client.number), key=lambda letter: letter.day)[-LATEST:]:
        fate = "waits" if one.waits else left if one.left else "did not leave"
        yield f"{one.day}  {voice.words.say('letters', one.campaign)}  {fate}"


def _today(client: Client, plan: Plan, voice: Voice) -> Iterator[str]:
    """What would be written today, and what is held."""
    for letter in plan.letters:
        if letter.header.client == client.number:
            yield f"{plan.as_of}  {voice.words.say('letters', letter.header.campaign)}  due"
    for one in plan.held:
        if one.occasion.reader.reader_no == client.number:
            why = voice.words.say("held", one.code, **one.values)
            yield f"{plan.as_of}  {voice.words.say('letters', one.occasion.campaign)}  held: {why}"


def _to_mend(client: Client, shop: Shop) -> list[Problem]:
    """What is to be mended in the rows that bear the client's number."""
    rows = {(one.tab, one.row) for one in rows_about(shop.tabs, shop.reading, client.number)}
    return [one for one in shop.problems if (one.tab, one.row) in rows]
