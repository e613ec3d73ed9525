"""The output of `send` and `outbox`."""

from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.app.desk import Desk
from toolkit.book.i18n import ENGLISH
from toolkit.channels.status_text import render_remark
from toolkit.delivery.doubt import SentProof
from toolkit.delivery.letter_record import WAITING, State
from toolkit.delivery.policy import Spread
from toolkit.letters.letter import Letter
from toolkit.plan import Plan
from toolkit.report.sentences import plural

RECIPIENTS_SHOWN: Final = 3
ON_CALL_LIST: Final = "(on the call list)"
STATES: Final = {State.IN_DOUBT: "in doubt", State.FAILED: "failed", **dict.fromkeys(WAITING, "waiting")}
"""States of open letters, the most urgent first."""


def before_sending(desk: Desk, plan: Plan, waiting: int, days: Spread) -> Iterator[str]:
    """Return the sender, the count and the first recipients.

    Args:
        desk: where they leave from.
        plan: what is due.
        waiting: letters of earlier plans that go with it.
        days: how all of them fall on days.
    """
    yield f"From: {desk.config.mail.from_ or desk.config.mail.account}"
    yield plural(len(plan.letters), "letter") + (" to:" if plan.letters else "")
    for header in (letter.header for letter in plan.letters[:RECIPIENTS_SHOWN]):
        yield f"  {header.client}  {header.name}  {header.route.address or ON_CALL_LIST}"
    if len(plan.letters) > RECIPIENTS_SHOWN:
        yield f"  and {len(plan.letters) - RECIPIENTS_SHOWN} more"
    if waiting:
        yield f"{plural(waiting, 'waiting letter')} from earlier runs will go too"
    yield from quiet_line(desk)
    if len(days.days) > 1 or days.late:
        yield f"More than the account's daily limit: {days}"


def quiet_line(desk: Desk) -> Iterator[str]:
    """Return when the quiet hours end, if they last."""
    if until := desk.quiet_until:
        yield f"Quiet hours: no mail leaves before {until:%Y-%m-%d %H:%M}. Waiting letters go with the next run"


def sample_lines(samples: Sequence[Letter], address: str) -> Iterator[str]:
    """Return which letters went to the owner to look at."""
    yield f"Sent {plural(len(samples), 'letter')} to {address}:" if samples else "No new text: nothing was sent"
    for header in (letter.header for letter in samples):
        yield f"  {header.campaign} in {header.language}: {header.subject}"


def open_letters(desk: Desk) -> Iterator[str]:
    """Return open letters, with the start of their keys."""
    outcomes = [outcome for outcome in desk.outbox.letters_for_tab() if outcome.state in STATES]
    yield plural(len(outcomes), "open letter") if outcomes else "No open letters"
    for outcome in sorted(outcomes, key=lambda outcome: list(STATES).index(outcome.state)):
        words = render_remark(outcome.record.words, desk.open_book.snapshot.reading.lexicon.words(ENGLISH))
        key, header, state = outcome.key[:12], outcome.header, STATES[outcome.state]
        yield f"  {key}  {state:<8}  {header.client}  {header.campaign}  {outcome.day}  {words}"


def sent_folder_lines(proved: SentProof) -> Iterator[str]:
    """Return what a look into the Sent folder proved."""
    if not proved.folder:
        yield "No letter is in doubt, so the Sent folder was not opened"
        return
    total = len(proved.sent) + len(proved.open)
    yield f"{len(proved.sent)} of {plural(total, 'letter')} in doubt found in {proved.folder}: sent"
    if proved.open:
        yield f"{len(proved.open)} not found and still in doubt. That proves nothing: many servers keep no copy"
