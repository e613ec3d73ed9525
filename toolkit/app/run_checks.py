"""Checks before the first letter of a run leaves."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from toolkit.app.desk import Desk
from toolkit.app.own_tab_checks import check_own_tabs
from toolkit.app.shop import Shop
from toolkit.book import ClientBook
from toolkit.book.own_tabs import OUTBOX
from toolkit.book.recipient import is_staff
from toolkit.delivery.letter_record import PastRun, State
from toolkit.delivery.shared.remote_letters import OUTBOX_TAB_KEEPS, letters_done
from toolkit.errors import RunStopped
from toolkit.plan import Plan
from toolkit.rules.contact import mailbox
from toolkit.sheets.workbook import Remembered

SUSPICIOUS_FACTOR: Final = 10
SUSPICIOUS_FROM: Final = 30
"""Ten times the letters of last time is strange from so many letters on."""

RUNS_COMPARED: Final = 10
"""A plan is held against the biggest of so many runs: a daily job for birthdays says nothing about a newsletter."""

MOST_PER_ADDRESS: Final = 5
"""One address for so many clients is a mistake of the sheet, not a family."""

RUN_ANYWAY: Final = "if it is right: sheetclerk run --yes"


def sizes_of(book: ClientBook) -> Mapping[str, int]:
    """Return the number of rows in the tabs that letters follow from."""
    return {"clients": len(book.clients), "purchases": len(book.purchases)}


def check_sane(plan: Plan, book: ClientBook, runs: Sequence[PastRun]) -> None:
    """Stop if a plan looks wrong beside the last runs.

    Args:
        plan: what would be sent.
        book: what it follows from.
        runs: the last runs, newest first.

    Raises:
        RunStopped: a tab is suddenly empty, ten times the letters of the biggest of these runs, or one address for
            many clients.
    """
    _refuse_shared_addresses(plan)
    if runs:
        _refuse_empty_tabs(book, runs[0].counts)
        _refuse_many_times(plan, max(run.counts.get("planned", 0) for run in runs))


def _refuse_empty_tabs(book: ClientBook, before: Mapping[str, int]) -> None:
    for name, number in sizes_of(book).items():
        if not number and before.get(name, 0):
            raise RunStopped(
                f"the tab of {name} is suddenly empty",
                why=f"the last run read {before[name]} rows from it",
                next_step=f"look at the workbook; {RUN_ANYWAY}",
            )


def _refuse_many_times(plan: Plan, before: int) -> None:
    if len(plan.letters) >= SUSPICIOUS_FROM and len(plan.letters) >= SUSPICIOUS_FACTOR * max(before, 1):
        raise RunStopped(
            f"{len(plan.letters)} letters are due, and the last runs had at most {before}",
            why="ten times as many as before is often a mistake in the sheet",
            next_step=f"sheetclerk preview shows them; {RUN_ANYWAY}",
        )


def _refuse_shared_addresses(plan: Plan) -> None:
    clients: dict[str, set[str]] = defaultdict(set)
    for letter in plan.letters:
        if letter.header.route.is_email and not is_staff(letter.header.client):
            clients[mailbox(letter.header.route.address)].add(letter.header.client)
    shared = max(clients.values(), key=len, default=set())
    if len(shared) >= MOST_PER_ADDRESS:
        first = ", ".join(sorted(shared)[:MOST_PER_ADDRESS])
        raise RunStopped(
            f"{len(shared)} clients have the same e-mail address",
            why=f"all their letters would go there: {first} ...",
            next_step=f"fix the Email column; {RUN_ANYWAY}",
        )


def check_run(shop: Shop, plan: Plan, limit: int | None, *, is_sure: bool) -> None:
    """Return quietly if a run may send, as a rehearsal always may.

    Args:
        shop: whose run it is.
        plan: what would be sent.
        limit: at most so many letters would leave.
        is_sure: a person has looked.

    Raises:
        RunStopped: the plan, the computer or the Outbox tab looks wrong.
        WorkbookError: our tabs cannot be written.
    """
    desk, is_live = shop.desk, not shop.desk.is_rehearsal
    if is_live and not is_sure:
        check_sane(plan, shop.book, desk.outbox.last_runs(RUNS_COMPARED))
    check_own_tabs(shop.open_book)
    if is_live:
        _check_home(desk)
    if is_live and not is_sure and limit != 0:
        _check_memory(desk)
    shop.open_book.workbook.check_writable()


def _check_home(desk: Desk) -> None:
    """Stop unless letters of a file leave from this computer.

    Source: PROMISES.md, Workbook file.
    """
    home, book = desk.open_book.home(), desk.open_book.workbook
    if book.capabilities.team is None and home not in ("", desk.computer):
        raise RunStopped(
            f"{book.name}: its letters leave from another computer",
            why=f"its Week tab names {home}, and two computers that send from one file could write to a client twice",
            next_step="run there; to send from this computer from now on: sheetclerk run --take-over",
        )


def _check_memory(desk: Desk) -> None:
    """Stop if the Outbox tab lost letters of other computers."""
    workbook, tab = desk.open_book.workbook, desk.open_book.snapshot.own_tab_name(OUTBOX)
    team = workbook.capabilities.team
    if team is None:
        return
    before, now = team.letters, _letters_done(desk, team.letters.since)
    if now < before.number:
        raise RunStopped(
            f"{workbook.name}: the tab {tab} listed {before.number} sent letters, and lists {now} now",
            why="somebody cleared, deleted or renamed it, so what other computers sent would be sent again from here",
            next_step="restore it with File, Version history; or run on each computer that sends: sheetclerk run "
            "--limit 0; if it is right as it is: sheetclerk run --yes",
        )


def remember_letters(desk: Desk, *, is_sure: bool) -> None:
    """Keep the number of letters done, if none is missing or a person is sure."""
    team = desk.open_book.workbook.capabilities.team
    if team is None or desk.is_rehearsal or not desk.keeps_records:
        return
    if is_sure or _letters_done(desk, team.letters.since) >= team.letters.number:
        since = desk.today - OUTBOX_TAB_KEEPS
        team.remember(Remembered(_letters_done(desk, since), since))


def _letters_done(desk: Desk, since: date) -> int:
    """Return how many letters since a day are done, by journal and tab."""
    known, snapshot = desk.outbox.letters_for_tab(), desk.open_book.snapshot
    here = {letter.key[:16] for letter in known if letter.state is State.SENT and letter.day >= since}
    return len(here | letters_done(snapshot.tabs, snapshot.reading.lexicon, since))
