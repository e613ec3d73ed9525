"""How a value is typed into a cell (RAW or USER_ENTERED) and shown again (formatted, unformatted, formula)."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any, Final, TypeAlias

from tests.sheets_server.refusal import Json, wrong

Scalar: TypeAlias = bool | int | float | str | None

EPOCH: Final = date(1899, 12, 30)
LONGEST: Final = 50_000
NUMBER: Final = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?")
PERCENT: Final = re.compile(r"([+-]?\d+(?:\.\d+)?)\s?%")
ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
US_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
DAY: Final = {"type": "DATE", "pattern": "yyyy-mm-dd"}
PATTERNS: Final = {
    "yyyy-mm-dd": "%Y-%m-%d",
    "M/d/yyyy": "%-m/%-d/%Y",
    "d.m.yyyy": "%-d.%-m.%Y",
    "dd.mm.yyyy": "%d.%m.%Y",
}


def as_raw(given: Any, place: str = "") -> Scalar:
    """A value written RAW: what it is, never what it looks like."""
    if type(given) in (int, bool, NoneType):
        return given  # type: ignore[no-any-return]  # one of these three
    if isinstance(given, dict | list):
        raise wrong(f"Invalid {place}: {'struct' if isinstance(given, dict) else 'list'}_value {{}}")
    if isinstance(given, str) and len(given) > LONGEST:
        raise wrong(f"Your input contains more than the maximum of {LONGEST} characters in a single cell.")
    return None if given == "" else tidy(given)


def as_typed(given: Any, place: str = "") -> tuple[Scalar, str, Json]:
    """A value as if a person typed it (USER_ENTERED): the value, the formula or "", the number format or {}."""
    value = as_raw(given, place)
    if not isinstance(value, str):
        return value, "", {}
    if value.startswith("'"):
        return value[1:] or None, "", {}
    if value.startswith("=") and len(value) > 1:
        return None, value, {}
    return _guessed(value)


def _guessed(text: str) -> tuple[Scalar, str, Json]:
    bare = text.strip()
    if bare.upper() in ("TRUE", "FALSE"):
        return bare.upper() == "TRUE", "", {}
    if any(mark.isdigit() for mark in bare) and NUMBER.fullmatch(bare):
        return tidy(float(bare.replace(",", ""))), "", {}
    if share := PERCENT.fullmatch(bare):
        return tidy(float(Decimal(share[1]) / 100)), "", {"type": "PERCENT", "pattern": "0%"}
    if (day := _day(bare)) is not None:
        return day
    if bare.startswith("+") and len(bare) > 1:
        return None, f"={bare}", {}
    return text, "", {}


def _day(text: str) -> tuple[Scalar, str, Json] | None:
    iso, american = ISO_DATE.fullmatch(text), US_DATE.fullmatch(text)
    try:
        if iso:
            return serial(date(int(iso[1]), int(iso[2]), int(iso[3]))), "", DAY
        if american:
            day = date(int(american[3]), int(american[1]), int(american[2]))
            return serial(day), "", {"type": "DATE", "pattern": "M/d/yyyy"}
    except ValueError:
        return None
    return None


def serial(day: date) -> int:
    """Days since 1899-12-30, Google's day 0."""
    return (day - EPOCH).days


def tidy(value: Any) -> Scalar:
    """A whole number without a fraction."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value  # type: ignore[no-any-return]  # JSON gives only these kinds


def shown(value: Scalar, number_format: Mapping[str, Any] | None) -> str:
    """FORMATTED_VALUE: the words that a person sees."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    kind = (number_format or {}).get("type", "")
    if kind in ("DATE", "DATE_TIME", "TIME"):
        return _as_day(value, str((number_format or {}).get("pattern", "")))
    if kind == "PERCENT":
        return f"{Decimal(str(value)) * 100:.{_places(number_format)}f}%"
    return _plain(value)


def _as_day(value: float, pattern: str) -> str:
    moment = datetime(EPOCH.year, EPOCH.month, EPOCH.day) + timedelta(days=value)  # noqa: DTZ001  # a sheet has no zone
    known = PATTERNS.get(pattern)
    if known:
        return moment.strftime(known)
    return moment.strftime("%Y-%m-%d %H:%M:%S" if value % 1 else "%Y-%m-%d")


def _places(number_format: Mapping[str, Any] | None) -> int:
    _, dot, places = str((number_format or {}).get("pattern", "")).partition(".")
    return places.count("0") if dot else 0


def _plain(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.10g}"
