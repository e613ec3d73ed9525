"""What a computer does that sends from a workbook which several computers share: claim each batch, and show life."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from toolkit.book.cells import Reading
from toolkit.book.grid import Tabs
from toolkit.book.words import Words
from toolkit.outbox.claims import Claims
from toolkit.outbox.entry import Entry
from toolkit.outbox.outbox import Outbox, outcome_of
from toolkit.outbox.outcome import State
from toolkit.outbox.shared import Pulse
from toolkit.outbox.tab_rows import Row, letter_row
from toolkit.sheets.workbook import Team

TAKEN: Final = "mail"
"""The channel that a claim names before one was chosen."""


@dataclass
class Teamwork:
    """The sending of one computer.

    Args:
        team: the shared workbook.
        outbox: the letters.
        reading: how its cells are read; its lexicon holds the words of every language.
        words: of the shop's language.
        computer: this one.
        tab: the name of its Outbox tab.
        beside: the names of the tabs that are read with it.
        now: this moment, in UTC.
        wait: returns after so many seconds.
    """

    team: Team
    outbox: Outbox
    reading: Reading
    words: Words
    computer: str
    tab: str
    beside: Sequence[str]
    now: Callable[[], datetime]
    wait: Callable[[float], None]

    def claim(self, batch: Sequence[Entry]) -> tuple[frozenset[str], Tabs]:
        """Take a batch for this computer.

        Returns:
            The keys that are ours, and the tabs as they were read back.

        Raises:
            WorkbookError: another computer took over, or the workbook cannot be reached; nothing is ours.
        """
        self._pulse.beat()
        return self._claims.claim(batch)

    def _row(self, entry: Entry) -> Row:
        return letter_row(outcome_of(entry, self.outbox.zone), self.words, self.computer)

    def _taken(self, entry: Entry) -> Row:
        return self._row(replace(entry, state=State.CLAIMED, words="", channel=entry.channel or TAKEN))

    def _settled(self, entry: Entry) -> Row:
        return self._row(self.outbox.journal.entry(self.outbox.lane, entry.key) or entry)

    @cached_property
    def _claims(self) -> Claims:
        lexicon = self.reading.lexicon
        return Claims(self.team, self.tab, self.beside, self.computer, lexicon, self._taken, self._settled)

    @cached_property
    def _pulse(self) -> Pulse:
        """Signs of life; the pace of the letters waits by it from now on."""
        road, total = self.outbox.road, self.outbox.waiting()
        pulse = Pulse(self.team, self.now, self.wait, lambda: f"{total - self.outbox.waiting()} of {total}")
        if road is not None:
            road.pace.wait = pulse.sleep
        return pulse
