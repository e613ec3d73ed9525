"""Which language a letter is written in: the client's own where its words exist, else the shop's list."""

from collections.abc import Container, Iterable, Mapping
from typing import Final

from babel import Locale, UnknownLocaleError

from toolkit.book.i18n import Lexicon, plain
from toolkit.book.parse.cells import code_of

_ENGLISH: Final = Locale("en")


def language_code(written: str, lexicon: Lexicon) -> str:
    """The code of a language that is written as a code or by its name: SW, sw-KE, Kiswahili and Swahili are sw."""
    by_name = {plain(name): code for code in lexicon.languages for name in _names(code, lexicon)}
    return by_name.get(plain(written)) or code_of(written)


def language_names(lexicon: Lexicon) -> Mapping[str, str]:
    """Every language that there are letters in, as people write it, by that word folded."""
    return {plain(name): name for code in lexicon.languages for name in (code, *_names(code, lexicon))}


def _names(code: str, lexicon: Lexicon) -> tuple[str, str]:
    """A language's English name and its own."""
    return _english_name(code), str(lexicon.languages[code].tables.get("language", code))


def _english_name(code: str) -> str:
    try:
        return str(Locale.parse(code).get_display_name(_ENGLISH))
    except (UnknownLocaleError, ValueError):
        return code


def chosen(own: str, fallbacks: Iterable[str], known: Container[str]) -> str | None:
    """The first language that is known, the client's own before the fallbacks."""
    return next((language for language in (own, *fallbacks) if language in known), None)
