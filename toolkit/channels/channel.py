"""What every channel can do: say whether it carries a letter, and carry it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar, Protocol

from toolkit.errors import ToolkitError
from toolkit.letters.letter import Cover, Envelope


class ChannelStopped(ToolkitError):
    """No letter can leave now; the one in hand has not left, and it and the rest stay planned.

    Args:
        what: as in ToolkitError, like why and next_step.
        waits: how long to wait before each further try of the same letter in this run; empty asks for none.
        rests: for how long no letter shall leave once the run has stopped.
        slower: whether letters should leave at half the pace from now on.
    """

    exit_code: ClassVar[int] = 4

    def __init__(
        self,
        what: str,
        *,
        why: str,
        next_step: str,
        waits: tuple[timedelta, ...] = (),
        rests: timedelta = timedelta(),
        slower: bool = False,
    ) -> None:
        super().__init__(what, why=why, next_step=next_step)
        self.waits = waits
        self.rests = rests
        self.slower = slower


class Mode(StrEnum):
    """What a channel's letters count for: a rehearsal's letters count as said only among rehearsals."""

    REHEARSAL = "rehearsal"
    LIVE = "post"


class SendResult(StrEnum):
    """What became of one try to send."""

    SENT = "sent"
    FAILED = "failed"
    RETRY = "retry"
    IN_DOUBT = "in_doubt"


class AddressState(StrEnum):
    """What a refusal says of the client's address."""

    KEEP = "keep"
    DEAD = "dead"
    DOUBTFUL = "doubtful"
    FULL = "full"


class ReplyCategory(StrEnum):
    """What a run counts, to stop when it sees too much of it."""

    NONE = ""
    BAD_ADDRESS = "bad_address"
    BARE_REFUSAL = "bare_refusal"
    POLICY = "policy"
    CONTENT = "content"
    FULL = "full"
    GREYLISTED = "greylisted"
    DOUBT = "doubt"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A channel's answer for one letter.

    Args:
        result: what became of it.
        words: the other side's own words, or where the letter lies; no address stands in them.
        address: what it says of the client's address.
        category: what the run counts.
        retry: for RETRY, how long the letter rests after its first, second ... try; after the last the same again.
    """

    result: SendResult
    words: str
    address: AddressState = AddressState.KEEP
    category: ReplyCategory = ReplyCategory.NONE
    retry: tuple[timedelta, ...] = (timedelta(hours=1),)


class Channel(Protocol):
    """A way by which letters leave."""

    @property
    def name(self) -> str:
        """One word: folder, mail."""
        ...

    @property
    def mode(self) -> Mode:
        """What its letters count for."""
        ...

    def carries(self, letter: Cover) -> bool:
        """Whether it can take this letter; a letter that no channel carries is held and told, never dropped."""
        ...

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        """Carry one letter; `on_the_way` is called once, right before the letter can no longer be called back.

        Raises:
            ChannelStopped: no letter can leave now; this one and the rest stay planned.
        """
        ...

    def close(self) -> None:
        """Finish what belongs to a round of letters together; called once after its last letter.

        Raises:
            ChannelStopped: it could not be finished; the letters that left have left.
        """
        ...
