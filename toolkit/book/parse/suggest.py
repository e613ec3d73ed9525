"""Known words near to an unknown one."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Final

FEW_WORDS: Final = 500
MOST_GUESSES: Final = 100
"""Among more words, or after so many guesses, only slips of the finger are looked for, since difflib is slow."""

_LOOK_ALIKES: Final = (
    "аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs һh ԁd ԛq ԝw үy ѡw ӏl ԍg αa εe ηn ιi κk μu νv οo ρp τt υu χx օo սu"
)
"""Small letters of Cyrillic, Greek and Armenian, each with the Latin one that people take it for (Unicode UTS 39)."""

_LATIN: Final = str.maketrans({pair[0]: pair[1] for pair in _LOOK_ALIKES.split()})
_ALIKE_ALPHABETS: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})
_WORDS: Final = re.compile(r"[^\W\d_]+")


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known word most like this one, or "".

    Upper and lower case count alike, and the order of the known words never changes the answer.

    Args:
        word: what somebody wrote.
        known: what could have been meant.
        likeness: how alike the two must be, 0 to 1, as difflib counts it.
    """
    by_folded: dict[str, str] = {}
    for name in sorted(known):
        by_folded.setdefault(name.strip().casefold(), name)
    near = get_close_matches(word.strip().casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[near[0]] if near else ""


def osa_distance(word: str, other: str) -> int:
    """Return the optimal string alignment distance of two words.

    It counts letters too many, too few or wrong, and neighbours that changed places.
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, mark in enumerate(word, 1):
        here = [row]
        for at, theirs in enumerate(other, 1):
            least = min(above[at] + 1, here[at - 1] + 1, above[at - 1] + (mark != theirs))
            is_swapped = row > 1 and at > 1 and mark == other[at - 2] and word[row - 2] == theirs
            here.append(min(least, before[at - 2] + 1) if is_swapped else least)
        before, above = above, here
    return above[-1]


class Neighbours:
    """Many known words, indexed for a fast look at their neighbours.

    Args:
        known: what could be meant.
        most: the largest distance of a word from its neighbour, 1 or 2.
    """

    def __init__(self, known: Collection[str], most: int = 1) -> None:
        self._known = known
        self._most = most
        self._guesses: dict[str, str] = {}
        self._by_key: dict[str, set[str]] = {}
        self._by_shortened: dict[str, set[str]] = {}
        for word in known:
            self._by_key.setdefault(fold_key(word), set()).add(word)
            for short in _shortened(word.casefold(), most):
                self._by_shortened.setdefault(short, set()).add(word)

    def near(self, word: str) -> str:
        """Return the known word with the same key, or nearest."""
        alike = self._by_key.get(fold_key(word), set())
        if alike:
            return next(iter(alike)) if len(alike) == 1 else ""
        return self.one_slip_off(word)

    def one_slip_off(self, word: str) -> str:
        """Return the only known word at the smallest distance, or ""."""
        folded = word.casefold()
        near = {known for short in _shortened(folded, self._most) for known in self._by_shortened.get(short, ())}
        by_distance = sorted((osa_distance(folded, known.casefold()), known) for known in near - {word})
        close = [(distance, known) for distance, known in by_distance if distance <= self._most]
        is_alone = len(close) == 1 or (len(close) > 1 and close[0][0] < close[1][0])
        return close[0][1] if is_alone else ""

    def likely(self, word: str) -> str:
        """Return a near word, or among few the likeliest.

        Words with digits are numbers, which are never guessed.
        """
        return self.near(word) or ("" if any(mark.isdigit() for mark in word) else self._guess(word))

    def _guess(self, word: str) -> str:
        may_guess = len(self._known) <= FEW_WORDS and len(self._guesses) < MOST_GUESSES
        if word not in self._guesses and may_guess:
            self._guesses[word] = nearest(word, self._known)
        return self._guesses.get(word, "")


def _shortened(word: str, most: int) -> set[str]:
    """Return the word, also without one or two letters."""
    found = rest = {word}
    for _ in range(most):
        rest = {short[:at] + short[at + 1 :] for short in rest for at in range(len(short))}
        found = found | rest
    return found


def fold_key(word: str) -> str:
    """Return the key of a number, such as c17 for C-0017.

    It is the same where a person would take two numbers for one, with a Cyrillic С, O for 0 or l for 1.
    """
    marks = as_latin(unicodedata.normalize("NFKC", word))
    bare = re.sub(r"[\W_]+", "", marks.replace("o", "0").replace("l", "1").replace("i", "1"))
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)


def as_latin(word: str) -> str:
    """Return a word with each look-alike as the Latin letter."""
    return word.casefold().translate(_LATIN)


def is_disguised(name: str) -> bool:
    """True if a name mixes alphabets that look alike.

    A Cyrillic о in gmail.com is another address.
    """
    words = () if name.isascii() else _WORDS.findall(name)
    is_latin = any(word.isascii() for word in words)
    return any(_is_mixed(word) or (is_latin and _looks_latin(word)) for word in words)


def _is_mixed(word: str) -> bool:
    return len(_ALIKE_ALPHABETS.intersection(map(_alphabet, word))) > 1


def _looks_latin(word: str) -> bool:
    return not word.isascii() and as_latin(word).isascii()


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
