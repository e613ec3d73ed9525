"""Whose turn it is in one round of delivery: the letters are read from the journal, one after the other."""

from array import array
from collections.abc import Callable, Iterator

from toolkit.channels.channel import Mode
from toolkit.delivery.entry import Entry
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_filter import LetterFilter
from toolkit.delivery.outcome import WAITING


class Turns:
    """The letters that a round tells of, oldest plan first. Only their numbers are held, eight bytes a letter.

    Args:
        journal: where the letters are.
        mode: whose letters these are.
        is_told: says by its number whether a letter is told of wherever it stands; one that waits is told of anyway.
        only: the letters that may leave.
    """

    def __init__(self, journal: Journal, mode: Mode, is_told: Callable[[int], bool], only: LetterFilter) -> None:
        order = journal.order(mode)
        self._numbers = array("q", (number for number, state in order if state in WAITING or is_told(number)))
        self._journal = journal
        self._only = only
        self._place = 0

    def __iter__(self) -> Iterator[tuple[int, Entry]]:
        """Each letter with its number, as it stands when its turn comes."""
        for place, number in enumerate(self._numbers):
            self._place = place
            yield number, self._journal.at(number)

    def ahead(self) -> Iterator[Entry]:
        """The letters after the one whose turn it is that may leave too."""
        later = (self._journal.at(self._numbers[place]) for place in range(self._place + 1, len(self._numbers)))
        return filter(self._only.takes, later)
