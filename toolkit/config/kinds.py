"""Readers of TOML values, one for each kind of setting."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from toolkit.book import nearest
from toolkit.config.values import Hours, Term
from toolkit.rules.loyalty.spend import Window

T = TypeVar("T")
Reads = Callable[[object], T]
NO_SLIPS: Mapping[str, str] = {}

_LONGEST_SHOWN = 60
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_MONTHS = re.compile(r"([1-9][0-9]{0,3}) months?")
_HOURS = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9]) ?- ?([01]?[0-9]|2[0-3]):([0-5][0-9])")
_SHOP_ID = re.compile(r"[A-Za-z0-9-]{0,64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_HTTPS = re.compile(r"https://[^\s/?#]+\.[^\s]+")
_UNBUILT_WINDOWS = re.compile(
    r"[0-9]+ days?|calendar (month|quarter)|since joining|since the last change", re.IGNORECASE
)
_UNBUILT_TERMS = re.compile(
    r"[0-9]+ days?|end of (the )?(month|quarter|half-year|year)|fixed day|[0-9]+ months? after the last purchase"
)


class Unusable(Exception):
    """A value that its setting cannot take.

    Args:
        why: the reason, one line without a full stop.
        near: the value of the same kind that may have been meant; "" when none is near.
    """

    def __init__(self, why: str, near: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.near = near


def shown(value: object) -> str:
    """Return a value as an error shows it, short and on one line."""
    words = f'"{value}"' if isinstance(value, str) else str(value)
    plain = "".join(mark if mark.isprintable() else " " for mark in words)
    return plain if len(plain) <= _LONGEST_SHOWN else plain[:_LONGEST_SHOWN] + "..."


def shop_id(value: object) -> str:
    """Read a shop id of letters, digits and dashes, by which folders are named."""
    words = line(value)
    if not _SHOP_ID.fullmatch(words):
        raise Unusable(f"{shown(words)} is not a shop id of letters, digits and dashes")
    return words


def text(value: object) -> str:
    """Read a text."""
    if not isinstance(value, str):
        raise Unusable(f"{shown(value)} is not a text in quotes")
    return value


def line(value: object) -> str:
    """Read a text of one line."""
    words = text(value)
    if _CONTROL.search(words):
        raise Unusable(f"{shown(words)} has a line break or another control character")
    return words.strip()


def mailbox(value: object) -> str:
    """Read an e-mail address, alone or as Name <address>."""
    words = line(value)
    if not re.search(r"[^\s@<>]@[^\s@<>]+\.[^\s@<>]", words):
        raise Unusable(f"{shown(words)} is not an e-mail address")
    return words


def file_name(value: object) -> str:
    """Read the name of a file, without folders."""
    words = line(value)
    if "/" in words or "\\" in words:
        raise Unusable(f"{shown(words)} has a folder in it")
    return words


def link(value: object) -> str:
    """Read a web address that begins with https://."""
    words = line(value)
    if not _HTTPS.fullmatch(words):
        raise Unusable(f"{shown(words)} is not an https:// address")
    return words


def whole(low: int, high: int) -> Reads[int]:
    """Return a reader of whole numbers from low to high, both included."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unusable(f"{shown(value)} is not a whole number")
        if not low <= value <= high:
            raise Unusable(f"{shown(value)} is not between {low} and {high}")
        return value

    return read


def day(value: object) -> date:
    """Read a day, which TOML writes without quotes."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise Unusable(f"{shown(value)} is not a day; days stand without quotes")
    return value


def one_of(
    known: Iterable[str] | Callable[[], Iterable[str]],
    *,
    what: str,
    later: Iterable[str] = (),
    slips: Mapping[str, str] = NO_SLIPS,
) -> Reads[str]:
    """Return a reader of one of the known words, in any case.

    Args:
        known: the words that can be chosen, or what returns them when the first one is read.
        what: what such a word is, for the refusal: "a currency code".
        later: words in lower case that have a meaning, but are not built yet.
        slips: wrong words in capitals that are often written, with the right one that is then proposed.
    """
    words = tuple(known) if not callable(known) else known

    def read(value: object) -> str:
        word = text(value).strip()
        by_folded = {choice.casefold(): choice for choice in (sorted(words()) if callable(words) else words)}
        if word.casefold() in later:
            raise Unusable(f"{shown(word)} is not supported yet")
        if word.casefold() not in by_folded:
            raise Unusable(f"{shown(word)} is not {what}", slips.get(word.upper()) or nearest(word, by_folded.values()))
        return by_folded[word.casefold()]

    return read


def many(read_one: Reads[str]) -> Reads[tuple[str, ...]]:
    """Return a reader of a list of values, none of them twice."""

    def read(value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise Unusable(f"{shown(value)} is not a list in [ ]")
        return tuple(dict.fromkeys(read_one(word) for word in value))

    return read


def pairs(value: object) -> Mapping[str, str]:
    """Read names, each with a text."""
    if not isinstance(value, dict):
        raise Unusable(f'{shown(value)} is not a set of names with texts, {{ name = "text" }}')
    return {str(name): text(words) for name, words in value.items()}


def headings(value: object) -> Mapping[str, str | tuple[str, ...]]:
    """Read names, each with a text or a list of texts."""
    if not isinstance(value, dict):
        raise Unusable(f'{shown(value)} is not a set of names with texts, {{ name = "text" }}')
    return {str(name): many(text)(given) if isinstance(given, list) else text(given) for name, given in value.items()}


def word_lists(value: object) -> Mapping[str, Mapping[str, str]]:
    """Read names, each with words of ours and the texts that mean them."""
    if not isinstance(value, dict):
        raise Unusable(f'{shown(value)} is not a set of names with words, {{ name = {{ yes = "Y, 1" }} }}')
    return {str(name): pairs(words) for name, words in value.items()}


def cell(value: object) -> str:
    """Read a text, a number or a day as the text of a cell."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise Unusable(f"{shown(value)} is not a text, a number or a day")
    return value.isoformat() if isinstance(value, date) else str(value)


def table(value: object) -> tuple[tuple[str, ...], ...]:
    """Read rows of cells."""
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise Unusable(f"{shown(value)} is not a list of rows, each in [ ]")
    return tuple(tuple(cell(given) for given in row) for row in value)


def zone(value: object) -> ZoneInfo:
    """Read a time zone by its IANA name."""
    name = text(value).strip()
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise Unusable(f"{shown(name)} is not a time zone", nearest(name, available_timezones())) from None


def language(value: object) -> str:
    """Read the code of a language."""
    code = text(value).strip()
    if not _LANGUAGE.fullmatch(code):
        raise Unusable(f"{shown(code)} is not the code of a language")
    return code


def window(value: object) -> Window:
    """Read "12 months", "calendar year" or "lifetime"."""
    words = " ".join(text(value).casefold().split())
    if words in ("lifetime", "calendar year"):
        return Window(0, by_year=words != "lifetime")
    if months := _MONTHS.fullmatch(words):
        return Window(int(months[1]))
    if _UNBUILT_WINDOWS.fullmatch(words):
        raise Unusable(f"{shown(words)} is not supported yet")
    raise Unusable(f"{shown(words)} is not a window", nearest(words, ("lifetime", "calendar year", "12 months")))


def term(value: object) -> Term:
    """Read "6 months" or "never"."""
    words = " ".join(text(value).casefold().split())
    if words == "never":
        return Term(0)
    if months := _MONTHS.fullmatch(words):
        return Term(int(months[1]))
    if _UNBUILT_TERMS.fullmatch(words):
        raise Unusable(f"{shown(words)} is not supported yet")
    raise Unusable(f"{shown(words)} is not a number of months", nearest(words, ("never", "6 months", "12 months")))


def yes_or_no(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise Unusable(f"{shown(value)} is not true or false, without quotes")
    return value


def hours(value: object) -> Hours:
    """Read a part of the day such as "20:00-08:00"."""
    words = text(value).strip()
    match = _HOURS.fullmatch(words)
    if not match:
        raise Unusable(f"{shown(words)} is not a part of the day")
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    return Hours(time(start_hour, start_minute), time(end_hour, end_minute))
