"""Letters in doubt, settled by a person, who has them sent again or marks them as sent, or by a proof."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from email.parser import BytesHeaderParser
from typing import Final

from toolkit.channels.channel import Mode
from toolkit.channels.sent_folder import SentMatch
from toolkit.channels.status_text import remark
from toolkit.delivery.entry import Entry
from toolkit.delivery.outbox import Outbox
from toolkit.delivery.outcome import State
from toolkit.errors import ConfigError

SAID: Final = "said"
"""The channel of letters that only count as said, so that no other computer of the shop sends them either."""


@dataclass(frozen=True, slots=True)
class Proved:
    """What a look into the Sent folder came to.

    Args:
        folder: its name; "" where nothing was in doubt, and nobody looked.
        sent: letters that lie there, and count as sent now.
        open: letters that do not lie there; they stay in doubt, since many servers keep no copy.
    """

    folder: str
    sent: tuple[Entry, ...]
    open: tuple[Entry, ...]


def in_doubt(outbox: Outbox) -> tuple[Entry, ...]:
    """Every letter of which nobody knows whether it was taken."""
    return tuple(one for one in outbox.journal.entries(outbox.mode) if one.state is State.IN_DOUBT)


def resend(outbox: Outbox, asked: str, who: str) -> Entry:
    """Let a letter in doubt leave once more, with the same bytes, Message-ID and Date.

    Args:
        outbox: where it stands.
        asked: the first digits of its key.
        who: the person who decides.

    Raises:
        ConfigError: no one letter in doubt is meant.
    """
    entry = _meant(outbox, asked)
    if not outbox.journal.message(outbox.mode, entry.key):
        raise _refusal(asked, "its bytes are gone", "mark it as sent, or write to the client yourself")
    return _moved(outbox, replace(entry, state=State.PLANNED, done_at=None, words=remark("again", who=who)))


def mark_sent(outbox: Outbox, asked: str, who: str) -> Entry:
    """A person knows that a letter in doubt arrived; arguments and errors as in resend."""
    return _moved(outbox, replace(_meant(outbox, asked), state=State.SENT, words=remark("marked-sent", who=who)))


def prove_sent(outbox: Outbox, look: Callable[[Iterable[str]], SentMatch]) -> Proved:
    """Count as sent what lies in the account's Sent folder; what does not lie there proves nothing.

    Args:
        outbox: where the letters stand.
        look: says which Message-IDs lie in that folder.

    Raises:
        ToolkitError: the folder cannot be read; nothing was changed.
    """
    doubted = in_doubt(outbox)
    if not doubted:
        return Proved("", (), ())
    ids = {one.key: _message_id(outbox, one) for one in doubted}
    found = look(filter(None, ids.values()))
    there = [one for one in doubted if ids[one.key] in found.ids]
    with outbox.journal.transaction():
        words = remark("lies-in", folder=found.folder)
        sent = tuple(_moved(outbox, replace(one, state=State.SENT, words=words)) for one in there)
    return Proved(found.folder, sent, tuple(one for one in doubted if one not in there))


def _message_id(outbox: Outbox, entry: Entry) -> str:
    """The id under which a letter left; "" once its bytes are gone."""
    head = BytesHeaderParser().parsebytes(outbox.journal.message(outbox.mode, entry.key))
    return str(head.get("Message-ID", "")).strip()


def count_as_said(outbox: Outbox, keys: frozenset[str]) -> int:
    """Let what was written to the folder count as said, but for these keys; returns how many do now."""
    journal = outbox.journal
    written = [one for one in journal.entries(Mode.REHEARSAL) if one.state is State.SENT and one.key not in keys]
    with journal.transaction():
        known = {one.key for one in journal.entries(Mode.LIVE)}
        words = remark("counts-as-said")
        new = [replace(one, channel=SAID, words=words) for one in written]
        journal.add(Mode.LIVE, [(one, b"") for one in new if one.key not in known])
    return len(written)


def _moved(outbox: Outbox, entry: Entry) -> Entry:
    outbox.journal.move(outbox.mode, entry)
    return entry


def _meant(outbox: Outbox, asked: str) -> Entry:
    found = [one for one in in_doubt(outbox) if asked and one.key.startswith(asked.casefold())]
    if len(found) != 1:
        why = "no letter in doubt has this key" if not found else f"{len(found)} letters begin with it"
        raise _refusal(asked, why, "sheetclerk outbox lists them with their keys")
    return found[0]


def _refusal(asked: str, why: str, next_step: str) -> ConfigError:
    return ConfigError(f"outbox: {asked!r} cannot be settled", why=why, next_step=next_step)
