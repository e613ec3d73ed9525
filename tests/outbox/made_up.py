"""A made-up letter as the journal holds it."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from toolkit.outbox.entry import Entry

ONE: Final = Entry(
    key="e" * 64,
    campaign="newsletter",
    occurrence="2026-11",
    client="C1",
    name="",
    address="asha@example.com",
    language="en",
    subject="Hello",
    words_id="w",
    expires=date(2026, 11, 21),
    promotional=False,
    body_hash="h",
    planned_on=date(2026, 11, 21),
)


def an_entry(client: str, address: str, **changes: Any) -> Entry:
    return replace(ONE, client=client, address=address, **changes)
