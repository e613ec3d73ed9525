"""One cell becomes one value: text, whole, number, money, day, email, phone, choice, yes_no, share, month.

Every reader takes a cell that is not blank and returns its value, or raises Misread; tab.py is the one place that
catches it and makes it a Problem.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, TypeAlias

from toolkit.book.grid import Cell, Grid
from toolkit.book.mapping import Mapped
from toolkit.book.nearest import nearest
from toolkit.book.words import Lexicon

SERIAL_DAY_ZERO = date(1899, 12, 30)
SERIALS = range(3_000, 110_000)
"""Day numbers of 1908 to 2201; below them a number is a year, 2026, and no day."""

MONTHS = 12
WHOLE = 100
PLACES = range(-30, 13)
"""Where the first digit of a number may stand: below ten million million."""

EXACT: Final = Context(prec=120, rounding=ROUND_HALF_UP)
"""Enough digits that a product of three numbers is never rounded on the way."""


class Misread(Exception):
    """A cell that does not say what its column asks for."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Reading:
    """What must be known to read a cell.

    Args:
        decimals: the minor digits of the shop's currency: 2.
        region: the country whose phones need no +, two letters; "" where none is known.
        lexicon: headings and choices in every language.
        region_of: finds the two letters of a country that is named in any of our languages; "" where it is none.
        mapped: what the team calls our tabs and fields, by our tab's key: clients, bonus_bands.
        today: the day on which it is read; what holds only later is pointed out.
        foreign: words and marks of other currencies than the shop's, folded: usd, $.
        starter: tables of the settings that stand for tabs which the workbook lacks, by our tab's key.
    """

    decimals: int = 2
    region: str = ""
    lexicon: Lexicon = field(default_factory=Lexicon)
    region_of: Callable[[str], str] = str.upper
    mapped: Mapping[str, Mapped] = field(default_factory=dict)
    today: date = date.max
    foreign: frozenset[str] = frozenset()
    starter: Mapping[str, Grid] = field(default_factory=dict)


Reader: TypeAlias = Callable[[Cell, Reading], object]


def is_blank(cell: Cell) -> bool:
    """Whether nothing a person would see stands in the cell."""
    return cell is None or (isinstance(cell, str) and not _seen(cell).strip())


def _seen(words: str) -> str:
    """Words without control and zero-width characters; every kind of space is a space."""
    if words.isprintable():
        return words
    return "".join(" " if c.isspace() else c for c in words if c.isprintable() or c.isspace())


def shown(cell: Cell) -> str:
    """A cell as people see it, on one line: 712345678.0 is 712345678."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return " ".join(str(cell).split())


def text(cell: Cell, _: Reading) -> str:
    """Words on one line, in composed form, without control characters."""
    return _seen(unicodedata.normalize("NFC", shown(cell))).strip()


def prose(cell: Cell, _: Reading) -> str:
    """Words that may take several lines."""
    written = cell if isinstance(cell, str) else shown(cell)
    lines = unicodedata.normalize("NFC", written).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_seen(line).rstrip() for line in lines).strip()


def number(cell: Cell, _: Reading) -> Decimal:
    """An exact number; 1,200.50 and 1 200,50 are the same one."""
    if isinstance(cell, bool | date | timedelta):
        raise Misread("not-a-number", given=shown(cell))
    written = repr(cell) if isinstance(cell, int | float) else _digits(str(cell).strip())
    value = Decimal(written or "nan")
    if not value.is_finite() or value.adjusted() not in PLACES:
        raise Misread("not-a-number", given=shown(cell))
    return value


_POINT_LAST = re.compile(r"[+-]?\d{1,3}([\s',])\d{3}(?:\1\d{3})*(?:\.\d+)?")
_COMMA_LAST = re.compile(r"[+-]?\d{1,3}(?:([\s'.])\d{3}(?:\1\d{3})*,\d+|(?:\.\d{3}){2,})")
_UNGROUPED = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)")


def _digits(written: str) -> str:
    """A number as machines write it: thousands go in threes, 1,200 is 1200 and 1,20 is 1.20; "" where it is none."""
    if _POINT_LAST.fullmatch(written):
        return re.sub(r"[\s',]", "", written)
    if _COMMA_LAST.fullmatch(written):
        return re.sub(r"[\s'.]", "", written).replace(",", ".")
    return written.replace(",", ".") if _UNGROUPED.fullmatch(written) else ""


def whole(cell: Cell, reading: Reading) -> int:
    """A whole number."""
    value = number(cell, reading)
    if value != value.to_integral_value():
        raise Misread("not-whole", given=shown(cell))
    return int(value)


def weight(cell: Cell, reading: Reading) -> Decimal:
    """A number that is not below zero."""
    value = number(cell, reading)
    if value < 0:
        raise Misread("below-zero", given=shown(cell))
    return value


def price(cell: Cell, reading: Reading) -> Decimal:
    """An exact price in whole currency units; it may have more decimals than the currency."""
    bare = _without_currency(cell)
    if reading.foreign and isinstance(cell, str) and (mark := _mark(cell)) in reading.foreign:
        raise Misread("other-currency", given=shown(cell), mark=mark.upper())
    return number(bare, reading)


def money(cell: Cell, reading: Reading) -> int:
    """Minor units of the shop's currency, half up: 12.50 is 1250 where there are 2 decimals."""
    return minor_units(price(cell, reading), reading.decimals)


def sum_of_money(cell: Cell, reading: Reading) -> int:
    """Minor units, not below zero: a threshold or a target."""
    if (amount := money(cell, reading)) < 0:
        raise Misread("below-zero", given=shown(cell))
    return amount


def minor_units(amount: Decimal, decimals: int) -> int:
    """An exact amount as minor units, rounded half up (away from zero), as every line of a purchase is."""
    return int(amount.scaleb(decimals, EXACT).to_integral_value(ROUND_HALF_UP))


_CURRENCY = re.compile(r"^[^\W\d_]{1,4}\.?(?=[\s\d-])|(?<=[\s\d])[^\W\d_]{1,4}\.?$|/[-=]$|[$€£₽¥₸]")


def _without_currency(cell: Cell) -> Cell:
    return _CURRENCY.sub("", cell.strip()) if isinstance(cell, str) else cell


def _mark(cell: str) -> str:
    """The word or mark of a currency beside a number, folded; "" where there is none."""
    found = _CURRENCY.search(cell.strip())
    return found[0].casefold().rstrip(".") if found else ""


def share(cell: Cell, reading: Reading) -> Decimal:
    """A part of one: 0.1 and "10 %" are the same; a bare 10 is a question."""
    written = str(cell).strip()
    percent = written.endswith("%")
    value = number(written.rstrip("% ") if percent else cell, reading)
    value = value / 100 if percent else value
    if 0 <= value <= 1:
        return value
    if value < 0:
        raise Misread("below-zero", given=shown(cell))
    proposal = shown(cell) if not percent and value <= WHOLE else f"{WHOLE}"
    raise Misread("not-a-share", given=shown(cell), proposal=f"{proposal} %")


def day(cell: Cell, _: Reading) -> date:
    """A calendar day. 3/4/2026 could be two days, so it is a question."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and SERIALS.start <= cell < SERIALS.stop:
        return SERIAL_DAY_ZERO + timedelta(days=int(cell))
    return _day_written(shown(cell))


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")


def _day_written(written: str) -> date:
    try:
        if found := _ISO.fullmatch(written):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DOTTED.fullmatch(written):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _SLASHED.fullmatch(written):
            return _slashed(int(found[1]), int(found[2]), int(found[3]), written)
    except ValueError:
        pass
    raise Misread("not-a-date", given=written)


def _slashed(first: int, second: int, year: int, written: str) -> date:
    if first != second and first <= MONTHS and second <= MONTHS:
        either = (date(year, second, first).isoformat(), date(year, first, second).isoformat())
        raise Misread("date-two-ways", given=written, one=either[0], other=either[1])
    return date(year, first, second) if second > MONTHS else date(year, second, first)


def month(cell: Cell, reading: Reading) -> date:
    """The first day of a month: 2026-11, or any day in it."""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})", shown(cell)):
        return _month_of(int(found[1]), int(found[2]), shown(cell))
    try:
        return day(cell, reading).replace(day=1)
    except Misread:
        raise Misread("not-a-month", given=shown(cell)) from None


def _month_of(year: int, number_of_month: int, given: str) -> date:
    try:
        return date(year, number_of_month, 1)
    except ValueError:
        raise Misread("not-a-month", given=given) from None


class Choice:
    """A reader that takes one of its options, written in any of our languages."""

    def __init__(self, *options: str) -> None:
        self.options = options

    def __call__(self, cell: Cell, reading: Reading) -> str:
        """The option that the cell means."""
        found = reading.lexicon.meant(shown(cell), self.options)
        if found is None:
            near = nearest(shown(cell), reading.lexicon.spellings(self.options))
            code = "not-a-choice-near" if near else "not-a-choice"
            raise Misread(code, given=shown(cell), proposal=near, options=", ".join(self.options))
        return found


def yes_no(cell: Cell, reading: Reading) -> bool:
    """Yes or no, in any of our languages; a tick box too."""
    return YES_OR_NO(cell, reading) == "yes"


YES_OR_NO: Final = Choice("yes", "no")


_NEVER_AN_ADDRESS = re.compile(r"[\s,;<>()\[\]\"\\]")
_COMMON_DOMAINS = ("gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "mail.ru", "yandex.ru")
_PLAIN_ADDRESS = re.compile(
    r"(?!.*\.\.)[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?@[a-z0-9]{2,30}\.(?:com|org|net|ru|kg|ke|tz)"
)


def email(cell: Cell, _: Reading) -> str:
    """One e-mail address, checked by its syntax only; the world is not asked.

    The syntax is that of the library email-validator; plain addresses of common shape skip it.
    """
    written = shown(cell).removeprefix("mailto:")
    if _PLAIN_ADDRESS.fullmatch(written):
        return written
    _refuse_at_a_glance(written)
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - it takes 0.1 s to load

    try:
        return validate_email(written, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Misread("email-wrong", given=written) from None


def _refuse_at_a_glance(written: str) -> None:
    local, at, domain = written.rpartition("@")
    if not at or not local:
        raise Misread("email-no-at", given=written)
    if _NEVER_AN_ADDRESS.search(written):
        raise Misread("email-many", given=written)
    if not domain or "@" in local:
        raise Misread("email-wrong", given=written)
    if "." not in domain:
        near = next((one for one in _COMMON_DOMAINS if one.split(".")[0] == domain.casefold()), f"{domain}.com")
        raise Misread("email-no-dot", given=written, proposal=f"{local}@{near}")


SOME_COUNTRY: Final = "KE"
"""Whose numbers serve as an example where no country is known."""

_SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)[eE]\+?\d+")


def phone(cell: Cell, reading: Reading) -> str:
    """A phone number in E.164: +254712345678. A number that the sheet took for a sum is told with a proposal."""
    if isinstance(cell, str) and _SCIENTIFIC.fullmatch(cell.strip()):
        raise Misread("phone-rounded", given=cell.strip(), proposal=_as_far_as_known(cell.strip(), reading.region))
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    written = shown(cell)
    try:
        parsed = None if isinstance(cell, date) else phonenumbers.parse(written, reading.region or None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        raise _wrong_phone(written, reading.region)
    found = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    if isinstance(cell, int | float):
        spaced = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        raise Misread("phone-number", given=written, proposal=spaced)
    return found


def _wrong_phone(written: str, region: str) -> Misread:
    """Told with the number that is meant where only its + is missing, else with how numbers of its country look."""
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    has_country = bool(region) or written.startswith("+")
    if near := _with_plus(re.sub(r"\D", "", written).removeprefix("00"), region):
        return Misread("phone-wrong-near" if has_country else "phone-no-country-near", given=written, proposal=near)
    if not has_country:
        return Misread("phone-no-country", given=written)
    example = phonenumbers.example_number(region or SOME_COUNTRY)
    looks = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if example else ""
    return Misread("phone-wrong", given=written, example=looks)


def _with_plus(digits: str, region: str) -> str:
    """The number that these digits are with a + before them; "" where they are none of that country, or of any."""
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed) or region not in ("", phonenumbers.region_code_for_number(parsed)):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _as_far_as_known(scientific: str, region: str) -> str:
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    found = _SCIENTIFIC.fullmatch(scientific)
    known = f"{found[1]}{found[2]}" if found else ""
    code = phonenumbers.country_code_for_region(region) if region else 0
    return f"+{code} {known} ..." if code else f"{known} ..."


def country(cell: Cell, reading: Reading) -> str:
    """A country's name or code in any of our languages as its two letters: Kenya is KE."""
    found = reading.region_of(shown(cell))
    if not found:
        raise Misread("not-a-country", given=shown(cell))
    return found
