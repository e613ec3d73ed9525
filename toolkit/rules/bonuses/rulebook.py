"""Everything but the sales that decides a month's bonuses.

An approved month keeps it as text.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from toolkit.book import ClientBook, Scheme, StaffMember
from toolkit.book.parse.amounts import Level
from toolkit.book.parse.shares import Measure
from toolkit.book.tabs.ladders import BonusBand, ladder_on
from toolkit.book.tabs.products import Product
from toolkit.book.tabs.staff import SalesPlan
from toolkit.rules.bonuses.contribution import Weights
from toolkit.rules.months import months_after


@dataclass(frozen=True, slots=True)
class Usual:
    """The method and basis where a scheme's row names none."""

    method: str = "slice"
    basis: str = "paid"


@dataclass(frozen=True)
class Rulebook:
    """The rules of one month.

    Args:
        month: its first day.
        products: rows with weights or categories.
        bands: of every scheme, as they hold on that day.
        schemes: the rows that hold on that day.
        plans: the month's targets.
        staff: who works in that month.
    """

    month: date
    usual: Usual
    products: tuple[Product, ...]
    bands: tuple[BonusBand, ...]
    schemes: tuple[Scheme, ...]
    plans: tuple[SalesPlan, ...]
    staff: tuple[StaffMember, ...]

    @classmethod
    def of(cls, book: ClientBook, usual: Usual, month: date) -> "Rulebook":
        """Return a month's rules as the workbook has them now."""
        return cls(
            month=month,
            usual=usual,
            products=tuple(product for product in book.products if product.weight is not None or product.category),
            bands=_bands_on(book.bonus_bands, month),
            schemes=tuple(schemes_on(book.schemes, month)),
            plans=tuple(plan for plan in book.sales_plan if plan.month == month),
            staff=tuple(member for member in book.staff if works_in(member, month)),
        )

    @cached_property
    def weights(self) -> Weights:
        """Return the weight of each product by day."""
        return Weights(self.products)

    def scheme_of(self, member: StaffMember) -> Scheme:
        """Return a person's scheme with its method and basis named."""
        name = member.scheme.casefold()
        found = next((scheme for scheme in self.schemes if scheme.scheme.casefold() == name), Scheme(member.scheme))
        return replace(found, method=found.method or self.usual.method, basis=found.basis or self.usual.basis)

    def bands_of(self, scheme: Scheme) -> tuple[BonusBand, ...]:
        """Return a scheme's bands, lowest first."""
        return tuple(band for band in self.bands if band.scheme.casefold() == scheme.scheme.casefold())

    def target(self, staff: str = "", product: str = "") -> int | None:
        """Return a plan in minor units, or None.

        Without a person it is the plan of the whole, without a product that of everything.
        """
        found = [plan.target for plan in self.plans if (plan.staff, plan.product) == (staff, product)]
        return sum(found) if found else None

    def text(self) -> str:
        """Return everything as one line of JSON."""
        table = {
            "month": self.month.isoformat(),
            "usual": [self.usual.method, self.usual.basis],
            "weights": [
                [product.product, product.category, *map(_plain, (product.weight, product.weight_from))]
                for product in self.products
            ],
            "bands": [
                [band.scheme, _plain(band.since), _plain(band.from_amount), _plain(band.rate)] for band in self.bands
            ],
            "schemes": [_said(scheme) for scheme in self.schemes],
            "plans": [[plan.staff, plan.product, plan.target] for plan in self.plans],
            "staff": [
                [member.number, member.name, member.scheme, _plain(member.since), _plain(member.until)]
                for member in self.staff
            ],
        }
        return json.dumps(table, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> "Rulebook":
        """Read the rules that `text` wrote."""
        table = json.loads(text)
        month = date.fromisoformat(table["month"])
        return cls(
            month=month,
            usual=Usual(*table["usual"]),
            products=tuple(Product(0, frozenset(), p, "", c, _number(w), _date(d)) for p, c, w, d in table["weights"]),
            bands=tuple(BonusBand(date.fromisoformat(d), s, _level(f), Decimal(r), 0) for s, d, f, r in table["bands"]),
            schemes=tuple(map(_scheme, table["schemes"])),
            plans=tuple(SalesPlan(month, target, 0, frozenset(), who, what) for who, what, target in table["plans"]),
            staff=tuple(
                StaffMember(number, 0, name=name, scheme=scheme, since=_date(since), until=_date(until))
                for number, name, scheme, since, until in table["staff"]
            ),
        )


def works_in(member: StaffMember, month: date) -> bool:
    """Return True if a person is on the staff in a month."""
    end = months_after(month, 1)
    return (member.since is None or member.since < end) and (member.until is None or member.until >= month)


def _bands_on(rows: Iterable[BonusBand], month: date) -> tuple[BonusBand, ...]:
    by_scheme: dict[str, list[BonusBand]] = {}
    for row in rows:
        by_scheme.setdefault(row.scheme.casefold(), []).append(row)
    return tuple(row for held in by_scheme.values() for row in ladder_on(held, month))


def schemes_on(rows: Iterable[Scheme], day: date) -> Iterable[Scheme]:
    """Return the latest usable row of each scheme."""
    held: dict[str, Scheme] = {}
    for row in sorted((row for row in rows if row.since <= day), key=lambda row: (bool(not row.faults), row.since)):
        held[row.scheme.casefold()] = row
    return held.values()


# as text


def _plain(value: object) -> Any:
    """Turn days and exact numbers into text for JSON."""
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, date) else f"{value:f}"


def _said(scheme: Scheme) -> Mapping[str, Any]:
    """Return a scheme's row without its defaults."""
    said = {
        field.name: getattr(scheme, field.name) for field in fields(Scheme) if field.name not in ("row", "scorecard")
    }
    plain = Scheme(scheme.scheme)
    table = {name: value for name, value in said.items() if name == "scheme" or value != getattr(plain, name)}
    card = [[measure.name, _plain(measure.weight), _plain(measure.cap)] for measure in scheme.scorecard]
    return {
        name: sorted(value) if isinstance(value, frozenset) else value if isinstance(value, str) else _plain(value)
        for name, value in table.items()
    } | ({"scorecard": card} if card else {})


def _scheme(said: Mapping[str, Any]) -> Scheme:
    readers: dict[str, Any] = {
        "since": date.fromisoformat,
        "accelerator": Decimal,
        "faults": frozenset,
        **dict.fromkeys(("pool", "threshold", "cap"), _level),
    }
    values = {name: readers.get(name, _as_is)(value) for name, value in said.items()}
    card = said.get("scorecard", [])
    values["scorecard"] = tuple(Measure(what, Decimal(weight), _number(cap)) for what, weight, cap in card)
    return Scheme(**values)


def _as_is(value: Any) -> Any:
    return value


def _level(value: int | str) -> Level:
    return value if isinstance(value, int) else Decimal(value)


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
