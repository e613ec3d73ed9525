"""Decimal and thousands signs, decided for a column and never for a cell.

1,250 is 1250 in Nairobi and 1.25 in Bishkek. The cells of a column prove a sign, else the shop's locale knows its own,
and what stays open is asked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

POINT: Final = "."
COMMA: Final = ","
THREE: Final = 3

_SPACES: Final = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
"""Signs that only ever group. \\s covers U+00A0 and U+202F, which Russian and French locales put between thousands."""

PLAIN: Final = re.compile(r"-?[0-9]+(?:\.[0-9]{1,2})?")
"""Most cells: nothing in them is open, so they need no closer look."""

_NUMERAL: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)*[.,]?|[.,]\d+)")
_OPEN: Final = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
_GROUPED: Final = {
    sign: re.compile(
        rf"[+-]?\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+|[+-]?\d{{1,2}}(?:{re.escape(sign)}\d{{2}})+{re.escape(sign)}\d{{3}}"
    )
    for sign in (POINT, COMMA)
}
"""Thousands in threes, or as India groups them: 1,23,456."""

_OPEN_BESIDE: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,])")
_BRACKETS: Final = re.compile(r"\((.+)\)")


@dataclass(frozen=True, slots=True)
class Numerals:
    """How numbers are written where a column leaves a sign open.

    Args:
        decimal: the decimal sign; "" where it is not known.
        group: the thousands sign; "" where the locale groups with spaces, or is not known.
        is_proven: True if cells of the column prove the decimal sign.
        asks_fractions: True if three digits behind the locale's decimal sign are asked about.
        asks_groups: True if three digits behind the locale's thousands sign are asked about.
    """

    decimal: str = POINT
    group: str = COMMA
    is_proven: bool = False
    asks_fractions: bool = False
    asks_groups: bool = False

    def for_money(self, decimals: int) -> "Numerals":
        """Return the same for money, whose fractions have no more digits than its currency."""
        return replace(self, asks_fractions=decimals < THREE, asks_groups=decimals >= THREE)

    def is_decimal(self, sign: str) -> bool | None:
        """True if a sign before three digits starts a fraction, False if it groups, None if it stays open."""
        if self.is_proven:
            return sign == self.decimal
        if sign == self.group:
            return None if self.asks_groups else False
        return True if sign == self.decimal and not self.asks_fractions else None


ENGLISH: Final = Numerals()


class TwoWays(Exception):
    """A number whose sign stays open."""

    def __init__(self, whole: str, fraction: str) -> None:
        super().__init__(whole, fraction)
        self.whole = whole
        self.fraction = fraction


def digits(written: str, numerals: Numerals) -> str:
    """Return a number as Decimal reads it, or "".

    Raises:
        TwoWays: it can be read in two ways.
    """
    written = _SPACES.sub("", written)
    if not _NUMERAL.fullmatch(written):
        return ""
    signs = [character for character in written if character in (POINT, COMMA)]
    if len(signs) == 1 and (sign := _OPEN.fullmatch(written)):
        return _settled(written, sign[1], numerals)
    return written.replace(COMMA, POINT) if len(signs) < 2 else _two_signs(written, signs)  # noqa: PLR2004 - one is no group


def _settled(written: str, sign: str, numerals: Numerals) -> str:
    whole, fraction = written.replace(sign, ""), written.replace(sign, POINT)
    is_decimal = numerals.is_decimal(sign)
    if is_decimal is None:
        raise TwoWays(whole, fraction)
    return fraction if is_decimal else whole


def _two_signs(written: str, signs: list[str]) -> str:
    """Return a number with several signs, of which only the last may be the decimal one."""
    group, last = signs[0], signs[-1]
    if group == last:
        return written.replace(group, "") if _GROUPED[group].fullmatch(written) else ""
    head, _, tail = written.rpartition(last)
    return f"{head.replace(group, '')}{POINT}{tail}" if _GROUPED[group].fullmatch(head) else ""


def signed(written: str) -> str:
    """Return an amount with its minus in front: (50.00), 50- and 99,- as books of accounts write them."""
    written = written.replace("−", "-")
    if brackets := _BRACKETS.fullmatch(written):
        return f"-{brackets[1].strip()}"
    if re.search(r"[.,]-$", written):
        return written[:-2]
    return f"-{written[:-1].strip()}" if re.search(r"\d\s?-$", written) else written


def numerals_of(texts: Iterable[str], locale: Numerals) -> Numerals:
    """Return the signs that the text cells of a column prove, else those of the locale.

    Cells that prove both signs leave the open ones to be asked about.
    """
    cells = tuple(texts)
    if not _OPEN_BESIDE.search("\n".join(cells)):
        return locale
    proven = {sign for cell in cells for sign in _proven(cell)}
    if not proven:
        return locale
    return Numerals(proven.pop(), is_proven=True) if len(proven) == 1 else Numerals("", "")


def _proven(cell: str) -> str:
    """Return the decimal sign that a cell proves, or ""."""
    found = re.search(r"\d[\d.,\s'’]*\d|[.,]\d+", cell)
    if not found:
        return ""
    is_spaced = _SPACES.search(found[0]) is not None
    written = _SPACES.sub("", found[0])
    signs = [character for character in written if character in (POINT, COMMA)]
    if not signs or not _NUMERAL.fullmatch(written):
        return ""
    if len(signs) == 1:
        return "" if _OPEN.fullmatch(written) and not is_spaced else signs[0]
    if signs[0] != signs[-1]:
        return signs[-1]
    return {POINT: COMMA, COMMA: POINT}[signs[0]] if _GROUPED[signs[0]].fullmatch(written) else ""
