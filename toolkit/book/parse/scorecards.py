"""What a scorecard adds up: "sales 60, team 25, Beverages 15 max 120 %"."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import Misread, Reading, shown

OWN: Final = "sales"
TEAM: Final = "team"
_PART: Final = re.compile(
    r"(?P<what>.*?\S)\s+(?P<weight>\d{1,3}(?:[.,]\d{1,9})?)\s*%?"
    r"(?:\s+(?:max|макс)\.?\s+(?P<cap>\d{1,4}(?:[.,]\d{1,9})?)\s*%)?",
    re.IGNORECASE,
)


class Measure(NamedTuple):
    """One measure of a scorecard.

    Args:
        what: OWN for the person's plan, TEAM for the plan of the whole, else a product or category.
        weight: a share of 1.
        cap: the attainment above which nothing more counts; None where there is none.
    """

    what: str
    weight: Decimal
    cap: Decimal | None = None


def measures(cell: Cell, reading: Reading) -> tuple[Measure, ...]:
    """The measures of a scorecard, whose weights total 100 (RULES.md, Contribution)."""
    written = shown(cell)
    parts = [part.strip() for part in re.split(r"[,;](?!\d)", written) if part.strip()]
    found = tuple(_measure(part, written, reading) for part in parts)
    total = sum((one.weight for one in found), Decimal(0))
    if total != 1:
        raise Misread("shares-not-100", given=written, total=f"{(total * 100).normalize():f}")
    return found


def _measure(part: str, written: str, reading: Reading) -> Measure:
    found = _PART.fullmatch(part)
    if found is None:
        raise Misread("measure-wrong", given=written, part=part)
    what = reading.lexicon.meant(found["what"], (OWN, TEAM)) or found["what"]
    return Measure(what, _percent(found["weight"]), _percent(found["cap"]) if found["cap"] else None)


def _percent(written: str) -> Decimal:
    return Decimal(written.replace(",", ".")) / 100
