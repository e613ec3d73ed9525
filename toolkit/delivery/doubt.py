"""Letters in doubt, settled by a person or by a proof."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from email.parser import BytesHeaderParser
from typing import Final

from toolkit.channels.channel import Mode
from toolkit.channels.sent_folder import SentMatch
from toolkit.channels.status_text import remark
from toolkit.delivery.letter_record import LetterRecord, State
from toolkit.delivery.outbox import Outbox
from toolkit.errors import ConfigError

SAID: Final = "said"
"""The channel of letters that only count as said, so that no other computer of the shop sends them either."""


@dataclass(frozen=True, slots=True)
class SentProof:
    """Letters in doubt after a look into the Sent folder.

    Args:
        folder: its name; "" where nothing was in doubt, and nobody looked.
        sent: letters that lie there, and count as sent now.
        open: letters that do not lie there; they stay in doubt, since many servers keep no copy.
    """

    folder: str
    sent: tuple[LetterRecord, ...]
    open: tuple[LetterRecord, ...]


def in_doubt(outbox: Outbox) -> tuple[LetterRecord, ...]:
    """Return every letter of which nobody knows whether it was taken."""
    return outbox.journal.records(outbox.mode, (State.IN_DOUBT,))


def resend(outbox: Outbox, asked: str, who: str) -> LetterRecord:
    """Let a letter in doubt leave again with the same bytes.

    Args:
        outbox: where it stands.
        asked: the first digits of its key.
        who: the person who decides.

    Raises:
        ConfigError: no one letter in doubt is meant.
    """
    record = _meant(outbox, asked)
    if not outbox.journal.message(outbox.mode, record.key):
        raise _refusal(asked, "its bytes are gone", "mark it as sent, or write to the client yourself")
    return _moved(outbox, replace(record, state=State.PLANNED, done_at=None, words=remark("again", who=who)))


def mark_sent(outbox: Outbox, asked: str, who: str) -> LetterRecord:
    """Mark a letter in doubt as sent, as `resend` finds it."""
    return _moved(outbox, replace(_meant(outbox, asked), state=State.SENT, words=remark("marked-sent", who=who)))


def prove_sent(outbox: Outbox, look: Callable[[Iterable[str]], SentMatch]) -> SentProof:
    """Count as sent what lies in the account's Sent folder.

    Args:
        outbox: where the letters stand.
        look: says which Message-IDs lie in that folder.

    Raises:
        ToolkitError: the folder cannot be read; nothing was changed.
    """
    doubted = in_doubt(outbox)
    if not doubted:
        return SentProof("", (), ())
    ids = {record.key: _message_id(outbox, record) for record in doubted}
    found = look(filter(None, ids.values()))
    lying = [record for record in doubted if ids[record.key] in found.ids]
    with outbox.journal.transaction():
        words = remark("lies-in", folder=found.folder)
        sent = tuple(_moved(outbox, replace(record, state=State.SENT, words=words)) for record in lying)
    return SentProof(found.folder, sent, tuple(record for record in doubted if record not in lying))


def _message_id(outbox: Outbox, record: LetterRecord) -> str:
    """Return the id under which a letter left, or ""."""
    head = BytesHeaderParser().parsebytes(outbox.journal.message(outbox.mode, record.key))
    return str(head.get("Message-ID", "")).strip()


def count_as_said(outbox: Outbox, keys: frozenset[str]) -> int:
    """Let rehearsed letters count as said, and return how many.

    Those with the keys given do not.
    """
    journal = outbox.journal
    written = [record for record in journal.records(Mode.REHEARSAL, (State.SENT,)) if record.key not in keys]
    with journal.transaction():
        known = {record.key for record in journal.records(Mode.LIVE)}
        words = remark("counts-as-said")
        new = [replace(record, channel=SAID, words=words) for record in written]
        journal.add(Mode.LIVE, [(record, b"") for record in new if record.key not in known])
    return len(written)


def _moved(outbox: Outbox, record: LetterRecord) -> LetterRecord:
    outbox.journal.move(outbox.mode, record)
    return record


def _meant(outbox: Outbox, asked: str) -> LetterRecord:
    found = [record for record in in_doubt(outbox) if asked and record.key.startswith(asked.casefold())]
    if len(found) != 1:
        why = "no letter in doubt has this key" if not found else f"{len(found)} letters begin with it"
        raise _refusal(asked, why, "sheetclerk outbox lists them with their keys")
    return found[0]


def _refusal(asked: str, why: str, next_step: str) -> ConfigError:
    return ConfigError(f"outbox: {asked!r} cannot be settled", why=why, next_step=next_step)
