"""Each person's credit for the sales, split exactly (S5, S6).

Credit is amount x product weight.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from toolkit.book import Purchase
from toolkit.book.tabs.products import Product

ASSUMED_WEIGHT: Final = Decimal(1)
"""The weight of a product that has none."""


@dataclass(frozen=True, slots=True)
class Credit:
    """One person's part of one line.

    Args:
        sale: the line, for a return the line that came back.
        amount: what of the line counts, in minor units; negative for a return.
        part: the person's share of 1.
        weight: the product's, on the day of the sale.
        is_assumed: whether the product has no weight, so that 1 was taken.
        day: of the sale, or of the return.
        back: whether the line came back.
    """

    staff: str
    sale: Purchase
    amount: int
    part: Fraction
    weight: Decimal
    is_assumed: bool
    day: date
    back: bool = False

    @property
    def credit(self) -> Fraction:
        """Return the exact weighted credit in minor units."""
        return self.amount * Fraction(self.weight) * self.part


class Weights:
    """The weight of each product on a day.

    A product's own latest weight comes before its category's.
    """

    def __init__(self, products: Iterable[Product]) -> None:
        self.category_of: dict[str, str] = {}
        self._own: dict[str, list[tuple[date, Decimal]]] = {}
        self._category: dict[str, list[tuple[date, Decimal]]] = {}
        for product in products:
            if product.product and product.category:
                self.category_of.setdefault(product.product, product.category)
            if product.weight is not None:
                steps, name = (self._own, product.product) if product.product else (self._category, product.category)
                steps.setdefault(name, []).append((product.weight_from or date.min, product.weight))
        for dated in (*self._own.values(), *self._category.values()):
            dated.sort(key=lambda step: step[0])

    def on(self, product: str, day: date) -> Decimal | None:
        """Return a product's weight on a day, or None."""
        own = _held(self._own.get(product, ()), day) if product else None
        return own if own is not None else _held(self._category.get(self.category_of.get(product, ""), ()), day)

    def is_of(self, product: str, what: str) -> bool:
        """Return True if a product is, or belongs to, this name."""
        return what in (product, self.category_of.get(product))

    def credits(self, sale: Purchase, amount: int) -> tuple[Credit, ...]:
        """Split the part of a line that counts among its staff."""
        weight = self.on(sale.product, sale.date)
        return tuple(
            Credit(
                staff=who,
                sale=sale,
                amount=amount,
                part=Fraction(share),
                weight=ASSUMED_WEIGHT if weight is None else weight,
                is_assumed=weight is None,
                day=sale.date,
            )
            for who, share in sale.credits
        )


def _held(steps: Iterable[tuple[date, Decimal]], day: date) -> Decimal | None:
    steps = tuple(steps)
    place = bisect_right(steps, day, key=lambda step: step[0])
    return steps[place - 1][1] if place else None


def summed(credits_: Iterable[Credit]) -> Mapping[str, Fraction]:
    """Sum exact weighted credit by staff number."""
    found: dict[str, Fraction] = {}
    for credit in credits_:
        found[credit.staff] = found.get(credit.staff, Fraction(0)) + credit.credit
    return found
