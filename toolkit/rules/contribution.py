"""Each one's part in the sales: credit = amount x product weight, split exactly (practices S5, S6)."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from toolkit.book.products import Product
from toolkit.book.purchases import Purchase

ASSUMED_WEIGHT = Decimal(1)
"""The weight of a product that has none."""


def weights_on(products: Iterable[Product], day: date) -> Mapping[str, Decimal]:
    """Each product's weight on a day: its own latest one, else its category's, else 1."""
    held = sorted((one for one in products if _holds(one, day)), key=lambda one: one.weight_from or date.min)
    by_category = {one.category: one.weight for one in held if one.category and not one.product}
    category_of = {one.product: one.category for one in products if one.category}
    own = {one.product: one.weight for one in held}
    found = {one.product: own.get(one.product, by_category.get(category_of.get(one.product, ""))) for one in products}
    return {code: ASSUMED_WEIGHT if weight is None else weight for code, weight in found.items() if code}


def _holds(product: Product, day: date) -> bool:
    return product.weight is not None and (product.weight_from is None or product.weight_from <= day)


def credits_by_staff(purchases: Iterable[Purchase], products: Iterable[Product]) -> Mapping[str, Fraction]:
    """Weighted credit of each staff member over these lines, exact, in minor units.

    A purchase uses the weights of its own day; a split gives each part its share.
    """
    products = tuple(products)
    weights: dict[date, Mapping[str, Decimal]] = {}
    found: dict[str, Fraction] = {}
    for one in purchases:
        if one.date not in weights:
            weights[one.date] = weights_on(products, one.date)
        credit = one.amount * Fraction(weights[one.date].get(one.product, ASSUMED_WEIGHT))
        for number, share in one.credits:
            found[number] = found.get(number, Fraction(0)) + credit * Fraction(share)
    return found
