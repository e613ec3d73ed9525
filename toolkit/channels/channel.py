"""The protocol of every channel."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar, Final, Protocol

from toolkit.errors import ToolkitError
from toolkit.letters.letter import Envelope, LetterHeader
from toolkit.rules.contact import RouteKind


class ChannelStopped(ToolkitError):
    """No letter can leave now, and all stay planned.

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
    """Live or rehearsal, where rehearsals count only among themselves.

    The values stand in journals, where live letters are called post.
    """

    REHEARSAL = "rehearsal"
    LIVE = "post"


class SendResult(StrEnum):
    """The result of one try to send."""

    SENT = "sent"
    FAILED = "failed"
    RETRY = "retry"
    IN_DOUBT = "in_doubt"


class AddressState(StrEnum):
    """A refusal's word on the client's address."""

    KEEP = "keep"
    DEAD = "dead"
    DOUBTFUL = "doubtful"
    FULL = "full"


class ReplyCategory(StrEnum):
    """A kind of answer that a run counts."""

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


@dataclass(frozen=True, slots=True)
class ChannelPolicy:
    """Rules that delivery keeps for a channel.

    Args:
        per_minute: at most so many letters leave in a minute, kept apart with jitter; 0 for no pace.
        per_day: at most so many leave in a rolling 24 hours; 0 for no limit.
        quiet_hours: whether it rests in the shop's quiet hours and on quiet days.
        seen_words: whether the owner must have seen a letter's words in a mailbox first.
    """

    per_minute: int = 0
    per_day: int = 0
    quiet_hours: bool = False
    seen_words: bool = False


NO_RULES: Final = ChannelPolicy()


class Channel(Protocol):
    """A way by which letters leave."""

    @property
    def name(self) -> str:
        """One word such as folder or mail."""
        ...

    @property
    def mode(self) -> Mode:
        """The mode that its letters count for."""
        ...

    @property
    def routes(self) -> frozenset[RouteKind]:
        """The kinds of route that it carries."""
        ...

    @property
    def policy(self) -> ChannelPolicy:
        """The rules that delivery keeps for it."""
        ...

    def carries(self, header: LetterHeader) -> bool:
        """True if it can take this letter.

        A letter that no channel carries is held and reported, never dropped.
        """
        ...

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        """Carry one letter.

        `on_the_way` is called once, right before the letter can no longer be called back.

        Raises:
            ChannelStopped: no letter can leave now; this one and the rest stay planned.
        """
        ...

    def close(self) -> None:
        """Finish a delivery after its last letter.

        Raises:
            ChannelStopped: it could not be finished; the letters that left have left.
        """
        ...


def channel_for(header: LetterHeader, channels: Iterable[Channel]) -> Channel | None:
    """Return the first channel that carries a letter, or None."""
    return next((channel for channel in channels if channel.carries(header)), None)
