"""One letter to the owner, to be looked at in a mailbox; it counts as said to nobody."""

from collections.abc import Sequence
from dataclasses import replace
from email.utils import format_datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from toolkit.channels.channel import Channel, ChannelStopped, SendResult
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Envelope, Letter


def send_sample(channels: Sequence[Channel], outbox: Outbox, letter: Letter, zone: ZoneInfo) -> None:
    """Send a letter under a key of its own, so that the client's letter stays unsent.

    Raises:
        ChannelStopped: the server did not take it.
    """
    dated = outbox.now().astimezone(zone).replace(microsecond=0)
    key = sha256(f"sample|{letter.key}|{dated.isoformat()}".encode()).hexdigest()
    own = replace(letter, key=key)
    message = b"Date: " + format_datetime(dated).encode() + b"\r\n" + outbox.seal(own)
    channel = next(one for one in channels if one.carries(own))
    receipt = channel.send(Envelope(own, message, dated), _nothing_to_write)
    if receipt.result is not SendResult.SENT:
        raise ChannelStopped(
            "mail: the letter to yourself did not arrive",
            why=f"the server said: {receipt.words}",
            next_step="check your own address in [mail], then try again",
        )


def _nothing_to_write() -> None:
    """A sample leaves no row in the journal."""
