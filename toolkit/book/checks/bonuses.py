"""Checks of plans, weights, schemes and leaving days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.book.parse.shares import OWN, TEAM
from toolkit.book.parse.suggest import nearest
from toolkit.book.tab import TabContents
from toolkit.book.tabs.ladders import BonusBand
from toolkit.book.tabs.purchases import Purchase
from toolkit.book.tabs.schemes import Scheme
from toolkit.book.tabs.staff import SalesPlan, StaffMember

if TYPE_CHECKING:
    from toolkit.book.problem import Problem
    from toolkit.book.tabs.products import Product


class BonusFault(NamedTuple):
    """A fault of a row of the Schemes tab."""

    code: str
    column: str
    given: str


class BonusChecks:
    """Keeps the valid records for bonuses, and gathers problems.

    Args:
        contents: the contents of each tab, by its English name.
    """

    def __init__(self, contents: Mapping[str, TabContents[Any]]) -> None:
        self._contents = contents
        self.problems: list[Problem] = []
        products: tuple[Product, ...] = contents["Products"].records
        self._sold = {name for row in products for name in (row.product, row.category) if name}

    def _tell(self, tab: str, row: int, column: str, code: str, **values: str) -> None:
        self.problems.append(self._contents[tab].problem(row, column, code, **values))

    def plans(self, plans: Iterable[SalesPlan]) -> tuple[SalesPlan, ...]:
        """Return the targets above 0, of products that we know."""
        return tuple(plan for plan in plans if self._plan_holds(plan))

    def _plan_holds(self, plan: SalesPlan) -> bool:
        if not plan.target:
            self._tell("Plan", plan.row, "target", "plan-zero")
            return False
        if plan.product and self._sold and plan.product not in self._sold:
            self._tell_unknown("Plan", plan.row, "product", plan.product, "plan-product-unknown", self._sold)
            return False
        return True

    def _tell_unknown(self, tab: str, row: int, column: str, given: str, code: str, known: Iterable[str]) -> None:
        near = nearest(given, known)
        self._tell(tab, row, column, f"{code}-near" if near else code, given=given, proposal=near)

    def check_weights(self) -> None:
        """Add a hint for each product without a weight where others have one."""
        products: tuple[Product, ...] = self._contents["Products"].records
        weighed = {row.category for row in products if row.weight is not None and not row.product}
        if not any(row.weight is not None for row in products):
            return
        known = {row.product for row in products if row.weight is not None}
        for row in products:
            is_bare = row.product not in known and row.category not in weighed and "weight" not in row.faults
            if row.product and is_bare:
                self._tell("Products", row.row, "weight", "weight-assumed", given=row.product)

    def check_sales(self, purchases: Iterable[Purchase], staff: Iterable[StaffMember]) -> None:
        """Add a problem for each sale after its seller had left."""
        leavers = {member.number: member for member in staff if member.until}
        for sale in purchases if leavers else ():
            for number, _ in () if sale.is_return else sale.credits:
                until = leavers[number].until if number in leavers else None
                if until and sale.date > until:
                    given = leavers[number].name
                    self._tell("Purchases", sale.row, "splits", "staff-left", given=given, day=until.isoformat())

    # schemes

    def schemes(self, bands: Iterable[BonusBand]) -> tuple[Scheme, ...]:
        """Return the schemes, with faults where they cannot be used."""
        rows: tuple[Scheme, ...] = self._contents["Schemes"].records
        with_bands = {band.scheme.casefold() for band in bands}
        seen: set[tuple[str, object]] = set()
        return tuple(self._checked(scheme, with_bands, seen) for scheme in rows)

    def _checked(self, scheme: Scheme, with_bands: set[str], seen: set[tuple[str, object]]) -> Scheme:
        key = (scheme.scheme.casefold(), scheme.since)
        twice = [BonusFault("scheme-twice", column="scheme", given=scheme.scheme)] if key in seen else []
        faults = twice or list(_faults(scheme, with_bands, self._sold))
        seen.add(key)
        for fault in faults:
            if fault.column not in scheme.faults:
                self._tell("Schemes", scheme.row, fault.column, fault.code, given=fault.given)
        return replace(scheme, faults=scheme.faults | {fault.column for fault in faults})

    def bands(self, bands: tuple[BonusBand, ...]) -> tuple[BonusBand, ...]:
        """Return the bands whose From fits their scheme."""
        rows: tuple[Scheme, ...] = self._contents["Schemes"].records
        shares = {scheme.scheme.casefold() for scheme in rows if scheme.measure == "attainment"}
        wrong = set()
        for band in bands:
            by_share = band.scheme.casefold() in shares
            if band.from_amount and isinstance(band.from_amount, Decimal) != by_share:
                self._tell("Bonus bands", band.row, "from_amount", "band-share" if by_share else "band-sum")
                wrong.add((band.scheme.casefold(), band.since))
        return tuple(band for band in bands if (band.scheme.casefold(), band.since) not in wrong)

    def check_staff(self, schemes: Iterable[Scheme]) -> None:
        """Add a problem for each unknown scheme of staff."""
        written = [row.scheme for tab in ("Schemes", "Bonus bands") for row in self._contents[tab].records]
        known = {scheme.scheme.casefold() for scheme in schemes} | {name.casefold() for name in written}
        for member in self._contents["Staff"].records if known else ():
            if member.scheme and member.scheme.casefold() not in known:
                self._tell_unknown("Staff", member.row, "scheme", member.scheme, "scheme-unknown", written)


def _faults(scheme: Scheme, with_bands: set[str], sold: set[str]) -> Iterator[BonusFault]:
    """Yield what a row lacks or contradicts."""
    needs = {"target": ("at_target",), "scorecard": ("at_target", "scorecard"), "pool": ("pool",), "bands": ()}
    for column in needs[scheme.pays]:
        if not getattr(scheme, column):
            yield BonusFault("scheme-lacks", column=column, given=scheme.pays)
    if scheme.pays == "bands" and scheme.scheme.casefold() not in with_bands:
        yield BonusFault("scheme-no-bands", column="scheme", given=scheme.scheme)
    for column in _clashes(scheme):
        yield BonusFault("scheme-clash", column=column, given=scheme.pays)
    for measure in scheme.scorecard:
        if measure.name not in {OWN, TEAM, *sold}:
            yield BonusFault("measure-unknown", column="scorecard", given=measure.name)


def _clashes(scheme: Scheme) -> Iterator[str]:
    """Yield the columns that this way of paying does not know."""
    by_plan = scheme.pays in ("target", "scorecard")
    if not by_plan and isinstance(scheme.cap, Decimal):
        yield "cap"
    if not by_plan and scheme.accelerator != 1:
        yield "accelerator"
    if scheme.pays == "pool" and scheme.cap is not None:
        yield "cap"
    if scheme.shared == "payout" and (scheme.pays, scheme.measure) != ("bands", "amount"):
        yield "shared"
