"""How the page speaks: its sentences, numbers, money and days in one language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from toolkit.book.i18n import ProblemText, Words
from toolkit.book.problem import Problem
from toolkit.campaigns.occasion import Held
from toolkit.letters.speech import day, money, share
from toolkit.report.figures import Days
from toolkit.rules.rounding import half_up

FORMS: Final = {"one": "one", "few": "few", "many": "other", "other": "other"}
"""The plural forms of CLDR by the three that words.toml has."""

SHORT_DAYS: Final = {"ky": "d-MMM"}
SHORT_DAY: Final = "d MMM"
UNITS: Final = ((10_000_000, "millions", 6), (10_000, "thousands", 3))
"""From which sum on, in whole units of the currency, a chart counts in millions or thousands."""


@dataclass(frozen=True, slots=True)
class Unit:
    """In what the numbers of a chart are counted.

    Args:
        name: as its heading says it: thousand Ksh.
        digits: how many digits of the minor units are cut off.
        places: how many decimals are shown.
    """

    name: str
    digits: int
    places: int


@dataclass(frozen=True)
class PageLanguage:
    """One language, with the money of one shop.

    Args:
        words: the shop's own words.
        currency: its three letters.
        decimals: how many digits its minor units have.
        language: the code by which numbers and days are written.
    """

    words: Words
    currency: str
    decimals: int
    language: str

    @cached_property
    def _locale(self) -> Locale:
        try:
            return Locale.parse("en_GB" if self.language == "en" else self.language, sep="_")
        except (UnknownLocaleError, ValueError):
            return Locale("en", "GB")

    def say(self, key: str, **values: str) -> str:
        """A sentence of the page."""
        return self.words.say("report", key, **values)

    def letter(self, campaign: str) -> str:
        """A letter's name; one that the owner made is called by its own name."""
        return self.words.say("letters", campaign).replace("_", " ")

    def held(self, held: Held) -> str:
        """Why a letter is held."""
        return self.words.say("held", held.code, **held.values)

    def problem(self, problem: Problem) -> ProblemText:
        """What is wrong and how to mend it."""
        return self.words.problem(problem)

    def number(self, number: int | Decimal) -> str:
        """A plain number: 1,104."""
        return str(format_decimal(number, locale=self._locale))

    def counted(self, noun: str, number: int) -> str:
        """A number with its noun in the form that it asks for: 1 client, 2 clients."""
        form = FORMS.get(self._locale.plural_form(number), "other")
        return self.say(f"{noun}_{form}", n=self.number(number))

    def money(self, minor: int) -> str:
        """A sum with its currency; whole units where it is large."""
        large = abs(minor) >= 1000 * 10**self.decimals
        whole = half_up(Fraction(minor, 10**self.decimals)) * 10**self.decimals
        return money(whole if large else minor, self.currency, self.decimals, self.language)

    def percent(self, part: Fraction | Decimal) -> str:
        """A share in whole percent."""
        return share(Decimal(half_up(Fraction(part) * 100)) / 100, self.language)

    def exact_percent(self, part: Decimal) -> str:
        """A share as it stands in the sheet: 7.5%."""
        return share(part, self.language)

    def day(self, when: date) -> str:
        """A day of this year."""
        return day(when, self.language)

    def short_day(self, when: date) -> str:
        """A day in a narrow place: 16 Nov."""
        return str(format_date(when, SHORT_DAYS.get(self.language, SHORT_DAY), locale=self._locale))

    def days(self, days: Days) -> str:
        """From a day to a day, with the year: 16–22 November 2026."""
        last = self._dated(days.last)
        if days.first.year != days.last.year:
            return self.say("days_apart", first=self._dated(days.first), last=last)
        if days.first.month != days.last.month:
            return self.say("days_apart", first=self.day(days.first), last=last)
        return self.say("days", first=str(days.first.day), last=last) if days.first != days.last else last

    def _dated(self, when: date) -> str:
        return self.say("date", day=self.day(when), year=str(when.year))

    def unit(self, sums: Iterable[int]) -> Unit:
        """In what a chart of these sums should count."""
        symbol = money(0, self.currency, self.decimals, self.language).replace("0", "").strip()
        most = max((abs(one) for one in sums), default=0) // 10**self.decimals
        for least, key, digits in UNITS:
            if most >= least:
                return Unit(self.say(key, currency=symbol), digits + self.decimals, int(most < 10 * least))
        return Unit(symbol, self.decimals, 0)

    def in_unit(self, minor: int, unit: Unit) -> str:
        """A sum in a chart's unit."""
        rounded = half_up(Fraction(minor, 10 ** (unit.digits - unit.places)))
        shown = Decimal(rounded).scaleb(-unit.places)
        return str(format_decimal(shown, f"#,##0{'.0' * unit.places if shown else ''}", locale=self._locale))
