"""Making very many objects at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MANY: Final = 50_000
"""From so many new objects on it takes longer to look through them than their garbage is worth."""


@contextmanager
def gc_paused() -> Iterator[None]:
    """Let the collector of circular garbage rest: rows and what follows from them make none.

    It would look through all of them again and again, and once more at the end: so they count as old by then. Few stay
    young: what counts as old is hardly ever looked at, and a program that asks often would only grow.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            _count_as_old()
            gc.enable()


def _count_as_old() -> None:
    """Move all that was made to the oldest generation without a look at it; what another has frozen stays frozen."""
    if gc.get_count()[0] >= MANY and not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
