"""Did you mean: the known word that lies nearest to a word that is not known."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Final

from toolkit.book.parse.lookalikes import as_latin

FEW: Final = 500
MOST_GUESSES: Final = 100
"""Among more words, or after so many guesses, only slips of the finger are looked for: likeness takes too long."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word most like this one, in its own spelling; "" when nothing is near.

    Upper and lower case count alike, and the order of the known words never changes the answer.

    Args:
        word: what somebody wrote.
        known: what could have been meant; looked through once.
        likeness: how alike the two must be, 0 to 1, as difflib counts it.
    """
    by_folded: dict[str, str] = {}
    for name in sorted(known):
        by_folded.setdefault(name.strip().casefold(), name)
    near = get_close_matches(word.strip().casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[near[0]] if near else ""


def slips(one: str, other: str) -> int:
    """How many slips of the finger part two words: a mark too many, too few, another one, or two that changed places.

    This is the optimal string alignment distance.
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, mark in enumerate(one, 1):
        here = [row]
        for at, theirs in enumerate(other, 1):
            least = min(above[at] + 1, here[at - 1] + 1, above[at - 1] + (mark != theirs))
            is_swapped = row > 1 and at > 1 and mark == other[at - 2] and one[row - 2] == theirs
            here.append(min(least, before[at - 2] + 1) if is_swapped else least)
        before, above = above, here
    return above[-1]


class Neighbours:
    """Many known words, held ready so that each unknown one is looked up and not compared with them all.

    Args:
        known: what could be meant.
        most: how many slips may part a word from its neighbour, 1 or 2.
    """

    def __init__(self, known: Collection[str], most: int = 1) -> None:
        self._known = known
        self._most = most
        self._guesses: dict[str, str] = {}
        self._alike: dict[str, set[str]] = {}
        self._shorter: dict[str, set[str]] = {}
        for word in known:
            self._alike.setdefault(_bones(word), set()).add(word)
            for one in _shortened(word.casefold(), most):
                self._shorter.setdefault(one, set()).add(word)

    def near(self, word: str) -> str:
        """The only known word that is the same but for signs, noughts and look-alikes, else the only one nearest."""
        alike = self._alike.get(_bones(word), set())
        if alike:
            return next(iter(alike)) if len(alike) == 1 else ""
        return self.one_slip_off(word)

    def one_slip_off(self, word: str) -> str:
        """The only known word that the fewest slips part from this one; "" where there is none, or two."""
        folded = word.casefold()
        found = {one for short in _shortened(folded, self._most) for one in self._shorter.get(short, ())}
        by_slips = sorted((slips(folded, one.casefold()), one) for one in found - {word})
        close = [(off, one) for off, one in by_slips if off <= self._most]
        is_one = len(close) == 1 or (len(close) > 1 and close[0][0] < close[1][0])
        return close[0][1] if is_one else ""

    def likely(self, word: str) -> str:
        """A near one, or among few the most like one; a word with digits is a number, and numbers are not guessed."""
        return self.near(word) or ("" if any(mark.isdigit() for mark in word) else self._guess(word))

    def _guess(self, word: str) -> str:
        may_guess = len(self._known) <= FEW and len(self._guesses) < MOST_GUESSES
        if word not in self._guesses and may_guess:
            self._guesses[word] = nearest(word, self._known)
        return self._guesses.get(word, "")


def _shortened(word: str, most: int) -> set[str]:
    """The word, and what is left of it without one mark, or without two."""
    found = rest = {word}
    for _ in range(most):
        rest = {one[:at] + one[at + 1 :] for one in rest for at in range(len(one))}
        found = found | rest
    return found


def _bones(word: str) -> str:
    """What makes a number the same to a person: C-0017 is c17 and a Cyrillic С17; O is 0, l is 1."""
    marks = as_latin(unicodedata.normalize("NFKC", word))
    bare = re.sub(r"[\W_]+", "", marks.replace("o", "0").replace("l", "1").replace("i", "1"))
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)
