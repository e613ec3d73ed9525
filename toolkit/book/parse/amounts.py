"""Numbers, prices, money, shares and levels in cells."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, TypeAlias

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import ParseContext, ParseError, shown

HUNDRED_PERCENT: Final = 100
FIRST_DIGITS: Final = range(-30, 13)
"""The powers of ten at which a number may begin: it stays below ten million million."""

EXACT: Final = Context(prec=120, rounding=ROUND_HALF_UP)
"""Enough digits that a product of three numbers is never rounded on the way."""

_CURRENCY: Final = re.compile(r"^[^\W\d_]{1,4}\.?(?=[\s\d-])|(?<=[\s\d])[^\W\d_]{1,4}\.?$|/[-=]$|[$€£₽¥₸]")
"""A currency beside a number. East Africa writes whole shillings as 500/- or 500/=."""

_POINT_LAST: Final = re.compile(r"[+-]?\d{1,3}([\s',])\d{3}(?:\1\d{3})*(?:\.\d+)?")
_COMMA_LAST: Final = re.compile(r"[+-]?\d{1,3}(?:([\s'.])\d{3}(?:\1\d{3})*,\d+|(?:\.\d{3}){2,})")
_UNGROUPED: Final = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)")


def number(cell: Cell, _: ParseContext) -> Decimal:
    """Return an exact number from 1,200.50 or 1 200,50."""
    if isinstance(cell, bool | date | timedelta):
        raise ParseError("not-a-number", given=shown(cell))
    # The repr of a float is the shortest text that means it: 0.1, and not the 0.1000000000000000055 of Decimal(0.1).
    written = repr(cell) if isinstance(cell, int | float) else _digits(str(cell).strip())
    value = Decimal(written or "nan")
    if not value.is_finite() or value.adjusted() not in FIRST_DIGITS:
        raise ParseError("not-a-number", given=shown(cell))
    return value


def _digits(written: str) -> str:
    """Return a number as Decimal reads it, or "".

    Thousands go in threes, so that 1,200 is 1200 and 1,20 is 1.20.
    """
    # \s covers the non-breaking space (U+00A0) and the narrow one (U+202F) that Russian and French locales put.
    if _POINT_LAST.fullmatch(written):
        return re.sub(r"[\s',]", "", written)
    if _COMMA_LAST.fullmatch(written):
        return re.sub(r"[\s'.]", "", written).replace(",", ".")
    return written.replace(",", ".") if _UNGROUPED.fullmatch(written) else ""


def whole(cell: Cell, context: ParseContext) -> int:
    """Return a whole number."""
    value = number(cell, context)
    if value != value.to_integral_value():
        raise ParseError("not-whole", given=shown(cell))
    return int(value)


def weight(cell: Cell, context: ParseContext) -> Decimal:
    """Return a number that is not below zero."""
    return _not_below_zero(number(cell, context), cell)


def _not_below_zero(value: Decimal, cell: Cell) -> Decimal:
    if value < 0:
        raise ParseError("below-zero", given=shown(cell))
    return value


def price(cell: Cell, context: ParseContext) -> Decimal:
    """Return an exact price in whole currency units."""
    bare = _CURRENCY.sub("", cell.strip()) if isinstance(cell, str) else cell
    if context.foreign and isinstance(cell, str) and (mark := _currency_of(cell)) in context.foreign:
        raise ParseError("other-currency", given=shown(cell), mark=mark.upper())
    return number(bare, context)


def _currency_of(cell: str) -> str:
    """Return the folded word or mark of a currency beside a number, or ""."""
    currency = _CURRENCY.search(cell.strip())
    return currency[0].casefold().rstrip(".") if currency else ""


def money(cell: Cell, context: ParseContext) -> int:
    """Return minor units of the shop's currency, rounded half up."""
    return minor_units(price(cell, context), context.decimals)


def sum_of_money(cell: Cell, context: ParseContext) -> int:
    """Return minor units that are not below zero."""
    if (amount := money(cell, context)) < 0:
        raise ParseError("below-zero", given=shown(cell))
    return amount


def minor_units(amount: Decimal, decimals: int) -> int:
    """Return an exact amount as minor units, rounded half up."""
    return int(amount.scaleb(decimals, EXACT).to_integral_value(ROUND_HALF_UP))


def share(cell: Cell, context: ParseContext) -> Decimal:
    """Return a part of one, given as 0.1 or "10 %"."""
    written = str(cell).strip()
    percent = written.endswith("%")
    value = number(written.rstrip("% ") if percent else cell, context)
    value = _not_below_zero(value / HUNDRED_PERCENT if percent else value, cell)
    if value <= 1:
        return value
    proposal = shown(cell) if not percent and value <= HUNDRED_PERCENT else f"{HUNDRED_PERCENT}"
    raise ParseError("not-a-share", given=shown(cell), proposal=f"{proposal} %")


Level: TypeAlias = int | Decimal
"""Minor units where it is an int; a share where it is a Decimal: Decimal("0.8") is 80 %."""

HIGHEST_BARE_SHARE: Final = 3
"""A bare number up to here is a share; a sum so small is written with its currency."""


def level(cell: Cell, context: ParseContext) -> Level:
    """Return a threshold, cap or pool as money or a share."""
    written = shown(cell).strip()
    if written.endswith("%"):
        return _not_below_zero(number(written.rstrip("% "), context) / HUNDRED_PERCENT, cell)
    try:
        bare = number(cell, context)
    except ParseError:
        return sum_of_money(cell, context)
    # A cell formatted as percent holds 0.8 for 80 %, in Excel as in Google Sheets.
    return bare if 0 < bare <= HIGHEST_BARE_SHARE else sum_of_money(cell, context)
