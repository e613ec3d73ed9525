"""The plan of everything to write and send today."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from toolkit.book import Client, ClientBook, Problem
from toolkit.campaigns import CAMPAIGNS
from toolkit.campaigns.letter_history import LetterHistory, PastLetter
from toolkit.campaigns.occasion import LATELY, ApprovedMonth, CampaignContext, Held, Kind, Occasion, Owed, TeamOccasion
from toolkit.letters.letter import Letter, LetterHeader
from toolkit.letters.writer import Writer
from toolkit.rules.bonuses.monthly import Bonus, Bonuses
from toolkit.rules.bonuses.rulebook import Usual
from toolkit.rules.contact import (
    Caps,
    RecentLetters,
    Route,
    frequency_hold,
    mailbox,
    reach_client,
    reach_staff,
    who_shares,
    why_call,
)
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.standing import Standing, standings


@dataclass(frozen=True)
class Choices:
    """The named choices by which a plan is made.

    Args:
        loyalty: how tiers and points work.
        usual: how bonuses are worked out where a scheme says nothing.
        caps: how often we write.
        adopted: what lies before this day triggers no letter.
        only: client numbers to write to; empty is everybody.
        off: the names of campaigns that the shop does not want.
        best_from: how many purchases the best of a month has sold at least.
    """

    loyalty: Loyalty = field(default_factory=Loyalty)
    usual: Usual = field(default_factory=Usual)
    caps: Caps = field(default_factory=Caps)
    adopted: date = date.min
    only: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    best_from: int = 3


@dataclass(frozen=True)
class Plan:
    """Everything that follows from the book today.

    Args:
        letters: finished, in the order in which they would leave.
        held: owed, but not to be sent as things stand.
        calls: letters that a person carries, now or since an earlier run, with the reason why no mail does.
        said: owed too, but said already.
        problems: what is wrong with the words of letters.
    """

    as_of: date
    standings: tuple[Standing, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    letters: tuple[Letter, ...] = ()
    held: tuple[Held, ...] = ()
    calls: tuple[Held, ...] = ()
    said: tuple[Owed, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, campaign: str) -> "Plan":
        """Return the plan with the letters of one campaign only."""
        return replace(
            self,
            letters=tuple(letter for letter in self.letters if letter.header.campaign == campaign),
            held=tuple(held for held in self.held if held.occasion.campaign == campaign),
            calls=tuple(call for call in self.calls if call.occasion.campaign == campaign),
            said=tuple(letter for letter in self.said if letter.campaign == campaign),
        )

    @property
    def said_before(self) -> int:
        """Return how many letters owed went out already."""
        return len(self.said)

    def __str__(self) -> str:
        return f"{len(self.letters)} ready, {len(self.held)} held, {self.said_before} already sent"


@dataclass(frozen=True)
class PlanInputs:
    """Everything that a plan is made from."""

    book: ClientBook
    history: LetterHistory
    writer: Writer
    choices: Choices
    today: date
    suppressed: Mapping[str, str] = field(default_factory=dict)
    """Readers who are not to be written to, with the reason."""


def plan_week(inputs: PlanInputs, campaigns: Collection[str] | None = None) -> Plan:
    """Decide standings, bonuses and the letters owed today.

    Args:
        inputs: all that is known today.
        campaigns: the names of those whose turn it is; None is all.
    """
    stand = standings(inputs.book, inputs.choices.loyalty, inputs.today)
    bonuses = Bonuses(inputs.book, inputs.choices.usual, inputs.today)
    context = _context(inputs, stand, bonuses)
    asked = (campaign for campaign in CAMPAIGNS if campaigns is None or campaign.name in campaigns)
    active = (campaign for campaign in asked if campaign.name not in inputs.choices.off)
    owed = (occasion for campaign in active for occasion in campaign.occasions(inputs.book, context))
    return replace(plan_letters(inputs, owed, stand), bonuses=bonuses.month(inputs.today.replace(day=1)))


def _context(inputs: PlanInputs, stand: tuple[Standing, ...], bonuses: Bonuses) -> CampaignContext:
    choices = inputs.choices
    return CampaignContext(
        today=inputs.today,
        history=inputs.history,
        adopted=choices.adopted,
        standings=stand,
        notice=timedelta(days=choices.loyalty.notice_days),
        approved=tuple(_approved_lately(bonuses, inputs.today)),
        best_from=choices.best_from,
    )


def _approved_lately(bonuses: Bonuses, today: date) -> Iterator[ApprovedMonth]:
    for month, kept in bonuses.approved.items():
        if kept.approved_on + LATELY >= today:
            people = tuple(bonus for bonus in bonuses.month(month) if bonus.staff.number in kept.figures)
            yield ApprovedMonth(month, kept.approved_on, people)


def plan_once(inputs: PlanInputs, letter: str, clients: Iterable[Client], occurrence: str) -> Plan:
    """Plan one letter that a person asks for.

    It counts as promotional, and goes today or not at all.
    """
    owed = (Occasion(letter, client, occurrence, inputs.today, Kind.PROMOTIONAL) for client in clients)
    return plan_letters(inputs, owed, standings(inputs.book, inputs.choices.loyalty, inputs.today))


def plan_letters(inputs: PlanInputs, owed: Iterable[Owed], stand: tuple[Standing, ...]) -> Plan:
    """Write each letter that may go and hold the others."""
    decisions = _Decisions(inputs, {standing.client.number: standing for standing in stand})
    for occasion in owed:
        decisions.take(occasion)
    return Plan(
        as_of=inputs.today,
        standings=stand,
        letters=tuple(decisions.letters),
        held=tuple(decisions.held),
        calls=tuple(decisions.calls),
        said=tuple(decisions.said),
        problems=inputs.writer.problems(),
    )


class _Decisions:
    """Decisions in the order of the occasions.

    A decision for a client counts for the same reader's next letter.
    """

    def __init__(self, inputs: PlanInputs, stand: Mapping[str, Standing]) -> None:
        self.letters: list[Letter] = []
        self.held: list[Held] = []
        self.calls: list[Held] = []
        self.said: list[Owed] = []
        self._planned: dict[str, list[LetterHeader]] = {}
        self._inputs = inputs
        self._stand = stand
        self._addressed: dict[tuple[str, str, str], str] = {
            _place(past, past.route): past.client
            for past in inputs.history.letters
            if past.promotional and past.route.is_email
        }

    def take(self, occasion: Owed) -> None:
        only, reader = self._inputs.choices.only, occasion.reader.reader_no
        if only and reader not in only:
            return
        if self._inputs.history.has(occasion.campaign, occasion.occurrence, reader):
            self.said.append(occasion)
            self._call(occasion)
            return
        decided = self._decided(occasion)
        if isinstance(decided, Held):
            self.held.append(decided)
        elif self._inputs.history.has_elsewhere(decided.header.key):
            self.said.append(occasion)
            self._call(occasion)
        else:
            self._keep(decided)
            self._call(occasion)

    def _decided(self, occasion: Owed) -> Letter | Held:
        if why := self._inputs.suppressed.get(occasion.reader.reader_no):
            return _closed(occasion, why)
        if isinstance(occasion, TeamOccasion):
            return self._held_from_staff(occasion) or self._inputs.writer.write_to_staff(occasion)
        return self._held(occasion) or self._written(occasion)

    def _call(self, occasion: Owed) -> None:
        """Keep a letter that a person carries until it expires.

        Nobody tells us when the call was made.
        """
        if isinstance(occasion, Occasion) and (code := why_call(occasion.client)):
            self.calls.append(Held(occasion, code))

    def _keep(self, letter: Letter) -> None:
        self.letters.append(letter)
        header = letter.header
        self._planned.setdefault(header.client, []).append(header)
        if header.promotional and header.route.is_email:
            self._addressed[_place(header, header.route)] = header.client

    def _written(self, occasion: Occasion) -> Letter | Held:
        letter = self._inputs.writer.write(occasion, self._stand[occasion.client.number])
        if occasion.in_new_words and isinstance(letter, Letter):
            earlier = self._inputs.history.occurrences_of(letter.header.words_id) - {occasion.occurrence}
            return Held(occasion, "words-said") if earlier else letter
        return letter

    def _held(self, occasion: Occasion) -> Held | None:
        number, promotional = occasion.client.number, occasion.kind is Kind.PROMOTIONAL
        is_doubled = number in self._inputs.book.doubled
        reach = reach_client(occasion.client, promotional=promotional, is_doubled=is_doubled)
        recent = self._recent(number)
        if code := reach.hold or frequency_hold(recent, self._inputs.choices.caps, promotional=promotional):
            return Held(occasion, code)
        other = self._addressed.get(_place(occasion, reach.route), "") if reach.route.is_email else ""
        return Held(occasion, "same-address", {"other": other}) if other else None

    def _held_from_staff(self, occasion: TeamOccasion) -> Held | None:
        book, member = self._inputs.book, occasion.member
        reach = reach_staff(member, self._inputs.today, is_doubled=member.number in book.doubled_staff)
        if reach.hold:
            return Held(occasion, reach.hold)
        other = who_shares(member, book.staff) if occasion.is_private else ""
        return Held(occasion, "staff-same-address", {"other": other}) if other else None

    def _recent(self, client: str) -> RecentLetters:
        said, caps = self._inputs.history, self._inputs.choices.caps
        planned: list[LetterHeader | PastLetter] = [*said.waiting(client), *self._planned.get(client, [])]
        gap = said.left_since(client, self._inputs.today, caps.promotional_gap)
        return RecentLetters(
            this_week=len(said.left_since(client, self._inputs.today, 7)) + len(planned),
            promotional=sum(letter.promotional for letter in gap) + sum(letter.promotional for letter in planned),
        )


def _closed(occasion: Owed, why: str) -> Held:
    """Return the hold of a suppressed reader.

    The server's reasons have words of their own, a person's are told.
    """
    if why == "dead-address":
        return Held(occasion, "dead-address")
    if why == "refused-twice":
        return Held(occasion, "refused-twice")
    if why == "mailbox-full":
        return Held(occasion, "mailbox-full")
    return Held(occasion, "suppressed", {"why": why})


def _place(letter: LetterHeader | PastLetter | Occasion, route: Route) -> tuple[str, str, str]:
    """Return what names one offer at one mailbox, whoever reads it there."""
    return letter.campaign, letter.occurrence, mailbox(route.address)
