"""A made-up letter as the journal holds it, and a place where made-up letters go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Final

from tests.channel_contract import route_to
from toolkit.channels.channel import NO_RULES, ChannelPolicy, Mode, Receipt, SendResult
from toolkit.delivery.entry import Entry
from toolkit.letters.letter import Cover, Envelope
from toolkit.rules.contact import RouteKind, by_email

ONE: Final = Entry(
    key="e" * 64,
    campaign="newsletter",
    occurrence="2026-11",
    client="C1",
    name="",
    route=by_email("asha@example.com"),
    language="en",
    subject="Hello",
    words_id="w",
    expires=date(2026, 11, 21),
    promotional=False,
    body_hash="h",
    planned_on=date(2026, 11, 21),
)


def an_entry(client: str, address: str, **changes: Any) -> Entry:
    return replace(ONE, client=client, route=route_to(address), **changes)


class Nowhere:
    """Takes every letter and keeps none."""

    name: ClassVar[str] = "nowhere"
    mode: ClassVar[Mode] = Mode.LIVE
    routes: ClassVar[frozenset[RouteKind]] = frozenset(RouteKind)
    policy: ClassVar[ChannelPolicy] = NO_RULES

    def carries(self, letter: Cover) -> bool:  # noqa: ARG002 - the protocol asks
        return True

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        on_the_way()
        return Receipt(SendResult.SENT, f"250 {len(envelope.message)} bytes")

    def close(self) -> None:
        """Nothing is left to do."""
