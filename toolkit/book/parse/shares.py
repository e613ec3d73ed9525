"""Named parts that total 100 %, such as shared sales and scorecards."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import ParseContext, ParseError, shown

OWN: Final = "sales"
TEAM: Final = "team"

_BETWEEN: Final = re.compile(r"[,;](?!\d)")
_SPLIT: Final = re.compile(r"(?P<who>.*\S)\s+(?P<share>\d{1,3}(?:[.,]\d{1,9})?)\s*%?")
_MEASURE: Final = re.compile(
    r"(?P<name>.*?\S)\s+(?P<weight>\d{1,3}(?:[.,]\d{1,9})?)\s*%?"
    r"(?:\s+(?:max|макс)\.?\s+(?P<cap>\d{1,4}(?:[.,]\d{1,9})?)\s*%)?",
    re.IGNORECASE,
)


class Split(NamedTuple):
    """One person's share of a sale, as written."""

    who: str
    share: Decimal


def splits(cell: Cell, _: ParseContext) -> tuple[Split, ...]:
    """Return the parts of a sale, as in "Ann 60, Ben 40"."""
    written = shown(cell)
    parts = _parts(written)
    if len(parts) == 1 and not _SPLIT.fullmatch(parts[0]):
        return (Split(parts[0], Decimal(1)),)
    shared = tuple(_split(part, written) for part in parts)
    _check_total((split.share for split in shared), written)
    return shared


def _split(part: str, written: str) -> Split:
    match = _SPLIT.fullmatch(part)
    if match is None:
        raise ParseError("share-missing", given=written, who=part)
    return Split(match["who"], _percent(match["share"]))


class Measure(NamedTuple):
    """One measure of a scorecard.

    Args:
        name: OWN for the person's plan, TEAM for the plan of the whole, else a product or category.
        weight: a share of 1.
        cap: the attainment above which nothing more counts; None where there is none.
    """

    name: str
    weight: Decimal
    cap: Decimal | None = None


def measures(cell: Cell, context: ParseContext) -> tuple[Measure, ...]:
    """Return the measures of "sales 60, team 40 max 120 %"."""
    written = shown(cell)
    scorecard = tuple(_measure(part, written, context) for part in _parts(written))
    _check_total((measure.weight for measure in scorecard), written)
    return scorecard


def _measure(part: str, written: str, context: ParseContext) -> Measure:
    match = _MEASURE.fullmatch(part)
    if match is None:
        raise ParseError("measure-wrong", given=written, part=part)
    name = context.lexicon.meant(match["name"], (OWN, TEAM)) or match["name"]
    return Measure(name, _percent(match["weight"]), _percent(match["cap"]) if match["cap"] else None)


def _parts(written: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(written) if part.strip()]


def _percent(written: str) -> Decimal:
    return Decimal(written.replace(",", ".")) / 100


def _check_total(shares: Iterable[Decimal], written: str) -> None:
    if (total := sum(shares, Decimal(0))) != 1:
        raise ParseError("shares-not-100", given=written, total=f"{(total * 100).normalize():f}")
