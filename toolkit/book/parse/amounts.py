"""Numbers, prices, money, shares and levels in cells."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, TypeAlias

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import ParseContext, ParseError, shown
from toolkit.book.parse.numerals import PLAIN, TwoWays, digits, signed

HUNDRED_PERCENT: Final = 100
FIRST_DIGITS: Final = range(-30, 13)
"""The powers of ten at which a number may begin: it stays below ten million million."""

EXACT: Final = Context(prec=120, rounding=ROUND_HALF_UP)
"""Enough digits that a product of three numbers is never rounded on the way."""

_BESIDE: Final = re.compile(r"^[^\W\d_]{1,6}\.?(?=[\s\d-])|(?<=[\s\d])[^\W\d_]{1,6}\.?$|/[-=]$|[^\w\s.,'’()+−-]")
"""A word or sign beside a number. East Africa writes whole shillings as 500/- or 500/=."""

_WHOLE_SHILLINGS: Final = frozenset({"/-", "/="})

SHOWN_DIGITS: Final = 15
"""Excel, LibreOffice and Google Sheets calculate with floats and show 15 digits: 22.884999999999998 is 22.885 there."""


def number(cell: Cell, context: ParseContext) -> Decimal:
    """Return an exact number from 1,200.50 or 1 200,50."""
    return _exact(cell, lambda written: digits(written, context.numerals))


def _exact(cell: Cell, digits_of: Callable[[str], str]) -> Decimal:
    if isinstance(cell, bool | date | timedelta):
        raise ParseError("not-a-number", given=shown(cell))
    try:
        value = Decimal(_typed(cell) if isinstance(cell, int | float) else digits_of(str(cell).strip()) or "nan")
    except TwoWays as two:
        raise ParseError("number-two-ways", given=shown(cell), one=two.whole, other=two.fraction, count="1") from None
    if not value.is_finite() or value.adjusted() not in FIRST_DIGITS:
        raise ParseError("not-a-number", given=shown(cell))
    return value


def _typed(cell: float) -> str:
    return repr(cell) if isinstance(cell, int) else format(cell, f".{SHOWN_DIGITS}g")


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
    if isinstance(cell, str) and PLAIN.fullmatch(cell):
        return _exact(cell, str)
    return _exact(_without_currency(cell, context), lambda written: digits_of_money(written, context))


def digits_of_money(written: str, context: ParseContext) -> str:
    """Return an amount of money as Decimal reads it, or "".

    Raises:
        ParseError: it can be read in two ways.
    """
    return digits(signed(written), context.numerals.for_money(context.decimals))


def _without_currency(cell: Cell, context: ParseContext) -> Cell:
    """Return an amount without the shop's own currency.

    Raises:
        ParseError: the currency is another one, or what stands beside the number is none.
    """
    bare = cell.strip() if isinstance(cell, str) else cell
    while isinstance(bare, str) and (beside := _BESIDE.search(bare)):
        _refuse_other(beside[0].casefold().rstrip("."), cell, context)
        bare = _BESIDE.sub("", bare, count=1).strip()
    return bare


def _refuse_other(word: str, cell: Cell, context: ParseContext) -> None:
    if word in context.foreign:
        raise ParseError("other-currency", given=shown(cell), mark=word.upper())
    if context.own_currency and word not in context.own_currency | _WHOLE_SHILLINGS:
        raise ParseError("not-a-number", given=shown(cell))


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


NUMBERS: Final = (number, whole, weight, price, money, sum_of_money, level)
"""The parsers of columns whose own texts tell which sign is the decimal one."""
