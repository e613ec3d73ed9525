"""An occasion: this client, this reason, now; and what every campaign is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from toolkit.book.client_book import ClientBook
from toolkit.book.clients import Client
from toolkit.book.purchases import Purchase
from toolkit.campaigns.said import Said


class Kind(StrEnum):
    """Service letters need only that the client did not stop them; promotional ones need consent."""

    SERVICE = "service"
    PROMOTIONAL = "promotional"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One letter that is owed.

    Args:
        campaign: the campaign's name, and its template's.
        client: who is owed it.
        occurrence: which time of the campaign: a day, a month, once.
        expires: the last day on which it may still go.
        kind: whether it needs consent.
        purchases: the lines it speaks of.
        in_new_words: whether words that an earlier occurrence used would make it stale.
    """

    campaign: str
    client: Client
    occurrence: str
    expires: date
    kind: Kind = Kind.SERVICE
    purchases: tuple[Purchase, ...] = ()
    in_new_words: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that is owed and cannot go as things stand.

    Args:
        occasion: what is owed.
        code: why, a sentence of words.toml, [held].
        values: what the sentence's slots are filled with.
    """

    occasion: Occasion
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Moment:
    """What a campaign is told of the day on which it is asked.

    Args:
        today: the day in the shop's zone.
        said: what was said before.
        adopted: the day on which the book was adopted; what lies before it triggers no letter.
    """

    today: date
    said: Said = field(default_factory=Said)
    adopted: date = date.min


class Campaign(Protocol):
    """One reason to write to clients."""

    @property
    def name(self) -> str:
        """Its name, its template's and its key's."""
        ...

    def occasions(self, book: ClientBook, moment: Moment) -> Iterator[Occasion]:
        """Who is owed this letter, in the order of the Clients tab; what was said already may be among them."""
        ...


def letter_key(shop: str, campaign: str, occurrence: str, client: str) -> str:
    """The identity of a letter, the same for ever: no day of sending, channel, words or address is in it.

    Source: DELIVERY.md, Key.
    """
    return sha256(f"{shop}|{campaign}|{occurrence}|{client}".encode()).hexdigest()
