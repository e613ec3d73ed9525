"""Occasions to write, and the protocol of a campaign.

An occasion is one reader, one reason, now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final, Protocol, TypeAlias

from toolkit.book import Client, ClientBook, Purchase, Recipient, StaffMember
from toolkit.campaigns.letter_history import LetterHistory
from toolkit.rules.bonuses.awards import Contender
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.contact import Route, by_email, client_route
from toolkit.rules.loyalty.standing import Standing

LATELY: Final = timedelta(days=31)
"""An approval is news for so long."""


class Kind(StrEnum):
    """The consent that a letter needs.

    Service letters need only that the client did not stop them, promotional ones consent, internal ones nothing.
    """

    SERVICE = "service"
    PROMOTIONAL = "promotional"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class AwardedGift:
    """The reward that a letter is about.

    Args:
        reward: its name.
        code: what the client shows; "" where there is none yet.
        until: the last day on which it may be had; None where there is none.
        points: what it costs.
    """

    reward: str
    code: str = ""
    until: date | None = None
    points: int = 0


@dataclass(frozen=True, slots=True)
class Occasion:
    """One letter that is owed to a client.

    Args:
        campaign: the campaign's name, and its template's.
        client: who is owed it.
        occurrence: which time of the campaign: a day, a month, once.
        expires: the last day on which it may still go.
        kind: whether it needs consent.
        purchases: the lines it speaks of.
        event: which of the campaign's occasions it is, where it has several.
        gift: the reward it speaks of.
        points: the points it speaks of.
        in_new_words: whether words that an earlier occurrence used would make it stale.
    """

    campaign: str
    client: Client
    occurrence: str
    expires: date
    kind: Kind = Kind.SERVICE
    purchases: tuple[Purchase, ...] = ()
    in_new_words: bool = False
    event: str = ""
    gift: AwardedGift | None = None
    points: int = 0

    @property
    def reader(self) -> Recipient:
        """Return the client who reads it."""
        return self.client

    @property
    def route(self) -> Route:
        """The way to the client."""
        return client_route(self.client)


@dataclass(frozen=True, slots=True)
class Praise:
    """The person whom a letter praises.

    Args:
        month: its first day.
        best: who was best in it.
        least: how many purchases the best has sold at least.
    """

    month: date
    best: Contender
    least: int


@dataclass(frozen=True, slots=True)
class TeamOccasion:
    """One letter that is owed to a member of staff.

    Args:
        campaign: the campaign's name, and its template's.
        member: who is owed it.
        occurrence: which time of the campaign.
        expires: the last day on which it may still go.
        bonus: the approved month that it tells of, which is for this person's eyes only; None where it tells of none.
        praise: the best of a month; None where it praises nobody.
    """

    campaign: str
    member: StaffMember
    occurrence: str
    expires: date
    bonus: Bonus | None = None
    praise: Praise | None = None

    @property
    def kind(self) -> Kind:
        """Return the kind, always internal."""
        return Kind.INTERNAL

    @property
    def reader(self) -> Recipient:
        """Return the member of staff who reads it."""
        return self.member

    @property
    def route(self) -> Route:
        """The way to the staff member."""
        return by_email(self.member.email)

    @property
    def is_private(self) -> bool:
        """Return True if nobody else may read it."""
        return self.bonus is not None


Owed: TypeAlias = Occasion | TeamOccasion


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that is owed and cannot go as things stand.

    Args:
        occasion: what is owed.
        code: why, a sentence of words.toml, [held].
        values: what the sentence's slots are filled with.
    """

    occasion: Owed
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ApprovedMonth:
    """A month whose bonuses were approved lately.

    Args:
        month: its first day.
        approved_on: since when its figures do not change any more.
        people: everybody of whom something was approved.
    """

    month: date
    approved_on: date
    people: tuple[Bonus, ...]


@dataclass(frozen=True)
class CampaignContext:
    """The day as a campaign sees it.

    Args:
        today: the day in the shop's zone.
        history: what was said before.
        adopted: the day on which the book was adopted; what lies before it triggers no letter.
        standings: where every client stands on that day.
        notice: how long before a loss clients are told.
        approved: the months whose bonuses were approved lately, oldest first; everybody of each month.
        best_from: how many purchases the best of a month has sold at least.
    """

    today: date
    history: LetterHistory = field(default_factory=LetterHistory)
    adopted: date = date.min
    standings: Sequence[Standing] = ()
    notice: timedelta = timedelta(days=30)
    approved: Sequence[ApprovedMonth] = ()
    best_from: int = 3

    def was_told_lately(self, campaign: str, event: str, standing: Standing) -> bool:
        """Return True if a client heard of such an event within the days of notice."""
        earliest = self.today - self.notice
        told = (letter for letter in self.history.to(standing.client.number) if letter.campaign == campaign)
        return any(letter.occurrence.startswith(f"{event}-") and letter.day > earliest for letter in told)


class Campaign(Protocol):
    """One reason to write to clients, or to the team."""

    @property
    def name(self) -> str:
        """Return its name, which its template and key share."""
        ...

    def occasions(self, book: ClientBook, context: CampaignContext) -> Iterator[Owed]:
        """Return the letters owed, in the order of the readers' tab.

        Letters that went already may be among them.
        """
        ...


def letter_key(shop: str, campaign: str, occurrence: str, reader_no: str) -> str:
    """Return the lasting identity of a letter.

    No day of sending, channel, text or address is in it.

    Source: delivery/PROMISES.md, Key.
    """
    return sha256(f"{shop}|{campaign}|{occurrence}|{reader_no}".encode()).hexdigest()
