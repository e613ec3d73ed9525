"""What our own tabs are called in a workbook."""

from collections.abc import Iterable

from toolkit.book.grid import Grid, Tabs
from toolkit.book.words import Lexicon, Words, plain


def own_name(name: str, tabs: Iterable[str], lexicon: Lexicon, words: Words) -> str:
    """The name that one of our tabs has in the workbook already, in any language, else ours in the shop's."""
    there = (one for one in tabs if plain(lexicon.tab(one)) == plain(name))
    return next(there, words.tab(name))


def own_grid(name: str, tabs: Tabs, lexicon: Lexicon) -> Grid:
    """The rows of one of our tabs, whatever language it is named in; none where it is not there."""
    return next((grid for tab, grid in tabs.items() if lexicon.tab(tab) == name), ())
