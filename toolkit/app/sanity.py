"""A plan that looks wrong stops before the first letter leaves: a person must decide."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.book.recipient import is_staff
from toolkit.delivery.letter_record import PastRun
from toolkit.errors import RunStopped
from toolkit.plan import Plan
from toolkit.rules.contact import mailbox

MANY_TIMES: Final = 10
FROM: Final = 30
"""Ten times the letters of last time is strange from so many letters on."""

COMPARED: Final = 10
"""A plan is held against the biggest of so many runs: a daily job for birthdays says nothing about a newsletter."""

SHARED_BY: Final = 5
"""One address for so many clients is a mistake of the sheet, not a family."""

GO_ON: Final = "if it is right: sheetclerk run --yes"


def sizes_of(book: ClientBook) -> Mapping[str, int]:
    """How many rows the tabs hold that letters follow from, as a run's figures keep them."""
    return {"clients": len(book.clients), "purchases": len(book.purchases)}


def check_sane(plan: Plan, book: ClientBook, runs: Sequence[PastRun]) -> None:
    """Compare a plan with the last runs that sent.

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
        _refuse_many_times(plan, max(one.counts.get("planned", 0) for one in runs))


def _refuse_empty_tabs(book: ClientBook, before: Mapping[str, int]) -> None:
    for name, number in sizes_of(book).items():
        if not number and before.get(name, 0):
            raise RunStopped(
                f"the tab of {name} is suddenly empty",
                why=f"the last run read {before[name]} rows from it",
                next_step=f"look at the workbook; {GO_ON}",
            )


def _refuse_many_times(plan: Plan, before: int) -> None:
    if len(plan.letters) >= FROM and len(plan.letters) >= MANY_TIMES * max(before, 1):
        raise RunStopped(
            f"{len(plan.letters)} letters are due, and the last runs had at most {before}",
            why="ten times as many as before is often a mistake in the sheet",
            next_step=f"sheetclerk preview shows them; {GO_ON}",
        )


def _refuse_shared_addresses(plan: Plan) -> None:
    clients: dict[str, set[str]] = defaultdict(set)
    for letter in plan.letters:
        if letter.header.route.is_email and not is_staff(letter.header.client):
            clients[mailbox(letter.header.route.address)].add(letter.header.client)
    shared = max(clients.values(), key=len, default=set())
    if len(shared) >= SHARED_BY:
        first = ", ".join(sorted(shared)[:SHARED_BY])
        raise RunStopped(
            f"{len(shared)} clients have one and the same e-mail address",
            why=f"all their letters would go there: {first} ...",
            next_step=f"mend the Email column; {GO_ON}",
        )
