"""The Products and Weights tabs, with what each product means to the firm."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from toolkit.book.parse.amounts import price, weight
from toolkit.book.parse.cells import text, yes_no
from toolkit.book.parse.dates import day
from toolkit.book.tab import Column, Tab


@dataclass(frozen=True, slots=True)
class Product:
    """A product, or with a blank product the weight of a whole category.

    Args:
        weight: what the product means to the firm's stability (practice S6); None where the row says nothing.
        weight_from: the first day of the weight; None is always.
        counts: True if it counts for loyalty.
    """

    row: int
    faults: frozenset[str] = frozenset()
    product: str = ""
    name: str = ""
    category: str = ""
    weight: Decimal | None = None
    weight_from: date | None = None
    price: Decimal | None = None
    counts: bool = True


PRODUCTS: Final = Tab(
    name="Products",
    make=Product,
    columns=(
        Column("Product", "product", text, expected=True),
        Column("Name", "name", text),
        Column("Category", "category", text),
        Column("Weight", "weight", weight),
        Column("Weight from", "weight_from", day),
        Column("Price", "price", price),
        Column("Counts for loyalty", "counts", yes_no),
    ),
)

WEIGHTS: Final = Tab(
    name="Weights",
    fills="products",
    make=Product,
    columns=(
        Column("Category", "category", text, vital=True, expected=True),
        Column("Weight", "weight", weight, vital=True, expected=True),
        Column("Weight from", "weight_from", day),
    ),
)
"""The weights of whole categories, for workbooks whose Products tab is the team's own."""
