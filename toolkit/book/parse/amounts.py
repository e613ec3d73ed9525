"""One cell becomes a number: exact, whole, a price, money in minor units, a share."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import Misread, Reading, shown

WHOLE = 100
PLACES = range(-30, 13)
"""Where the first digit of a number may stand: below ten million million."""

EXACT: Final = Context(prec=120, rounding=ROUND_HALF_UP)
"""Enough digits that a product of three numbers is never rounded on the way."""


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
