"""Words that nobody has seen in a mailbox yet: they go to the owner first."""

from collections.abc import Collection
from datetime import date
from typing import Final

from toolkit.delivery.outbox import Outbox

_SEEN: Final = "seen:"
"""Begins the notes that say which words were sent to the owner."""


def unseen(outbox: Outbox, words: Collection[str]) -> frozenset[str]:
    """Which of these words no client was sent by mail, nor the owner."""
    sent = {letter.words_id for letter in outbox.already_said().letters if letter.left and letter.route.is_email}
    return frozenset(words_id for words_id in set(words) - sent if not outbox.journal.note(_SEEN + words_id))


def note_seen(outbox: Outbox, words: str, day: date) -> None:
    """Note that the owner was sent these words on a day."""
    outbox.journal.write_note(_SEEN + words, day.isoformat())
