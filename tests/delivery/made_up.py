"""A made-up letter as the journal holds it, and a place where made-up letters go."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Final

from tests.channel_contract import MORNING, a_letter, route_to
from toolkit.channels.channel import NO_RULES, Channel, ChannelPolicy, Mode, Receipt, SendResult
from toolkit.delivery.letter_record import LetterRecord, Outcome
from toolkit.delivery.loop import Delivery
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Envelope, Letter, LetterHeader
from toolkit.rules.contact import RouteKind

ONE: Final = LetterRecord.of(
    a_letter(key="e" * 64, campaign="newsletter", occurrence="2026-11", name="", language="en", subject="Hello"),
    date(2026, 11, 21),
)


def a_record(client: str, address: str, **changes: Any) -> LetterRecord:
    """A letter as the journal holds it, with any field of it or of its header changed."""
    header = {name: changes.pop(name) for name in LetterHeader.__slots__ if name in changes}
    return replace(ONE, header=replace(ONE.header, client=client, route=route_to(address), **header), **changes)


def deliver(outbox: Outbox, letters: Iterable[Letter], *channels: Channel, **options: Any) -> tuple[Outcome, ...]:
    """What becomes of letters on the morning of the tests."""
    return tuple(Delivery(outbox, channels, options.pop("today", MORNING.date()), **options).run(letters))


class Nowhere:
    """Takes every letter and keeps none."""

    name: ClassVar[str] = "nowhere"
    mode: ClassVar[Mode] = Mode.LIVE
    routes: ClassVar[frozenset[RouteKind]] = frozenset(RouteKind)
    policy: ClassVar[ChannelPolicy] = NO_RULES

    def carries(self, letter: LetterHeader) -> bool:  # noqa: ARG002 - the protocol asks
        return True

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        on_the_way()
        return Receipt(SendResult.SENT, f"250 {len(envelope.message)} bytes")

    def close(self) -> None:
        """Nothing is left to do."""
