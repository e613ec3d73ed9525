"""Money, days and shares as each language writes them."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol

_BRITISH: Final = "en_GB"
"""A bare `en` is American in babel 2.18."""
_DAYS: Final = {"ky": "d-MMMM"}
_DAY: Final = "d MMMM"
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


@lru_cache(maxsize=4096)
def money(minor: int, currency: str, decimals: int, language: str) -> str:
    """A sum as people write it: 1180000 minor units of KES are Ksh 11,800 in English and Swahili.

    Args:
        minor: whole minor units.
        currency: its three letters.
        decimals: how many digits the minor units have; they are shown only where they are not zero.
        language: a language code.
    """
    amount = Decimal(minor).scaleb(-decimals)
    shown = decimals if amount % 1 else 0
    locale = _locale(language, currency)
    return format_currency(amount, currency, _pattern(locale, currency, shown), locale=locale, currency_digits=False)


@lru_cache(maxsize=1024)
def day(when: date, language: str) -> str:
    """A day of this year: 3 November, 3 Novemba, 3-ноябрь, 3 ноября."""
    return format_date(when, _DAYS.get(language, _DAY), locale=_locale(language))


@lru_cache(maxsize=256)
def share(part: Decimal, language: str) -> str:
    """A share as a percentage, at most two decimals: 5%, 7,5 %."""
    locale = _locale(language)
    return format_percent(part, locale.percent_formats[None].pattern.replace("0", "0.##"), locale=locale)


@lru_cache(maxsize=256)
def exact(value: Decimal, language: str) -> str:
    """A small number with all its decimals: 0.015, 0,015."""
    return str(format_decimal(value, "0.##########", locale=_locale(language), decimal_quantization=False))


@lru_cache(maxsize=256)
def _locale(language: str, currency: str = "") -> Locale:
    """The language as the currency's own country writes it, since only there KES is Ksh to an English reader."""
    for name in (f"{language}_{currency[:2]}", _BRITISH if language == "en" else language):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_BRITISH)


@lru_cache(maxsize=256)
def _pattern(locale: Locale, currency: str, decimals: int) -> str:
    pattern = locale.currency_formats["standard"].pattern.split(";")[0]
    if get_currency_symbol(currency, locale)[-1:].isalpha():
        pattern = pattern.replace("¤#", f"¤{_NO_BREAK}#")
    return str(pattern.replace(".00", f".{'0' * decimals}" if decimals else ""))
