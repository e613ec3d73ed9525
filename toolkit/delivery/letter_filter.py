"""Whose letters a person asks for."""

from dataclasses import dataclass

from toolkit.delivery.entry import Entry
from toolkit.delivery.outcome import WAITING


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """The letters whose turn it is; others stay as they are.

    Args:
        readers: as Letter.client; empty is everybody.
        campaign: the letter's name; "" is all.
    """

    readers: frozenset[str] = frozenset()
    campaign: str = ""

    def takes(self, entry: Entry) -> bool:
        """Whether a letter waits, and is meant."""
        is_meant = (not self.readers or entry.client in self.readers) and self.campaign in ("", entry.campaign)
        return entry.state in WAITING and is_meant
