"""A channel that only remembers, for tests and rehearsals of failure."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from toolkit.channels.channel import NO_RULES, ChannelPolicy, ChannelStopped, Mode, Receipt, SendResult
from toolkit.letters.letter import Envelope, LetterHeader
from toolkit.rules.contact import RouteKind


@dataclass
class MemoryChannel:
    """A channel that keeps letters, and fails on request.

    Args:
        refuse: client numbers whose letters fail.
        busy: client numbers whose letters shall come later.
        cut: client numbers at whose letters the line breaks while they are on their way.
        stop: client numbers at whose letters the channel stops altogether.
        leave: client numbers whose letters it does not carry.
        mode: what its letters count for.
        routes: the kinds of route that it carries.
        policy: the rules that delivery keeps for it.
        name: one word.
        envelopes: what it took, in order; a letter whose line was cut may have been taken and is here too.
    """

    refuse: AbstractSet[str] = frozenset()
    busy: AbstractSet[str] = frozenset()
    cut: AbstractSet[str] = frozenset()
    stop: AbstractSet[str] = frozenset()
    leave: AbstractSet[str] = frozenset()
    mode: Mode = Mode.LIVE
    routes: frozenset[RouteKind] = frozenset(RouteKind)
    policy: ChannelPolicy = NO_RULES
    name: str = "memory"
    envelopes: list[Envelope] = field(default_factory=list, init=False)

    def carries(self, header: LetterHeader) -> bool:
        """True for letters on its routes, except to clients in `leave`."""
        return header.route.kind in self.routes and header.client not in self.leave

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        """Take the letter, or answer as told.

        Raises:
            ChannelStopped: the client is in `stop`.
        """
        client = envelope.header.client
        if client in self.stop:
            raise ChannelStopped(
                f"{self.name}: no letter can leave now",
                why="the other side shut its door",
                next_step="wait an hour, then: sheetclerk run",
            )
        if client in self.refuse:
            return Receipt(SendResult.FAILED, "550 no such mailbox")
        if client in self.busy:
            return Receipt(SendResult.RETRY, "450 come again later")
        on_the_way()
        self.envelopes.append(envelope)
        cut = Receipt(SendResult.IN_DOUBT, "the line was cut before the answer")
        return cut if client in self.cut else Receipt(SendResult.SENT, "250 taken")

    def close(self) -> None:
        """Nothing is left to do."""
