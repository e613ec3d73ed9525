"""Which language a letter is written in: the client's own where its words exist, else the shop's list."""

from collections.abc import Container, Iterable
from typing import Final

from babel import Locale, UnknownLocaleError

from toolkit.book.words import Lexicon, plain

_ENGLISH: Final = Locale("en")


def language_code(written: str, lexicon: Lexicon) -> str:
    """The code of a language that is written as a code or by its name: SW, sw-KE, Kiswahili and Swahili are sw."""
    word = plain(written)
    return _by_name(lexicon).get(word) or word.replace("_", "-").split("-")[0]


def _by_name(lexicon: Lexicon) -> dict[str, str]:
    own = {plain(str(words.tables.get("language", code))): code for code, words in lexicon.languages.items()}
    return {plain(_english_name(code)): code for code in lexicon.languages} | own


def _english_name(code: str) -> str:
    try:
        return str(Locale.parse(code).get_display_name(_ENGLISH))
    except (UnknownLocaleError, ValueError):
        return code


def chosen(own: str, fallbacks: Iterable[str], known: Container[str]) -> str | None:
    """The first language that is known, the client's own before the fallbacks."""
    return next((language for language in (own, *fallbacks) if language in known), None)
