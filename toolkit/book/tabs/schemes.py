"""The Schemes tab, with one bonus scheme a row (practices S8, S9)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from toolkit.book.parse.amounts import Level, level, sum_of_money, weight, whole
from toolkit.book.parse.cells import Choice, text
from toolkit.book.parse.dates import day
from toolkit.book.parse.shares import Measure, measures
from toolkit.book.tab import Column, Tab


@dataclass(frozen=True, slots=True)
class Scheme:
    """The bonus rules of one group of staff.

    Args:
        since: the first day on which the row holds.
        pays: "bands", "target" (by attainment of the own plan), "pool" or "scorecard".
        measure: the value that bands apply to, "amount" (weighted credit) or "attainment" (of the own plan).
        method: how bands pay; "" is the method of the settings.
        at_target: the payout of target and scorecard at 100 %, in minor units.
        pool: the sum that a pool shares out, in minor units, or a share of the team's weighted credit.
        scorecard: measures whose weights total 1.
        threshold: below it nothing is paid: weighted credit in minor units, or an attainment.
        accelerator: how many times faster target and scorecard pay above 100 %.
        cap: the most that is paid, in minor units or a share of at_target.
        basis: which purchases count: "paid" or "ordered"; "" is the basis of the settings.
        shared: what is divided of a shared sale, "credit" or "payout" (what the sale alone would pay).
        returns: what a later return takes back, "in proportion", or "full" for the whole line.
        returns_within: so many days after the sale a return still takes back; None is always.
        below_zero: "zero" (forgotten) or "carry" (taken into the next month).
    """

    scheme: str
    row: int = 0
    faults: frozenset[str] = frozenset()
    since: date = date.min
    pays: str = "bands"
    measure: str = "amount"
    method: str = ""
    at_target: int | None = None
    pool: Level | None = None
    scorecard: tuple[Measure, ...] = ()
    threshold: Level | None = None
    accelerator: Decimal = Decimal(1)
    cap: Level | None = None
    basis: str = ""
    shared: str = "credit"
    returns: str = "in proportion"
    returns_within: int | None = None
    below_zero: str = "zero"


SCHEMES: Final = Tab(
    name="Schemes",
    make=Scheme,
    columns=(
        Column("Scheme", "scheme", text, vital=True, expected=True),
        Column("From date", "since", day),
        Column("Pays", "pays", Choice("bands", "target", "pool", "scorecard", later=("guarantee", "draw", "gate"))),
        Column("Measure", "measure", Choice("amount", "attainment", later=("margin", "quantity"))),
        Column("Method", "method", Choice("slice", "whole", "interpolate")),
        Column("At target", "at_target", sum_of_money),
        Column("Pool", "pool", level),
        Column("Scorecard", "scorecard", measures),
        Column("Threshold", "threshold", level),
        Column("Accelerator", "accelerator", weight),
        Column("Cap", "cap", level),
        Column("Basis", "basis", Choice("paid", "ordered", later=("invoiced",))),
        Column("Shared sales", "shared", Choice("credit", "payout")),
        Column("Returns", "returns", Choice("in proportion", "full")),
        Column("Returns within", "returns_within", whole),
        Column("Below zero", "below_zero", Choice("zero", "carry")),
    ),
)
