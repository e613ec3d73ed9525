"""Currencies (ISO 4217) and countries (ISO 3166) by their codes and names."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from toolkit.book.parse.phones import phone_regions

CURRENCY_SLIPS: Final = {"KSH": "KES", "TSH": "TZS", "USH": "UGX", "SOM": "KGS", "RUR": "RUB"}
"""What people write for a currency out of habit, and its code."""

_WITHOUT_DECIMALS: Final = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())  # noqa: SIM905 - a row of codes
_WITH_THREE: Final = frozenset("BHD IQD JOD KWD LYD OMR TND".split())  # noqa: SIM905 - a row of codes

_STILL_USED: Final = frozenset({"BGN", "SVC", "VED"})
"""Money that CLDR 47 (2025) calls no tender of a country any more, or not yet, and that books still count in."""

COUNTRY_SLIPS: Final = {"UK": "GB"}
"""What people write for a country out of habit, and its code."""


_MORE_NAMES: Final = {
    "uk": "GB",
    "england": "GB",
    "scotland": "GB",
    "usa": "US",
    "u.s.a.": "US",
    "america": "US",
    "uae": "AE",
}
"""Names that people write and the tables of babel (CLDR) lack."""


@cache
def currencies() -> frozenset[str]:
    """Return the codes of money that people pay with today."""
    from babel.core import get_global  # noqa: PLC0415 - `sheetclerk --help` starts without it

    by_country = get_global("territory_currencies").values()
    tenders = (code for history in by_country for code, _, until, is_tender in history if is_tender and until is None)
    return frozenset(tenders) | _STILL_USED


@cache
def countries() -> frozenset[str]:
    """Return the codes of countries with telephone numbers of their own."""
    return phone_regions()


def decimals_of(currency: str) -> int:
    """Return the decimals that ISO 4217 gives a currency, such as 2 for KES, 0 for UGX, 3 for KWD."""
    # not CLDR's digits (babel): those are of cash, 0 for IDR, COP and HUF, whose books have two
    if currency in _WITHOUT_DECIMALS:
        return 0
    return 3 if currency in _WITH_THREE else 2


def country_of(zone: str) -> str:
    """Return the country of a time zone, or "" for UTC."""
    from babel.core import get_global  # noqa: PLC0415 - as above

    code = str(get_global("zone_territories").get(zone, ""))
    return code if code in countries() else ""


class CountryFinder:
    """Finds countries by name or code, in the languages of the letters."""

    def __init__(self, languages: Iterable[str]) -> None:
        self._languages = tuple(languages)

    def __call__(self, written: str) -> str:
        """Return the two letters of a country, or "" if none has that name."""
        return _country_names(self._languages).get(written.strip().casefold(), "")


@cache
def _country_names(languages: tuple[str, ...]) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - as above

    names = dict(_MORE_NAMES)
    for language in languages:
        try:
            territories = Locale.parse(language).territories
        except (UnknownLocaleError, ValueError):
            continue
        codes = {code: name for code, name in territories.items() if re.fullmatch("[A-Z]{2}", code)}
        names |= {name.casefold(): code for code, name in codes.items()} | {code.casefold(): code for code in codes}
    return names
