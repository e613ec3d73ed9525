"""The tabs that we own, with their names and headings."""

from collections.abc import Iterable, Sequence
from typing import Final

from toolkit.book.grid import HEADING_ROWS, Cell, Grid, Tabs, likeliest_row
from toolkit.book.i18n import Lexicon, Words, plain
from toolkit.book.parse.cells import is_blank, shown

STANDING: Final = "Standing"
POINTS: Final = "Points"
BONUSES: Final = "Bonuses"
PROBLEMS: Final = "Problems"
CALLS: Final = "Calls"
OUTBOX: Final = "Outbox"
SUPPRESSED: Final = "Suppressed"
WEEK: Final = "Week"

KEPT: Final = "Kept"
"""The column of Bonuses that holds the figures and rules of an approved month, for us to read."""

HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    STANDING: (
        "Client no.",
        "Name",
        "Tier",
        "Spent",
        "To next tier",
        "Discount",
        "Check",
        "Counted",
        "Next tier",
        "Last bought",
        "As of",
        "Reach by",
        "Tier until",
        "To keep tier",
        "Keep by",
        "Points",
        "Points pending",
        "Points expiring",
        "Points until",
        "Reward due",
        "Code to give",
    ),
    POINTS: (
        "Date",
        "Client no.",
        "Entry",
        "Points",
        "Balance",
        "Of",
        "Usable from",
        "Usable until",
        "Posted on",
        "Key",
    ),
    BONUSES: (
        "Period",
        "Staff no.",
        "Name",
        "Weighted credit",
        "Share of plan",
        "Target",
        "Bonus",
        "Earned",
        "Adjusted",
        "Carried over",
        "Approved on",
        KEPT,
    ),
    PROBLEMS: ("Where", "Column", "What is wrong", "How to mend it"),
    CALLS: ("Call by", "Manager", "Client no.", "Name", "Phone", "Address", "Letter", "Subject", "Why", "Key"),
    OUTBOX: (
        "Day",
        "Client no.",
        "Name",
        "Letter",
        "Subject",
        "State",
        "Words",
        "Key",
        "Channel",
        "By",
        "Occasion",
        "Wording",
        "Kind",
    ),
    SUPPRESSED: ("Day", "Client no.", "Name", "Why", "Key"),
    WEEK: ("What", "Value"),
}
"""English headings by tab. New ones go last: look-up columns count from the left."""

RECORDS: Final = frozenset({OUTBOX, POINTS, SUPPRESSED})
"""Tabs that record what happened; only real runs continue them, never a run for another day."""

LOOKED_UP: Final[dict[str, int]] = {
    heading: HEADINGS[STANDING].index(heading) + 1
    for heading in ("Tier", "Spent", "To next tier", "Points", "Discount", "Check")
}
"""Look-up columns beside the clients, each with its column of Standing counted from 1."""

SHOP_ID: Final = "Shop id"
"""The row of Week that names the shop."""

HOME: Final = "Sends from"
"""The row of Week that names the computer which sends the letters."""

NOT_THERE: Final = -1
"""The place of a column that a tab does not have."""


def own_name(name: str, tabs: Iterable[str], lexicon: Lexicon, words: Words) -> str:
    """Return the name of one of our tabs in the workbook."""
    return next((tab for tab in tabs if is_called(name, tab, lexicon)), words.tab(name))


def is_called(name: str, written: str, lexicon: Lexicon) -> bool:
    """True if a tab bears this name in any language."""
    return plain(lexicon.tab(written)) == plain(name)


def own_grid(name: str, tabs: Tabs, lexicon: Lexicon) -> Grid:
    """Return the rows of one of our tabs in the order of HEADINGS.

    There are no rows where the tab is missing; cells of missing columns are blank.
    """
    grid = next((grid for tab, grid in tabs.items() if is_called(name, tab, lexicon)), ())
    top, places = own_places(name, grid, lexicon)
    return [in_order(row, places) for row in grid[top:]]


def own_places(name: str, grid: Grid, lexicon: Lexicon) -> tuple[int, tuple[int, ...]]:
    """Return the heading row and the columns of one of our tabs.

    Where nobody left any heading, the columns are taken as we laid them.
    """
    known = own_headings(name, lexicon)
    rows = [[known.get(plain(shown(cell)), "") for cell in row] for row in grid[:HEADING_ROWS]]
    top = likeliest_row(rows, lambda row: len(set(row) - {""}))
    if not any(map(any, rows)):
        return 0, tuple(range(len(HEADINGS[name])))
    return top, tuple(_place(heading, usual, rows[top], grid[top]) for usual, heading in enumerate(HEADINGS[name]))


def _place(heading: str, usual: int, headings: Sequence[str], row: Sequence[Cell]) -> int:
    """Return the column of a heading, or its usual one if free."""
    if heading in headings:
        return headings.index(heading)
    # Earlier versions laid fewer columns.
    return NOT_THERE if usual < len(row) and not is_blank(row[usual]) else usual


def own_headings(name: str, lexicon: Lexicon) -> dict[str, str]:
    """Return the headings of one of our tabs by each of their spellings."""
    return {plain(spelling): heading for heading in HEADINGS[name] for spelling in lexicon.headings_for(heading)}


def in_order(row: Sequence[Cell], places: Sequence[int]) -> tuple[Cell, ...]:
    """Return the cells of a row at these places, blank beyond its end."""
    return tuple(row[place] if NOT_THERE < place < len(row) else "" for place in places)
