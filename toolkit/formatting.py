"""Sentences, money, dates, shares and plurals of one language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol

from toolkit.book import Words
from toolkit.rules.rounding import half_up

# Babel 2.19 reads a bare `en` as American English.
_BRITISH: Final = "en_GB"
# Kyrgyz writes 3-ноябрь, with a hyphen and the month's plain name; Babel has no such pattern without a year.
_DAY_PATTERNS: Final = {"ky": "d-MMMM"}
_SHORT_DAY_PATTERNS: Final = {"ky": "d-MMM"}
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_PLURAL_FORMS: Final = {"one": "one", "few": "few"}
"""CLDR's plural categories that words.toml has a form for; all others are `other`."""
_SUM_DIGITS: Final = 6
"""Decimals that hold any weight times any share of a sum."""


@dataclass(frozen=True)
class Formatter:
    """One language and one currency.

    Args:
        words: the language's own texts.
        currency: three letters.
        decimals: digits of the currency's minor units.
        locale: the code by which numbers and dates are written, where there are no texts in that language.
    """

    words: Words
    currency: str
    decimals: int
    locale: str = ""

    @property
    def _code(self) -> str:
        return self.locale or self.words.language

    @cached_property
    def _locale(self) -> Locale:
        return _locale(self._code)

    def say(self, section: str, key: str, /, **values: str) -> str:
        """Return one sentence of words.toml with its slots filled."""
        return self.words.say(section, key, **values)

    def count(self, section: str, noun: str, number: int, /, **values: str) -> str:
        """Return a number with its noun, such as 2 clients."""
        form = _PLURAL_FORMS.get(_locale(self.words.language).plural_form(number), "other")
        return self.say(section, f"{noun}_{form}", **{"n": self.number(number), **values})

    def money(self, minor: int) -> str:
        """Return a sum with its currency, such as Ksh 11,800."""
        return _money(minor, self.currency, self.decimals, self._code)

    def short_money(self, minor: int) -> str:
        """Return a sum in whole units from 1,000 on."""
        if abs(minor) < 1000 * 10**self.decimals:
            return self.money(minor)
        return self.money(half_up(Fraction(minor, 10**self.decimals)) * 10**self.decimals)

    @property
    def currency_symbol(self) -> str:
        """The currency as sums show it, such as Ksh."""
        return self.money(0).replace("0", "").strip()

    def exact_sum(self, minor: Fraction) -> str:
        """Return a sum with all its digits, such as 12,648.006."""
        exact = Decimal(half_up(minor * 10**_SUM_DIGITS)).scaleb(-_SUM_DIGITS - self.decimals).normalize()
        return self.fixed(exact, max(self.decimals, -int(exact.as_tuple().exponent)))

    def fixed(self, number: Decimal, places: int) -> str:
        """Return a number with that many decimals."""
        return format_decimal(number, f"#,##0{'.' if places else ''}{'0' * places}", locale=self._locale)

    def number(self, number: int) -> str:
        """Return a plain number, such as 1,104."""
        return format_decimal(number, locale=self._locale)

    def rate(self, value: Decimal) -> str:
        """Return a number with all its decimals, such as 0.015."""
        return _rate(value, self._code)

    def share(self, part: Fraction | Decimal) -> str:
        """Return a share in percent, such as 7.5%."""
        return _percentage(rounded_share(part), self._code)

    def percent(self, part: Fraction | Decimal) -> str:
        """Return a share in whole percent."""
        return _percentage(Decimal(half_up(Fraction(part) * 100)) / 100, self._code)

    def day(self, day: date) -> str:
        """Return a day without its year, such as 3 November."""
        return _day(day, _DAY_PATTERNS.get(self._code, "d MMMM"), self._code)

    def short_day(self, day: date) -> str:
        """Return a day for a narrow place, such as 16 Nov."""
        return _day(day, _SHORT_DAY_PATTERNS.get(self._code, "d MMM"), self._code)

    def full_day(self, day: date) -> str:
        """Return a day with its year."""
        return self.say("report", "date", day=self.day(day), year=str(day.year))

    def days(self, first: date, last: date) -> str:
        """Return a span of days, such as 16–22 November 2026."""
        if first == last:
            return self.full_day(last)
        if first.year != last.year:
            return self.say("report", "days_apart", first=self.full_day(first), last=self.full_day(last))
        if first.month != last.month:
            return self.say("report", "days_apart", first=self.day(first), last=self.full_day(last))
        return self.say("report", "days", first=str(first.day), last=self.full_day(last))

    def month(self, first: date) -> str:
        """Return a month, such as April 1998."""
        return _day(first, "LLLL yyyy", self._code)


def rounded_share(part: Fraction | Decimal) -> Decimal:
    """Round a share to hundredths of a percent, half up."""
    return Decimal(half_up(Fraction(part) * 10_000)) / 10_000


# The letters of a campaign repeat sums, days and shares; Babel takes 20 to 60 µs for each.


@lru_cache(maxsize=4096)
def _money(minor: int, currency: str, decimals: int, language: str) -> str:
    amount = Decimal(minor).scaleb(-decimals)
    locale = _locale(language, currency)
    pattern = _money_pattern(locale, currency, decimals if amount % 1 else 0)
    # Babel 2.19 writes KES, KGS and TZS with two decimals always; people leave out .00, so the pattern decides.
    return format_currency(amount, currency, pattern, locale=locale, currency_digits=False)


@lru_cache(maxsize=256)
def _money_pattern(locale: Locale, currency: str, decimals: int) -> str:
    pattern = locale.currency_formats["standard"].pattern.split(";")[0]
    if get_currency_symbol(currency, locale)[-1:].isalpha():
        # A symbol of letters stands apart from the number: Ksh 100, but $100.
        pattern = pattern.replace("¤#", f"¤{_NO_BREAK}#")
    return str(pattern.replace(".00", f".{'0' * decimals}" if decimals else ""))


@lru_cache(maxsize=1024)
def _day(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=_locale(language))


@lru_cache(maxsize=256)
def _percentage(part: Decimal, language: str) -> str:
    locale = _locale(language)
    return format_percent(part, locale.percent_formats[None].pattern.replace("0", "0.##"), locale=locale)


@lru_cache(maxsize=256)
def _rate(value: Decimal, language: str) -> str:
    return format_decimal(value, "0.##########", locale=_locale(language), decimal_quantization=False)


@lru_cache(maxsize=256)
def _locale(language: str, currency: str = "") -> Locale:
    """Return the locale of a language in the currency's country."""
    # KES is Ksh only in the English of Kenya (en_KE); elsewhere CLDR writes KES.
    for code in (f"{language}_{currency[:2]}", _BRITISH if language == "en" else language):
        try:
            return Locale.parse(code)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_BRITISH)
