"""Countries as their two letters: by name in the languages of the letters, and by time zone."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from toolkit.config.codes import COUNTRIES

ALSO: Final = {"uk": "GB", "england": "GB", "scotland": "GB", "usa": "US", "u.s.a.": "US", "america": "US", "uae": "AE"}
"""Names that people write and the tables of babel (CLDR) lack."""


class Countries:
    """Finds countries by name or code; the tables are loaded when the first one is asked for."""

    def __init__(self, languages: Iterable[str]) -> None:
        self._languages = tuple(languages)

    def __call__(self, written: str) -> str:
        """The two letters of a country; "" where none has that name."""
        return _names(self._languages).get(written.strip().casefold(), "")


def country_of(zone: str) -> str:
    """The two letters of the one country whose time a zone is (CLDR): KE for Africa/Nairobi; "" for UTC."""
    from babel.core import get_global  # noqa: PLC0415 - only a workbook that is adopted needs it

    code = str(get_global("zone_territories").get(zone, ""))
    return code if code in COUNTRIES else ""


@cache
def _names(languages: tuple[str, ...]) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only sheets with a Country column need it

    found = dict(ALSO)
    for language in languages:
        try:
            territories = Locale.parse(language).territories
        except (UnknownLocaleError, ValueError):
            continue
        codes = {code: name for code, name in territories.items() if re.fullmatch("[A-Z]{2}", code)}
        found |= {name.casefold(): code for code, name in codes.items()} | {code.casefold(): code for code in codes}
    return found
