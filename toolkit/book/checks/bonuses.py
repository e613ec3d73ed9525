"""Checks of what bonuses rest on: plans, weights, schemes, and who was there on the day of a sale."""

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
    """Why a row of the Schemes tab cannot be used: the code of a problem, its column, and what was given."""

    code: str
    column: str
    given: str


class BonusChecks:
    """Keeps what bonuses can be worked out from, and gathers what cannot.

    Args:
        found: what each tab held, by its English name.
    """

    def __init__(self, found: Mapping[str, TabContents[Any]]) -> None:
        self._found = found
        self.problems: list[Problem] = []
        products: tuple[Product, ...] = found["Products"].records
        self._sold = {name for one in products for name in (one.product, one.category) if name}

    def _tell(self, tab: str, row: int, column: str, code: str, **values: str) -> None:
        self.problems.append(self._found[tab].problem(row, column, code, **values))

    def plans(self, plans: Iterable[SalesPlan]) -> tuple[SalesPlan, ...]:
        """Targets that can be reached or missed: above 0, and of products that we know."""
        return tuple(one for one in plans if self._plan_holds(one))

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
        """Where products have weights, one that has none is told with the weight that is taken."""
        products: tuple[Product, ...] = self._found["Products"].records
        weighed = {one.category for one in products if one.weight is not None and not one.product}
        if not any(one.weight is not None for one in products):
            return
        known = {one.product for one in products if one.weight is not None}
        for one in products:
            is_bare = one.product not in known and one.category not in weighed and "weight" not in one.faults
            if one.product and is_bare:
                self._tell("Products", one.row, "weight", "weight-assumed", given=one.product)

    def check_sales(self, purchases: Iterable[Purchase], staff: Iterable[StaffMember]) -> None:
        """Whoever made a sale must still have been there on its day; a return may come later."""
        left = {one.number: one for one in staff if one.until}
        for sale in purchases if left else ():
            gone = [left[who] for who, _ in sale.credits if who in left and not sale.is_return]
            for one in gone:
                if one.until and sale.date > one.until:
                    self._tell("Purchases", sale.row, "splits", "staff-left", given=one.name, day=one.until.isoformat())

    # schemes

    def schemes(self, bands: Iterable[BonusBand]) -> tuple[Scheme, ...]:
        """Every scheme's rows; one that cannot be used keeps its faults, so that nobody is paid by it."""
        rows: tuple[Scheme, ...] = self._found["Schemes"].records
        with_bands = {one.scheme.casefold() for one in bands}
        seen: set[tuple[str, object]] = set()
        return tuple(self._checked(one, with_bands, seen) for one in rows)

    def _checked(self, one: Scheme, with_bands: set[str], seen: set[tuple[str, object]]) -> Scheme:
        key = (one.scheme.casefold(), one.since)
        twice = [BonusFault("scheme-twice", column="scheme", given=one.scheme)] if key in seen else []
        faults = twice or list(_faults(one, with_bands, self._sold))
        seen.add(key)
        for fault in faults:
            if fault.column not in one.faults:
                self._tell("Schemes", one.row, fault.column, fault.code, given=fault.given)
        return replace(one, faults=one.faults | {fault.column for fault in faults})

    def bands(self, bands: tuple[BonusBand, ...]) -> tuple[BonusBand, ...]:
        """Bands whose From speaks of what their scheme measures: sums of an amount, shares of an attainment."""
        rows: tuple[Scheme, ...] = self._found["Schemes"].records
        shares = {one.scheme.casefold() for one in rows if one.measure == "attainment"}
        wrong = set()
        for one in bands:
            by_share = one.scheme.casefold() in shares
            if one.from_amount and isinstance(one.from_amount, Decimal) != by_share:
                self._tell("Bonus bands", one.row, "from_amount", "band-share" if by_share else "band-sum")
                wrong.add((one.scheme.casefold(), one.since))
        return tuple(one for one in bands if (one.scheme.casefold(), one.since) not in wrong)

    def check_staff(self, schemes: Iterable[Scheme]) -> None:
        """Each one's scheme must be there, where there are schemes at all."""
        written = [one.scheme for tab in ("Schemes", "Bonus bands") for one in self._found[tab].records]
        known = {one.scheme.casefold() for one in schemes} | {one.casefold() for one in written}
        for member in self._found["Staff"].records if known else ():
            if member.scheme and member.scheme.casefold() not in known:
                self._tell_unknown("Staff", member.row, "scheme", member.scheme, "scheme-unknown", written)


def _faults(one: Scheme, with_bands: set[str], sold: set[str]) -> Iterator[BonusFault]:
    """What a row lacks or says against itself."""
    needs = {"target": ("at_target",), "scorecard": ("at_target", "scorecard"), "pool": ("pool",), "bands": ()}
    for column in needs[one.pays]:
        if not getattr(one, column):
            yield BonusFault("scheme-lacks", column=column, given=one.pays)
    if one.pays == "bands" and one.scheme.casefold() not in with_bands:
        yield BonusFault("scheme-no-bands", column="scheme", given=one.scheme)
    for column in _clashes(one):
        yield BonusFault("scheme-clash", column=column, given=one.pays)
    for part in one.scorecard:
        if part.name not in {OWN, TEAM, *sold}:
            yield BonusFault("measure-unknown", column="scorecard", given=part.name)


def _clashes(one: Scheme) -> Iterator[str]:
    """Columns that say something which this way of paying does not know."""
    by_plan = one.pays in ("target", "scorecard")
    if not by_plan and isinstance(one.cap, Decimal):
        yield "cap"
    if not by_plan and one.accelerator != 1:
        yield "accelerator"
    if one.pays == "pool" and one.cap is not None:
        yield "cap"
    if one.shared == "payout" and (one.pays, one.measure) != ("bands", "amount"):
        yield "shared"
