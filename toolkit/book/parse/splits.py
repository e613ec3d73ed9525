"""Whose sale it was: "Ann", or "Ann 60, Ben 40"."""

import re
from decimal import Decimal
from typing import NamedTuple

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import Misread, Reading, shown

_PART = re.compile(r"(?P<who>.*\S)\s+(?P<share>\d{1,3}(?:[.,]\d{1,9})?)\s*%?")


class Split(NamedTuple):
    """One person's part of a sale: the name or number as written, and the share of 1."""

    who: str
    share: Decimal


def splits(cell: Cell, _: Reading) -> tuple[Split, ...]:
    """The parts of a sale; exact shares that total 100 (33.1 + 33.2 + 33.7 is valid; RULES.md, Split)."""
    written = shown(cell)
    parts = [part.strip() for part in re.split(r"[,;](?!\d)", written) if part.strip()]
    if len(parts) == 1 and not _PART.fullmatch(parts[0]):
        return (Split(parts[0], Decimal(1)),)
    found = tuple(_split(part, written) for part in parts)
    total = sum((one.share for one in found), Decimal(0))
    if total != 1:
        raise Misread("shares-not-100", given=written, total=f"{(total * 100).normalize():f}")
    return found


def _split(part: str, written: str) -> Split:
    found = _PART.fullmatch(part)
    if found is None:
        raise Misread("share-missing", given=written, who=part)
    return Split(found["who"], Decimal(found["share"].replace(",", ".")) / 100)
