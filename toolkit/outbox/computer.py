"""This computer, as the tabs of a shared workbook name it."""

import platform
from collections.abc import Callable
from typing import Final

from toolkit.outbox.journal import Journal

_NOTE: Final = "computer"


def this_computer(journal: Journal, new_id: Callable[[], str]) -> str:
    """Its name, and an id that goes with the shop's journal, since names may be equal and a journal may be lost."""
    if not known_computer(journal):
        journal.write_note(_NOTE, f"{platform.node() or 'computer'} ({new_id()[:8]})")
    return known_computer(journal)


def known_computer(journal: Journal) -> str:
    """What it was called before; "" where it has no name yet."""
    return journal.note(_NOTE)
