"""The Purchases tab, with one line of a purchase a row."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from toolkit.book.parse.amounts import EXACT, minor_units, number, price, share
from toolkit.book.parse.cells import Choice, prose, text
from toolkit.book.parse.dates import day, past_day
from toolkit.book.parse.shares import Split, splits
from toolkit.book.tab import Column, Tab

PAID: Final = frozenset({"paid", "delivered"})


class Line(NamedTuple):
    """One row as it stands, before it is checked against the other tabs.

    Args:
        paid: the Amount column, exact, in currency units; None where it is blank.
        quantity: negative for a return.
        discount: a share, 0 to 1.
        splits: the parts of the sale, by the names that the team wrote.
    """

    row: int
    date: dt.date
    client: str
    faults: frozenset[str] = frozenset()
    number: str = ""
    product: str = ""
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    paid: Decimal | None = None
    discount: Decimal = Decimal(0)
    cost: Decimal | None = None
    splits: tuple[Split, ...] = ()
    status: str = "paid"
    promised_for: dt.date | None = None
    delivered_on: dt.date | None = None
    return_of: str = ""
    note: str = ""

    def amount(self, decimals: int) -> int | None:
        """Return what the client paid in minor units, if known.

        A blank Amount is Quantity x Unit price x (1 - Discount), rounded half up per line (README.md, Purchases).
        """
        if self.paid is not None:
            return minor_units(self.paid, decimals)
        if self.unit_price is None:
            return None
        full = EXACT.multiply(self.quantity, self.unit_price)
        return minor_units(EXACT.multiply(full, 1 - self.discount), decimals)


@dataclass(frozen=True, slots=True)
class Purchase:
    """One valid line of a purchase, whose client, product and staff are known.

    Args:
        number: the Purchase no.; several lines may share it.
        amount: what the client paid, in minor units; negative for a return.
        credits: (staff number, share of the credit); the shares total 1.
        cost: what the line cost the shop, in minor units; None where the cell is blank.
    """

    number: str
    row: int
    date: dt.date
    client: str
    product: str
    quantity: Decimal
    amount: int
    credits: tuple[tuple[str, Decimal], ...] = ()
    status: str = "paid"
    promised_for: dt.date | None = None
    delivered_on: dt.date | None = None
    return_of: str = ""
    cost: int | None = None

    @property
    def is_paid(self) -> bool:
        """True if the money has come, in the status paid or delivered."""
        return self.status in PAID

    @property
    def is_return(self) -> bool:
        """True if it gives an earlier purchase back."""
        return bool(self.return_of)


PURCHASES: Final = Tab(
    name="Purchases",
    make=Line,
    columns=(
        Column("Purchase no.", "number", text),
        Column("Date", "date", past_day, vital=True, expected=True),
        Column("Client no.", "client", text, vital=True, expected=True),
        Column("Product", "product", text),
        Column("Quantity", "quantity", number),
        Column("Unit price", "unit_price", price),
        Column("Amount", "paid", price),
        Column("Discount", "discount", share),
        Column("Cost", "cost", price),
        Column("Staff", "splits", splits),
        Column("Status", "status", Choice("ordered", "paid", "delivered", "cancelled")),
        Column("Promised for", "promised_for", day),
        Column("Delivered on", "delivered_on", past_day),
        Column("Return of", "return_of", text),
        Column("Note", "note", prose),
    ),
)
