"""The name of this computer in the tabs of a shared workbook."""

import platform
from collections.abc import Callable
from typing import Final

from toolkit.delivery.journal import Journal

_NOTE: Final = "computer"
_FILE: Final = "computer_file"


def this_computer(journal: Journal, new_id: Callable[[], str]) -> str:
    """Return this computer's name with the journal's own id.

    A journal that was copied, as when a laptop is set up from another one, goes with a new id: the old laptop may still
    send, and two that bear one id would take each other's letters for their own.
    """
    if not journal.note(_NOTE) or journal.note(_FILE) not in ("", journal.file):
        journal.write_note(_NOTE, f"{platform.node() or 'computer'} ({new_id()[:8]})")
    if journal.note(_FILE) != journal.file:
        journal.write_note(_FILE, journal.file)
    return journal.note(_NOTE)
