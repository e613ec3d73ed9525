"""What every channel can do: say whether it carries a letter, and carry it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

from toolkit.errors import ToolkitError
from toolkit.letters.letter import Envelope, Letter


class ChannelStopped(ToolkitError):
    """No letter can leave now; the one in hand has not left, and it and the rest stay planned."""

    exit_code: ClassVar[int] = 4


class Lane(StrEnum):
    """What a channel's letters count for: a rehearsal's letters count as said only among rehearsals."""

    REHEARSAL = "rehearsal"
    POST = "post"


class Fate(StrEnum):
    """What became of one try to send."""

    SENT = "sent"
    FAILED = "failed"
    RETRY = "retry"
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A channel's answer for one letter.

    Args:
        fate: what became of it.
        words: the other side's own words, or where the letter lies.
    """

    fate: Fate
    words: str


class Channel(Protocol):
    """A way by which letters leave."""

    @property
    def name(self) -> str:
        """One word: folder, mail."""
        ...

    @property
    def lane(self) -> Lane:
        """What its letters count for."""
        ...

    def carries(self, letter: Letter) -> bool:
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
