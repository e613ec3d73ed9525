"""What our own tabs are called in a workbook."""

from collections.abc import Iterable

from toolkit.book.words import Lexicon, Words, plain


def own_name(name: str, tabs: Iterable[str], lexicon: Lexicon, words: Words) -> str:
    """The name that one of our tabs has in the workbook already, in any language, else ours in the shop's."""
    there = (one for one in tabs if plain(lexicon.tab(one)) == plain(name))
    return next(there, words.tab(name))
