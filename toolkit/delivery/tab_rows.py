"""A letter as the Outbox tab shows it."""

from datetime import date, timedelta
from typing import Final, TypeAlias

from toolkit.book.grid import OwnCell
from toolkit.book.i18n import Words
from toolkit.channels.status_text import told
from toolkit.delivery.outcome import SETTLED, Outcome, State

PROMOTIONAL: Final = "promotional"
"""What the Kind column says of letters that need consent, in every language."""

TOLD_FOR: Final = timedelta(days=400)
"""For so long the Outbox tab tells of a letter that is done (DELIVERY.md); its own journal knows it for ever."""

Row: TypeAlias = tuple[OwnCell, ...]


def letter_row(one: Outcome, words: Words, computer: str) -> Row:
    """The row of one letter, in the order of own_tabs.HEADINGS.

    Args:
        one: the letter.
        words: of the shop's language.
        computer: whose journal knows it.
    """
    return (
        one.day,
        one.client,
        one.name,
        words.say("letters", one.campaign),
        one.subject,
        words.say("status", one.state),
        told(one.words, words),
        one.key[:16],
        one.channel,
        computer,
        f"{one.campaign} {one.occurrence}",
        one.words_id,
        PROMOTIONAL if one.promotional else "",
    )


def is_told(state: State, day: date, today: date) -> bool:
    """Whether the tab of today still tells of a letter: always where it may go, is in doubt, or its day is unknown."""
    return state not in SETTLED or day == date.min or day >= today - TOLD_FOR
