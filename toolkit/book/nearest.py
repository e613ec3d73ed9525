"""Did you mean: the known word that lies nearest to a word that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word most like this one, in its own spelling; "" when nothing is near.

    Upper and lower case count alike, and the order of the known words never changes the answer.

    Args:
        word: what somebody wrote.
        known: what could have been meant; looked through once.
        likeness: how alike the two must be, 0 to 1, as difflib counts it.
    """
    by_folded: dict[str, str] = {}
    for name in sorted(known):
        by_folded.setdefault(name.strip().casefold(), name)
    near = get_close_matches(word.strip().casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[near[0]] if near else ""
