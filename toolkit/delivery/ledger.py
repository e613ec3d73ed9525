"""What a round of delivery writes into the journal, in as few commits as its promises allow."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from toolkit.channels.channel import Mode
from toolkit.delivery.attempts import Attempts
from toolkit.delivery.entry import Entry
from toolkit.delivery.journal import Journal


@dataclass
class Ledger:
    """Writes down where letters stand.

    Where the next letter follows without a pause, that a letter was sent may be kept for the commit that puts the next
    one on its way. A crash in between leaves that one letter in doubt, and no other is on its way by then.

    Args:
        journal: where it is written.
        mode: whose letters these are.
    """

    journal: Journal
    mode: Mode
    _sent: list[Entry] = field(default_factory=list, init=False)

    @contextmanager
    def commit(self) -> Iterator[None]:
        """What was kept, and all that is written inside, in one commit."""
        with self.journal.transaction():
            for one in self._sent:
                self.write(one)
            yield
        self._sent.clear()

    def move(self, entry: Entry) -> None:
        """Write where a letter stands now."""
        with self.commit():
            self.journal.move(self.mode, entry)

    def keep(self, entry: Entry) -> None:
        """A letter was sent; it is written with the next commit, so no pause may come before that."""
        self._sent.append(entry)

    def flush(self) -> None:
        """Write what was kept."""
        if self._sent:
            with self.commit():
                pass

    def write(self, entry: Entry) -> None:
        """A letter that was sent, and the try that it took."""
        self.journal.move(self.mode, entry)
        if entry.done_at is not None:
            Attempts(self.journal, self.mode).add(entry, entry.done_at)
