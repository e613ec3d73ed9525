"""Returns held against what was bought: no more can come back than was there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.book.tabs.purchases import Purchase


class OverReturned(NamedTuple):
    """A return with which more came back than was bought. Money is in minor units.

    Args:
        line: the return.
        back: all that came back of its purchase up to it.
        bought: what that had come to.
    """

    line: Purchase
    back: int
    bought: int


def beyond_bought(lines: Sequence[Purchase]) -> Iterator[OverReturned]:
    """The first return of each purchase that takes back more than is left of it, whatever the order of the rows."""
    returns = sorted((one for one in lines if one.is_return), key=lambda one: (one.date, one.row))
    bought = dict.fromkeys([(one.return_of, one.client) for one in returns], 0)
    numbers = {one.return_of for one in returns}
    for one in lines:
        if one.number in numbers and (one.number, one.client) in bought and not one.is_return:
            bought[one.number, one.client] += one.amount
    back = dict.fromkeys(bought, 0)
    for one in returns:
        of = one.return_of, one.client
        before, back[of] = back[of], back[of] - one.amount
        if before <= bought[of] < back[of]:
            yield OverReturned(one, back[of], bought[of])
