"""Letters of other alphabets that look like Latin ones: a Cyrillic о in gmail.com is another address."""

import re
import unicodedata
from typing import Final

_PAIRS: Final = (
    "аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs һh ԁd ԛq ԝw үy ѡw ӏl ԍg αa εe ηn ιi κk μu νv οo ρp τt υu χx օo սu"
)
"""Small letters of Cyrillic, Greek and Armenian, each with the Latin one that people take it for (Unicode UTS 39)."""

_LATIN: Final = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_ALIKE: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})
_WORDS: Final = re.compile(r"[^\W\d_]+")


def as_latin(word: str) -> str:
    """A word, in small letters, with each look-alike as the Latin letter."""
    return word.casefold().translate(_LATIN)


def is_disguised(name: str) -> bool:
    """Whether a word in it mixes alphabets, or only looks Latin beside words that are."""
    words = () if name.isascii() else _WORDS.findall(name)
    is_latin = any(word.isascii() for word in words)
    return any(_is_mixed(word) or (is_latin and _looks_latin(word)) for word in words)


def _is_mixed(word: str) -> bool:
    return len(_ALIKE.intersection(map(_alphabet, word))) > 1


def _looks_latin(word: str) -> bool:
    return not word.isascii() and as_latin(word).isascii()


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
