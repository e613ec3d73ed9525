"""Returns that take back more than was bought."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.book.tabs.purchases import Purchase


class OverReturned(NamedTuple):
    """A return with which more came back than was bought.

    Args:
        line: the return.
        back: the sum of its purchase's returns up to it, in minor units.
        bought: the sum of its purchase, in minor units.
    """

    line: Purchase
    back: int
    bought: int


def beyond_bought(lines: Sequence[Purchase]) -> Iterator[OverReturned]:
    """Yield each purchase's first return beyond what was bought."""
    returns = sorted((line for line in lines if line.is_return), key=lambda line: (line.date, line.row))
    bought = dict.fromkeys([(line.return_of, line.client) for line in returns], 0)
    numbers = {line.return_of for line in returns}
    for line in lines:
        if line.number in numbers and (line.number, line.client) in bought and not line.is_return:
            bought[line.number, line.client] += line.amount
    back = dict.fromkeys(bought, 0)
    for line in returns:
        of = line.return_of, line.client
        before, back[of] = back[of], back[of] - line.amount
        if before <= bought[of] < back[of]:
            yield OverReturned(line, back[of], bought[of])
