"""Look-up columns of ours that show no tiers, since something stands in the way of their formula."""

from collections.abc import Sequence
from typing import Final

from toolkit.book.grid import Cell, address
from toolkit.book.problem import Problem

SHOWN: Final = "#REF!"
"""What a sheet shows in the formula's own cell where a typed value, or a table, keeps it from spreading."""


def broken_look_ups(tab: str, row: int, headings: Sequence[Cell]) -> tuple[Problem, ...]:
    """A problem for each heading that shows an error.

    Args:
        tab: the team's name of the Clients tab.
        row: the heading row, counted from 0.
        headings: its cells.
    """
    wrong = (place for place, cell in enumerate(headings) if cell == SHOWN)
    return tuple(Problem(tab, address(row, place), SHOWN, "look-up-broken") for place in wrong)
