"""The decimal and thousands signs of a shop's locale."""

from typing import Final

from toolkit.book.parse.numerals import Numerals

NOT_KNOWN: Final = Numerals("", "")
WRITTEN_IN_MANY_WAYS: Final = frozenset({"EUR", "CHF", "CAD", "ZAR"})
"""Currencies of countries whose signs differ; only the shop's country tells which are meant."""


def numerals_in(language: str, country: str, currency: str) -> Numerals:
    """Return the signs of a shop's country, else those of its language.

    English in a country that nobody named says nothing of a currency such as the euro.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loaded when a book is read, not for --help

    if not country and (language == "en" and currency in WRITTEN_IN_MANY_WAYS):
        return NOT_KNOWN
    try:
        locale = Locale.parse(f"und_{country}") if country else Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return NOT_KNOWN
    signs = locale.number_symbols.get("latn", {})
    group = signs.get("group", "")
    return Numerals(signs.get("decimal", ""), group if group in (".", ",") else "")
