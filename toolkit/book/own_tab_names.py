"""What our own tabs are called in a workbook, and where people left their columns."""

from collections.abc import Iterable, Sequence
from typing import Final

from toolkit.book import ours
from toolkit.book.grid import HEADING_ROWS, Cell, Grid, Tabs, likeliest_row
from toolkit.book.i18n import Lexicon, Words, plain
from toolkit.book.parse.cells import is_blank, shown

NOWHERE: Final = -1


def own_name(name: str, tabs: Iterable[str], lexicon: Lexicon, words: Words) -> str:
    """The name that one of our tabs has in the workbook already, in any language, else ours in the shop's."""
    return next((one for one in tabs if is_called(name, one, lexicon)), words.tab(name))


def is_called(name: str, written: str, lexicon: Lexicon) -> bool:
    """Whether a tab bears a name that we know, in any language, with any capitals and blanks."""
    return plain(lexicon.tab(written)) == plain(name)


def own_grid(name: str, tabs: Tabs, lexicon: Lexicon) -> Grid:
    """The rows of one of our tabs from its headings on, each in the order of ours.HEADINGS, wherever they stand.

    None where the tab is not there; blank where a column is not.
    """
    grid = next((grid for tab, grid in tabs.items() if is_called(name, tab, lexicon)), ())
    top, places = own_places(name, grid, lexicon)
    return [in_order(row, places) for row in grid[top:]]


def own_places(name: str, grid: Grid, lexicon: Lexicon) -> tuple[int, tuple[int, ...]]:
    """The heading row of one of our tabs, and where each of ours.HEADINGS stands in it, all counted from 0.

    Where nobody left any heading, the columns are taken as we laid them.
    """
    known = own_headings(name, lexicon)
    rows = [[known.get(plain(shown(cell)), "") for cell in row] for row in grid[:HEADING_ROWS]]
    top = likeliest_row(rows, lambda row: len(set(row) - {""}))
    if not any(map(any, rows)):
        return 0, tuple(range(len(ours.HEADINGS[name])))
    return top, tuple(_place(one, usual, rows[top], grid[top]) for usual, one in enumerate(ours.HEADINGS[name]))


def _place(heading: str, usual: int, found: Sequence[str], row: Sequence[Cell]) -> int:
    """Where a heading stands; without it, its usual place if no other stands there: earlier versions had fewer."""
    if heading in found:
        return found.index(heading)
    return NOWHERE if usual < len(row) and not is_blank(row[usual]) else usual


def own_headings(name: str, lexicon: Lexicon) -> dict[str, str]:
    """The headings of one of our tabs, by every spelling of any language."""
    return {plain(said): heading for heading in ours.HEADINGS[name] for said in lexicon.headings_for(heading)}


def in_order(row: Sequence[Cell], places: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of a row at these places; blank beyond its end."""
    return tuple(row[place] if NOWHERE < place < len(row) else "" for place in places)
