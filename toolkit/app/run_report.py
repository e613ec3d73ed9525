"""The findings, decisions and results of a run."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from email.utils import parseaddr
from typing import Final

from toolkit.app.desk import Desk
from toolkit.app.shop import Shop
from toolkit.book import ClientBook, Problem
from toolkit.book.tabs.clients import CLIENTS
from toolkit.campaigns.letter_history import LetterHistory, PastLetter
from toolkit.delivery.letter_record import LEFT, WAITING, Outcome, State
from toolkit.delivery.loop import Delivered
from toolkit.errors import ToolkitError, WorkbookError
from toolkit.plan import Plan

NOTHING_DELIVERED: Final = Delivered(())
"""The deliveries of a look."""


@dataclass(frozen=True, slots=True)
class StopRequests:
    """The mailbox and words by which clients ask for no more letters.

    Args:
        inbox: the address at which answers arrive.
        words: the word to answer with, in each language of the letters.
    """

    inbox: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class RunReport:
    """One run, or a look at how things stand.

    Args:
        shop: the shop's name.
        workbook: the workbook's name.
        as_of: the day for which it ran.
        clients_tab: what the team calls its Clients tab.
        book: what the workbook said.
        plan: what was decided.
        problems: what is to be mended, in the book and in the words of letters.
        outcomes: what became of each letter that this run touched.
        results: the name of the workbook that has our tabs now; the workbook's own where nothing was written.
        unwritten: why our tabs could not be written after the letters had left; the next run writes them, once a
            person did what the error asks for.
        stopped: why the letters came to a stop before their end; None where they did not.
        waited: letters of earlier plans that wait, where this was only a look.
        said_today_by: by campaign, the letters of this mode that left on that day, in this run or before.
        rehearsed: whether the letters went to a folder and nothing was sent.
        stops: where to look for stop requests; None before the first letter left by mail.
    """

    shop: str
    workbook: str
    as_of: date
    clients_tab: str
    book: ClientBook
    plan: Plan
    problems: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...] = ()
    results: str = ""
    unwritten: WorkbookError | None = None
    stopped: ToolkitError | None = None
    waited: int = 0
    said_today_by: Mapping[str, int] = field(default_factory=dict)
    rehearsed: bool = True
    stops: StopRequests | None = None

    @classmethod
    def of(cls, shop: Shop, plan: Plan, delivered: Delivered = NOTHING_DELIVERED) -> "RunReport":
        """Return the report of a run, or of a look if nothing was delivered."""
        desk, outcomes = shop.desk, delivered.outcomes
        history = desk.history()
        return cls(
            shop=shop.config.shop.name,
            workbook=shop.open_book.workbook.name,
            as_of=plan.as_of,
            clients_tab=shop.open_book.team_tab_name(CLIENTS),
            book=shop.book,
            plan=plan,
            problems=(*shop.problems, *plan.problems),
            outcomes=outcomes,
            results=shop.open_book.workbook.name,
            stopped=delivered.stopped,
            waited=desk.outbox.waiting() if desk.has_journal and not outcomes else 0,
            said_today_by=_left_on(plan.as_of, history.letters, outcomes),
            rehearsed=desk.is_rehearsal,
            stops=_stop_requests(desk, history),
        )

    @property
    def to_mend(self) -> tuple[Problem, ...]:
        """Problems because of which something was left out."""
        return tuple(problem for problem in self.problems if not problem.is_hint)

    @property
    def said_today(self) -> int:
        """The number of letters that left on that day."""
        return sum(self.said_today_by.values())

    @property
    def handled(self) -> tuple[Outcome, ...]:
        """The letters for which this run did something, or that still wait."""
        return tuple(outcome for outcome in self.outcomes if not outcome.before)

    @property
    def letter_counts(self) -> Mapping[str, int]:
        """The letters of this run by state, which add up to `planned`."""
        states = Counter(outcome.state for outcome in self.handled)
        sent = states[State.SENT]
        tried = {outcome.key for outcome in self.outcomes}
        not_yet = sum(letter.header.key not in tried for letter in self.plan.letters)
        return {
            "planned": len(self.handled) + not_yet + self.waited,
            "written": sent if self.rehearsed else 0,
            "sent": 0 if self.rehearsed else sent,
            "failed": states[State.FAILED],
            "suppressed": states[State.SUPPRESSED],
            "expired": states[State.EXPIRED],
            "waiting": sum(states[state] for state in WAITING) + not_yet + self.waited,
            "in_doubt": states[State.IN_DOUBT] + states[State.SENDING],
            "held": len(self.plan.held),
        }

    @property
    def tiers(self) -> Mapping[str, int]:
        """The number of clients on each tier, highest first, and "" for none."""
        counts = Counter(standing.tier for standing in self.plan.standings)
        ladder = [step.tier for step in sorted(self.book.tiers, key=lambda step: (step.since, step.from_amount))]
        return {tier: counts[tier] for tier in (*dict.fromkeys(reversed(ladder)), "") if counts[tier]}


def _left_on(day: date, said: Iterable[PastLetter], outcomes: Iterable[Outcome]) -> Counter[str]:
    """Return the letters of a day by campaign, without those now in doubt."""
    now = [outcome for outcome in outcomes if not outcome.before]
    doubtful = Counter(one.header.campaign for one in now if one.state in LEFT - {State.SENT} and one.day == day)
    sent = Counter(one.header.campaign for one in now if one.state is State.SENT)
    return (Counter(one.campaign for one in said if one.left and one.day == day) - doubtful) | sent


def _stop_requests(desk: Desk, history: LetterHistory) -> StopRequests | None:
    """Return where to look once letters have left by mail.

    Source: PROMISES.md, Letters that arrive.
    """
    if desk.is_rehearsal or not any(letter.left for letter in history.letters):
        return None
    mail = desk.config.mail
    inbox = parseaddr(mail.reply_to or mail.from_ or mail.account)[1]
    words = (
        language.say("letter", "stop_word") for language in desk.open_book.snapshot.reading.lexicon.languages.values()
    )
    return StopRequests(inbox, tuple(dict.fromkeys(words)))
