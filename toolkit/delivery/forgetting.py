"""A client forgotten by the journal, but for the letters' keys."""

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.channels.status_text import remark
from toolkit.delivery.journal import Journal

FORGOTTEN: Final = "forgotten"
"""What stands in the place of an address's digest: the try still counts, but nobody can be found by it."""

_CLOSE: Final = (
    "UPDATE letters SET state = 'suppressed', done_at = ? WHERE client = ? AND state IN ('planned', 'claimed', 'retry')"
)
_TRIES: Final = "UPDATE tries SET place = ? WHERE place != '' AND key IN (SELECT key FROM letters WHERE client = ?)"
_BLANK: Final = "UPDATE letters SET name = '', address = '', subject = '', words = ?, message = NULL WHERE client = ?"


def forget_in(journals: Iterable[Path], client: str, now: datetime) -> int:
    """Drop what a client's letters say, and let none leave.

    The keys stay, so that nothing is said twice.

    Args:
        journals: the shop's journals on this computer: its own, and those of other days.
        client: the client number, which stays beside the keys of the letters.
        now: this moment, in UTC.

    Returns:
        How many letters were known.
    """
    return sum(_forget(path, client, now) for path in journals)


def _forget(path: Path, client: str, now: datetime) -> int:
    with closing(Journal(path)) as journal:
        with journal.transaction():
            journal.run(_CLOSE, now.isoformat(), client)
            journal.run(_TRIES, FORGOTTEN, client)
            journal.run(_BLANK, remark("forgotten"), client)
            [(known,)] = journal.run("SELECT count(*) FROM letters WHERE client = ?", client)
        journal.run("PRAGMA wal_checkpoint(TRUNCATE)")
    return int(known)
