"""A level that may be a sum or a share: a threshold, a cap, a pool, a band's start."""

from decimal import Decimal
from typing import Final, TypeAlias

from toolkit.book.grid import Cell
from toolkit.book.parse.amounts import number, sum_of_money
from toolkit.book.parse.cells import Choice, Misread, Reading, shown

Level: TypeAlias = int | Decimal
"""Minor units where it is an int; a share where it is a Decimal: Decimal("0.8") is 80 %."""

HIGHEST_SHARE: Final = 3
"""A bare number up to here is a share, since sheets keep 80 % as 0.8; a sum so small is written with its currency."""


def level(cell: Cell, reading: Reading) -> Level:
    """A sum, or with % a share: 5000 is money, "80 %" and the sheet's own 0.8 are shares."""
    written = shown(cell).strip()
    if written.endswith("%"):
        return _not_below_zero(number(written.rstrip("% "), reading) / 100, cell)
    try:
        bare = number(cell, reading)
    except Misread:
        return sum_of_money(cell, reading)
    return bare if 0 < bare <= HIGHEST_SHARE else sum_of_money(cell, reading)


def _not_below_zero(share: Decimal, cell: Cell) -> Decimal:
    if share < 0:
        raise Misread("below-zero", given=shown(cell))
    return share


class Built(Choice):
    """A choice some of whose options are known, but not built yet: they are refused by name."""

    def __init__(self, *options: str, later: tuple[str, ...] = ()) -> None:
        super().__init__(*options)
        self._later = later

    def __call__(self, cell: Cell, reading: Reading) -> str:
        """The option that the cell means."""
        if (named := reading.lexicon.meant(shown(cell), self._later)) is not None:
            raise Misread("not-built", given=named, options=", ".join(self.options))
        return super().__call__(cell, reading)
