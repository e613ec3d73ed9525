"""Letters that the outbox knows, whatever became of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from toolkit.book.recipient import bare, is_staff
from toolkit.rules.contact import BY_PERSON, Route, mailbox


@dataclass(frozen=True, slots=True)
class PastLetter:
    """One letter that the outbox knows.

    Args:
        campaign: why it was written.
        occurrence: which time of that campaign.
        client: the client number.
        day: the day on which it left, or was planned.
        words_id: names the words that it was made from.
        route: the way that it went.
        promotional: whether it needed consent.
        left: whether it went out, or may have.
        waits: whether it was planned and still goes.
    """

    campaign: str
    occurrence: str
    client: str
    day: date
    words_id: str = ""
    route: Route = BY_PERSON
    promotional: bool = False
    left: bool = True
    waits: bool = False


@dataclass(frozen=True)
class LetterHistory:
    """All letters of one mode.

    Args:
        letters: every letter that the outbox knows.
        elsewhere: the first 16 digits of the keys of letters that another computer sent.
    """

    letters: tuple[PastLetter, ...] = ()
    elsewhere: frozenset[str] = frozenset()

    @classmethod
    def of(cls, letters: Iterable[PastLetter]) -> "LetterHistory":
        """Gather letters in any order."""
        return cls(tuple(letters))

    def as_now_numbered(self, readers: Mapping[str, str]) -> "LetterHistory":
        """Give letters to abandoned numbers to their reader of today.

        People number their clients anew, and a column that takes 007 for a number makes it 7: who has the same address,
        or the same number but for zeros, is the same reader, and had these letters.

        Args:
            readers: everybody's number, with their address.
        """
        heirs: dict[str, list[str]] = defaultdict(list)
        for reader, address in readers.items():
            for mark in filter(None, (_mark(address), bare(reader))):
                heirs[mark].append(reader)
        gone = (letter for letter in self.letters if letter.left and letter.client not in readers)
        theirs = dict.fromkeys(
            replace(letter, client=heir)
            for letter in gone
            for mark in (_mark(letter.route.address), bare(letter.client))
            for heir in heirs.get(mark, ())
            if is_staff(heir) == is_staff(letter.client)
        )
        return replace(self, letters=(*self.letters, *theirs)) if theirs else self

    @cached_property
    def _keys(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((letter.campaign, letter.occurrence, letter.client) for letter in self.letters)

    @cached_property
    def _by_client(self) -> dict[str, list[PastLetter]]:
        found: dict[str, list[PastLetter]] = {}
        for letter in self.letters:
            found.setdefault(letter.client, []).append(letter)
        return found

    @cached_property
    def _by_words(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for letter in self.letters:
            found.setdefault(letter.words_id, set()).add(letter.occurrence)
        return found

    def has_elsewhere(self, key: str) -> bool:
        """Return True if another computer sent this letter."""
        return key[:16] in self.elsewhere

    def has(self, campaign: str, occurrence: str, client: str) -> bool:
        """Return True if this very letter is known."""
        return (campaign, occurrence, client) in self._keys

    def to(self, client: str) -> tuple[PastLetter, ...]:
        """Return every known letter to one client."""
        return tuple(self._by_client.get(client, ()))

    def first_day(self, campaign: str, occurrence: str) -> date | None:
        """Return the day of an occurrence's first letter, or None."""
        days = [letter.day for letter in self.letters if (letter.campaign, letter.occurrence) == (campaign, occurrence)]
        return min(days, default=None)

    def occurrences_of(self, words_id: str) -> frozenset[str]:
        """Return the occurrences that used this text."""
        return frozenset(self._by_words.get(words_id, ()))

    def waiting(self, client: str) -> tuple[PastLetter, ...]:
        """Return letters to one client that were planned and still go."""
        return tuple(letter for letter in self.to(client) if letter.waits)

    def left_since(self, client: str, today: date, days: int) -> tuple[PastLetter, ...]:
        """Return letters that left to letter client in the last days.

        Today is included.
        """
        start = today - timedelta(days=days - 1)
        return tuple(letter for letter in self.to(client) if letter.left and start <= letter.day <= today)


def _mark(address: str) -> str:
    """Turn an address into a mark that is no client number.

    It is "" without an address.
    """
    return f"@{mailbox(address)}" if address else ""
