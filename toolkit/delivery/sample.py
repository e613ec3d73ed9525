"""Letters to the owner, who sees new words before any client does."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Final

from toolkit.channels.channel import Channel, ChannelStopped, SendResult
from toolkit.delivery.loop import dated_message
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Envelope, Letter

_SEEN: Final = "seen:"
"""Begins the notes that hold which words were sent to the owner."""


def send_sample(channels: Sequence[Channel], outbox: Outbox, letter: Letter) -> None:
    """Send a letter under another key, so the client's stays unsent.

    Raises:
        ChannelStopped: the server did not take it.
    """
    dated = outbox.now().astimezone(outbox.zone).replace(microsecond=0)
    key = sha256(f"sample|{letter.header.key}|{dated.isoformat()}".encode()).hexdigest()
    header = replace(letter.header, key=key)
    message = dated_message(outbox.seal(replace(letter, header=header)), dated)
    channel = next(channel for channel in channels if channel.carries(header))
    receipt = channel.send(Envelope(header, message, dated), _nothing_to_write)
    if receipt.result is not SendResult.SENT:
        raise ChannelStopped(
            "mail: the letter to yourself did not arrive",
            why=f"the server said: {receipt.words}",
            next_step="check your own address in [mail], then try again",
        )


def unseen(outbox: Outbox, words: Collection[str]) -> frozenset[str]:
    """Return those of some words that nobody was sent by e-mail."""
    sent = {letter.words_id for letter in outbox.already_said().letters if letter.left and letter.route.is_email}
    return frozenset(words_id for words_id in set(words) - sent if not outbox.journal.note(_SEEN + words_id))


def note_seen(outbox: Outbox, words: str, day: date) -> None:
    """Note that the owner was sent these words on a day."""
    outbox.journal.write_note(_SEEN + words, day.isoformat())


def _nothing_to_write() -> None:
    """Do nothing, since a sample leaves no row in the journal."""
