"""A finished letter, its header, and its envelope for a channel."""

import zlib
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Self

from toolkit.rules.contact import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHeader:
    """The outside of a letter, shared by letter, journal and channel.

    Args:
        key: 64 hex digits from shop, campaign, occurrence and recipient; the same letter has the same key for ever.
        campaign: why we write: thank_you.
        occurrence: which time of that campaign: 2026-11-21.
        client: the client number; of a staff member `staff:` and the staff number.
        name: the recipient's name, for lists.
        route: how it reaches the recipient.
        language: the language in which it is written.
        subject: one line.
        words_id: names the words before any client's values went in; the same words have the same id.
        expires: the last day on which it may still go.
        promotional: whether it needs consent.
    """

    key: str
    campaign: str
    occurrence: str
    client: str
    name: str
    route: Route
    language: str
    subject: str
    words_id: str
    expires: date
    promotional: bool = False


@dataclass(frozen=True, slots=True)
class Packed:
    """A page of HTML compressed to a fifth.

    A plan holds a page for each letter; tests/bench/bench_memory.py shows what that takes.
    """

    squeezed: bytes

    @classmethod
    def of(cls, html: str) -> Self:
        """Compress a page."""
        return cls(zlib.compress(html.encode(), level=1))

    def __str__(self) -> str:
        return zlib.decompress(self.squeezed).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter whose every word stands.

    Args:
        header: what stands on its outside.
        text: the text part.
        page: the HTML part.
    """

    header: LetterHeader
    text: str
    page: Packed

    @property
    def html(self) -> str:
        """The HTML part, unpacked."""
        return str(self.page)

    @property
    def body_hash(self) -> str:
        """The digest of what the recipient would read."""
        return sha256(f"{self.header.subject}\x00{self.text}\x00{self.html}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter as a channel carries it, finished bytes to one recipient.

    Args:
        header: what stands on its outside.
        message: the whole message (RFC 5322), Date included, CR LF line ends.
        dated: the moment in its Date, with a zone.
    """

    header: LetterHeader
    message: bytes
    dated: datetime
